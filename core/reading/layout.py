"""From a PDF's lines to blocks: what is a heading, where a paragraph or an item of a list ends."""

import re
from collections.abc import Iterator, Mapping, Sequence

from core.reading.document import CELL, Block, Kind
from core.reading.headings import heading_level
from core.reading.lines import Line
from core.reading.style import Sheet, Style, is_contents, right_edges, running_keys, style_of, without_furniture
from core.reading.text import join_lines

_MARKER = re.compile(
    r"(?:[•·▪●○◆■□‣⁃*–—-]\s*(?=\S)|[（(]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-z])\s?[）)]|[①-⑳]"
    r"|\d{1,2}[)）、.]\s?(?=\D)|[a-z][.)]\s)"
)
_ASKED = re.compile(r"(?:问|Q)\s?\d{0,3}\s?[\s:：.、].{2,120}[?？]$")
_ASKED_OR_ANSWERED = re.compile(r"(?:问|答|[QA])\s?\d{0,3}\s?[\s:：.、]\S")
_SENTENCE_END = re.compile(r"[。！？；：.!?;:][”’」』）】)\"']*\s*$")
_QUESTION = 6  # level of a question in a list of them: its answer stands under it


def blocks(sheets: Sequence[Sheet]) -> list[tuple[Block, ...]]:
    """The blocks of each page in reading order."""
    running = running_keys(sheets)
    style = style_of(sheets)
    pages: list[tuple[Block, ...]] = []
    for sheet in sheets:
        lines = without_furniture(sheet, running)
        found = () if is_contents(lines, len(sheets)) else tuple(_blocks(sheet, lines, style))
        pages.append(_continued(found, pages[-1] if pages else ()))
    return pages


def _blocks(sheet: Sheet, lines: Sequence[Line], style: Style) -> Iterator[Block]:
    edges = right_edges(sheet, style)
    group: list[Line] = []
    drawn: set[int] = set()
    at = 0
    while at < len(lines):
        line = lines[at]
        table = next((number for number, each in enumerate(sheet.tables) if each.holds(line)), None)
        taken, level = (1, 0) if table is not None else heading_level(lines[at : at + 3], sheet.titles, style)
        if table is None and not level:
            group.append(line)
        else:
            yield from _flowing(group, style, edges, sheet.number)
            group = []
        if level:
            text = join_lines((each.text for each in lines[at : at + taken]), style.is_word)
            yield Block(Kind.HEADING, text, sheet.number, level)
        elif table is not None and table not in drawn:
            drawn.add(table)
            yield Block(Kind.TABLE, sheet.tables[table].text, sheet.number)
        at += taken
    yield from _flowing(group, style, edges, sheet.number)


def _flowing(lines: Sequence[Line], style: Style, edges: Mapping[float, float], page: int) -> Iterator[Block]:
    """Paragraphs and lists from lines that follow each other."""
    parts: list[list[Line]] = []
    for line in lines:
        if parts and not _starts(line, parts[-1], style, edges):
            parts[-1].append(line)
        else:
            parts.append([line])
    items: list[str] = []
    for part in parts:
        text = join_lines((line.text for line in part), style.is_word)
        if _MARKER.match(text):
            items.append(text)
            continue
        if items:
            yield Block(Kind.LIST, "\n".join(items), page)
            items = []
        asked = _ASKED.match(text) is not None
        yield Block(Kind.HEADING, text, page, _QUESTION) if asked else Block(Kind.PARAGRAPH, text, page)
    if items:
        yield Block(Kind.LIST, "\n".join(items), page)


def _starts(line: Line, part: Sequence[Line], style: Style, edges: Mapping[float, float]) -> bool:
    """Whether a line begins something new after the lines of ``part``."""
    last = part[-1]
    if _MARKER.match(line.text) or _ASKED_OR_ANSWERED.match(line.text) or _differs(line.size, last.size):
        return True
    if line.y is not None and last.y is not None and last.y - line.y > style.leading * 1.3:
        return True
    room = edges[last.x] - last.right
    ended = _SENTENCE_END.search(last.text) is not None
    em = line.size or 1.0
    indented = line.x - last.x > 1.2 * em and len(part) > 1
    return (ended and (room > 2 * em or indented)) or room > 0.3 * style.width


def _differs(one: float, other: float) -> bool:
    return bool(one and other) and abs(one - other) > 0.08 * max(one, other)


def _continued(page: tuple[Block, ...], above: tuple[Block, ...]) -> tuple[Block, ...]:
    """A table that goes on from the page before gets the names of its columns again."""
    if not (page and above and page[0].kind is above[-1].kind is Kind.TABLE):
        return page
    names = above[-1].text.split("\n")[0]
    rows = page[0].text.split("\n")
    if rows[0] == names or rows[0].count(CELL) != names.count(CELL):
        return page
    return (Block(Kind.TABLE, "\n".join([names, *rows]), page[0].page), *page[1:])
