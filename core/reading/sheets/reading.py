"""One way in: bytes and a name become sheets. What can't be used is refused in words about a list of goods."""

from pathlib import PurePath

from core.reading.decoding import decoded
from core.reading.errors import BrokenFile, EmptyFile, EncryptedFile, UnreadableFile, UnsupportedFile
from core.reading.sheets.sheet import MOST_ROWS, Sheet

MEGABYTES = 5
PACKED = (".xlsx", ".xlsm", ".xltx")
PLAIN = (".csv", ".tsv", ".txt")
OLD = (".xls", ".et")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".bmp")

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PICTURE_MARKS = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"BM")


def is_table(name: str) -> bool:
    """Whether a file's name says that it is a table."""
    return PurePath(name).suffix.lower() in (*PACKED, *PLAIN, *OLD)


def is_picture(name: str) -> bool:
    """Whether a file's name says that it is a picture."""
    return PurePath(name).suffix.lower() in PICTURES


def read_sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets that hold anything; raises an ``UnreadableFile`` that says why a file can't be used."""
    if len(data) > MEGABYTES * 1_000_000:
        raise UnreadableFile("list.too_large", name=name, limit=MEGABYTES)
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyFile("list.empty", name=name)
    sheets = tuple(sheet for sheet in _sheets(data, name) if sheet.filled)
    if not sheets:
        raise EmptyFile("list.empty", name=name)
    if sum(sheet.filled for sheet in sheets) > MOST_ROWS:
        raise UnreadableFile("list.too_long", name=name, limit=MOST_ROWS)
    return sheets


def _sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    if data.startswith(_OLE):
        raise EncryptedFile("list.encrypted", name=name) if _LOCKED in data else UnsupportedFile("list.old", name=name)
    if data.startswith(_PICTURE_MARKS):
        from core.reading.sheets.pictures import read_picture

        return (read_picture(data, name),)
    if data.startswith(_ZIP):
        from core.reading.sheets.workbook import read_workbook

        return read_workbook(data, name)
    if PurePath(name).suffix.lower() not in PLAIN or (text := decoded(data)) is None:
        raise BrokenFile("list.broken", name=name)
    from core.reading.sheets.delimited import read_delimited

    return (Sheet(name, read_delimited(text)),)
