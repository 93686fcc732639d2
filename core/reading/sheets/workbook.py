"""Workbooks of Excel and its like: what stands in the cells, as it was last worked out; nothing in them is run."""

import io
import warnings
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from core.reading.errors import BrokenFile, EncryptedFile, UnreadableFile
from core.reading.sheets.sheet import MOST_ROWS, Sheet, row_of

UNPACKED = 64 << 20  # bytes in a whole file
LOOKED_AT = 20 * MOST_ROWS  # rows, empty ones too
MARKUP = (".xml", ".rels")
HEAD = 2_048  # bytes in which XML declares what would grow
ENCRYPTED = 0x1


def read_workbook(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The visible sheets; of a formula the value that was stored with it."""
    _looked_through(data, name)
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that we don't read
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                return tuple(
                    Sheet(sheet.title, _rows(sheet, name))
                    for sheet in book.worksheets
                    if sheet.sheet_state == "visible"
                )
            finally:
                book.close()
    except UnreadableFile:
        raise
    except Exception as error:
        raise BrokenFile("list.broken", name=name) from error


def _rows(sheet: Any, name: str) -> tuple[tuple[str, ...], ...]:
    sheet.reset_dimensions()  # some programs write a wrong size
    rows: list[tuple[str, ...]] = []
    filled = 0
    for place, cells in enumerate(sheet.iter_rows(values_only=True)):
        row = row_of(_texts(cells))
        filled += bool(row)
        rows.append(row)
        if filled > MOST_ROWS:
            raise UnreadableFile("list.too_long", name=name, limit=MOST_ROWS)
        if place > LOOKED_AT:
            break
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def _texts(cells: Iterable[Any]) -> Iterable[str]:
    for value in cells:
        match value:
            case None | bool():
                yield ""
            case float():
                yield f"{Decimal(repr(round(value, 6))).normalize():f}"
            case datetime() if value.time() == time():
                yield value.date().isoformat()
            case date():
                yield value.isoformat()
            case _:
                yield str(value)


def _looked_through(data: bytes, name: str) -> None:
    """Refuse what is no workbook, is locked, or would grow beyond bounds: zip's reader keeps to the sizes it states."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if any(part.flag_bits & ENCRYPTED for part in parts):
                raise EncryptedFile("list.encrypted", name=name)
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise BrokenFile("list.broken", name=name)
            if sum(part.file_size for part in parts) > UNPACKED:
                raise UnreadableFile("list.too_large_inside", name=name)
            for part in parts:
                if part.filename.endswith(MARKUP):
                    with packed.open(part) as opened:
                        if b"<!DOCTYPE" in opened.read(HEAD).upper():
                            raise BrokenFile("list.broken", name=name)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as error:
        raise BrokenFile("list.broken", name=name) from error
