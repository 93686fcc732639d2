"""Lines over the labels in order, dashed where they are expected, with the bands around them."""

from collections.abc import Sequence
from math import nan
from typing import TYPE_CHECKING, Literal

from bot.charts.pen import COLOURS, GRID, INK, SMALL, SOFT, Pen, on_two_lines
from core.replies import Band, Chart, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Values = Sequence[float | None]
Point = tuple[int, float]
DASHES = (0, (3, 1.6))
LIGHTEST, DARKER = 0.15, 0.13
MOST_LABELS = 8
MOST_MARKS = 4
FEW_POINTS = 13


def draw_lines(axes: "Axes", chart: Chart, pen: Pen) -> None:
    """An unknown value leaves a gap, a value between two gaps its point."""
    colour = COLOURS[next((at for at, one in enumerate(chart.series) if one.dashed_from is not None), 0)]
    for at, band in enumerate(sorted(chart.bands, key=_width, reverse=True)):
        _band(axes, chart, band, colour, LIGHTEST + DARKER * at)
    told = [one for one in chart.series if one.dashed_from is not None] or list(chart.series[:1])
    for at, series in enumerate(chart.series):
        _line(axes, chart, series, at)
    for series in told:
        _mark(axes, series, pen)
    _frame(axes, chart, pen)


def _width(band: Band) -> float:
    ends = zip(band.lower, band.upper, strict=True)
    return sum(upper - lower for lower, upper in ends if lower is not None and upper is not None)


def _band(axes: "Axes", chart: Chart, band: Band, colour: str, alpha: float) -> None:
    """Shaded; it opens from the last value known before it, or one label's interval would have no width."""
    lower, upper = _joined(chart, band.lower), _joined(chart, band.upper)
    places = range(len(chart.labels))
    axes.fill_between(
        places, _plotted(lower), _plotted(upper), color=colour, alpha=alpha, linewidth=0, label=band.name, zorder=1
    )


def _joined(chart: Chart, values: Values) -> list[float | None]:
    """With the value that a line has at the label before the first of these."""
    joined = list(values)
    first = next((at for at, value in enumerate(values) if value is not None), 0)
    if first > 0:
        joined[first - 1] = next(
            (one.values[first - 1] for one in chart.series if one.values[first - 1] is not None), None
        )
    return joined


def _plotted(values: Values) -> list[float]:
    return [nan if value is None else value for value in values]


def _line(axes: "Axes", chart: Chart, series: Series, at: int) -> None:
    """The first and what is expected stand out; any other is thin and broken."""
    leads, split = _leads(series, at), series.dashed_from
    past = series.values[:split]
    strokes = [(list(past), "-" if leads else DASHES)] if any(value is not None for value in past) else []
    if split is not None:
        strokes.append((_joined(chart, [None] * split + list(series.values[split:])), DASHES))
    colour, names = COLOURS[at % len(COLOURS)], [series.name]
    for values, style in strokes:
        axes.plot(
            range(len(values)),
            _plotted(values),
            color=colour,
            label=names.pop() if names else None,
            linewidth=2.2 if leads else 1.6,
            linestyle=style,
            zorder=3 if leads else 2,
        )
    size = 4.5 if leads and len(chart.labels) <= FEW_POINTS else 3.2
    axes.plot(range(len(series.values)), _plotted(series.values), "o", color=colour, markersize=size, zorder=4)


def _leads(series: Series, at: int) -> bool:
    return at == 0 or series.dashed_from is not None


def _frame(axes: "Axes", chart: Chart, pen: Pen) -> None:
    """Five lines of values, and as many labels as can be read."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    known = [value for series in chart.series for value in series.values if value is not None]
    known += [value for band in chart.bands for value in (*band.lower, *band.upper) if value is not None]
    if known and min(known) >= 0:
        axes.set_ylim(bottom=0, top=max(known) * 1.18 or 1)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: pen.number(value)))
    places = labelled(chart)
    words = [on_two_lines(chart.labels[place]) for place in places]
    axes.set_xticks(places, words, color=INK, **pen.styled(SMALL))
    axes.set_xlim(-0.4, len(chart.labels) - 0.6)
    for tick in axes.get_yticklabels():
        tick.set(color=SOFT, **pen.styled(SMALL))
    axes.grid(axis="y", color=GRID, linewidth=0.8, zorder=0)
    axes.tick_params(length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GRID)


def labelled(chart: Chart) -> list[int]:
    """Which labels are written: every so many of them, counted from where the expected begins, else from the last."""
    count = len(chart.labels)
    step = -(-count // MOST_LABELS)
    starts = [one.dashed_from for one in chart.series if one.dashed_from is not None]
    anchor = min(starts, default=count - 1)
    return [place for place in range(count) if (place - anchor) % step == 0]


def _mark(axes: "Axes", series: Series, pen: Pen) -> None:
    """The figures of what is expected, of its peak alone where they would stand too close; else of both ends."""
    known = [(at, value) for at, value in enumerate(series.values) if value is not None]
    split = series.dashed_from
    ahead = [] if split is None else [point for point in known if point[0] >= split]
    if ahead:
        crowded = len(series.values) > FEW_POINTS or len(ahead) > MOST_MARKS
        for point in [max(ahead, key=_height)] if crowded else ahead:
            _mark_at(axes, point, (0, 7), "center", "bottom", pen)
    elif known:
        _mark_ends(axes, known, pen)


def _height(point: Point) -> float:
    return point[1]


def _mark_ends(axes: "Axes", known: Sequence[Point], pen: Pen) -> None:
    """The highest point and the last, off the line: above a peak and a rising end, below a falling one."""
    highest, last = max(known, key=_height), known[-1]
    falls = len(known) > 1 and known[-2][1] > last[1]
    _mark_at(axes, highest, (0, 7), "center", "bottom", pen)
    if last != highest and falls and last[1] > highest[1] / 10:
        _mark_at(axes, last, (4, -7), "right", "top", pen)
    elif last != highest and not falls:
        _mark_at(axes, last, (4, 7), "right", "bottom", pen)


def _mark_at(
    axes: "Axes",
    point: Point,
    offset: tuple[int, int],
    ha: Literal["center", "right"],
    va: Literal["bottom", "top"],
    pen: Pen,
) -> None:
    words = pen.number(point[1])
    styled = pen.styled(SMALL)
    axes.annotate(words, point, xytext=offset, textcoords="offset points", ha=ha, va=va, color=INK, zorder=5, **styled)
