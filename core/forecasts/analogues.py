"""Cold start: what has hardly been sold is expected to sell as its likes do.

The level is the product of what the labels of a series (category, region, tier) usually make of it; the course over the
year is that of the series that share the first label. What was sold already moves the level.
"""

from collections.abc import Callable, Sequence
from statistics import NormalDist

import numpy as np

from core.forecasts.arrays import Floats, Ints
from core.forecasts.frames import Series
from core.forecasts.routing import COLD

TRUST = 2.0
"""So many periods' worth of sales has the word of the likes."""
LABEL_TRUST = 3.0
"""So many series' worth has the whole against one label."""
PERIOD_NOISE = 0.5
"""How far one period usually is from its level, as a logarithm."""
STRANGER = 1.0
"""The same of a level of which nothing is known."""


class Analogues:
    """What the longer series of a panel say of the new ones."""

    def __init__(self, series: Sequence[Series], season: int) -> None:
        self.season = season
        self.peers = [each for each in series if len(each.active) >= COLD]
        self.levels = np.array([_level(each.active[-max(season, 12) :], each.active) for each in self.peers])
        self.centre = float(np.log(self.levels).mean()) if self.peers else 0.0
        self.effects = self._effects()
        guessed = np.array([self._guess(each.groups) for each in self.peers])
        self.smear = float(self.levels.mean() / guessed.mean()) if self.peers else 1.0
        off = np.log(self.levels / guessed) if self.peers else np.empty(0)
        self.apart = float(np.sqrt(((off**2).sum() + STRANGER**2 * LABEL_TRUST) / (len(off) + LABEL_TRUST)))

    def foresee(self, series: Series, horizon: int) -> tuple[Floats, Callable[[float], tuple[Floats, Floats]]]:
        """The mean and its bounds, log-normal about it."""
        own = series.active
        course = self._course(series.groups)
        numbers = series.last + 1 + np.arange(horizon)
        mean = self._level(series, course) * course[numbers % self.season]
        weight = len(own) * self.apart**2 / PERIOD_NOISE**2
        wide = float(np.sqrt(self.apart**2 / (1 + weight) + PERIOD_NOISE**2))

        def bounds(share: float) -> tuple[Floats, Floats]:
            reach = wide * NormalDist().inv_cdf((1 + share) / 2)
            return mean * np.exp(-reach), mean * np.exp(reach)

        return mean, bounds

    def _level(self, series: Series, course: Floats) -> float:
        own = series.active
        if not self.peers:
            return float(own.mean()) if len(own) else 0.0
        expected = self._guess(series.groups) * self.smear
        numbers = series.last + 1 - len(own) + np.arange(len(own))
        due = float(course[numbers % self.season].sum())
        if not series.groups and len(own):
            return float(own.sum()) / due
        return (float(own.sum()) + TRUST * expected) / (due + TRUST)

    def _effects(self) -> list[dict[str, float]]:
        """How far the series with a label are from all, as logarithms, drawn in where there are few."""
        effects: list[dict[str, float]] = []
        left = np.log(self.levels) - self.centre if self.peers else np.empty(0)
        for which in range(len(self.peers[0].groups) if self.peers else 0):
            labels = np.array([each.groups[which] for each in self.peers])
            of_label = {
                str(label): float(left[labels == label].sum() / ((labels == label).sum() + LABEL_TRUST))
                for label in np.unique(labels)
            }
            left = left - np.array([of_label[str(label)] for label in labels])
            effects.append(of_label)
        return effects

    def _guess(self, groups: tuple[str, ...]) -> float:
        moves = (effect.get(label, 0.0) for effect, label in zip(self.effects, groups, strict=False))
        return float(np.exp(self.centre + sum(moves)))

    def _course(self, groups: tuple[str, ...]) -> Floats:
        """A factor for each period of the season, one on average; flat where the likes are too few or too young."""
        alike = [each for each in self.peers if not groups or each.groups[0] == groups[0]]
        sums, counts = np.zeros(self.season), np.zeros(self.season)
        for each in alike:
            values = each.active[-3 * self.season :]
            if len(values) < self.season or not values.any():
                continue
            phases: Ints = (each.last + 1 - len(values) + np.arange(len(values))) % self.season
            np.add.at(sums, phases, values / values.mean())
            np.add.at(counts, phases, 1)
        course = (sums + LABEL_TRUST) / (counts + LABEL_TRUST)
        return np.asarray(course / course.mean(), dtype=np.float64)


def _level(recent: Floats, active: Floats) -> float:
    """The recent mean; of what isn't sold any more, a tenth of what it was."""
    return max(float(recent.mean()), 0.1 * float(active.mean()))
