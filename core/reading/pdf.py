"""PDF: text through pypdf, through PDFium where pypdf finds none that makes sense, tables through pdfplumber."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pdfplumber
from pdfplumber.pdf import PDF
from pypdf import PageObject, PdfReader

from core.reading.bombs import UNPACKED, inflates_too_far
from core.reading.document import Hidden, Page
from core.reading.errors import BrokenFile, EmptyFile, EncryptedFile, FileTooLarge, ScannedFile
from core.reading.hidden import hidden_in
from core.reading.layout import blocks
from core.reading.lines import Budget, TooMuchDrawing, drawn, through_pdfium
from core.reading.outline import outline, title
from core.reading.scans import SCANS, recognised
from core.reading.sheets.pictures import can_read_pictures
from core.reading.style import Sheet
from core.reading.tables import Table, page_tables

PAGES = 2_000
_INSTRUCTIONS, _INSTRUCTIONS_A_PAGE = 1_000_000, 5_000
_FORMS = 200  # drawn on a page; where they draw each other, PDFium would follow them all
_STRAY = 20  # letters of a page that is really a picture: a page number, a scanner's mark

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PdfText:
    """A PDF's pages, its title if it has one, the numbers of the pages that are pictures without text, and what is
    there but unseen."""

    pages: tuple[Page, ...]
    title: str
    unread: tuple[int, ...]
    hidden: tuple[Hidden, ...]


def read_pdf(data: bytes, name: str, progress: Progress, *, scans: bool = False) -> PdfText:
    """All pages; ``progress`` hears after each how many are done and how many there are.

    With ``scans`` pages that are pictures are recognised, where the extra for it is installed.
    """
    if inflates_too_far(data):
        raise FileTooLarge(name=name, limit=UNPACKED >> 20, unit="megabytes")
    reader, count = _opened(data, name)
    titles = outline(reader)
    read = _Pages(data, name, count)
    sheets: list[Sheet] = []
    pictures: list[int] = []
    for at in range(count):
        sheet = read.sheet(reader.pages[at], at, titles.get(at, {}))
        sheets.append(sheet)
        if _letters(sheet) < _STRAY and _has_picture(reader.pages[at]):
            seen = recognised(data, at) if scans and len(sheets) <= SCANS and can_read_pictures() else []
            if seen:
                sheets[-1] = Sheet(at + 1, seen, (), sheet.titles)
            else:
                pictures.append(at + 1)
        progress(at + 1, count)
    if not any(map(_letters, sheets)) or (sum(map(_letters, sheets)) < _STRAY and pictures):
        raise (ScannedFile if pictures else EmptyFile)(name=name)
    pages = tuple(
        Page(sheet.number, "\n".join(line.text.rstrip() for line in sheet.lines), found)
        for sheet, found in zip(sheets, blocks(sheets), strict=True)
    )
    return PdfText(pages, title(reader, sheets[0].lines), tuple(pictures), hidden_in(data, read.tame))


def _opened(data: bytes, name: str) -> tuple[PdfReader, int]:
    try:
        reader = PdfReader(BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
    except Exception as error:  # a damaged file makes pypdf raise nearly anything
        raise BrokenFile(name=name) from error
    if locked:
        raise EncryptedFile(name=name)
    if count > PAGES:
        raise FileTooLarge(name=name, limit=PAGES, unit="pages")
    if count == 0:
        raise (EmptyFile if b"%%EOF" in data[-1024:] else BrokenFile)(name=name)
    return reader, count


class _Pages:
    """Reads one page after the other; pdfplumber is only asked where something could be a table.

    ``tame`` are the places of the pages that PDFium may be asked about as well.
    """

    def __init__(self, data: bytes, name: str, pages: int) -> None:
        self._data = data
        self._name = name
        self._budget = Budget(_INSTRUCTIONS + pages * _INSTRUCTIONS_A_PAGE)
        self._plumber: PDF | None = None
        self.tame: list[int] = []

    def sheet(self, page: PageObject, at: int, titles: dict[str, int]) -> Sheet:
        try:
            seen = drawn(page, self._budget)
        except TooMuchDrawing as error:
            raise FileTooLarge(name=self._name, limit=UNPACKED >> 20, unit="megabytes") from error
        if seen is None or not seen.lines:
            return Sheet(at + 1, through_pdfium(self._data, at), (), titles)
        if seen.forms <= _FORMS:
            self.tame.append(at)
        return Sheet(at + 1, seen.lines, self._tables(at) if seen.is_ruled else (), titles)

    def _tables(self, at: int) -> list[Table]:
        try:
            self._plumber = self._plumber or pdfplumber.open(BytesIO(self._data))
        except Exception:  # noqa: BLE001 - what pypdf mends pdfminer may not
            return []
        return page_tables(self._plumber, at)


def _letters(sheet: Sheet) -> int:
    return sum(char.isalnum() for line in sheet.lines for char in line.text)


def _has_picture(page: PageObject) -> bool:
    """Whether the page shows an image, directly or inside a form."""
    try:
        return bool(page.images)
    except Exception:  # noqa: BLE001 - pictures are not unpacked here, so a damaged one must not matter
        return True
