"""Answer, show the nearest passage as no more than that, or say that the documents don't tell.

Dealers ask in other words than their handbook's, so the encyclopaedic model of ``knowledge.abstaining`` is too strict
for them; it decides only where there is no embedder. With one, four signals do: how near the best passage is in
meaning, how far it stands out from the others, how much of the question's words it holds, and whether the sentences
that would be quoted hold the kind of answer that is asked for. Fitted on the demo's facts whose question hashes to an
even number, each a second time with its own page left out; the odd ones test it (``python -m benchmarks.handbook``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import exp

from knowledge.expected import Kind, kinds_asked, share_held

COSINE, GAP, SHARE, HELD, INTERCEPT = 13.47, 34.40, 2.22, 2.69, -15.20
SURE = 0.5
NEAR = 0.12
_SIXTH = 5
_OPEN = 0.5  # a question whose form wants nothing that can be seen


class Verdict(StrEnum):
    """How much of an answer it is."""

    SURE = "sure"
    NEAR = "near"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for the sentences found. ``cosine`` and ``gap`` are None where there is no embedder."""

    share: float
    held: float
    cosine: float | None = None
    gap: float | None = None


def signals(question: str, quoted: str, share: float, top: int, dense: Mapping[int, float] | None) -> Signals:
    """``quoted``: the sentences that would be shown; ``share``: of the score that the question's terms could reach."""
    kinds = kinds_asked(question)
    held = share_held(kinds, quoted) if kinds - {Kind.LEAVE} else _OPEN
    if not dense:
        return Signals(share, held)
    ranked = sorted(dense.values(), reverse=True)
    cosine = dense.get(top, ranked[-1])
    return Signals(share, held, cosine, cosine - ranked[min(_SIXTH, len(ranked) - 1)])


def likelihood(seen: Signals) -> float:
    """How likely the sentences answer the question; only where there is an embedder."""
    score = INTERCEPT + COSINE * (seen.cosine or 0.0) + GAP * (seen.gap or 0.0) + SHARE * seen.share + HELD * seen.held
    return 1 / (1 + exp(-score))


def verdict(seen: Signals, general: float) -> Verdict:
    """``general``: the probability by the general model, which decides where there is no embedder."""
    likely = general if seen.cosine is None else likelihood(seen)
    if likely >= SURE:
        return Verdict.SURE
    return Verdict.NEAR if likely >= NEAR or seen.share >= SURE / 2 else Verdict.NONE
