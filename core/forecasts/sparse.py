"""The mix of methods for series of mostly zeros: one for all of them, from their windows together.

A single sparse series says too little of a method. Weights are those that would have missed least (squares, none
negative, drawn in towards the usual ones); their sum is whatever brings the nearest windows to what was sold in them.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.forecasts.arrays import Floats
from core.forecasts.mixing import PRIORS, Fit
from core.forecasts.routing import Route

TRUST = 50.0
"""So many windows' worth of trust have the usual weights."""
LEVEL_TRUST = 50.0
"""So many periods' worth of trust has a level that needs no mending."""
LEVELS = (0.5, 1.5)
NEAREST = 2
"""Windows that the level is taken from: sparse goods come and go, and older ones say what was."""


def pooled(fits: Sequence[Fit], sizes: Sequence[float]) -> list[Fit]:
    """The same fits, all with one mix; ``sizes`` are of the series' sales."""
    if not fits:
        return []
    weights = _weights(fits, sizes)
    weights = weights * _level(fits, weights)
    mix = dict(zip(PRIORS[Route.INTERMITTENT], weights.tolist(), strict=True))
    return [replace(each, weights=mix) for each in fits]


def _weights(fits: Sequence[Fit], sizes: Sequence[float]) -> Floats:
    from scipy.optimize import nnls

    prior = np.array(list(PRIORS[Route.INTERMITTENT].values()))
    said, sold = [], []
    for each, size in zip(fits, sizes, strict=True):
        for window in np.unique(each.windows):
            inside = each.windows == window
            heavy = np.sqrt(inside.sum()) / size
            said.append(heavy * (each.actual[inside] - each.parts[:, inside]).mean(axis=1))
            sold.append(heavy * float(each.actual[inside].mean()))
    if not said:
        return prior
    drawn = np.sqrt(TRUST * float((np.array(said) ** 2).mean()))
    found, _ = nnls(np.vstack([said, drawn * np.eye(len(prior))]), np.concatenate([sold, drawn * prior]))
    return np.asarray(found, dtype=np.float64)


def _level(fits: Sequence[Fit], weights: Floats) -> float:
    """What the series sold in the nearest windows together over what was foreseen, drawn in towards one."""
    near = [each.windows < NEAREST for each in fits]
    sold = float(sum(each.actual[inside].sum() for each, inside in zip(fits, near, strict=True)))
    foreseen = float(
        sum(
            (weights @ (each.actual[inside] - each.parts[:, inside])).sum()
            for each, inside in zip(fits, near, strict=True)
        )
    )
    count = sum(int(inside.sum()) for inside in near)
    if count == 0 or foreseen <= 0:
        return 1.0
    trust = LEVEL_TRUST * foreseen / count
    return float(np.clip((sold + trust) / (foreseen + trust), *LEVELS))
