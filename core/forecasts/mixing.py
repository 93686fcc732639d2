"""Methods mixed for one series by how far each was off when the series was hidden and forecast from further back.

A weight is the route's prior over the cube of the mean absolute error three periods ahead, from four windows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.forecasts.arrays import Floats, Ints
from core.forecasts.members import MEDIAN, run
from core.forecasts.routing import Route

WINDOWS = 4
STEP = 3
POWER = 3.0
LEAST_TRAINING = 6
LEVEL_TRUST = 50
"""So many periods' worth of trust has a level that needs no mending."""
LEVELS = (0.7, 1.3)
USUAL: Mapping[str, float] = {
    "SeasonalNaive": 0.3,
    "MA12": 0.3,
    "SES": 1.0,
    "Theta": 1.0,
    "DynamicOptimizedTheta": 1.0,
    "CES": 1.0,
    MEDIAN: 2.0,
}
PRIORS: Mapping[Route, Mapping[str, float]] = {
    Route.REGULAR: USUAL,
    Route.PROMOTIONAL: USUAL,
    Route.SHORT: {"SES": 1.0, "Theta": 1.0, "DynamicOptimizedTheta": 1.0, "CES": 2.0, MEDIAN: 1.0},
    Route.BRIEF: {"SES": 1.0},
    Route.INTERMITTENT: {"SBA": 0.1, "TSB": 0.3, "IMAPA": 0.3, "MA12": 0.3},
}
UNWEIGHTED = frozenset({Route.BRIEF, Route.INTERMITTENT})


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """What is known of a series before it is forecast: the mix, and how far it was off in each window.

    ``steps`` and ``missed`` go together: so many periods ahead, the actual value less the forecast.
    """

    route: Route
    weights: Mapping[str, float]
    windows: Ints
    steps: Ints
    missed: Floats
    actual: Floats


def fit(active: Floats, route: Route, season: int) -> Fit:
    """Hide the last 3, 6, 9 and 12 periods in turn; the errors kept are of a mix weighted without their own window."""
    prior = PRIORS[route]
    hidden = [STEP * (k + 1) for k in range(WINDOWS) if len(active) - STEP * (k + 1) >= LEAST_TRAINING]
    tried = [_tried(active, back, list(prior), season) for back in hidden]
    near = np.array([np.abs(off[:, :STEP]).mean(axis=1) for off, _ in tried]).reshape(len(tried), len(prior))
    base = np.array(list(prior.values()))
    floor = 1e-6 * float(active.mean())
    weigh = route not in UNWEIGHTED
    missed = [
        _weights(base, np.delete(near, at, axis=0) if weigh else near[:0], floor) @ off
        for at, (off, _) in enumerate(tried)
    ]
    weights = _weights(base, near if weigh else near[:0], floor)
    return Fit(
        route,
        dict(zip(prior, weights.tolist(), strict=True)),
        np.concatenate([np.full(back, at) for at, back in enumerate(hidden)] or [np.empty(0, np.int64)]),
        np.concatenate([np.arange(1, back + 1) for back in hidden] or [np.empty(0, np.int64)]),
        np.concatenate([*missed, np.empty(0)]),
        np.concatenate([*(actual for _, actual in tried), np.empty(0)]),
    )


def _tried(active: Floats, back: int, names: Sequence[str], season: int) -> tuple[Floats, Floats]:
    actual = active[-back:]
    found = run(names, active[:-back], back, season)
    off: Floats = np.array([actual - found[name] for name in names])
    return off, actual


def _weights(prior: Floats, errors: Floats, floor: float) -> Floats:
    if len(errors) == 0:
        return np.asarray(prior / prior.sum(), dtype=np.float64)
    weights = prior / np.maximum(errors.mean(axis=0), floor) ** POWER
    shares: Floats = weights / weights.sum()
    return shares


def sold_per_forecast(fits: Sequence[Fit]) -> float:
    """What sparse series sold in all windows together over what was foreseen, drawn in towards one."""
    sold = float(sum(each.actual.sum() for each in fits))
    foreseen = sold - float(sum(each.missed.sum() for each in fits))
    count = sum(len(each.actual) for each in fits)
    if count == 0 or foreseen <= 0:
        return 1.0
    trust = LEVEL_TRUST * foreseen / count
    return float(np.clip((sold + trust) / (foreseen + trust), *LEVELS))


def scaled(fit: Fit, level: float) -> Fit:
    """The same mix at another level: its weights sum to that."""
    return replace(fit, weights={name: weight * level for name, weight in fit.weights.items()})


def mixed(weights: Mapping[str, float], active: Floats, steps: int, season: int) -> Floats:
    """The weighted mean of the methods, refitted on the whole series."""
    found = run(weights, active, steps, season)
    total: Floats = np.sum([weight * found[name] for name, weight in weights.items()], axis=0)
    return total
