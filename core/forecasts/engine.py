"""From a history to a forecast: read, route, mix, widen."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from operator import index
from typing import TYPE_CHECKING, SupportsIndex, cast

import numpy as np

from core.forecasts.analogues import Analogues
from core.forecasts.arrays import Floats, quietly
from core.forecasts.errors import BadHorizon, BadLevel
from core.forecasts.fits import Known, fit_all, from_table, to_table
from core.forecasts.frames import Gaps, Panel, Series, read_history
from core.forecasts.mixing import PRIORS, mixed
from core.forecasts.outlook import Confidence, Outlook, around, confidence_of, described, exactly, from_zero, to_frame
from core.forecasts.routing import Route, route_of

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 1000


def forecast_frame(
    history: "pd.DataFrame",
    horizon: int,
    *,
    freq: str,
    season: int | None,
    level: Sequence[float],
    weights: "pd.DataFrame | None",
    gaps: Gaps,
) -> "pd.DataFrame":
    """The next ``horizon`` periods of every series."""
    check(horizon, level)
    with quietly():
        panel = read_history(history, freq, gaps)
        known = from_table(weights) if weights is not None else {}
        outlooks = outlooks_of(panel, horizon, season or panel.periods.season, known)
        return to_frame(outlooks, panel.periods, level)


def fit_frame(history: "pd.DataFrame", *, freq: str, season: int | None, gaps: Gaps) -> "pd.DataFrame":
    """Weights and spreads of every series, to be kept."""
    with quietly():
        panel = read_history(history, freq, gaps)
        return to_table(fit_all(panel.series, season or panel.periods.season))


def check(horizon: object, level: Sequence[float]) -> None:
    """What is asked for can be given."""
    try:
        steps = index(cast("SupportsIndex", horizon))
    except TypeError as error:
        raise BadHorizon(horizon=str(horizon), limit=LONGEST) from error
    if not 1 <= steps <= LONGEST:
        raise BadHorizon(horizon=str(horizon), limit=LONGEST)
    for share in level:
        if not 1 <= share <= 99:
            raise BadLevel(level=str(share))


def outlooks_of(panel: Panel, horizon: int, season: int, known: Mapping[Hashable, Known]) -> list[Outlook]:
    """In the order of the series; those without stored weights are cross-validated now."""
    fresh = [each for each in panel.series if not _still_fits(known.get(each.uid), each)]
    fitted = {**known, **fit_all(fresh, season)}
    analogues = Analogues(panel.series, season)
    return [_outlook(each, horizon, season, fitted, analogues) for each in panel.series]


def _still_fits(known: Known | None, series: Series) -> bool:
    """A series that has become regular since is no longer mixed as a short one."""
    return known is not None and known.route is route_of(series.active)


def _outlook(
    series: Series, horizon: int, season: int, fitted: Mapping[Hashable, Known], analogues: Analogues
) -> Outlook:
    active = series.active
    route = route_of(active)
    method = described(route, series.notes)
    if route is Route.ANALOGUE:
        mean, bounds = analogues.foresee(series, horizon)
        return Outlook(series.uid, series.last + 1, mean, bounds, method, Confidence.LOW)
    if route not in PRIORS:
        mean = np.full(horizon, active[-1] if len(active) else 0.0)
        sure = Confidence.MEDIUM if route is Route.CONSTANT and len(active) >= 12 else Confidence.LOW
        return Outlook(series.uid, series.last + 1, mean, exactly(mean), method, sure)
    known = fitted[series.uid]
    mean = mixed(known.weights, active, horizon, season)
    bounds = _bounds(known, mean, season)
    return Outlook(
        series.uid, series.last + 1, mean, bounds, method, confidence_of(route, active, known.scale, series.notes)
    )


def _bounds(known: Known, mean: Floats, season: int) -> Callable[[float], tuple[Floats, Floats]]:
    if known.route is Route.INTERMITTENT:
        return from_zero(mean, known.scale, known.spread)
    return around(mean, known.scale, known.spread, season)
