"""How far off forecasts would have been: the last periods hidden, window by window, and forecast from before them."""

import itertools
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from core.forecasts import metrics
from core.forecasts.arrays import Floats, quietly
from core.forecasts.asking import check
from core.forecasts.engine import Asked, foresee
from core.forecasts.errors import HistoryTooShort
from core.forecasts.frames import Panel, Series, read_history
from core.forecasts.members import run

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("unique_id", "method", "wape", "mase", "rmsse", "bias", "coverage_80", "coverage_95")
LEAST_HISTORY = 4
"""Windows of which fewer periods are left of a series say nothing of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Hidden:
    """What was sold in a window and foreseen, by the forecast itself (the first place) or by a method beside it."""

    series: Series
    place: int
    method: str
    sold: Floats
    mean: Floats
    within: Sequence[tuple[Floats, Floats]] = ()


def backtest_frame(
    history: "pd.DataFrame",
    horizon: int,
    windows: int,
    asked: Asked,
    *,
    step: int | None = None,
    features: Sequence[str] = (),
    methods: Sequence[str] = (),
) -> "pd.DataFrame":
    """A row for each series and method, over all windows; windows are ``step`` apart, ``horizon`` when absent."""
    import pandas as pd

    for number in (horizon, windows, step or horizon):
        check(number, ())
    with quietly():
        panel = read_history(history, asked.freq, asked.gaps, features)
        season = asked.season or panel.periods.season
        _check_length(panel, horizon)
        seen: dict[tuple[Hashable, int], list[Hidden]] = {}
        for at in range(windows):
            for each in _window(panel, horizon, at * (step or horizon), season, asked.seed, methods):
                seen.setdefault((each.series.uid, each.place), []).append(each)
        keys = itertools.product(_uids(panel), range(len(methods) + 1))
        return pd.DataFrame([_row(seen[key], season) for key in keys if key in seen], columns=list(COLUMNS))


def _uids(panel: Panel) -> list[Hashable]:
    return [each.uid for each in panel.series]


def _check_length(panel: Panel, horizon: int) -> None:
    longest = max(len(each.values) for each in panel.series)
    if longest < horizon + LEAST_HISTORY:
        raise HistoryTooShort(needed=horizon + LEAST_HISTORY, found=longest)


def _window(panel: Panel, horizon: int, after: int, season: int, seed: int, methods: Sequence[str]) -> Iterator[Hidden]:
    """The window that ``after`` more periods follow; series that are too young then are left out."""
    back = horizon + after
    whole = [each for each in panel.series if len(each.values) >= back + LEAST_HISTORY]
    before = [each.until(len(each.values) - back) for each in whole]
    plan = {each.uid: _planned(each, back, horizon) for each in whole} if panel.features else {}
    outlooks = foresee(replace(panel, series=before), horizon, season, plan, {}, seed)
    for series, known, outlook in zip(whole, before, outlooks, strict=True):
        sold = series.told[len(series.told) - back :][:horizon]
        there = np.isfinite(sold)
        if not there.any():
            continue
        within = [(low[there], high[there]) for low, high in map(outlook.bounds, (0.8, 0.95))]
        yield Hidden(known, 0, outlook.method.partition(":")[0], sold[there], outlook.mean[there], within)
        active = known.active if len(known.active) else known.values
        for place, (name, mean) in enumerate(run(methods, active, horizon, season).items(), 1):
            yield Hidden(known, place, name, sold[there], mean[there])


def _planned(series: Series, back: int, horizon: int) -> Floats:
    """What the hidden periods' features were; where none was noted, as before."""
    assert series.features is not None
    start = len(series.features) - back
    planned = series.features[: start + horizon].copy()
    for column in planned.T:
        noted = np.isfinite(column)
        if noted.any():
            column[:] = column[np.maximum.accumulate(np.where(noted, np.arange(len(column)), noted.argmax()))]
    return np.nan_to_num(planned[start:])


def _row(hidden: Sequence[Hidden], season: int) -> dict[str, Any]:
    """The last window comes first, and names the method; the scale is of what every window knew."""
    sold = np.concatenate([each.sold for each in hidden])
    mean = np.concatenate([each.mean for each in hidden])
    known = hidden[-1].series.values
    covered = [
        metrics.coverage(sold, *(np.concatenate([each.within[which][side] for each in hidden]) for side in (0, 1)))
        if hidden[0].within
        else float("nan")
        for which in (0, 1)
    ]
    return {
        "unique_id": hidden[0].series.uid,
        "method": hidden[0].method,
        "wape": metrics.wape(sold, mean),
        "mase": metrics.mase(sold, mean, known, season),
        "rmsse": metrics.rmsse(sold, mean, known, season),
        "bias": metrics.bias(sold, mean),
        "coverage_80": covered[0],
        "coverage_95": covered[1],
    }
