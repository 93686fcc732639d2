"""Tables that are drawn with rules, through pdfplumber."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.pdf import PDF

from core.reading.document import CELL
from core.reading.lines import Line
from core.reading.text import join_lines, tidy


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first naming the columns, and where they stand in points from the lower left."""

    rows: tuple[tuple[str, ...], ...]
    left: float
    right: float
    top: float
    bottom: float

    def holds(self, line: Line) -> bool:
        """Whether the line is drawn inside the table."""
        inside = line.y is not None and self.bottom - 1 <= line.y <= self.top + 1
        return inside and self.left - 1 <= line.x <= self.right + 1

    @property
    def text(self) -> str:
        """A line a row."""
        return table_text(self.rows)


def table_text(rows: Sequence[Sequence[str]]) -> str:
    """A line a row; a cell never holds what parts cells."""
    return "\n".join(CELL.join(cell.replace(CELL.strip(), "/") for cell in row) for row in rows)


def page_tables(plumber: PDF, number: int) -> list[Table]:
    """The tables of the page at ``number`` from 0, from top to bottom."""
    try:
        page = plumber.pages[number]
        found = [_table(each.extract(), each.bbox, float(page.mediabox[3])) for each in page.find_tables()]
        page.close()
    except Exception:  # noqa: BLE001 - a damaged page makes pdfminer raise nearly anything; its words are read as lines
        return []
    return sorted((table for table in found if table is not None), key=lambda table: -table.top)


def _table(cells: Sequence[Sequence[Any]], bbox: Sequence[float], height: float) -> Table | None:
    rows = [tuple(_cell(cell) for cell in row) for row in cells]
    rows = [row for row in rows if any(row)]
    filled = sum(bool(cell) for row in rows for cell in row)
    if len(rows) < 2 or len(rows[0]) < 2 or filled * 2 < sum(map(len, rows)):
        return None
    if any("(cid:" in cell for row in rows for cell in row):
        return None
    left, top, right, bottom = map(float, bbox)
    return Table(tuple(_spanned(rows)), left, right, height - top, height - bottom)


def _cell(content: object) -> str:
    return join_lines(f"{line} " for line in tidy(str(content)).split("\n")) if content else ""


def _spanned(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """An empty first cell belongs to the one above it: each row must be readable alone."""
    whole: list[tuple[str, ...]] = []
    for row in rows:
        label = row[0] or (whole[-1][0] if len(whole) > 1 else "")
        whole.append((label, *row[1:]))
    return whole
