"""A network that learns from all series together, mixed in where hidden months say that it helps.

It sees logarithms without level and season, never the last periods that it is tried on, and has a third of the weight
at most.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from core.forecasts.arrays import Floats
from core.forecasts.mixing import STEP, WINDOWS, Fit
from core.forecasts.routing import Route

ROUTES = frozenset({Route.REGULAR, Route.SHORT})
HIDDEN = STEP * WINDOWS
"""The network that is tried has learned from nothing later."""
LEAST = 2 * HIDDEN
"""Active periods of a series that is given to the network."""
MOST_ZEROS = 0.1
FEWEST = 20
"""Series that learn together; fewer teach a network nothing."""
OFFSET = 0.02
"""Added to sales, as a share of their mean, so that zero has a logarithm."""
FARTHEST = 12
"""Periods ahead that it says; beyond them what it adds stays as it is there."""
MARK = "+lstm"
"""What the route of a forecast that it is part of ends with."""
SHARES = (0.0, 0.1, 0.2, 1 / 3)
LEAST_GAIN = 0.005
"""A share of the error that has to go before the network is worth its keep."""
POOLED_TRUST = 8.0
"""So many windows' worth of trust has what it gains over all series against what it gains for one."""


class Network(Protocol):
    """Learns from ``learned``, and says the next ``steps`` of each of ``asked``: logarithms about zero."""

    def __call__(
        self, learned: Sequence[Floats], asked: Sequence[Floats], steps: int, season: int, seed: int, /
    ) -> Sequence[Floats]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """A series as a network sees it, and the way back."""

    logs: Floats
    scale: float
    season: Floats

    def back(self, ahead: Floats) -> Floats:
        """What the logarithms of the next periods stand for."""
        at = (len(self.logs) + np.arange(len(ahead))) % len(self.season)
        return np.asarray(self.scale * np.maximum(np.exp(ahead + self.season[at]) - OFFSET, 0), dtype=np.float64)


def plain(active: Floats, season: int) -> Plain:
    """Logarithms about the mean, the season taken out where two of them were seen."""
    scale = float(active.mean()) or 1.0
    logs = np.log(active / scale + OFFSET)
    shape = _season(logs, season) if season > 1 and len(logs) >= 2 * season else np.zeros(1)
    return Plain(logs - np.resize(shape, len(logs)), scale, shape)


def _season(logs: Floats, season: int) -> Floats:
    """How each place in the season lies about the course, drawn in towards none by how uneven it is."""
    kernel = np.r_[0.5, np.ones(season - 1), 0.5] / season if season % 2 == 0 else np.ones(season) / season
    half = len(kernel) // 2
    off = logs[half : len(logs) - half] - np.convolve(logs, kernel, mode="valid")
    places = (half + np.arange(len(off))) % season
    count = np.bincount(places, minlength=season)
    means = np.bincount(places, weights=off, minlength=season) / np.maximum(count, 1)
    means -= means.mean()
    noise = float(((off - means[places]) ** 2).sum()) / max(len(off) - season, 1)
    told = float((means**2).mean())
    real = max(0.0, told - noise * float((1 / np.maximum(count, 1)).mean()))
    return np.asarray(means * (real / told if told > 0 else 0.0), dtype=np.float64)


def suits(active: Floats, route: Route) -> bool:
    """Long enough, and seldom zero."""
    return route in ROUTES and len(active) >= LEAST and float(np.mean(active == 0)) <= MOST_ZEROS


def mixed_in(
    network: Network, actives: Sequence[Floats], fits: Sequence[Fit], steps: int, season: int, seed: int
) -> Iterator[tuple[int, Floats, float]]:
    """The series in which it has a part, what it says of them, and its share; none where too few learn together."""
    if len(actives) < FEWEST:
        return
    parts = shares(fits, tried(network, actives, season, seed))
    if not parts.any():
        return
    for at, said in enumerate(foreseen(network, actives, steps, season, seed)):
        if parts[at]:
            yield at, said, float(parts[at])


def foreseen(network: Network, actives: Sequence[Floats], steps: int, season: int, seed: int) -> list[Floats]:
    """The next ``steps`` of each series by a network that learned from all of them."""
    learned = [plain(active, season) for active in actives]
    logs = [each.logs for each in learned]
    said = network(logs, logs, min(steps, FARTHEST), season, seed)
    return [_within(each.back(ahead), active) for each, ahead, active in zip(learned, said, actives, strict=True)]


def tried(network: Network, actives: Sequence[Floats], season: int, seed: int) -> list[Floats]:
    """What it would have said of each series' windows: a row each, three periods ahead, the nearest window first."""
    learned = [plain(active[:-HIDDEN], season).logs for active in actives]
    backs = [STEP * (k + 1) for k in range(WINDOWS)]
    asked = [plain(active[:-back], season) for active in actives for back in backs]
    said = network(learned, [each.logs for each in asked], STEP, season, seed)
    rows = [each.back(ahead) for each, ahead in zip(asked, said, strict=True)]
    return [
        np.array([_within(row, active) for row in rows[at * WINDOWS : (at + 1) * WINDOWS]])
        for at, active in enumerate(actives)
    ]


def _within(ahead: Floats, active: Floats) -> Floats:
    """Nothing that was never near: a network may run away where a series is odd."""
    usual = float(active[-12:].mean())
    known = np.where(np.isfinite(ahead), ahead, usual)
    return np.asarray(np.clip(known, 0, 3 * float(active[-36:].max())), dtype=np.float64)


def shares(fits: Sequence[Fit], said: Sequence[Floats]) -> Floats:
    """The weight of the network in each series, a third at most; none where it doesn't help.

    One share for all, the best over their windows together, if the error falls by half a per cent and falls in most
    windows; a series keeps it unless its own windows speak against it more than all together speak for it.
    """
    if not fits:
        return np.zeros(0)
    sold, ours = zip(*(_near(fit) for fit in fits), strict=True)
    level = np.array([max(float(fit.actual.mean()), 1e-9) for fit in fits])[:, None]
    errors = {share: _missed(np.array(sold), np.array(ours), np.array(said), share) / level for share in SHARES}
    best = min(SHARES, key=lambda share: float(errors[share].mean()))
    before, after = errors[0.0], errors[best]
    gain = 1 - float(after.mean()) / max(float(before.mean()), 1e-12)
    windows = after.mean(axis=0) < before.mean(axis=0)
    if gain < LEAST_GAIN or windows.sum() <= len(windows) / 2:
        return np.zeros(len(fits))
    own = 1 - after.mean(axis=1) / np.maximum(before.mean(axis=1), 1e-12)
    trusted = (WINDOWS * own + POOLED_TRUST * gain) / (WINDOWS + POOLED_TRUST)
    return np.where(trusted > 0, best, 0.0)


def _near(fit: Fit) -> tuple[Floats, Floats]:
    """What came in each window's first periods, and what was foreseen of them without the network."""
    near = fit.steps <= STEP
    sold = fit.actual[near].reshape(-1, STEP)
    return sold, sold - fit.missed[near].reshape(-1, STEP)


def _missed(sold: Floats, ours: Floats, said: Floats, share: float) -> Floats:
    """The mean absolute error of each series (rows) and window (columns)."""
    return np.asarray(np.abs(sold - (1 - share) * ours - share * said).mean(axis=2), dtype=np.float64)


def moved(mean: Floats, said: Floats, share: float) -> Floats:
    """With its share of what the network says; beyond what it says, by as much as at its end."""
    near = (1 - share) * mean[: len(said)] + share * said
    last = float(mean[len(said) - 1])
    rest = mean[len(said) :] * (float(near[-1]) / last if last > 0 else 1.0)
    return np.concatenate([near, rest])
