"""Which lines of a PDF are headings: the outline knows best, then the size, then how they are numbered."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from core.reading.lines import Line

_LONGEST = 60
_NUMBERED: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"第\s?[一二三四五六七八九十百零\d]+\s?[章编篇](?:\s|$|[^的第])"), 1),
    (re.compile(r"(?:附录|附件)\s?[A-Z一二三四五六七八九十\d]?(?:\s|$|[：:])"), 1),
    (re.compile(r"(?:Chapter|Part|Appendix)\s+(?:\d+|[IVX]+|[A-Z])\b"), 1),
    (re.compile(r"第\s?[一二三四五六七八九十百零\d]+\s?节"), 2),
    (re.compile(r"(?:Section|Article)\s+\d+"), 2),
    (re.compile(r"[一二三四五六七八九十]{1,3}、\S"), 2),
    (re.compile(r"第\s?[一二三四五六七八九十百零\d]+\s?条\s"), 3),
)
_DOTTED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+[^\W\d_]")
_NUMBER = re.compile(r"^\d+(?:\.\d+)*")
_GOES_ON = re.compile(r"[。；，、;,.!?！？:：]\s*$")


class Usual(Protocol):
    """What a heading must differ from; see layout.Style."""

    @property
    def size(self) -> float:
        """Of most of the text."""

    @property
    def larger(self) -> tuple[float, ...]:
        """Sizes clearly above it, largest first."""

    @property
    def outlined(self) -> bool:
        """Whether the file has an outline worth the name."""


def squeezed(text: str) -> str:
    """Without any blank, caseless."""
    return "".join(text.split()).casefold()


def heading_level(lines: Sequence[Line], titles: Mapping[str, int], usual: Usual) -> tuple[int, int]:
    """How many of the lines make one heading, and its level from 1; (1, 0) where the first line is none."""
    for count in range(1, len(lines) + 1):
        whole = squeezed("".join(line.text for line in lines[:count]))
        level = titles.get(whole) or titles.get(_NUMBER.sub("", whole))
        if level:
            return count, level
    first = lines[0]
    text = first.text.strip()
    if usual.outlined or len(text) > _LONGEST or _GOES_ON.search(text) or not any(map(str.isalpha, text)):
        return 1, 0
    if first.size in usual.larger:
        count = 2 if len(lines) > 1 and lines[1].size == first.size and len(lines[1].text) <= _LONGEST else 1
        return count, min(usual.larger.index(first.size) + 1, 6)
    return 1, _numbered_level(text)


def _numbered_level(text: str) -> int:
    dotted = _DOTTED.match(text)
    if dotted:
        return dotted.group(1).count(".") + 1
    return next((level for pattern, level in _NUMBERED if pattern.match(text)), 0)
