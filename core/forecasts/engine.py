"""From a history to a forecast: read, route, mix, widen."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.forecasts import lstm, networks
from core.forecasts.analogues import Analogues
from core.forecasts.arrays import Floats, quietly
from core.forecasts.asking import check
from core.forecasts.cleaning import Gaps
from core.forecasts.fits import Candidate, Known, fit_all, from_table, to_table
from core.forecasts.frames import Panel, Series, read_history
from core.forecasts.mixing import PRIORS, mixed
from core.forecasts.networks import Network
from core.forecasts.outlook import Confidence, Outlook, around, confidence_of, described, exactly, from_zero, to_frame
from core.forecasts.plans import planned_columns, read_plan, usable
from core.forecasts.promotions import Promotion, promoted, promotions
from core.forecasts.routing import Route, route_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Asked:
    """What a caller may choose."""

    freq: str = "MS"
    season: int | None = None
    level: Sequence[float] = (80, 95)
    seed: int = 0
    gaps: Gaps = "auto"
    lstm: bool = False


def forecast_frame(
    history: "pd.DataFrame",
    horizon: int,
    asked: Asked,
    *,
    future: "pd.DataFrame | None" = None,
    weights: "pd.DataFrame | None" = None,
) -> "pd.DataFrame":
    """The next ``horizon`` periods of every series."""
    check(horizon, asked.level)
    with quietly():
        panel = read_history(history, asked.freq, asked.gaps, planned_columns(history, future))
        plan = {} if future is None else read_plan(future, panel, horizon)
        kept = from_table(weights) if weights is not None else {}
        network = lstm.network() if asked.lstm else None
        outlooks = foresee(panel, horizon, asked.season or panel.periods.season, plan, kept, asked.seed, network)
        return to_frame(outlooks, panel.periods, asked.level)


def fit_frame(history: "pd.DataFrame", asked: Asked, features: Sequence[str] = ()) -> "pd.DataFrame":
    """Weights and spreads of every series, to be kept."""
    with quietly():
        panel = read_history(history, asked.freq, asked.gaps, features)
        season = asked.season or panel.periods.season
        chosen = promoted(panel.series, {each.uid for each in panel.series} if features else ())
        stripped = promotions(chosen, {}, season, asked.seed, checked=True)
        return to_table(fit_all([_candidate(each, stripped) for each in panel.series], season))


def _candidate(series: Series, stripped: Mapping[Hashable, Promotion]) -> Candidate:
    promotion = stripped.get(series.uid)
    if promotion is None:
        route = route_of(series.active) if len(series.values) else Route.ANALOGUE
        return Candidate(series.uid, series.values if route is Route.INTERMITTENT else series.active, route)
    return Candidate(series.uid, promotion.plain if promotion.checked is None else promotion.checked, Route.PROMOTIONAL)


def foresee(
    panel: Panel,
    horizon: int,
    season: int,
    plan: Mapping[Hashable, Floats],
    kept: Mapping[Hashable, Known],
    seed: int,
    network: Network | None = None,
) -> list[Outlook]:
    """In the order of the series; those without kept weights, or of another route since, are cross-validated now, and
    tried with the network, where there is one.
    """
    chosen = promoted(panel.series, usable(panel, plan))
    checked = any(each.uid not in kept for each in chosen)
    stripped = promotions(chosen, plan, season, seed, checked=checked)
    candidates = [_candidate(each, stripped) for each in panel.series]
    fresh = [each for each in candidates if each.uid not in kept or kept[each.uid].route is not each.route]
    fitted = {**kept, **fit_all(fresh, season)}
    analogues = Analogues(panel.series, season)
    outlooks = [
        _mixed(series, one, horizon, season, fitted[one.uid], stripped.get(one.uid))
        if one.route in PRIORS
        else _plain(series, one.route, horizon, analogues)
        for series, one in zip(panel.series, candidates, strict=True)
    ]
    return outlooks if network is None else _networked(network, outlooks, candidates, fitted, season, seed)


def _networked(
    network: Network,
    outlooks: list[Outlook],
    candidates: Sequence[Candidate],
    fitted: Mapping[Hashable, Known],
    season: int,
    seed: int,
) -> list[Outlook]:
    """With what the network says of each series in which it has proved to help; the bounds move with the mean."""
    asked = [
        at
        for at, one in enumerate(candidates)
        if networks.suits(one.active, one.route) and fitted[one.uid].fit is not None
    ]
    actives = [candidates[at].active for at in asked]
    fits = [fit for at in asked if (fit := fitted[candidates[at].uid].fit) is not None]
    found = list(outlooks)
    for at, said, share in networks.mixed_in(network, actives, fits, len(outlooks[0].mean), season, seed):
        one = outlooks[asked[at]]
        mean = networks.moved(one.mean, said, share)
        bounds = _bounds(fitted[one.uid], mean, season)
        route, colon, notes = one.method.partition(":")
        method = f"{route}{networks.MARK}{colon}{notes}"
        found[asked[at]] = Outlook(one.uid, one.first, mean, bounds, method, one.confidence)
    return found


def _mixed(
    series: Series, one: Candidate, horizon: int, season: int, known: Known, promotion: Promotion | None
) -> Outlook:
    active = one.active if promotion is None else promotion.plain
    mean = mixed(known.weights, active, horizon, season) + known.rate
    bounds = _bounds(known, mean, season)
    sure = confidence_of(one.route, active, known.scale, series.notes)
    method = described(one.route, series.notes)
    if promotion is None:
        return Outlook(series.uid, series.last + 1, mean, bounds, method, sure)
    ahead = promotion.ahead

    def planned(share: float) -> tuple[Floats, Floats]:
        low, high = bounds(share)
        return low * ahead, high * ahead

    return Outlook(series.uid, series.last + 1, mean * ahead, planned, method, sure)


def _bounds(known: Known, mean: Floats, season: int) -> Callable[[float], tuple[Floats, Floats]]:
    if known.route is Route.INTERMITTENT:
        return from_zero(mean, known.scale, known.spread)
    return around(mean, known.scale, known.spread, season)


def _plain(series: Series, route: Route, horizon: int, analogues: Analogues) -> Outlook:
    """What isn't mixed: new, constant and empty series."""
    method = described(route, series.notes)
    if route is Route.ANALOGUE:
        mean, bounds = analogues.foresee(series, horizon)
        return Outlook(series.uid, series.last + 1, mean, bounds, method, Confidence.LOW)
    active = series.active
    mean = np.full(horizon, active[-1] if len(active) else 0.0)
    sure = Confidence.MEDIUM if route is Route.CONSTANT and len(active) >= 12 else Confidence.LOW
    return Outlook(series.uid, series.last + 1, mean, exactly(mean), method, sure)
