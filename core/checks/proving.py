"""What two amounts of the sentence itself prove: their difference, the share of one in the other or in the whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.checks.rounding import is_exact
from core.checks.said import Spoken
from core.checks.shares import FINE, OF_WHOLE, SHARE
from core.checks.working import Working

MORE = re.compile(
    r"[多高贵]出?|超过|超出|领先|涨|增|(?<![a-z])(?:more|above|higher|ahead|up|over|rose|grew|gained"
    r"|exceeds?|beats?|leads?)(?![a-z])"
)
LESS = re.compile(
    r"少|低|落后|便宜|省|降|跌|减|(?<![a-z])(?:less|below|lower|behind|down|under|fell|dropped|lost"
    r"|cheaper|short)(?![a-z])"
)
APART = re.compile(
    r"相差|差额|差距|之差|差了?|(?<![a-z])(?:difference|gap|apart|differ|separates?|between them|margin)(?![a-z])"
)
LEAST_AMOUNT = 1000
PAIR = 2
REST = re.compile(
    r"没显示|没列|未显示|其余|剩下|余下|另外?一|(?<![a-z])(?:not shown|the other|the rest|remaining|left)(?![a-z])"
)
PASSED = re.compile(
    r"超过|超出|高出|多出|过了|超了|比[^,，。;；]{2,14}多|to spare|(?<![a-z])(?:past"
    r"|beyond|above|over|cleared|exceed\w*|passed|beat)(?![a-z])"
)
LESS_THAN = re.compile(r"(?:不到|不足|少于)$|(?<![a-z])(?:less than|under) $")
OF_ROW_BEFORE = re.compile(r"的(?:约|大约|大概)?$")
LEAST_LESS = Decimal("0.7")
OF_ROW = re.compile(r"的(?:约|大约|大概)?")
OF_ROW_AFTER = re.compile(r" of (?:what )?|(?: as much)? as ")
LEAST_PARTS = frozenset({"成", "share"})


@dataclass(frozen=True)
class Proving(Working):
    """A sentence about a result, and what its own amounts come to."""

    def differs(self, place: int) -> bool:
        """Whether it is, to the cent, what lies between two amounts told before it or around it, the right way."""
        one = self.said.numbers[place]
        if not is_exact(one.number) or one.unit or one.kind == "percent":
            return False
        told = self._amounts(place)
        return any(
            abs(first.number.value - second.number.value) == abs(one.number.value)
            and self._right_way(place, first, second)
            for at, first in enumerate(told)
            for second in told[at + 1 :]
        )

    def shares(self, place: int) -> bool:
        """Whether a percentage is what the amount told next to it is of the whole, or of another amount told."""
        one = self.said.numbers[place]
        if one.kind != "percent" or not self._of_something(one):
            return False
        if self.vocabulary.strong(one.around.near, "percent") - {"share"}:
            return False
        if any(
            part < whole and self._is(one, (part / whole * 100).quantize(FINE))
            for part in self._parts(place)
            for whole in self._wholes(place)
        ):
            return True
        return any(
            part < whole and self._is_share_of(place, part / whole * 100, less=less)
            for part in self._parts(place)
            for whole, less in self._row_before(place)
        )

    def _is_share_of(self, place: int, share: Decimal, *, less: bool) -> bool:
        """Whether it is the share, or somewhat more than it where "less than" stands before the row's name."""
        one = self.said.numbers[place]
        return (
            one.number.value * LEAST_LESS <= share < one.number.value if less else self._is(one, share.quantize(FINE))
        )

    def leaves(self, place: int) -> bool:
        """Whether it is exactly what a part that is told leaves of a whole that is told, and is told as the rest."""
        one = self.said.numbers[place]
        if not is_exact(one.number) or one.unit or not REST.search(self.said.text[: one.number.span[0]]):
            return False
        told = {abs(other.number.value) for other in self._amounts(place)}
        return any(whole - part == one.number.value for whole in told & self.view.headline for part in told)

    def grows(self, place: int) -> bool:
        """Whether it is by how much, in per cent, the amount told before it is above or below the one behind it."""
        one = self.said.numbers[place]
        numbers = [other for other in self.said.numbers if other.kind == "money" and is_exact(other.number)]
        if one.kind != "percent" or len(numbers) != PAIR:
            return False
        now, then = numbers
        if not now.number.span[0] < one.number.span[0] < then.number.span[0]:
            return False
        change = (now.number.value / then.number.value - 1) * 100 if then.number.value else Decimal(0)
        return self._right_way(place, now, then) and self._is(one, abs(change).quantize(FINE))

    def passes(self, place: int) -> bool:
        """Whether it is what counts beyond a threshold that is told: 19,000 past the 600,000."""
        one = self.said.numbers[place]
        if one.kind == "percent" or one.unit or not PASSED.search(self.said.text):
            return False
        told = {abs(other.number.value) for other in self.said.numbers if other is not one}
        money = [fact for same in self.view.facts.values() for fact in same if fact.kind == "money"]
        lines = {fact.value for fact in money if "threshold" in fact.cues} & told
        return any(
            self._is(one, fact.value - line)
            for fact in money
            if "rebate_base" in fact.cues
            for line in lines
            if fact.value > line
        )

    def _of_something(self, one: Spoken) -> bool:
        after = OF_WHOLE.match(self.said.text, one.number.span[1])
        of_row = OF_ROW_BEFORE.search(self.said.text[: one.number.span[0]])
        return bool(SHARE.search(self.said.text) or after or of_row or one.number.unit_like in LEAST_PARTS)

    def _amounts(self, place: int) -> list[Spoken]:
        return [
            other
            for at, other in enumerate(self.said.numbers)
            if at != place and other.kind in {"money", "quantity"} and not other.unit and is_exact(other.number)
        ]

    def _parts(self, place: int) -> Iterator[Decimal]:
        """The amount told right before it, and the one right behind."""
        numbers = self.said.numbers
        for near in (numbers[:place][::-1], numbers[place + 1 :]):
            first = next((other for other in near if other.kind not in {"percent", "ordinal"}), None)
            if first is not None and (first.kind == "money" or first.number.value >= LEAST_AMOUNT) and not first.unit:
                yield abs(first.number.value)

        before = [abs(other.number.value) for other in self._amounts(place) if other in numbers[:place]]
        if len(before) > 1:
            yield sum(before, Decimal(0))
        yield from self._rows_named(place)

    def _rows_named(self, place: int) -> Iterator[Decimal]:
        """The amount of the one row that the sentence names before it."""
        at = self.said.numbers[place].number.span[0]
        before = frozenset(name for name, start, _ in self.said.things if start < at)
        named = self.said.numbers[place].own & before or before
        for listing in self.view.listings:
            rows = [row for row in listing.rows if row.things & named - self.view.belonging.main and row.amounts]
            if len(rows) == 1:
                yield rows[0].amounts[-1]

    def _row_before(self, place: int) -> Iterator[tuple[Decimal, bool]]:
        """The amount of the row that it is told to be a share of: 不到金陵泉的一半, half of Nanjing's."""
        begin, end = self.said.numbers[place].number.span
        behind = OF_ROW_AFTER.match(self.said.text, end)
        named = {
            name
            for name, start, stop in self.said.things
            if OF_ROW.fullmatch(self.said.text[stop:begin]) or (behind and start == behind.end())
        }
        for listing in self.view.listings:
            rows = [row for row in listing.rows if row.things & named - self.view.belonging.main and row.amounts]
            if len(rows) == 1:
                first = min(start for name, start, _ in self.said.things if name in named)
                yield rows[0].amounts[0], bool(LESS_THAN.search(self.said.text[:first]))

    def _wholes(self, place: int) -> Iterator[Decimal]:
        """What the result begins with, amounts that the sentence names, and other amounts told."""
        yield from (abs(other.number.value) for other in self._amounts(place))
        end = self.said.numbers[place].number.span[1]
        named = self.vocabulary.strong(self.vocabulary.all_cues(self.said.text[end:]) | self._cues, "money")
        for value, same in self.view.facts.items():
            for fact in same:
                if fact.kind == "money" and (
                    value in self.view.headline or (fact.cues & named and not self._of_row(fact.entities))
                ):
                    yield value

    def _of_row(self, things: frozenset[str]) -> bool:
        return any(name.startswith(("code:", "tier:", "period:")) for name in things - self.view.belonging.main)

    def _right_way(self, place: int, first: Spoken, second: Spoken) -> bool:
        """Of two amounts the one named first is told of, unless the words say only that they are apart."""
        span = self.said.numbers[place].number.span
        text = self.said.text
        near = sorted(
            (span[0] - found.end() if found.end() <= span[0] else found.start() - span[1] + 1, way)
            for way, pattern in (("more", MORE), ("less", LESS), ("apart", APART))
            for found in pattern.finditer(text)
            if found.end() <= span[0] or found.start() >= span[1]
        )
        if not near:
            return False
        way = near[0][1]
        larger_first = first.number.value > second.number.value
        return way == "apart" or (way == "more") == larger_first
