"""Tables that somebody sends as a file or pastes: rows of cells, whatever they were written with."""

from core.reading.sheets.reading import is_picture, is_table, read_sheets
from core.reading.sheets.sheet import MOST_ROWS, Sheet

__all__ = ["MOST_ROWS", "Sheet", "is_picture", "is_table", "read_sheets"]
