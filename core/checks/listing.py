"""The rows of a result's tables as they may be counted: in a state, of a day, by a size or a word of theirs."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from core.checks.spoken import Said
from core.checks.tables import PART
from core.checks.vocabulary import Vocabulary
from core.language.normalise import fold
from core.replies import Table

HEADS: Mapping[str, re.Pattern[str]] = {
    "order": re.compile("订单|order"),
    "invoice": re.compile("发票|invoice"),
    "dealer": re.compile("经销商|客户|dealer|customer"),
    "product": re.compile("产品|商品|product"),
    "region": re.compile("区域|地区|region"),
    "period": re.compile("周期|季度|月份|period|quarter|month"),
}
DUE = re.compile("到期|due")
LOST = frozenset({"rejected", "cancelled"})
CODED_DAY = re.compile(r"so-(\d{4})(\d{2})(\d{2})-")


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says: its words, its amounts, its days (those on which something is due apart), which way it went."""

    words: str
    head: str
    things: frozenset[str]
    states: frozenset[str] = frozenset()
    amounts: tuple[Decimal, ...] = ()
    days: tuple[tuple[date, date], ...] = ()
    due: tuple[tuple[date, date], ...] = ()
    fell: bool | None = None
    percents: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A table's rows with those that wait behind ``more``; ``shown`` are seen at once."""

    kind: str
    labels: tuple[str, ...]
    rows: tuple[Row, ...]
    shown: int


def listings_of(table: Table, read: Callable[[str], Said], vocabulary: Vocabulary) -> Iterator[Listing]:
    """The table's rows; rows that are parts of others are a list of their own."""
    labels = tuple(fold(column.label) for column in table.columns)
    kind = next((name for name, head in HEADS.items() if labels and head.search(labels[0])), "")
    for parts in (False, True):
        rows = tuple(_row(row, labels, read, vocabulary) for row in table.rows if row[0].startswith(PART) is parts)
        if rows:
            yield Listing(kind, (*labels, "part") if parts else labels, rows, len(rows))


def listed(found: Sequence[Listing], more: Listing) -> list[Listing]:
    """With the rows of a table that goes on behind one under the same heads."""
    for place, one in enumerate(found):
        if one.labels == more.labels:
            return [*found[:place], replace(one, rows=one.rows + more.rows), *found[place + 1 :]]
    return [*found, more]


def _row(row: Sequence[str], labels: Sequence[str], read: Callable[[str], Said], vocabulary: Vocabulary) -> Row:
    words = fold(" | ".join(row))
    days: list[tuple[date, date]] = []
    due: list[tuple[date, date]] = []
    amounts: list[Decimal] = []
    percents: list[Decimal] = []
    fell: bool | None = None
    for label, cell in zip(labels, row, strict=False):
        said = read(cell)
        if CODED_DAY.search(fold(cell)):
            continue
        (due if DUE.search(label) else days).extend((time.start, time.end) for time in said.times)
        amounts += [abs(one.number.value) for one in said.numbers if one.kind == "money"]
        percents += [abs(one.number.value) for one in said.numbers if one.kind == "percent"]
        if cell[:1] in {"+", "-"} and any(one.kind == "percent" for one in said.numbers):
            fell = cell.startswith("-")
    if not days and (coded := CODED_DAY.search(words)):
        day = date(*map(int, coded.groups()))
        days.append((day, day + timedelta(days=1)))
    states = frozenset(name for name, pattern in vocabulary.states.items() if pattern.search(words))
    return Row(
        words,
        fold(row[0]),
        read(row[0]).entities,
        states,
        tuple(amounts),
        tuple(days),
        tuple(due),
        fell,
        tuple(percents),
    )


def alike_rows(listing: Listing) -> Iterator[Sequence[Row]]:
    """All rows, those that are seen, and those that share a cell: a state, a reason, a day, a first word."""
    yield listing.rows
    if 0 < listing.shown < len(listing.rows):
        yield listing.rows[: listing.shown]
    for _, rows in shared_cells(listing):
        yield rows


def shared_cells(listing: Listing) -> Iterator[tuple[str, Sequence[Row]]]:
    """Rows that have the same words in a cell, two or more, and the words."""
    for place in range(1, len(listing.labels)):
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in listing.rows:
            cells = row.words.split(" | ")
            if place < len(cells):
                groups[cells[place]].append(row)
        if len(groups) > 1:
            yield from ((words, rows) for words, rows in groups.items() if len(rows) > 1)
