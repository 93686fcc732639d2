"""Unfair terms in standard terms, English and German: n-grams of each sentence, then its neighbours' scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.contracts.features import hashes, pieces
from core.contracts.scoring import Floats, Linear, TextModel, shipped

LANGUAGES = ("en", "de")
_NONE = -8.0
_AROUND = 14  # signals beside the scores themselves


@dataclass(frozen=True, slots=True)
class UnfairTerms:
    """Of one language; the first column of ``text`` is any unfairness, the others are kinds of it."""

    labels: tuple[str, ...]
    text: TextModel
    around: Linear
    threshold: float

    def scores(self, sentences: Sequence[str]) -> tuple[Floats, Floats]:
        """Log-odds that each sentence of a document, in order, is unfair; and those of each kind."""
        first = self.text.scores([hashes(pieces(sentence)) for sentence in sentences])
        return self.around.scores(around(first, sentences))[:, 0], first[:, 1:]

    def judge(self, sentences: Sequence[str]) -> list[str]:
        """The kind of unfairness of each sentence, empty where it is fair."""
        odds, kinds = self.scores(sentences)
        return [
            self.labels[int(kinds[at].argmax())] if odds[at] > self.threshold else "" for at in range(len(sentences))
        ]


@cache
def unfair_terms(language: str) -> UnfairTerms:
    """The one that ships (learnt from Claudette's multilingual corpus, CC BY 4.0)."""
    arrays = shipped("unfair")
    return UnfairTerms(
        tuple(map(str, arrays["labels"])),
        TextModel.of(arrays, f"{language}_text"),
        Linear.of(arrays, f"{language}_around"),
        float(arrays[f"{language}_threshold"]),
    )


def around(first: Floats, sentences: Sequence[str]) -> NDArray[np.float32]:
    """What tells beside the sentence itself: kinds, neighbours, the document, its length and place."""
    if not len(first):
        return np.empty((0, _AROUND + first.shape[1]), dtype=np.float32)
    any_, kinds = first[:, 0], first[:, 1:].max(axis=1)
    both = (any_ + kinds) / 2
    padded = np.concatenate([[_NONE] * 3, both, [_NONE] * 3])
    count = len(both)
    near = [padded[3 + by : 3 + by + count] for by in (-3, -2, -1, 1, 2, 3)]
    length = np.log1p([len(sentence) for sentence in sentences])
    ranked = np.argsort(np.argsort(-both))
    return np.column_stack(
        [
            first,
            kinds,
            np.minimum(any_, kinds),
            np.logaddexp(0, any_),
            *near,
            np.maximum(near[2], near[3]),
            length,
            np.log1p(ranked),
            both - both.mean(),
            np.linspace(0, 1, count),
        ]
    ).astype(np.float32)
