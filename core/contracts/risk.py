"""Which sentences of a Chinese contract a careful lawyer would raise, and for what: linear models over what is noticed.

A rule alone doesn't know what softens a sentence, and no list of rules is complete. Whether a sentence is raised,
rules, cues and characters decide; for what, characters, words of the trade and headings. For the few that may be raised
the meaning as an embedder sees it says both, too. Learnt from contracts and sentences that were written for it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.contracts.features import characters, hashes
from core.contracts.scoring import Floats, Kernel, Linear, TextModel, shipped
from core.contracts.signals import Signals, meant, vectors
from core.language.embedder import E5Embedder, Embedder, load_embedder

ASKED = -5.0  # log-odds among the others of a contract from which on it is asked what a sentence means
_ELSEWHERE = 4.0  # log-odds that a category loses in a kind of contract where it has no business
_COMMON = 0.1  # how many sentences of a hard contract are hard
_UNKNOWN, _EXPECTED = 10, 0.03  # as many sentences stand for all other contracts, and how many of those are hard
_BESIDE = 0.8  # how much the others of a contract count
_NAMED = 3  # categories at most
# Log-odds behind the best category, beyond which no other is named: of a doubtful sentence, of a sure one.
_NEAR = (2.0, 8.0)
_BESIDES = (3.0, 20.0)  # where the sentence says in so many words that it is that too
_MEANING = 14.0  # how much the meaning counts beside the words


@dataclass(frozen=True, slots=True)
class Bounds:
    """Log-odds from which a sentence is raised, and from which it is sure to be, so that others of its categories may
    be further behind; chosen on contracts by authors of whom nothing was learnt."""

    raised: float
    sure: float


BY_WORDS = Bounds(-3.3, 0.5)
WITH_MEANING = Bounds(-3.5, 0.0)


@dataclass(frozen=True, slots=True)
class Risk:
    """``odds`` that the sentence would be raised; ``fits``: those of each category, the best first."""

    signals: Signals
    odds: float
    fits: tuple[tuple[str, float], ...]
    bounds: Bounds = BY_WORDS

    def categories(self) -> tuple[str, ...]:
        """What it would be raised for; none where it wouldn't."""
        if not self.fits or self.odds < self.bounds.raised:
            return ()
        besides = [name for name in self._within(_BESIDES) if name in self.signals.besides]
        named = list(dict.fromkeys([self.fits[0][0], *besides, *self._within(_NEAR)]))[:_NAMED]
        return tuple(name for name, _ in self.fits if name in named)

    def _within(self, reach: tuple[float, float]) -> list[str]:
        best = self.fits[0][1]
        return [name for name, fit in self.fits if best - fit <= reach[self.odds > self.bounds.sure]]


@dataclass(frozen=True, slots=True)
class RiskModel:
    """``text`` and ``cues`` add up to the odds by words; ``subject`` and ``marks`` have a column a category.

    ``meaning`` has one more before them, whether a sentence is raised at all; ``both`` weighs that and those odds.
    """

    labels: tuple[str, ...]
    text: TextModel
    cues: Linear
    subject: TextModel
    marks: Linear
    meaning: Kernel
    both: Linear

    def odds(self, signals: Sequence[Signals]) -> Floats:
        """Of each sentence by itself."""
        if not signals:
            return np.empty(0, np.float32)
        return (self.text.scores([each.grams() for each in signals]) + self.cues.scores(vectors(signals)))[:, 0]

    def judge(
        self, signals: Sequence[Signals], odds: Floats, embedder: Embedder | None, elsewhere: Collection[str] = ()
    ) -> list[Risk]:
        """Each sentence with its odds; only those that may be raised get categories, seldom one that belongs
        ``elsewhere``. ``odds`` are those by words, among the others of the contract."""
        senses = np.zeros((len(signals), 1 + len(self.labels)), np.float32)
        asked = [at for at in range(len(signals)) if embedder is not None and odds[at] > ASKED]
        bounds = BY_WORDS if embedder is None else WITH_MEANING
        if embedder is not None and asked:
            meanings = embedder.passages([meant(signals[at].plain) for at in asked])
            senses[asked] = self.meaning.scores(meanings)
            odds = odds.copy()
            odds[asked] = self.both.scores(np.column_stack([odds[asked], senses[asked, 0]]))[:, 0]
        raised = [at for at in range(len(signals)) if odds[at] >= bounds.raised]
        less = np.array([_ELSEWHERE if name in elsewhere else 0.0 for name in self.labels], np.float32)
        fits = self.fits([signals[at] for at in raised]) + _MEANING * senses[raised, 1:] - less
        best = dict(zip(raised, map(self._best, fits), strict=True))
        return [Risk(each, float(odds[at]), best.get(at, ()), bounds) for at, each in enumerate(signals)]

    def fits(self, signals: Sequence[Signals]) -> Floats:
        """Log-odds of each category by words, a row a sentence."""
        if not signals:
            return np.empty((0, len(self.labels)), np.float32)
        parts = [part for each in signals for part in each.parts()]
        of = np.repeat(np.arange(len(signals)), [len(each.parts()) for each in signals])
        words = self.subject.scores([hashes(characters(part)) for part in parts])
        marks = self.marks.scores(np.array([each.marks(self.labels) for each in signals]))
        return np.asarray(_best_of(words, of, len(signals)) + marks, dtype=np.float32)

    def _best(self, fits: Floats) -> tuple[tuple[str, float], ...]:
        return tuple((self.labels[at], float(fits[at])) for at in np.argsort(-fits, kind="stable"))


def _best_of(scores: Floats, of: NDArray[np.int64], count: int) -> Floats:
    """The best of each sentence's parts, a row a sentence."""
    best = np.full((count, scores.shape[1]), -np.inf, np.float32)
    np.maximum.at(best, of, scores)
    return best


def among(odds: Floats) -> Floats:
    """What the odds of a contract's sentences are, beside each other: who wrote one hard term, wrote more, and in a
    contract where nothing else is hard a doubtful sentence is none. A few sentences say nothing about the rest."""
    chances = 1 / (1 + np.exp(-odds))
    others = (chances.sum() - chances + _EXPECTED * _UNKNOWN) / (len(odds) - 1 + _UNKNOWN)
    return np.asarray(odds + _BESIDE * np.log(others / _COMMON), dtype=np.float32)


@cache
def risk_model() -> RiskModel:
    """The one that ships (learnt from synthetic contracts)."""
    arrays = shipped("risk")
    return RiskModel(
        tuple(map(str, arrays["labels"])),
        TextModel.of(arrays, "text"),
        Linear.of(arrays, "cues"),
        TextModel.of(arrays, "subject"),
        Linear.of(arrays, "marks"),
        Kernel.of(arrays, "meaning"),
        Linear.of(arrays, "both"),
    )


def usable(embedder: Embedder | None) -> Embedder | None:
    """The embedder whose vectors the model knows, else None."""
    return embedder if embedder is not None and embedder.name == E5Embedder.name else None


@cache
def own_embedder() -> Embedder | None:
    """For callers who have none; loaded once a process, with the first sentence."""
    return usable(load_embedder())
