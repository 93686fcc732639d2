"""How a drawing writes: its font, its colours, its numbers, and words that fit."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from core.language.normalise import is_traditional
from core.replies import Chart

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

INK, SOFT, GRID = "#1f2937", "#6b7280", "#e5e7eb"
COLOURS = ("#0f766e", "#f59e0b", "#6366f1", "#be185d")
TITLE, BODY, SMALL = 12.5, 10.5, 9.5
LINE_COLUMNS, TICK_COLUMNS = 22, 8
YEAR = re.compile(r"年(?=.)| (?=\d{4}$)")
CHINESE_SCALES = ((Decimal(100_000_000), "亿"), (Decimal(10_000), "万"))
TRADITIONAL_SCALES = ((Decimal(100_000_000), "億"), (Decimal(10_000), "萬"))
ENGLISH_SCALES = ((Decimal(1_000_000), "M"), (Decimal(1_000), "K"))


@dataclass(frozen=True, slots=True)
class Pen:
    """How words and numbers are written: the font, and the power of ten that a suffix (万, K) stands for."""

    font: "FontProperties"
    scale: Decimal
    suffix: str

    def styled(self, size: float) -> dict[str, Any]:
        """For every text: nothing in a name is markup."""
        font = self.font.copy()
        font.set_size(size)
        return {"fontproperties": font, "parse_math": False}

    def number(self, value: float) -> str:
        """``22.3万``, ``1,636``, ``-4.2``: three digits or so, half up, grouped."""
        scaled = Decimal(str(value)) / self.scale
        size = abs(scaled)
        step = Decimal(1) if size >= 100 or scaled == scaled.to_integral_value() else Decimal("0.1")
        shown = scaled.quantize(step, rounding=ROUND_HALF_UP)
        return f"{shown:,}{self.suffix if shown else ''}"


def scale_of(chart: Chart) -> tuple[Decimal, str]:
    """From ten thousand on, Chinese readers count in 万 and English ones in K; in 亿 and M from ten of them on."""
    top = max((abs(value) for series in chart.series for value in series.values if value is not None), default=0)
    words = chart.title + chart.unit
    chinese = TRADITIONAL_SCALES if is_traditional(words) else CHINESE_SCALES
    scales = chinese if any(map(_is_wide, words)) else ENGLISH_SCALES
    if top < 10_000:
        return Decimal(1), ""
    (large, large_suffix), small = scales
    return (large, large_suffix) if top >= large * 10 else small


def wrapped(label: str, columns: int = LINE_COLUMNS) -> str:
    """At most two lines of so many columns, a Chinese character taking two; what is longer ends in an ellipsis."""
    first, rest = _cut(label, columns)
    if not rest:
        return first
    second, left_over = _cut(rest.lstrip(), columns)
    if left_over:
        second = _cut(second, columns - 1)[0].rstrip() + "…"
    return f"{first.rstrip()}\n{second}"


def on_two_lines(label: str) -> str:
    """A tick's label: of 2026年12月 and "Dec 2026" the year stands on a line of its own."""
    return YEAR.sub(r"\g<0>\n", label, count=1) if YEAR.search(label) else wrapped(label, TICK_COLUMNS)


def _cut(text: str, columns: int) -> tuple[str, str]:
    """What fits, broken after a word where there is one, and the rest."""
    used = 0
    for at, char in enumerate(text):
        used += 2 if _is_wide(char) else 1
        if used > columns:
            space = text.rfind(" ", 0, at + 1)
            end = space if space > 0 else at
            return text[:end], text[end:]
    return text, ""


def _is_wide(char: str) -> bool:
    return east_asian_width(char) in "WF"
