"""What reading a table gives."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.language.normalise import clean

MOST_ROWS = 500
MOST_COLUMNS = 40
CELL = 200  # characters


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells as text, empty ones too, so that their numbers are those that the sender's program shows.

    ``seen``: read from a picture, where letters may be mistaken.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    seen: bool = False

    @property
    def filled(self) -> int:
        """Rows that hold anything."""
        return sum(any(row) for row in self.rows)


def cell(text: str) -> str:
    """One cell on one line, bounded."""
    return " ".join(clean(text).split())[:CELL]


def row_of(cells: Iterable[str]) -> tuple[str, ...]:
    """Cells without the empty ones at the end."""
    made = [cell(one) for one in cells][:MOST_COLUMNS]
    while made and not made[-1]:
        made.pop()
    return tuple(made)
