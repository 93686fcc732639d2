"""The mix of methods for series of mostly zeros: one for all of them, from their windows together.

A single sparse series says too little of a method. Weights are those that would have missed least (squares, none
negative, drawn in towards the usual ones); their sum is whatever brings the nearest windows to what was sold in them.
Where there are many series, the rest of a forecast is the rate that all of them taught (:mod:`core.forecasts.rates`).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.forecasts.arrays import Floats
from core.forecasts.intervals import size_of
from core.forecasts.mixing import PRIORS, Fit
from core.forecasts.rates import Pasts
from core.forecasts.routing import Route

TRUST = 50.0
"""So many windows' worth of trust have the usual weights."""
LEVEL_TRUST = 50.0
"""So many periods' worth of trust has a level that needs no mending."""
LEVELS = (0.5, 1.5)
SHARE, SHARE_TRUST = 0.7, 200.0
"""The usual share of the learned rate, and so many windows' worth of trust in it."""
NEARLY_ALL = 0.9
"""So many of a panel's series must be sparse for the others to be taken for their like."""
NEAREST = 2
"""Windows that the level is taken from: sparse goods come and go, and older ones say what was."""


def pooled(fits: Sequence[Fit], actives: Sequence[Floats]) -> list[Fit]:
    """The same fits, all with one mix; with a ``rate`` where there are enough series to learn one."""
    if not fits:
        return []
    sizes = [size_of(each) for each in actives]
    weights = _weights(fits, sizes)
    weights = weights * _level(fits, weights)
    learnt = _learnt(fits, Pasts.of(actives))
    ahead, share = np.zeros(len(fits)), 0.0
    if learnt is not None:
        ahead, hidden = learnt
        share = _share(fits, sizes, weights, hidden)
    mix = dict(zip(PRIORS[Route.INTERMITTENT], ((1 - share) * weights).tolist(), strict=True))
    return [replace(each, weights=mix, rate=share * float(rate)) for each, rate in zip(fits, ahead, strict=True)]


def among_sparse(fits: Sequence[Fit], actives: Sequence[Floats], sparse: Sequence[Floats]) -> list[Fit]:
    """The few series with hardly a zero in a panel of sparse ones: most of their level is what all of them taught,
    since what sold well for a few months there has usually stopped.
    """
    if not fits or len(sparse) < NEARLY_ALL * (len(sparse) + len(fits)):
        return list(fits)
    learnt = _learnt(fits, Pasts.of([*actives, *sparse]))
    if learnt is None:
        return list(fits)
    ahead, hidden = learnt
    return [_like_them(each, float(rate), rates) for each, rate, rates in zip(fits, ahead, hidden, strict=False)]


def _like_them(one: Fit, rate: float, hidden: Floats) -> Fit:
    """``hidden``: the rate learned without them, for each period of its windows."""
    weights = {name: (1 - SHARE) * weight for name, weight in one.weights.items()}
    missed = (1 - SHARE) * one.missed + SHARE * (one.actual - hidden)
    return replace(one, weights=weights, rate=SHARE * rate, missed=missed)


def _learnt(fits: Sequence[Fit], pasts: Pasts) -> tuple[Floats, list[Floats]] | None:
    """The rate ahead of each series, and for each period of its windows the one learned without them."""
    ahead = pasts.rates(0)
    found = {back: pasts.rates(back) for back in sorted({back for each in fits for back in _backs(each)})}
    hidden = {back: rates for back, rates in found.items() if rates is not None}
    if ahead is None or len(hidden) < len(found):
        return None
    return ahead, [
        np.concatenate([*(np.full(back, hidden[back][at]) for back in _backs(each)), np.empty(0)])
        for at, each in enumerate(fits)
    ]


def _backs(fit: Fit) -> list[int]:
    """How many periods each window hides."""
    return [int((fit.windows == window).sum()) for window in np.unique(fit.windows)]


def _share(fits: Sequence[Fit], sizes: Sequence[float], weights: Floats, hidden: Sequence[Floats]) -> float:
    """How much of the learned rate and how little of the mix would have missed least, drawn in towards the usual."""
    apart, missed = [], []
    for each, size, rates in zip(fits, sizes, hidden, strict=True):
        said = weights @ (each.actual - each.parts)
        for window in np.unique(each.windows):
            inside = each.windows == window
            heavy = np.sqrt(inside.sum() / size)
            apart.append(heavy * float((rates - said)[inside].mean()))
            missed.append(heavy * float((each.actual - said)[inside].mean()))
    one, other = np.array(apart), np.array(missed)
    trust = SHARE_TRUST * float((one**2).mean()) if len(one) else 1.0
    below = float((one**2).sum()) + trust
    return float(np.clip((float((one * other).sum()) + trust * SHARE) / below, 0, 1)) if below > 0 else SHARE


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
