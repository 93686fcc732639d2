"""Which sentences of a Chinese contract a careful lawyer would raise: rules and cues weighed by a linear model.

A rule alone doesn't know what softens a sentence, and no list of rules is complete: the model (learnt from contracts
that were written for it) weighs rules, cues and characters, and says which categories fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from core.contracts.scoring import Floats, Linear, TextModel, shipped
from core.contracts.signals import Signals, vectors

RAISED = -1.6  # log-odds; chosen on held-out contracts
SURE = 0.9  # from here on up to three categories are named, below it one
_NEAR = 5.0  # log-odds behind the best category, beyond which no other is named


@dataclass(frozen=True, slots=True)
class Risk:
    """``odds`` that the sentence would be raised; ``fits``: those of each category, the best first."""

    signals: Signals
    odds: float
    fits: tuple[tuple[str, float], ...]

    def categories(self) -> tuple[str, ...]:
        """What it would be raised for; none where it wouldn't."""
        if self.odds < RAISED:
            return ()
        best = self.fits[0][1]
        most = 3 if self.odds > SURE else 1
        return tuple(
            name
            for at, (name, fit) in enumerate(self.fits[:most])
            if at == 0 or (best - fit <= _NEAR and self.signals.speaks_of(name))
        )


@dataclass(frozen=True, slots=True)
class RiskModel:
    """``text`` and ``cues`` add up to the odds; ``likeness`` is a column a category."""

    labels: tuple[str, ...]
    text: TextModel
    cues: Linear
    likeness: TextModel
    fit: Linear

    def judge(self, signals: Sequence[Signals]) -> list[Risk]:
        """Each sentence."""
        if not signals:
            return []
        rows = [each.grams() for each in signals]
        odds = (self.text.scores(rows) + self.cues.scores(vectors(signals)))[:, 0]
        likeness = self.likeness.scores(rows)
        return [Risk(each, float(odds[at]), self._fits(each, likeness[at])) for at, each in enumerate(signals)]

    def _fits(self, signals: Signals, likeness: Floats) -> tuple[tuple[str, float], ...]:
        table = np.array([signals.about(name, float(likeness[at])) for at, name in enumerate(self.labels)], np.float32)
        scores = self.fit.scores(table)[:, 0]
        return tuple((self.labels[at], float(scores[at])) for at in np.argsort(-scores, kind="stable")[:3])


@cache
def risk_model() -> RiskModel:
    """The one that ships (learnt from synthetic contracts)."""
    arrays = shipped("risk")
    return RiskModel(
        tuple(map(str, arrays["labels"])),
        TextModel.of(arrays, "text"),
        Linear.of(arrays, "cues"),
        TextModel.of(arrays, "likeness"),
        Linear.of(arrays, "fit"),
    )
