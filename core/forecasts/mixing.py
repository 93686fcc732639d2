"""Methods mixed for one series by how far each was off when the series was hidden and forecast from further back.

A weight is the route's prior over the cube of the mean absolute error three periods ahead, from four windows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.forecasts.arrays import Floats, Ints
from core.forecasts.members import MEDIAN, run
from core.forecasts.routing import Route

WINDOWS = 4
STEP = 3
POWER = 3.0
LEAST_TRAINING = 6
USUAL: Mapping[str, float] = {
    "SeasonalNaive": 0.3,
    "MA12": 0.3,
    "SES": 1.0,
    "Theta": 1.0,
    "DynamicOptimizedTheta": 1.0,
    "CES": 1.0,
    "SeasonlessDamped": 1.0,
    MEDIAN: 2.0,
}
PRIORS: Mapping[Route, Mapping[str, float]] = {
    Route.REGULAR: USUAL,
    Route.PROMOTIONAL: {name: prior for name, prior in USUAL.items() if name != "SeasonlessDamped"}
    | {"FadingMean": 4.0},
    Route.SHORT: {"SES": 1.0, "Theta": 1.0, "DynamicOptimizedTheta": 1.0, "CES": 2.0, MEDIAN: 1.0},
    Route.BRIEF: {"SES": 1.0},
    Route.INTERMITTENT: {"SBA": 0.1, "TSB": 0.3, "IMAPA": 0.3, "MA12": 0.3},
}
UNWEIGHTED = frozenset({Route.BRIEF, Route.INTERMITTENT})


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """What is known of a series before it is forecast: the mix, and how far it was off in each window.

    ``steps`` and ``missed`` go together: so many periods ahead, the actual value less the forecast; ``parts`` is the
    same of each method by itself, a row a method. ``rate`` is added to the mix in every period.
    """

    route: Route
    weights: Mapping[str, float]
    windows: Ints
    steps: Ints
    missed: Floats
    actual: Floats
    parts: Floats
    rate: float = 0.0


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
        np.concatenate([*(off for off, _ in tried), np.empty((len(prior), 0))], axis=1),
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


def mixed(weights: Mapping[str, float], active: Floats, steps: int, season: int) -> Floats:
    """The weighted mean of the methods, refitted on the whole series."""
    found = run(weights, active, steps, season)
    total: Floats = np.sum([weight * found[name] for name, weight in weights.items()], axis=0)
    return total
