"""A document as one text whose every character knows its page: what clauses and quotes are measured in."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.reading.document import CELL, Block, Document, Kind, Page
from core.reading.numbering import number_of
from core.reading.text import join_lines

_ENDED = re.compile(r"[。！？；：.!?;:][”’」』）】)\"']*\s*$")
_GLUED = re.compile(
    r"(?<=[。；;])\s*(?=第\s?[一二三四五六七八九十百\d]{1,4}\s?条[\s　【]"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\s?[^\s\d.%％元万年月日])"
)
_HEADING = 44  # halves of a Chinese character; longer ones are sentences
_CHINESE = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Plain:
    """``starts`` are the offsets at which lines begin, ``pages`` the physical page of each, None without pages."""

    text: str
    starts: tuple[int, ...]
    pages: tuple[int | None, ...]

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at ``offset`` stands; a paragraph counts where it begins."""
        return self.pages[max(0, bisect_right(self.starts, offset) - 1)] if self.starts else None

    def lines(self) -> Iterator[tuple[int, str]]:
        """Each line with its offset."""
        ends = [*(start - 1 for start in self.starts[1:]), len(self.text)]
        for start, end in zip(self.starts, ends, strict=True):
            yield start, self.text[start:end]


def plain(document: Document) -> Plain:
    """A line a paragraph, item or row; a paragraph that was cut, by the page's end or by its number, is one again."""
    lines: list[tuple[str, int | None]] = []
    for page in document.pages:
        before: Block | None = None
        for block in page.blocks or _unstructured(page):
            may_go_on = block.kind is not Kind.TABLE and (before is None or _is_cut_heading(before))
            before = block
            for text in _lines_of(block):
                if may_go_on and lines and _goes_on(lines[-1][0], text):
                    lines[-1] = (join_lines([lines[-1][0], text]), lines[-1][1])
                else:
                    lines.append((text, block.page))
                may_go_on = False
    return _assembled(lines)


def _is_cut_heading(block: Block) -> bool:
    """Whether what looks like a numbered heading is rather the first line of a numbered paragraph."""
    width = sum(2 if char > "\u2e80" else 1 for char in block.text)
    return block.kind is Kind.HEADING and width > _HEADING and number_of(block.text) is not None


def _assembled(lines: Sequence[tuple[str, int | None]]) -> Plain:
    starts: list[int] = []
    offset = 0
    for text, _ in lines:
        starts.append(offset)
        offset += len(text) + 1
    return Plain("\n".join(text for text, _ in lines), tuple(starts), tuple(page for _, page in lines))


def _unstructured(page: Page) -> tuple[Block, ...]:
    return (Block(Kind.PARAGRAPH, page.text, page.number),) if page.text.strip() else ()


def _lines_of(block: Block) -> Iterator[str]:
    for line in block.text.split("\n"):
        cells = line.split(CELL) if block.kind is Kind.TABLE else [line]
        parts = cells if _is_bilingual(cells) else [line]
        for part in parts:
            yield from (piece for piece in _GLUED.split(part.strip()) if piece)


def _is_bilingual(cells: Sequence[str]) -> bool:
    """Whether a row holds the same in two languages side by side."""
    kinds = [bool(_CHINESE.search(cell)) for cell in cells if len(_LATIN.findall(cell)) > 3 or _CHINESE.search(cell)]
    return len(kinds) == 2 and kinds[0] != kinds[1]


def _goes_on(above: str, text: str) -> bool:
    return len(above) > 20 and _ENDED.search(above) is None and number_of(text) is None
