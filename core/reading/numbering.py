"""How clauses are numbered: 第一条, 一、, （一）, 1.1, Article 1, (a); and which number stands under which."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

_CN = "一二三四五六七八九十百零〇两"
_UNITS = "%％‰以元万亿倍米升克吨箱件瓶年月日天个℃°度"


class Style(StrEnum):
    """A way to write a number; the first four always stand above the others, in this order."""

    CHAPTER = "chapter"
    ARTICLE = "article"
    CHINESE = "chinese"
    NUMBER = "number"
    BARE = "bare"
    CHINESE_IN_BRACKETS = "chinese_in_brackets"
    NUMBER_IN_BRACKETS = "number_in_brackets"
    LETTER = "letter"
    ROMAN = "roman"
    CIRCLED = "circled"


STRONG: Sequence[Style] = (Style.CHAPTER, Style.ARTICLE, Style.CHINESE)

_STYLES: Sequence[tuple[Style, re.Pattern[str]]] = (
    (Style.CHAPTER, re.compile(rf"第\s?[{_CN}\d]+\s?[章编篇部](?=[\s　：:、]|$|[^分的])")),
    (Style.CHAPTER, re.compile(r"(?:附件|附录|附表)\s?[一二三四五六七八九十\d]*(?=[\s　：:《]|$)")),
    (
        Style.CHAPTER,
        re.compile(r"(?:SCHEDULE|EXHIBIT|ANNEX|APPENDIX|Schedule|Exhibit|Annex|Appendix)\s+[A-Z\d]{1,3}(?=[\s:.–-]|$)"),
    ),
    (Style.ARTICLE, re.compile(rf"第\s?[{_CN}\d]+\s?[条條款](?![规之约所的和及至或第、，])")),
    (
        Style.ARTICLE,
        re.compile(
            r"(?:ARTICLE|Article|SECTION|Section|CLAUSE|Clause)\s+(?:\d+(?:\.\d+)*|[IVXLC]+)(?=[\s.:—–-]|$)[.:]?"
        ),
    ),
    (Style.CHINESE, re.compile(r"[一二三四五六七八九十]{1,3}\s?[、．.](?=\S|\s|$)")),
    (
        Style.NUMBER,
        re.compile(rf"\d{{1,2}}(?:[.．]\d{{1,2}}){{1,4}}(?!\s?[{_UNITS}]|\d)[.．、]?(?=\s|[^\d\s{_UNITS}]|$)"),
    ),
    (Style.NUMBER, re.compile(rf"\d{{1,2}}\s?[.．、](?=\s*[^\d\s{_UNITS}]|\s+\S|\s*$)")),
    (Style.BARE, re.compile(rf"\d{{1,2}}(?=[ 　]+[^\s\d{_UNITS}])")),
    (Style.CHINESE_IN_BRACKETS, re.compile(r"[（(]\s?[一二三四五六七八九十]{1,3}\s?[）)]")),
    (Style.NUMBER_IN_BRACKETS, re.compile(r"(?:[（(]\s?\d{1,2}\s?[）)]|\d{1,2}[)）])")),
    (Style.ROMAN, re.compile(r"[（(](?:i{1,3}|iv|vi{0,3}|ix|xi{0,3})[）)]")),
    (Style.LETTER, re.compile(r"(?:[（(][a-zA-Z][）)]|[a-zA-Z][)）](?=\s))")),
    (Style.CIRCLED, re.compile(r"[①-⑳]")),
)
_DIGITS: Mapping[str, int] = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number that begins a line: as it is written, its style, how many dots deep, where it ends."""

    text: str
    style: Style
    depth: int
    end: int


def number_of(line: str) -> Numbered | None:
    """The clause number at the beginning of a line; None where there is none."""
    start = len(line) - len(line.lstrip())
    for style, pattern in _STYLES:
        found = pattern.match(line, start)
        if found:
            dots = len(re.findall(r"[.．]\d", found.group())) if style in {Style.NUMBER, Style.ARTICLE} else 0
            return Numbered(found.group().strip(), style, dots, found.end())
    return None
