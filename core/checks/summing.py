"""Sums of rows: of those that are named, of the first so many, of a state, of a stretch of time."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.checks.bounds import bounds_in
from core.checks.firsts import firsts_in
from core.checks.listing import LOST, Listing, Row, shared_cells
from core.checks.shares import SHARE
from core.checks.spoken import readings
from core.checks.view import Column
from core.checks.working import Working
from core.language.periods import Grain

SUM = re.compile(
    r"其中|已结束|过完|合计|一共|总共|总计|共计|共|加起来|相加|加在一起|之和|占了|"
    r"(?<![a-z])(?:together|total|totals|totalling|sum|add up|adds up|"
    r"between them|in all|combined|altogether|come to|comes to|make up|account for)(?![a-z])"
)
ADDED_UP = re.compile(
    r"(?:比|超过|高于|低于|少于|多于|不如|(?<![a-z])(?:than|exceeds?|beats?|tops?|above"
    r"|below))(?P<rows>[^,，。;；]{2,40}?)"
    r"(?:加起来|之和|合计|相加|加在一起|(?<![a-z])(?:together|combined|put together|added up)(?![a-z]))"
)
ZERO = Decimal(0)
TOP = re.compile(r"(?:前|头|(?<![a-z])(?:top|first|the)) ?$")
FROM_SO_MANY = re.compile(r"来自|出自|(?<![a-z])(?:from|by|with)(?: just| only)? $")
HAN = re.compile(r"[\u4e00-\u9fff]+")
WORD = re.compile(r"[a-z]{5,}")
STEM = 6
WITH_ALL = re.compile(
    r"(?:也|都|一起|一并)?(?:算上|算进|算在内|加上|加进|连同|计入)|连[^,，。;；]{0,12}[也都]算"
    r"|(?<![a-z])(?:if (?:you )?(?:also )?(?:count|includ|add)\w*|counting|including|with) (?:it|the"
    r"|that)"
)
SHOWN = re.compile(
    r"以上|上述|上面|头部|这些|所列|列出|表中|图中|(?<![a-z])(?:these|those|shown|listed|above|largest|"
    r"biggest|leading)(?![a-z])"
)


@dataclass(frozen=True)
class Summing(Working):
    """A sentence about a result, and what may be added up in it."""

    def summed(self, place: int) -> bool:
        """Whether a number is the sum of rows that the sentence adds up."""
        one = self.said.numbers[place]
        halves = any(time.grain in {Grain.HALF, Grain.RANGE} for time in self.said.times)
        words = SUM.search(self._clause(place)) or (one.kind == "percent" and SHARE.search(self.said.text))
        if not (words or halves) or one.number.value == 0:
            return False
        stated = any(pattern.search(self.said.text) for pattern in self.vocabulary.states.values())
        for column in self.view.columns:
            if column.kind != one.kind and not (one.kind == "quantity" and not one.unit and column.kind == "money"):
                continue
            strong = self.vocabulary.strong(one.around.near, column.kind) - ({"paid"} if stated else set())
            if strong and not strong & column.cues:
                continue
            if any(len(rows) > 1 and self._is(one, sum(rows, Decimal(0))) for rows in self._parts(column, place)):
                return True
        return False

    def subtotal(self, place: int) -> bool:
        """Whether it adds up all rows of a table, or those that share a cell that the sentence tells of."""
        one, text = self.said.numbers[place], self.said.text
        stated = any(pattern.search(text) for pattern in self.vocabulary.states.values())
        for listing in self.view.listings:
            sums = not stated and (SUM.search(text) or _shares_words(listing.labels[-1], text))
            counted = [row for row in listing.rows if not row.states & LOST]
            if sums and self._is(one, _total(counted)) and len(listing.rows) > 1:
                return True
            if self._of_year(place, listing):
                return True
            if WITH_ALL.search(text) and self._is(one, _total(listing.rows)) and len(listing.rows) > 1:
                return True
            for words, rows in shared_cells(listing):
                told = _shares_words(words, text) or any(
                    len(days) == 1 and any(day in readings(time) for time in self.said.times for day in days)
                    for days in ({day for row in rows for day in row.days}, {day for row in rows for day in row.due})
                )
                if told and self._is(one, _total(rows)):
                    return True
        return False

    def _of_year(self, place: int, listing: Listing) -> bool:
        """What a column of quarters comes to, told by its name as the year's."""
        one = self.said.numbers[place]
        named = {name for name, _, _ in self.said.things if name.startswith("period:")}
        if listing.kind != "period" or any(row.things & named - self.view.belonging.main for row in listing.rows):
            return False
        strong = self.vocabulary.strong(one.around.near, "money") - {"total"}
        return bool(named) and any(
            column.kind == "money"
            and strong & column.cues
            and self._is(one, sum((c.value for c in column.cells), ZERO))
            for column in self.view.columns
        )

    def rows_told(self, place: int, kind: str) -> Iterator[Sequence[Decimal]]:
        """Rows, two or more, whose figures of a kind the sentence may add up."""
        for column in self.view.columns:
            if column.kind == kind:
                yield from (rows for rows in self._parts(column, place) if len(rows) > 1)

    def _parts(self, column: Column, place: int) -> Iterator[Sequence[Decimal]]:
        """Values that the sentence says it adds up: of rows named, of the first so many, of a state, of a time."""
        text, cells = self.said.text, column.cells
        named = self.said.entities
        yield [cell.value for cell in cells if cell.things & named and not _only_times(cell.things & named)]
        beside = self._added_up()
        yield [cell.value for cell in cells if cell.things & beside]
        coded = {name[4:14].replace("-", "") for name in named if name.startswith("day:")}
        yield [c.value for c in cells if any(n.startswith("code:so-") and n[8:16] in coded for n in c.things)]
        said = {abs(one.number.value) for at, one in enumerate(self.said.numbers) if at != place}
        yield [cell.value for cell in cells if cell.value in said]
        for one in self.said.numbers:
            count = int(one.number.value) if 1 < one.number.value < 50 else 0
            quarters = "季" in (one.number.unit_like or "")
            if count and (
                quarters
                or TOP.search(text[: one.number.span[0]])
                or FROM_SO_MANY.search(text[: one.number.span[0]])
                or (SHOWN.search(text) and count == column.shown)
            ):
                yield [cell.value for cell in cells[:count]]
        yield from ([cell.value for cell in cells[:count]] for count in firsts_in(text))
        for bound in bounds_in(self.said) if column.kind == "money" else ():
            yield [cell.value for cell in cells if cell.value > bound]
            yield [cell.value for cell in cells if cell.value < bound]
        if SHOWN.search(text):
            yield [cell.value for cell in cells[: column.shown]]
        for name, pattern in self.vocabulary.states.items():
            if pattern.search(text):
                yield [cell.value for cell in cells if name in cell.states]
                yield [cell.value for cell in cells[: column.shown] if name in cell.states]
        for time in self.said.times:
            for start, end in readings(time):
                begun = [cell for cell in cells if cell.time and start <= cell.time[0] < end]
                yield [cell.value for cell in begun if cell.time and (cell.time[1] <= end or time.grain is Grain.RANGE)]

    def _added_up(self) -> frozenset[str]:
        """The rows named between a word of comparison and the word that adds them up."""
        found = ADDED_UP.search(self.said.text)
        if found is None:
            return frozenset()
        span = found.span("rows")
        return frozenset(
            name for name, at, _ in self.said.things if span[0] <= at < span[1] and name.startswith("period:")
        )


def _total(rows: Sequence[Row]) -> Decimal:
    return sum((row.amounts[-1] for row in rows if row.amounts), Decimal(0))


def _shares_words(words: str, text: str) -> bool:
    """Two characters or a word in common."""
    pairs = {run[at : at + 2] for run in HAN.findall(words) for at in range(len(run) - 1)}
    stems = {word[:STEM] for word in WORD.findall(words)}
    return any(pair in text for pair in pairs) or any(stem in text for stem in stems)


def _only_times(things: frozenset[str]) -> bool:
    return all(name.startswith(("year:", "day:")) for name in things)
