"""How wide a forecast must be: conformal quantiles of what cross-validation missed, pooled over a route's series.

What was missed is divided by the series' own scale, drawn in (shrunk) towards what its noise promises, because four
windows say little; the scale that divides a window leaves that window out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from core.forecasts.arrays import Floats
from core.forecasts.mixing import Fit
from core.forecasts.routing import Route

PROBABILITIES = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95, 0.975, 0.99)
USUAL_GROWTH = 0.3
MOST_GROWTH = 0.7
USUAL_RATIO = 0.8
OWN_WINDOWS = 2.0
"""So many windows' worth of trust has what the noise promises."""
WIDER = 1.08
"""The future is a little stranger than the windows that the weights were chosen on."""
TAIL_GROWTH = 0.08
"""A level breaks rarely, but likelier the farther ahead: the bounds of 95 % grow by so much more than those of 80 %."""
PRIOR_RATIOS = 40
"""So many ratios of a t distribution with five degrees of freedom are added to each pool."""
TAIL = 5.0
NEAR, FAR = 1.2816, 1.96
"""The bounds of 80 and of 95 % in a normal distribution."""


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """What was missed, in units of a series' scale one period ahead; ``growth`` is the power of the periods ahead."""

    growth: float
    quantiles: Floats

    def at(self, probability: float) -> float:
        """Between the known probabilities straight on the scale of a normal distribution, and on beyond them."""
        normal = NormalDist()
        known = np.array([normal.inv_cdf(p) for p in PROBABILITIES])
        asked = normal.inv_cdf(probability)
        inside = float(np.interp(asked, known, self.quantiles))
        beyond = max(1.0, abs(asked) / float(known[-1]))
        return inside * beyond

    def power(self, probability: float) -> float:
        """How this bound grows with the periods ahead."""
        far = (abs(NormalDist().inv_cdf(probability)) - NEAR) / (FAR - NEAR)
        return self.growth + (TAIL_GROWTH * min(max(far, 0.0), 1.5) if self.growth else 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """A series' own size of error one period ahead, whole and with each window left out."""

    whole: float
    without: Floats


def noise(active: Floats, season: int) -> float:
    """How much a series moves from period to period, or from season to season where that is less."""
    recent = active[-3 * max(season, 12) :]
    steps = float(np.abs(np.diff(recent)).mean()) if len(recent) > 1 else 0.0
    if len(recent) < 2 * season:
        return steps
    return min(steps, float(np.abs(recent[season:] - recent[:-season]).mean()))


def measured(fit: Fit, active: Floats, season: int, ratio: float) -> Measure:
    """The scale: the geometric mean of what the windows missed and of ``ratio`` times the noise."""
    if fit.route is Route.INTERMITTENT:
        size = size_of(active)
        return Measure(size, np.full(_count(fit), size))
    usual = ratio * noise(active, season)
    floor = 1e-6 * float(active.mean())
    off = per_window(fit)
    without = [_shrunk(np.delete(off, at), usual, floor) for at in range(len(off))]
    return Measure(_shrunk(off, usual, floor), np.array(without))


def size_of(active: Floats) -> float:
    """How large the sales of a sparse series are: the root of their mean square."""
    return float(np.sqrt((active**2).mean()))


def per_window(fit: Fit) -> Floats:
    """The mean absolute error of each window, as if it were one period ahead."""
    near = np.abs(fit.missed) / fit.steps**USUAL_GROWTH
    return np.array([near[fit.windows == at].mean() for at in range(_count(fit))])


def _count(fit: Fit) -> int:
    return int(fit.windows[-1]) + 1 if len(fit.windows) else 0


def _shrunk(windows: Floats, usual: float, floor: float) -> float:
    usual = max(usual, floor)
    if len(windows) == 0:
        return usual
    share = len(windows) / (len(windows) + OWN_WINDOWS)
    own = max(float(windows.mean()), floor)
    return float(np.exp(share * np.log(own) + (1 - share) * np.log(usual)))


def usual_ratios(fits: Sequence[Fit], actives: Sequence[Floats], season: int) -> dict[Route, float]:
    """What the windows miss as a share of the noise, in the middle of each route's series."""
    found: dict[Route, list[float]] = {}
    for fit, active in zip(fits, actives, strict=True):
        moves = noise(active, season)
        if len(fit.windows) and moves > 0:
            found.setdefault(fit.route, []).append(float(per_window(fit).mean()) / moves)
    return {
        route: float(np.exp((np.log(np.maximum(ratios, 1e-3)).sum() + 5 * np.log(USUAL_RATIO)) / (len(ratios) + 5)))
        for route, ratios in found.items()
    }


def spreads(fits: Sequence[Fit], measures: Sequence[Measure], actives: Sequence[Floats]) -> dict[Route, Spread]:
    """One spread a route, from all of its series."""
    ways: Mapping[Route, list[int]] = {route: [] for route in Route}
    for at, fit in enumerate(fits):
        ways[fit.route].append(at)
    return {
        route: _sparse_spread([fits[at] for at in which], [measures[at] for at in which], [actives[at] for at in which])
        if route is Route.INTERMITTENT
        else _spread([fits[at] for at in which], [measures[at] for at in which])
        for route, which in ways.items()
        if which
    }


def _spread(fits: Sequence[Fit], measures: Sequence[Measure]) -> Spread:
    ratios = np.concatenate([f.missed / m.without[f.windows] for f, m in zip(fits, measures, strict=True)])
    steps = np.concatenate([f.steps for f in fits])
    growth = _growth(ratios, steps)
    pool = np.r_[ratios / steps**growth, _prior()]
    return Spread(growth, WIDER * np.quantile(pool, PROBABILITIES))


def _growth(ratios: Floats, steps: Floats) -> float:
    """How errors grow with the periods ahead: the power of the best straight line in logarithms."""
    ahead = np.unique(steps)
    if len(ahead) < 3 or len(ratios) < 400:
        return USUAL_GROWTH
    sizes = np.array([np.abs(ratios[steps == step]).mean() for step in ahead])
    slope = float(np.polyfit(np.log(ahead), np.log(np.maximum(sizes, 1e-9)), 1)[0])
    return float(np.clip(slope, 0.0, MOST_GROWTH))


def _prior() -> Floats:
    from scipy.stats import t

    ratios = t.ppf((np.arange(PRIOR_RATIOS) + 0.5) / PRIOR_RATIOS, TAIL)
    return np.asarray(ratios / np.abs(ratios).mean(), dtype=np.float64)


def _sparse_spread(fits: Sequence[Fit], measures: Sequence[Measure], actives: Sequence[Floats]) -> Spread:
    """Of sales themselves, not of what was missed: most periods are zero, so an interval begins there."""
    hidden = [f.actual / m.whole for f, m in zip(fits, measures, strict=True)]
    if sum(len(ratios) for ratios in hidden) < 400:
        hidden = [active / m.whole for active, m in zip(actives, measures, strict=True)]
    return Spread(0.0, np.quantile(np.concatenate(hidden), PROBABILITIES))
