"""Answer, show the nearest passage as no more than that, or say that the documents don't tell.

Dealers ask in other words than their handbook's, so the encyclopaedic model of ``knowledge.abstaining`` is too strict
for them. It is joined here by one with two signals: the cosine of the best passage, and its share of the score that the
question's terms could reach. Fitted on the demo's facts whose question hashes to an even number; the odd ones test it
(``python -m benchmarks.handbook``).
"""

from enum import StrEnum
from math import exp

COSINE, SHARE, INTERCEPT = 16.85, 1.61, -15.37
SURE = 0.5
NEAR = 0.12


class Verdict(StrEnum):
    """How much of an answer it is."""

    SURE = "sure"
    NEAR = "near"
    NONE = "none"


def verdict(general: float, cosine: float | None, share: float) -> Verdict:
    """``general``: the probability by the general model; ``cosine`` is None where there is no embedder."""
    score = None if cosine is None else COSINE * cosine + SHARE * share + INTERCEPT
    likely = max(general, 0.0 if score is None else 1 / (1 + exp(-score)))
    if likely >= SURE:
        return Verdict.SURE
    return Verdict.NEAR if likely >= NEAR or share >= SURE / 2 else Verdict.NONE
