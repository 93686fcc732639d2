"""Bars that lie, as names of dealers and products want it."""

from typing import TYPE_CHECKING

from bot.charts.pen import BODY, COLOURS, INK, SMALL, SOFT, Pen, wrapped
from core.replies import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_bars(axes: "Axes", chart: Chart, pen: Pen) -> None:
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
