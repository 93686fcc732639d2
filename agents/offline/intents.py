"""Which intent a text has: by its words, by its meaning and by its nearest example, with a gate for the foreign."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agents.offline.model.features import Hints, Vector, known
from agents.offline.model.scoring import (
    SOFTENED,
    Views,
    by_meaning,
    centred,
    combine,
    familiarity,
    nearest_by_label,
    softmax,
)
from agents.offline.model.weights import Weights
from core.language.embedder import Embedder, load_embedder
from core.language.normalise import fold

_PARTS = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Prediction:
    """The likeliest label, how likely, and whether the text looks like anything learnt; how much so, from 0 to 1."""

    label: str
    probability: float
    in_scope: bool
    familiarity: float = 1.0


class IntentClassifier:
    """``fit`` then ``predict``; without an embedder both work on n-grams alone.

    ``hints`` adds features of one's own to the n-grams: one row a text, of constant width.
    """

    def __init__(
        self,
        seed: int = 0,
        embedder: Embedder | None = None,
        weights: Weights | None = None,
        hints: Hints | None = None,
    ) -> None:
        self.seed = seed
        self._hints = hints
        self._embedder = embedder if embedder is not None else (None if weights else load_embedder("auto"))
        self.weights = weights

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> "IntentClassifier":
        """Learn from examples; the gate's threshold rejects 5 % of them in cross-validation."""
        from agents.offline.model.fitting import train

        if not texts or len(texts) != len(labels):
            raise ValueError("training wants as many labels as texts, and one text at least")
        names = sorted(set(labels))
        everything = [*texts, *map(_spoken, names)]  # a label's name may be an example of it
        hints = self._hints(everything) if self._hints is not None else None
        self.weights = train(everything, [*labels, *names], self._embedded(everything), hints, self.seed)
        return self

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """The likeliest label of each text."""
        weights = self._fitted()
        return [
            Prediction(weights.labels[int(row.argmax())], float(row.max()), bool(score >= weights.threshold), score)
            for row, score in (self._judged(text) for text in texts)
        ]

    def probabilities(self, text: str, *, by_meaning: bool = True) -> dict[str, float]:
        """How likely each label is; ``by_meaning=False`` spares the embedding.

        Softened, for people write further from the examples than the examples are from each other.
        """
        row = self._judged(text, SOFTENED)[0] if by_meaning else self._by_words(text)
        return dict(zip(self._fitted().labels, (float(share) for share in row), strict=True))

    def _fitted(self) -> Weights:
        if self.weights is None:
            raise RuntimeError("the classifier was asked before it learnt")
        return self.weights

    def _judged(self, text: str, softened: float = 1.0) -> tuple[Vector, float]:
        weights = self._fitted()
        if self._embedder is None and weights.e5_mean.size > 1:
            row = self._by_words(text)
            return row, float(row.max())
        vectors = centred(self._embedded([text]), weights.e5_mean)
        views = Views(self._margins(text), by_meaning(vectors, weights), nearest_by_label(vectors, weights))
        row = combine(views, weights.mix, softened)[0]
        return row, float(familiarity(views, weights.mix)[0])

    def _by_words(self, text: str) -> Vector:
        row: Vector = softmax(self._fitted().mix.words_alone / SOFTENED * self._margins(text))[0]
        return row

    def _margins(self, text: str) -> Vector:
        weights = self._fitted()
        places, shares = known(text, weights.columns)
        margins = shares @ weights.ngram_coef[places] + weights.ngram_bias
        if self._hints is not None:
            margins = margins + self._hints([text])[0] @ weights.ngram_coef[len(weights.columns) :]
        return np.asarray(margins, dtype=np.float32)[None]

    def _embedded(self, texts: Sequence[str]) -> Vector:
        if self._embedder is None:
            return np.zeros((len(texts), 1), dtype=np.float32)
        return np.stack([self._embedder.query(fold(text)) for text in texts])


def _spoken(label: str) -> str:
    """``card_arrival``, ``CardArrival`` and ``card/arrival`` as a person would say them."""
    return _PARTS.sub(" ", label).strip()
