"""The figures of a table under each other, as they may be added up and counted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.checks.spoken import Said
from core.checks.vocabulary import Vocabulary, widened
from core.language.normalise import fold
from core.replies import Table

PART = ("·", "- ", "• ")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table: what its row is about and when, what it says of an order, which way the figure went."""

    value: Decimal
    things: frozenset[str]
    time: tuple[date, date] | None = None
    states: frozenset[str] = frozenset()
    fell: bool | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """Figures of a table under each other, without those that are parts of the row above.

    ``shown`` of them are seen at once; the others wait behind ``more``.
    """

    kind: str
    cues: frozenset[str]
    cells: tuple[Cell, ...]
    shown: int
    labels: tuple[str, ...] = ()


def columns_of(table: Table, read: Callable[[str], Said], vocabulary: Vocabulary) -> Iterator[Column]:
    """Those that have a figure in each row."""
    rows = [row for row in table.rows if not row[0].startswith(PART)]
    for place, column in enumerate(table.columns[1:], 1):
        cells = [_cell(row, row[place], read, vocabulary) for row in rows if place < len(row)]
        figures = [cell for _, cell in cells if cell is not None]
        if figures and len(figures) == len(cells) and len({kind for kind, _ in cells}) == 1:
            labels = (table.columns[0].label, column.label)
            yield Column(cells[0][0], widened(read(column.label).cues), tuple(figures), len(figures), labels)


def in_state(name: str, cells: Sequence[Cell]) -> int:
    """How many of the rows say so of their order."""
    return sum(name in cell.states for cell in cells)


def joined(columns: Sequence[Column], more: Column) -> list[Column]:
    """With a column that goes on in the table behind it, under the same heads."""
    for place, column in enumerate(columns):
        if (column.kind, column.labels) == (more.kind, more.labels):
            whole = replace(column, cells=column.cells + more.cells)
            return [*columns[:place], whole, *columns[place + 1 :]]
    return [*columns, more]


def _cell(
    row: Sequence[str], cell: str, read: Callable[[str], Said], vocabulary: Vocabulary
) -> tuple[str, Cell | None]:
    numbers = read(cell).numbers
    if len(numbers) != 1:
        return "", None
    head, words = read(row[0]), fold(" ".join(row))
    states = frozenset(name for name, pattern in vocabulary.states.items() if pattern.search(words))
    time = (head.times[0].start, head.times[0].end) if head.times else None
    fell = cell.startswith("-") if cell[:1] in {"+", "-"} else None
    return numbers[0].kind, Cell(abs(numbers[0].number.value), head.entities, time, states, fell)
