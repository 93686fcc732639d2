"""The lines of a PDF's page, with their place and size where the file tells."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from threading import Lock
from typing import Any

import pypdfium2
from pypdf import PageObject

from core.reading.text import tidy

Matrix = Sequence[float]

_CONTENT_BYTES = 4_000_000  # of drawing instructions on a page; beyond it pypdf takes minutes, PDFium doesn't
PDFIUM = Lock()  # the library keeps state of its own and must not be entered twice
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]|\\(cid:\\d+\\)")
_RULES = 6  # fewer strokes make no table of two rows and two columns
_DRAWN_HYPHEN = "\u00ad"  # soft in text, but what a file draws is there
_EMS: Mapping[str, float] = {"fijltrI.,;:'|!()[]/ ": 0.32, "mwMW%@": 0.85, "ABCDEFGHJKLNOPQRSTUVXYZ&": 0.68}
_WIDTHS: Mapping[int, float] = {ord(char): width for chars, width in _EMS.items() for char in chars}


@dataclass(frozen=True, slots=True)
class Line:
    """``x`` and ``y``: where it starts, in points from the lower left; ``size``: of most of its text, 0 unknown."""

    text: str
    size: float = 0.0
    x: float = 0.0
    y: float | None = None

    @property
    def right(self) -> float:
        """About where it ends, by the usual widths of letters; one em a Chinese character."""
        ems = sum(_WIDTHS.get(code, 0.53 if code < 0x2E80 else 1.0) for code in map(ord, self.text.rstrip()))
        return self.x + ems * (self.size or 1.0)


class TooMuchDrawing(Exception):
    """The page's instructions run away, as when forms draw each other without end."""


class Budget:
    """How many drawing instructions may be carried out for a whole file."""

    def __init__(self, instructions: int) -> None:
        self._left = instructions

    def spend(self) -> None:
        """Count one instruction."""
        self._left -= 1
        if self._left < 0:
            raise TooMuchDrawing


@dataclass(frozen=True, slots=True)
class Drawn:
    """What pypdf sees on a page; ``is_ruled`` where there are strokes enough to frame a table; ``forms`` are drawn."""

    lines: list[Line]
    is_ruled: bool
    forms: int


def drawn(page: PageObject, budget: Budget) -> Drawn | None:
    """The page's lines through pypdf; None where it fails or what it finds is no text."""
    gatherer = _Gatherer(budget)
    try:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > _CONTENT_BYTES:
            return None
        page.extract_text(visitor_text=gatherer.text, visitor_operand_before=gatherer.instruction)
    except TooMuchDrawing:
        raise
    except Exception:  # noqa: BLE001 - a damaged page makes pypdf raise nearly anything; PDFium may do better
        return None
    if _is_garbled("".join(gatherer.seen)):
        return None
    return Drawn(gatherer.finished(), gatherer.rules >= _RULES, gatherer.forms)


def through_pdfium(data: bytes, number: int) -> list[Line]:
    """The lines of the page at ``number`` from 0, without their places; empty where PDFium finds no text either."""
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
            try:
                text = document[number].get_textpage().get_text_range()
            finally:
                document.close()
        except (pypdfium2.PdfiumError, IndexError):
            return []
    text = text.replace("\ufffe", "-")  # how it writes a hyphen at a line's end
    return [] if _is_garbled(text) else [Line(line) for line in tidy(text).split("\n") if line.strip()]


def _is_garbled(text: str) -> bool:
    return "\x00" in text or len(_UNREADABLE.findall(text)) * 5 > len(text.strip())


class _Gatherer:
    """Puts the pieces that pypdf reports together to lines."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._done: list[Line] = []
        self._pieces: list[str] = []
        self._start: tuple[float, float] | None = None
        self._sizes: Counter[float] = Counter()
        self.seen: list[str] = []
        self.rules = 0
        self.forms = 0

    def instruction(self, operator: bytes, _operands: Any, _cm: Any, _tm: Any) -> None:
        self._budget.spend()
        self.rules += operator in {b"re", b"l"}
        self.forms += operator == b"Do"

    def text(self, text: str, cm: Matrix, tm: Matrix, _font: Any, size: float | None) -> None:
        self.seen.append(text)
        for at, piece in enumerate(text.split("\n")):
            if at:
                self._end()
            if piece.strip():
                drawn_size, x, y = _place(cm, tm, size or 0.0)
                self._start = self._start or (x, y)
                self._sizes[drawn_size] += len(piece)
            self._pieces.append(piece)

    def finished(self) -> list[Line]:
        self._end()
        return self._done

    def _end(self) -> None:
        text = tidy("".join(self._pieces).replace(_DRAWN_HYPHEN, "-")).replace("\n", " ").lstrip()
        if text and self._start is not None:
            x, y = self._start
            self._done.append(Line(text, self._sizes.most_common(1)[0][0], x, y))
        self._pieces, self._start = [], None
        self._sizes.clear()


def _place(cm: Matrix, tm: Matrix, size: float) -> tuple[float, float, float]:
    """Size, x and y of text drawn with these matrices."""
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    up = hypot(tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
    return round(size * up, 1), x, y
