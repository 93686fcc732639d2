"""DOCX: paragraphs with the numbers that Word draws before them, tables, and what is set to be unseen."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from core.reading.document import Block, Hidden, Kind, Page
from core.reading.docx_numbering import Numbering
from core.reading.errors import BrokenFile, EmptyFile, EncryptedFile, FileTooLarge, UnsupportedFile
from core.reading.tables import table_text
from core.reading.text import tidy

UNPACKED = 256 << 20  # bytes in a whole file
_PART = 64 << 20  # bytes of one part of XML
_PARTS = 5_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how old Word files begin, and new ones that have a password
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TINY = 4  # half points
_WHITE = frozenset({"FFFFFF", "FEFEFE", "FDFDFD", "FCFCFC"})
_NESTED = 3  # tables within tables


@dataclass(frozen=True, slots=True)
class DocxText:
    """A file without pages; ``hidden`` is what a reader of the printed text doesn't see."""

    page: Page
    title: str
    hidden: tuple[Hidden, ...]


def read_docx(data: bytes, name: str) -> DocxText:
    """All paragraphs and tables in reading order; deleted text of tracked changes is left out."""
    if data.startswith(_OLE):
        raise EncryptedFile(name=name) if _LOCKED in data else UnsupportedFile(name=name, supported="DOCX, PDF")
    _check_size(data, name)
    document = _opened(data, name)
    reader = _Reader(Numbering(document))
    blocks = tuple(reader.blocks(document.element.body))
    if not blocks:
        raise EmptyFile(name=name)
    text = "\n".join(block.text for block in blocks)
    title = tidy(str(document.core_properties.title or "")).strip()
    heading = next((block.text for block in blocks if block.kind is not Kind.TABLE), "")
    return DocxText(Page(None, text, blocks), title or heading.split("\n")[0][:80], tuple(reader.hidden))


def _check_size(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise EncryptedFile(name=name)
            texts = [part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))]
            large = sum(part.file_size for part in parts) > UNPACKED or max(texts, default=0) > _PART
            doctype = any(b"<!DOCTYPE" in _head(archive, part) for part in parts if part.filename.endswith(".xml"))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError) as error:
        raise BrokenFile(name=name) from error
    if large or len(parts) > _PARTS:
        raise FileTooLarge(name=name, limit=UNPACKED >> 20, unit="megabytes")
    if doctype:
        raise BrokenFile(name=name)


def _head(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as stream:
        return stream.read(2_000)


def _opened(data: bytes, name: str) -> Any:
    import docx

    try:
        return docx.Document(BytesIO(data))
    except Exception as error:  # a damaged package makes it raise nearly anything
        raise BrokenFile(name=name) from error


class _Reader:
    """Walks the body once; what is hidden is read like the rest and kept aside as well."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self.hidden: list[Hidden] = []

    def blocks(self, body: Any) -> Iterator[Block]:
        for element in body:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                rows = self._rows(element, 0)
                if rows:
                    yield Block(Kind.TABLE, table_text(rows), None)
            elif element.tag == f"{_W}sdt":
                yield from self.blocks(element.iterfind(f"{_W}sdtContent/*"))

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        text = self._text(paragraph)
        if not text:
            return
        level = self._numbering.heading_level(paragraph)
        label = self._numbering.label(paragraph)
        joined = f"{label}{'' if label.endswith('、') else ' '}{text}" if label else text
        for line in joined.split("\n"):
            if line.strip():
                yield Block(Kind.HEADING if level else Kind.PARAGRAPH, line.strip(), None, level)

    def _text(self, paragraph: Any) -> str:
        pieces: list[str] = []
        for run in paragraph.iter(f"{_W}r"):
            piece = "".join(_characters(run))
            if piece.strip() and (how := _unseen(run)):
                self.hidden.append(Hidden(tidy(piece).strip(), None, how))
            pieces.append(piece)
        return tidy("".join(pieces)).strip()

    def _rows(self, table: Any, depth: int) -> list[list[str]]:
        return [[self._cell(cell, depth) for cell in row.iterfind(f"{_W}tc")] for row in table.iterfind(f"{_W}tr")]

    def _cell(self, cell: Any, depth: int) -> str:
        parts: list[str] = []
        for element in cell:
            if element.tag == f"{_W}p":
                label = self._numbering.label(element)
                text = self._text(element).replace("\n", " ")
                parts.append(f"{label} {text}" if label and text else text)
            elif element.tag == f"{_W}tbl" and depth < _NESTED:
                parts += [" ".join(row) for row in self._rows(element, depth + 1)]
        return " ".join(part for part in parts if part)


def _characters(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            yield "\n"
        elif child.tag == f"{_W}tab":
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"


def _unseen(run: Any) -> str:
    """How a run is kept from the eye; empty where it isn't."""
    style = run.find(f"{_W}rPr")
    if style is None:
        return ""
    vanish = style.find(f"{_W}vanish")
    if vanish is not None and vanish.get(f"{_W}val") not in {"0", "false", "off"}:
        return "vanish"
    color, shade, size = (style.find(f"{_W}{tag}") for tag in ("color", "shd", "sz"))
    dark = shade is not None and str(shade.get(f"{_W}fill")).upper() not in {"AUTO", "NONE", *_WHITE}
    if color is not None and str(color.get(f"{_W}val")).upper() in _WHITE and not dark:
        return "white"
    half_points = size.get(f"{_W}val") if size is not None else None
    return "tiny" if half_points is not None and half_points.isdigit() and int(half_points) <= _TINY else ""
