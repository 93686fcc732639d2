"""A picture of a list → its lines, where the extra ``qudao[ocr]`` is installed."""

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from core.errors import NotSetUp
from core.reading.errors import BrokenFile, EmptyFile, UnreadableFile
from core.reading.sheets.sheet import Sheet, row_of

PIXELS = 40_000_000
LONGEST = 2_000  # pixels of a side; larger ones are made smaller
SURE = 0.5
SAME_LINE = 0.6  # of a line's height


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and where it stands."""

    text: str
    left: float
    middle: float
    height: float


def can_read_pictures() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_picture(data: bytes, name: str) -> Sheet:
    """The lines of a picture from top to bottom, their pieces from left to right."""
    if not can_read_pictures():
        raise NotSetUp("list.no_pictures", name=name)
    picture = _opened(data, name)
    found = _recognised(picture)
    if not found:
        raise EmptyFile("list.nothing_seen", name=name)
    return Sheet(name, tuple(row_of(piece.text for piece in line) for line in lines_of(found)), seen=True)


def seen_lines(picture: Any) -> list[list[Piece]]:
    """The lines of a picture that is open already, as an array of blue, green and red."""
    return lines_of(_recognised(picture))


def lines_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand at one height are a line."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: one.middle):
        last = lines[-1] if lines else None
        if last and abs(piece.middle - _middle(last)) <= SAME_LINE * min(piece.height, last[0].height):
            last.append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda one: one.left) for line in lines]


def _middle(line: Sequence[Piece]) -> float:
    return sum(piece.middle for piece in line) / len(line)


def _opened(data: bytes, name: str) -> Any:
    import numpy as np
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
            large = image.width * image.height > PIXELS
            upright = None if large else ImageOps.exif_transpose(image).convert("RGB")
    except Exception as error:
        raise BrokenFile("list.broken", name=name) from error
    if upright is None:
        raise UnreadableFile("list.picture_too_large", name=name)
    upright.thumbnail((LONGEST, LONGEST))
    return np.asarray(upright)[:, :, ::-1]


def _recognised(picture: Any) -> list[Piece]:
    from rapidocr import RapidOCR

    seen: Any = RapidOCR(params={"Global.log_level": "error"})(picture)
    if getattr(seen, "boxes", None) is None:
        return []
    pieces = []
    for box, text, score in zip(seen.boxes, seen.txts, seen.scores, strict=True):
        tops = [float(point[1]) for point in box]
        if score >= SURE and text.strip():
            middle, height = sum(tops) / len(tops), max(tops) - min(tops)
            pieces.append(Piece(text, float(min(point[0] for point in box)), middle, height))
    return pieces
