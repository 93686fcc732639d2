"""Passages: the stretches of a document that are found, quoted and cited."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil

from core.language.sentences import sentences
from core.reading.document import Block, Document, Kind
from core.reading.text import join_lines

PATH = " › "  # between the headings above a passage

_DENSE = re.compile("[\u2e80-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_WORD = re.compile(r"(?:[^\W\d_]|[\u0e31-\u0e4e])+|\d|[^\w\s]")
_CAPTION = re.compile(r"(?:表|续表|Table|Tab\.)\s?[A-Z]?\d", re.IGNORECASE)
_SEAMS = re.compile(r"(?<=[，,、；;：:)）])|(?<=\s)")


@dataclass(frozen=True, slots=True)
class Passage:
    """``ordinal`` counts from 0 through the document; ``heading`` is the path of headings above it, top first."""

    ordinal: int
    page: int | None
    heading: str
    text: str

    @property
    def in_context(self) -> str:
        """The text under its headings, as it is indexed."""
        return f"{self.heading}\n{self.text}" if self.heading else self.text


def passages(document: Document, *, max_tokens: int = 200) -> list[Passage]:
    """The document in stretches of at most about ``max_tokens`` tokens, none across a page or a heading.

    A table's row is never cut, and each passage that holds rows starts them with the names of the columns.
    """
    cutter = _Cutter(max_tokens)
    for page in document.pages:
        for block in page.blocks:
            cutter.add(block)
        cutter.end_page()
    return cutter.finish()


def tokens(text: str) -> int:
    """About how many tokens an embedder makes of it: it is only meant for cutting."""
    dense = len(_DENSE.findall(text))
    words = sum(1 if len(word) == 1 else ceil(len(word) / 6) for word in _WORD.findall(_DENSE.sub(" ", text)))
    return ceil(dense * 0.75) + words


@dataclass(slots=True)
class _Cutter:
    """Fills one passage after the other."""

    limit: int
    done: list[Passage] = field(default_factory=list)
    _path: list[Block] = field(default_factory=list)
    _bare: Block | None = None
    _caption: Block | None = None
    _parts: list[str] = field(default_factory=list)
    _size: int = 0
    _page: int | None = None

    def add(self, block: Block) -> None:
        """Take the next block, in reading order."""
        self._page = block.page
        if block.kind is Kind.HEADING:
            self._enter(block)
            return
        self._bare = None
        if block.kind is Kind.TABLE:
            self._add_rows(block.text.split("\n"))
            return
        self._settle_caption()
        if block.kind is Kind.PARAGRAPH and len(block.text) < 60 and _CAPTION.match(block.text):
            self._caption = block
        elif block.kind is Kind.LIST:
            for item in block.text.split("\n"):
                self._add_text(item)
        else:
            self._add_text(block.text)

    def end_page(self) -> None:
        """No passage goes on over the page's end; its headings do."""
        self._settle_caption()
        self._close()

    def finish(self) -> list[Passage]:
        """All passages."""
        self._stand_alone()
        return self.done

    def _enter(self, heading: Block) -> None:
        self._settle_caption()
        self._close()
        if self._bare is not None and heading.level <= self._bare.level:
            self._stand_alone()
        self._path = [above for above in self._path if above.level < heading.level] + [heading]
        self._bare = heading

    def _stand_alone(self) -> None:
        """A heading with nothing under it is all that its section says."""
        if self._bare is not None:
            above = [each.text for each in self._path if each is not self._bare]
            self.done.append(Passage(len(self.done), self._bare.page, PATH.join(above), self._bare.text))
            self._bare = None

    def _settle_caption(self) -> None:
        caption, self._caption = self._caption, None
        if caption is not None:
            self._add_text(caption.text)

    def _add_text(self, text: str) -> None:
        if tokens(text) <= self.limit:
            self._put(text)
            return
        for stretch in _stretches(text, self.limit):
            self._close()
            self._put(stretch)

    def _add_rows(self, rows: Sequence[str]) -> None:
        head = ([self._caption.text] if self._caption else []) + [rows[0]]
        self._caption = None
        overhead = sum(map(tokens, head))
        if self._size + overhead + sum(map(tokens, rows[1:])) > self.limit:
            self._close()
        self._parts += head
        self._size += overhead
        fresh = True
        for row in rows[1:]:
            if self._size + tokens(row) > self.limit and not fresh:
                self._close()
                self._parts, self._size = list(head), overhead
            self._parts.append(row)
            self._size += tokens(row)
            fresh = False

    def _put(self, text: str) -> None:
        size = tokens(text)
        if self._size + size > self.limit:
            self._close()
        self._parts.append(text)
        self._size += size

    def _close(self) -> None:
        if self._parts:
            heading = PATH.join(each.text for each in self._path)
            self.done.append(Passage(len(self.done), self._page, heading, "\n".join(self._parts)))
            self._parts, self._size = [], 0


def _stretches(text: str, limit: int) -> Iterator[str]:
    """Whole sentences together up to the limit; a sentence beyond it is cut where it breathes."""
    gathered: list[str] = []
    size = 0
    for piece in (part for sentence in sentences(text) for part in _cut(sentence, limit)):
        if gathered and size + tokens(piece) > limit:
            yield join_lines(gathered)
            gathered, size = [], 0
        gathered.append(piece)
        size += tokens(piece)
    if gathered:
        yield join_lines(gathered)


def _cut(sentence: str, limit: int) -> Iterator[str]:
    if tokens(sentence) <= limit or len(sentence) < 2:
        yield sentence
        return
    middle = len(sentence) // 2
    seams = [match.start() for match in _SEAMS.finditer(sentence) if 0 < match.start() < len(sentence)]
    near = [seam for seam in seams if abs(seam - middle) <= middle // 2]
    at = min(near, key=lambda seam: abs(seam - middle), default=middle)
    yield from _cut(sentence[:at].strip(), limit)
    yield from _cut(sentence[at:].strip(), limit)
