"""The numbers that Word draws and doesn't write: counted from numbering.xml, as a reader sees them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_CHINESE = frozenset(
    "chineseCounting chineseCountingThousand chineseLegalSimplified japaneseCounting taiwaneseCounting "
    "taiwaneseCountingThousand ideographDigital".split()
)
_DIGITS = "零一二三四五六七八九"
_ROMAN: Mapping[int, str] = {100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}


@dataclass(frozen=True, slots=True)
class _Level:
    text: str
    format: str
    start: int
    legal: bool


class Numbering:
    """Counts each list as its paragraphs come; ask for every paragraph once, in order."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.get(f"{_W}styleId"): style for style in document.styles.element.iter(f"{_W}style")}
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._of: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[str] = set()
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        if part is not None:
            self._learn(part.element)

    def label(self, paragraph: Any) -> str:
        """What Word draws before the paragraph; empty where it is no numbered one. A bullet is no number."""
        number, level = self._place(paragraph)
        levels = self._abstract.get(self._of.get(number, ""), {})
        if level not in levels:
            return ""
        counts = self._advance(number, level, levels)
        return _drawn(levels, level, counts) if levels[level].format != "bullet" else ""

    def heading_level(self, paragraph: Any) -> int:
        """1 for Heading 1; 0 for what is no heading."""
        style = self._styles.get(_style_of(paragraph))
        for _ in range(_LEVELS):
            if style is None:
                return 0
            outline = style.find(f"{_W}pPr/{_W}outlineLvl")
            if outline is not None:
                return min(_whole(outline.get(f"{_W}val")) + 1, 6) % 10
            based = style.find(f"{_W}basedOn")
            style = self._styles.get(based.get(f"{_W}val")) if based is not None else None
        return 0

    def _learn(self, root: Any) -> None:
        for abstract in root.iterfind(f"{_W}abstractNum"):
            levels = {_whole(level.get(f"{_W}ilvl")): _level(level) for level in abstract.iterfind(f"{_W}lvl")}
            self._abstract[abstract.get(f"{_W}abstractNumId")] = levels
        for num in root.iterfind(f"{_W}num"):
            of = num.find(f"{_W}abstractNumId")
            identity = num.get(f"{_W}numId")
            self._of[identity] = of.get(f"{_W}val") if of is not None else ""
            for override in num.iterfind(f"{_W}lvlOverride"):
                start = override.find(f"{_W}startOverride")
                if start is not None:
                    self._starts[identity, _whole(override.get(f"{_W}ilvl"))] = _whole(start.get(f"{_W}val"))

    def _place(self, paragraph: Any) -> tuple[str, int]:
        found = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = self._styles.get(_style_of(paragraph))
        for _ in range(_LEVELS):
            if found is not None or style is None:
                break
            found = style.find(f"{_W}pPr/{_W}numPr")
            based = style.find(f"{_W}basedOn")
            style = self._styles.get(based.get(f"{_W}val")) if based is not None else None
        if found is None:
            return "", 0
        number, level = found.find(f"{_W}numId"), found.find(f"{_W}ilvl")
        return (
            number.get(f"{_W}val", "") if number is not None else "",
            _whole(level.get(f"{_W}val")) if level is not None else 0,
        )

    def _advance(self, number: str, level: int, levels: Mapping[int, _Level]) -> list[int | None]:
        """Lists of one abstract number count on together, unless one starts anew."""
        counts = self._counts.setdefault(self._of[number], [None] * _LEVELS)
        override = self._starts.get((number, level))
        fresh = override is not None and f"{number}.{level}" not in self._restarted
        self._restarted.add(f"{number}.{level}")
        before = counts[level]
        counts[level] = override if fresh else levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return counts


def _drawn(levels: Mapping[int, _Level], level: int, counts: list[int | None]) -> str:
    text = levels[level].text
    for at in range(level + 1):
        shape = levels.get(at)
        value = counts[at] if counts[at] is not None else shape.start if shape else 1
        shown = _written(value or 0, "decimal" if levels[level].legal or shape is None else shape.format)
        text = text.replace(f"%{at + 1}", shown)
    return text.strip()


def _level(element: Any) -> _Level:
    def value(tag: str, default: str) -> str:
        found = element.find(f"{_W}{tag}")
        return str(found.get(f"{_W}val", default)) if found is not None else default

    legal = element.find(f"{_W}isLgl") is not None
    return _Level(value("lvlText", ""), value("numFmt", "decimal"), _whole(value("start", "1")), legal)


def _written(value: int, style: str) -> str:
    if style in _CHINESE:
        return _chinese(value)
    if style in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style in {"lowerRoman", "upperRoman"}:
        return _roman(value).upper() if style == "upperRoman" else _roman(value)
    if style == "none":
        return ""
    if style.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    return f"{value:02d}" if style == "decimalZero" else str(value)


def _chinese(value: int) -> str:
    if value >= 100:
        return str(value)
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _roman(value: int) -> str:
    written = ""
    for amount, letters in _ROMAN.items():
        while value >= amount:
            written, value = written + letters, value - amount
    return written


def _style_of(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style.get(f"{_W}val", "") if style is not None else "Normal"


def _whole(written: str | None) -> int:
    return int(written) if written is not None and written.lstrip("-").isdigit() else 0
