"""One way in: bytes and a name become a Document."""

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import PurePath

from core.reading.decoding import decoded
from core.reading.document import Document
from core.reading.errors import BrokenFile, EmptyFile, FileTooLarge, UnsupportedFile

MEGABYTES = 50
SUPPORTED = "PDF, DOCX, Markdown, TXT"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_PDF_MARK = 1024  # bytes within which a PDF must say that it is one
_TEXTS: Mapping[str, str] = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    "": "text/plain",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Word files, and new ones that have a password
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|svg)\b", re.IGNORECASE)
_TEXT_CHARACTERS = 5_000_000


def read(
    data: bytes, name: str, *, progress: Callable[[int, int], None] | None = None, scans: bool = False
) -> Document:
    """The pages and blocks of a PDF, Word or Markdown file; what it is, its content says.

    ``progress`` hears after each page how many are done and how many there are.
    With ``scans`` pages that are pictures are recognised, where the extra ``qudao[ocr]`` is installed.
    Raises an ``UnreadableFile`` that says why the file can't be used.
    """
    if len(data) > MEGABYTES * 1_000_000:
        raise FileTooLarge(name=name, limit=MEGABYTES, unit="megabytes")
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyFile(name=name)
    digest = sha256(data).hexdigest()
    tell = progress or (lambda _done, _all: None)
    suffix = PurePath(name).suffix.lower()
    stem = PurePath(name).stem or name
    if b"%PDF-" in data[:_PDF_MARK]:
        from core.reading.pdf import read_pdf

        pdf = read_pdf(data, name, tell, scans=scans)
        return Document(name, "application/pdf", digest, pdf.pages, pdf.title or stem, pdf.unread, pdf.hidden)
    if suffix == ".pdf":
        raise BrokenFile(name=name)
    if suffix in {".docx", ".doc"} or _is_word(data):
        from core.reading.docx import read_docx

        word = read_docx(data, name)
        tell(1, 1)
        return Document(name, DOCX, digest, (word.page,), word.title or stem, hidden=word.hidden)
    text = decoded(data) if suffix in _TEXTS else None
    if text is None or _MARKUP.match(text):
        raise UnsupportedFile(name=name, supported=SUPPORTED)
    if len(text) > _TEXT_CHARACTERS:
        raise FileTooLarge(name=name, limit=MEGABYTES, unit="megabytes")
    from core.reading.markdown import read_markdown

    page, title = read_markdown(text)
    if not page.blocks:
        raise EmptyFile(name=name)
    tell(1, 1)
    return Document(name, _TEXTS[suffix], digest, (page,), title or stem)


def _is_word(data: bytes) -> bool:
    return data.startswith(_OLE) or (data.startswith(b"PK") and b"word/" in data)
