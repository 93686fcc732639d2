"""The rate of a sparse series, learned from all of them together: what such a past usually led to in the periods after.

A single series of mostly zeros can't say whether a good that was sold twice last spring is still alive; thousands can.
Everything is told in units of a series' own usual sale, so that ten times the sales give ten times the rate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.forecasts.arrays import Floats

AHEAD = 6
"""A rate is the mean of so many periods."""
ORIGINS = 12
"""Each series teaches from so many places of its past, the older ones less."""
FADING = 0.9
LEAST_PAST = 10
LEAST_ROWS = 1_000
"""Fewer pasts than this teach nothing."""
SPANS = (3, 6, 12, 24)
SLOW = (0.05, 0.1)
MEMORY = 36
ROUNDS = 150
DIGITS = 9
"""Trees split between values: what differs only by the order of a sum must not fall on two sides."""
OPTIONS: Mapping[str, Any] = {
    "objective": "poisson",
    "learning_rate": 0.04,
    "num_leaves": 8,
    "min_data_in_leaf": 200,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "feature_fraction": 0.5,
    "lambda_l2": 20.0,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}


@dataclass(slots=True, eq=False)
class Pasts:
    """All series as rows that end together, zeros before them; features of each place are worked out once."""

    sales: Floats
    seen: dict[int, tuple[Floats, Floats]] = field(default_factory=dict)

    @classmethod
    def of(cls, actives: Sequence[Floats]) -> "Pasts":
        """``actives`` may differ in length; the last period is the same."""
        width = max((len(each) for each in actives), default=0)
        sales = np.zeros((len(actives), width))
        for row, each in zip(sales, actives, strict=True):
            row[width - len(each) :] = each
        return cls(sales)

    def rates(self, back: int, seed: int = 0) -> Floats | None:
        """What each series is expected to sell a period after its last ``back`` periods are hidden; None where there
        is too little to learn from.
        """
        model = self._learned(back, seed)
        if model is None:
            return None
        features, sizes = self._at(back)
        rates = np.maximum(model.predict(features), 0) * sizes
        return np.asarray(rates, dtype=np.float64)

    def _learned(self, back: int, seed: int) -> Any:
        import lightgbm

        rows, targets, weights = [], [], []
        width = self.sales.shape[1]
        for step in range(ORIGINS):
            hidden = back + AHEAD + step
            if width - hidden < LEAST_PAST:
                break
            features, sizes = self._at(hidden)
            came = self.sales[:, width - hidden : width - hidden + AHEAD].mean(axis=1)
            known = sizes > 0
            rows.append(features[known])
            targets.append(np.round(came[known] / sizes[known], DIGITS))
            weights.append(FADING**step * sizes[known])
        if sum(map(len, rows)) < LEAST_ROWS:
            return None
        weight = np.concatenate(weights)
        weight = np.round(weight / weight.mean(), DIGITS)
        data = lightgbm.Dataset(np.concatenate(rows), np.concatenate(targets), weight=weight)
        return lightgbm.train({**OPTIONS, "seed": seed}, data, num_boost_round=ROUNDS)

    def _at(self, hidden: int) -> tuple[Floats, Floats]:
        """Features of each series without its last ``hidden`` periods, and its usual sale; 0 where it never sold."""
        if hidden not in self.seen:
            self.seen[hidden] = _features(self.sales[:, : self.sales.shape[1] - hidden])
        return self.seen[hidden]


def _features(past: Floats) -> tuple[Floats, Floats]:
    width = past.shape[1]
    sold = past > 0
    ever = sold.any(axis=1)
    count, total = sold.sum(axis=1), past.sum(axis=1)
    sizes = np.where(ever, total / np.maximum(count, 1), 0.0)
    alive = np.where(ever, width - sold.argmax(axis=1), 1)
    silent = np.where(ever, sold[:, ::-1].argmax(axis=1), width)
    unit = np.where(ever, sizes, 1.0)[:, None]
    means = np.stack([past[:, -span:].mean(axis=1) for span in SPANS] + [total / alive], axis=1) / unit
    slow = np.stack([_smoothed(past, speed) for speed in SLOW], axis=1) / unit
    often = np.stack([sold[:, -span:].mean(axis=1) for span in (6, 12)] + [count / alive], axis=1)
    whole = float(sizes[ever].mean()) if ever.any() else 1.0
    relative = np.log(np.where(ever, sizes / whole, 1.0))
    rest = np.stack([alive, silent, relative], axis=1)
    return np.round(np.hstack([means, slow, often, rest]), DIGITS), sizes


def _smoothed(past: Floats, speed: float) -> Floats:
    recent = past[:, -MEMORY:]
    weights = (1 - speed) ** np.arange(recent.shape[1])[::-1]
    return np.asarray(recent @ (weights / weights.sum()), dtype=np.float64)
