"""A chart as a picture, for messengers that can't draw."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from importlib.resources import as_file, files
from math import nan
from typing import TYPE_CHECKING, Any, Literal
from unicodedata import east_asian_width

from core.language.normalise import is_traditional
from core.replies import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

FONT = ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")
DPI = 160
INK, SOFT, GRID = "#1f2937", "#6b7280", "#e5e7eb"
COLOURS = ("#0f766e", "#f59e0b", "#6366f1", "#be185d")
TITLE, BODY, SMALL = 12.5, 10.5, 9.5
LINE_COLUMNS = 22
TITLE_COLUMNS = 54
CHINESE_SCALES = ((Decimal(100_000_000), "亿"), (Decimal(10_000), "万"))
TRADITIONAL_SCALES = ((Decimal(100_000_000), "億"), (Decimal(10_000), "萬"))
ENGLISH_SCALES = ((Decimal(1_000_000), "M"), (Decimal(1_000), "K"))


def png(chart: Chart, width_px: int = 800) -> bytes:
    """The chart as a PNG ``width_px`` wide, readable at phone width; equal charts give equal bytes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

    with as_file(files(FONT[0]) / FONT[1]) as path:
        chart = _writable(chart, FT2Font(str(path)))
        pen = Pen(FontProperties(fname=path), *scale_of(chart))
        line = chart.kind == "line"
        legend = 0.25 if len(chart.series) > 1 else 0
        height = 3.0 if line else 0.6 + legend + max(1, len(chart.labels)) * (0.22 + 0.13 * len(chart.series))
        figure = Figure(figsize=(width_px / DPI, height), dpi=DPI, facecolor="white", layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        (_lines if line else _bars)(axes, chart, pen)
        _dress(axes, chart, pen)
        image = io.BytesIO()
        figure.savefig(image, format="png", metadata={"Software": None})
    return image.getvalue()


def _writable(chart: Chart, font: "FT2Font") -> Chart:
    """Without the characters that the font lacks, such as emoji."""

    def kept(words: str) -> str:
        return "".join(char for char in words if font.get_char_index(ord(char)))

    series = tuple(replace(one, name=kept(one.name)) for one in chart.series)
    labels = tuple(kept(label) for label in chart.labels)
    return replace(chart, title=kept(chart.title), labels=labels, series=series, unit=kept(chart.unit))


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


def _bars(axes: "Axes", chart: Chart, pen: Pen) -> None:
    """Lying bars, the first on top, each with its figure at its end."""
    rows, count = range(len(chart.labels)), len(chart.series)
    thick = 0.66 / count
    known = [value for series in chart.series for value in series.values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    room = (high - low or 1.0) * 0.18
    for at, series in enumerate(chart.series):
        places = [row - 0.33 + thick * (at + 0.5) for row in rows]
        widths = [0.0 if value is None else value for value in series.values]
        axes.barh(places, widths, height=thick * 0.92, color=COLOURS[at % len(COLOURS)], label=series.name, zorder=2)
        for place, value in zip(places, series.values, strict=True):
            _figure_at(axes, place, value, room * 0.06, pen, first=at == 0)
    axes.set_yticks(list(rows), [wrapped(label) for label in chart.labels], color=INK, **pen.styled(BODY))
    axes.set_ylim(max(1, len(chart.labels)) - 0.5, -0.5)
    axes.set_xlim(low - (room if low < 0 else 0), high + room)
    axes.set_xticks([])
    axes.axvline(0, color=SOFT, linewidth=0.8, zorder=3)
    axes.tick_params(axis="y", length=0)
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_visible(False)


def _figure_at(axes: "Axes", place: float, value: float | None, gap: float, pen: Pen, *, first: bool) -> None:
    words = "–" if value is None else pen.number(value)
    left = value is not None and value < 0
    axes.text(
        (value or 0.0) + (-gap if left else gap),
        place,
        words,
        va="center",
        ha="right" if left else "left",
        color=INK if first else SOFT,
        **pen.styled(BODY if first else SMALL),
    )


def _lines(axes: "Axes", chart: Chart, pen: Pen) -> None:
    """Lines over the labels in order; an unknown value leaves a gap, a value between two gaps its point."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    places = range(len(chart.labels))
    for at, series in enumerate(chart.series):
        values = [nan if value is None else value for value in series.values]
        first = at == 0
        axes.plot(
            places,
            values,
            color=COLOURS[at % len(COLOURS)],
            label=series.name,
            linewidth=2.2 if first else 1.6,
            linestyle="-" if first else (0, (4, 2)),
            marker="o",
            markersize=4.5 if first else 3.2,
            zorder=3 if first else 2,
        )
        if first:
            _mark(axes, series.values, pen)
    known = [value for series in chart.series for value in series.values if value is not None]
    if known and min(known) >= 0:
        axes.set_ylim(bottom=0, top=max(known) * 1.18 or 1)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: pen.number(value)))
    axes.set_xticks(list(places), [wrapped(label, 8) for label in chart.labels], color=INK, **pen.styled(SMALL))
    axes.set_xlim(-0.4, len(chart.labels) - 0.6)
    for tick in axes.get_yticklabels():
        tick.set(color=SOFT, **pen.styled(SMALL))
    axes.grid(axis="y", color=GRID, linewidth=0.8, zorder=0)
    axes.tick_params(length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GRID)


def _mark(axes: "Axes", values: Sequence[float | None], pen: Pen) -> None:
    """The figures of the highest point and of the last, off the line."""
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    if not known:
        return
    highest, last = max(known, key=lambda point: point[1]), known[-1]
    falls = len(known) > 1 and known[-2][1] > last[1]
    _mark_at(axes, highest, (0, 7), "center", "bottom", pen)
    if last != highest and falls and last[1] > highest[1] / 10:
        _mark_at(axes, last, (4, -7), "right", "top", pen)
    elif last != highest and not falls:
        _mark_at(axes, last, (4, 7), "right", "bottom", pen)


def _mark_at(
    axes: "Axes",
    point: tuple[int, float],
    offset: tuple[int, int],
    ha: Literal["center", "right"],
    va: Literal["bottom", "top"],
    pen: Pen,
) -> None:
    words = pen.number(point[1])
    styled = pen.styled(SMALL)
    axes.annotate(words, point, xytext=offset, textcoords="offset points", ha=ha, va=va, color=INK, **styled)


def _dress(axes: "Axes", chart: Chart, pen: Pen) -> None:
    """Title with its unit, and a legend where there is something to tell apart."""
    unit = f" ({chart.unit})" if chart.unit else ""
    figure = axes.get_figure(root=True)
    assert figure is not None
    title = wrapped(chart.title + unit, TITLE_COLUMNS)
    figure.suptitle(title, x=0.02, ha="left", color=INK, **pen.styled(TITLE))
    if len(chart.series) > 1:
        font = pen.styled(SMALL)["fontproperties"]
        legend = figure.legend(loc="outside lower left", ncols=len(chart.series), prop=font, frameon=False)
        for words in legend.get_texts():
            words.set(color=SOFT, parse_math=False)


def wrapped(label: str, columns: int = LINE_COLUMNS) -> str:
    """At most two lines of so many columns, a Chinese character taking two; what is longer ends in an ellipsis."""
    first, rest = _cut(label, columns)
    if not rest:
        return first
    second, left_over = _cut(rest.lstrip(), columns)
    if left_over:
        second = _cut(second, columns - 1)[0].rstrip() + "…"
    return f"{first.rstrip()}\n{second}"


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
