"""A chart as a picture: the sheet, its title and its legend."""

import io
from dataclasses import replace
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from bot.charts.bars import draw_bars
from bot.charts.lines import draw_lines
from bot.charts.pen import INK, SMALL, SOFT, TITLE, Pen, scale_of, wrapped
from core.replies import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ft2font import FT2Font

FONT = ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")
DPI = 160
TITLE_COLUMNS = 54
LEGEND_ENTRIES = 4


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
        legend = 0.25 if _entries(chart) > 1 else 0
        height = 3.0 if line else 0.6 + legend + max(1, len(chart.labels)) * (0.22 + 0.13 * len(chart.series))
        figure = Figure(figsize=(width_px / DPI, height), dpi=DPI, facecolor="white", layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        (draw_lines if line else draw_bars)(axes, chart, pen)
        _dress(figure, axes, chart, pen)
        image = io.BytesIO()
        figure.savefig(image, format="png", metadata={"Software": None})
    return image.getvalue()


def _writable(chart: Chart, font: "FT2Font") -> Chart:
    """Without the characters that the font lacks, such as emoji."""

    def kept(words: str) -> str:
        return "".join(char for char in words if font.get_char_index(ord(char)))

    series = tuple(replace(one, name=kept(one.name)) for one in chart.series)
    bands = tuple(replace(one, name=kept(one.name)) for one in chart.bands)
    labels = tuple(kept(label) for label in chart.labels)
    return replace(chart, title=kept(chart.title), labels=labels, series=series, unit=kept(chart.unit), bands=bands)


def _entries(chart: Chart) -> int:
    return len(chart.series) + len(chart.bands)


def _dress(figure: "Figure", axes: "Axes", chart: Chart, pen: Pen) -> None:
    """Title with its unit, and a legend where there is something to tell apart."""
    unit = f" ({chart.unit})" if chart.unit else ""
    title = wrapped(chart.title + unit, TITLE_COLUMNS)
    figure.suptitle(title, x=0.02, ha="left", color=INK, **pen.styled(TITLE))
    if _entries(chart) > 1:
        _legend(figure, axes, pen)


def _legend(figure: "Figure", axes: "Axes", pen: Pen) -> None:
    """Lines and bars first, as the text names them, then the bands."""
    from matplotlib.collections import PolyCollection

    named = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
    order = sorted(named, key=lambda name: isinstance(named[name], PolyCollection))
    legend = figure.legend(
        [named[name] for name in order],
        order,
        loc="outside lower left",
        ncols=min(LEGEND_ENTRIES, len(order)),
        prop=pen.styled(SMALL)["fontproperties"],
        frameon=False,
    )
    for words in legend.get_texts():
        words.set(color=SOFT, parse_math=False)
