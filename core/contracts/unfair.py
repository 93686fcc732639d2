"""Unfair terms in standard terms, English and German: what each sentence says and means, then its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.contracts.features import hashes, pieces, words
from core.contracts.scoring import Floats, Kernel, Linear, TextModel, shipped
from core.language.embedder import Embedder

LANGUAGES = ("en", "de")
ASKED = -5.0
"""Log-odds by words from which on an embedder is asked what a sentence means: nearly half of them."""
_NONE = -8.0
_UNASKED = -4.0
_BEYOND = -3.0  # odds by words or meaning before the first sentence and after the last


@dataclass(frozen=True, slots=True)
class UnfairTerms:
    """Of one language; the first column of ``text`` is any unfairness, the others are kinds of it. ``telling`` weighs
    words by how they tell unfair from fair ones, ``meaning`` is of both languages. ``with_meaning`` and ``by_words``
    take all of them together, with an embedder and without."""

    labels: tuple[str, ...]
    text: TextModel
    telling: TextModel
    meaning: Kernel
    with_meaning: "Decision"
    by_words: "Decision"

    def scores(self, sentences: Sequence[str], embedder: Embedder | None) -> tuple[Floats, Floats]:
        """Log-odds that each sentence of a document, in order, is unfair, above 0 where it is; and of each kind."""
        if not sentences:
            return np.empty(0, np.float32), np.empty((0, len(self.labels)), np.float32)
        said = self.text.scores([hashes(pieces(sentence)) for sentence in sentences])
        telling = self.telling.scores([hashes(words(sentence)) for sentence in sentences])[:, 0]
        meant = None if embedder is None else meanings(self.meaning, said, sentences, embedder)
        decision = self.by_words if meant is None else self.with_meaning
        return decision.odds(signals_of(said, telling, meant, sentences)), said[:, 1:]

    def judge(self, sentences: Sequence[str], embedder: Embedder | None) -> list[str]:
        """The kind of unfairness of each sentence, empty where it is fair."""
        odds, kinds = self.scores(sentences, embedder)
        return [self.labels[int(kinds[at].argmax())] if odds[at] > 0 else "" for at in range(len(sentences))]


@dataclass(frozen=True, slots=True)
class Decision:
    """Over all signals of a sentence; ``threshold`` is where F1 is best on documents that nothing was learnt from."""

    weights: Linear
    threshold: float

    def odds(self, signals: NDArray[np.float32]) -> Floats:
        """Above 0 where the sentence is unfair."""
        return np.asarray(self.weights.scores(signals)[:, 0] - self.threshold, dtype=np.float32)


@cache
def unfair_terms(language: str) -> UnfairTerms:
    """The one that ships (learnt from Claudette's multilingual corpus, CC BY 4.0)."""
    arrays = shipped("unfair")
    decisions = [
        Decision(Linear.of(arrays, f"{language}_{name}"), float(arrays[f"{language}_{name}_threshold"]))
        for name in ("with_meaning", "by_words")
    ]
    return UnfairTerms(
        tuple(map(str, arrays["labels"])),
        TextModel.of(arrays, f"{language}_text"),
        TextModel.of(arrays, f"{language}_telling"),
        Kernel.of(arrays, "meaning"),
        *decisions,
    )


def meanings(model: Kernel, said: Floats, sentences: Sequence[str], embedder: Embedder) -> Floats:
    """Odds by what a sentence means, of those that words don't clear."""
    odds = np.full(len(sentences), _UNASKED, np.float32)
    asked = np.flatnonzero(said[:, 0] > ASKED)
    if len(asked):
        odds[asked] = model.scores(embedder.passages([sentences[int(at)] for at in asked]))[:, 0]
    return odds


def signals_of(said: Floats, telling: Floats, meant: Floats | None, sentences: Sequence[str]) -> NDArray[np.float32]:
    """What tells of each sentence, a row each: kinds, neighbours, the document, its length and place."""
    any_, kinds = said[:, 0], said[:, 1:].max(axis=1)
    both = (any_ + kinds) / 2
    near = _near(both, 3, _NONE)
    length = np.log1p([len(sentence) for sentence in sentences])
    ranked = np.argsort(np.argsort(-both))
    columns = [
        said,
        kinds,
        np.minimum(any_, kinds),
        np.logaddexp(0, any_),
        *near,
        np.maximum(near[2], near[3]),
        length,
        np.log1p(ranked),
        both - both.mean(),
        np.linspace(0, 1, len(both)),
    ]
    for odds in (telling,) if meant is None else (telling, meant):
        columns += [odds, *_near(odds, 2, _BEYOND)]
    return np.column_stack(columns).astype(np.float32)


def _near(odds: Floats, reach: int, beyond: float) -> list[Floats]:
    """Those of the sentences before and after, the farthest before first."""
    padded = np.concatenate([[beyond] * reach, odds, [beyond] * reach])
    return [padded[reach + by : reach + by + len(odds)] for by in range(-reach, reach + 1) if by]
