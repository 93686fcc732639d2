"""Text in a PDF that a machine reads and an eye doesn't: white on white, of no size, outside of the page."""

import ctypes
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pypdfium2
from pypdfium2 import raw

from core.reading.document import Hidden
from core.reading.lines import PDFIUM
from core.reading.text import tidy

_CHARACTERS = 1_500_000  # of a file that are looked at
_PAGE = 60_000
_TINY = 1.5  # points
_WHITE = 250
_SHAPES = 2_000
_SHORTEST = 4  # letters: a stray mark is no message
_INVISIBLE = 3  # the rendering mode that scanners use for what they recognised

Box = tuple[float, float, float, float]  # left, bottom, right, top


def hidden_in(data: bytes, pages: Sequence[int]) -> tuple[Hidden, ...]:
    """Each stretch on the pages at these places from 0; empty where PDFium can't open the file."""
    found: list[Hidden] = []
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return ()
        try:
            left = _CHARACTERS
            for number in pages:
                if left <= 0:
                    break
                left -= _look(document[number], number + 1, found)
        except (pypdfium2.PdfiumError, IndexError):
            pass  # what was found before the damaged page still counts
        finally:
            document.close()
    return tuple(found)


def _look(page: Any, number: int, found: list[Hidden]) -> int:
    """Add what is hidden on the page; how many characters were looked at, at least one."""
    text = page.get_textpage()
    count = min(text.count_chars(), _PAGE)
    size = page.get_size()
    kinds = [_how(text, at, size) for at in range(count)]
    shaded: list[Box] | None = None
    for how, run in groupby(range(count), key=lambda at: kinds[at]):
        at = list(run)
        written = tidy(text.get_text_range(at[0], len(at))).strip() if how else ""
        if sum(map(str.isalnum, written)) < _SHORTEST:
            continue
        if how in {"white", "invisible"}:
            shaded = list(_shaded(page)) if shaded is None else shaded
            if any(_inside(text.get_charbox(at[len(at) // 2]), box) for box in shaded):
                continue
        found.append(Hidden(" ".join(written.split()), number, how))
    text.close()
    page.close()
    return int(count) + 1


def _how(text: Any, at: int, size: tuple[float, float]) -> str:
    """How a character is kept from the eye; blanks between hidden ones are taken along by their neighbours' colour."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = raw.FPDFText_GetFillColor(text, at, red, green, blue, alpha)
    if known and (alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE):
        return "white"
    if raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text, at)) == _INVISIBLE:
        return "invisible"
    if raw.FPDFText_GetFontSize(text, at) * _scale(text, at) < _TINY and raw.FPDFText_IsGenerated(text, at) != 1:
        return "tiny"
    left, bottom, right, top = text.get_charbox(at)
    if right > left and (right < 0 or top < 0 or left > size[0] or bottom > size[1]):
        return "outside"
    return ""


def _scale(text: Any, at: int) -> float:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, at, matrix):
        return 1.0
    return float(max(abs(matrix.a), abs(matrix.b), abs(matrix.c), abs(matrix.d)))


def _shaded(page: Any) -> Iterator[Box]:
    """Where something dark or a picture lies under the text."""
    for at, item in enumerate(page.get_objects(max_depth=4)):
        if at >= _SHAPES:
            return
        if item.type == raw.FPDF_PAGEOBJ_IMAGE or (item.type == raw.FPDF_PAGEOBJ_PATH and _is_dark(item)):
            yield item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()


def _is_dark(item: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return bool(known) and alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE


def _inside(char: Box, box: Box) -> bool:
    x, y = (char[0] + char[2]) / 2, (char[1] + char[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
