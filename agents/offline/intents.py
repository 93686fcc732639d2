"""Which intent a text has: logistic regression over e5 vectors and character n-grams, with a gate for the foreign."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from agents.offline.features import Vector, ngram_features
from core.language.embedder import Embedder, load_embedder
from core.language.normalise import fold

E5_SHARE = 0.55
REJECTED_IN_SCOPE = 0.05


@dataclass(frozen=True, slots=True)
class Prediction:
    """The likeliest label, how likely, and whether the text looks like anything that was learnt."""

    label: str
    probability: float
    in_scope: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """What training leaves: all that predicting needs, as plain arrays."""

    labels: tuple[str, ...]
    ngram_coef: Vector
    ngram_bias: Vector
    e5_coef: Vector
    e5_bias: Vector
    e5_mean: Vector
    e5_examples: Vector
    threshold: float
    trained_on: str = ""

    def save(self, file: Path) -> None:
        """As one compressed file of arrays, halved in precision."""
        np.savez_compressed(
            file,
            labels=np.array(self.labels),
            threshold=np.array(self.threshold),
            trained_on=np.array(self.trained_on),
            **{name: getattr(self, name).astype(np.float16) for name in _ARRAYS},
        )

    @classmethod
    def load(cls, file: Any) -> "Weights":
        """The inverse of ``save``; ``file`` is a path or an open binary file."""
        with np.load(file, allow_pickle=False) as data:
            arrays = {name: data[name].astype(np.float32) for name in _ARRAYS}
            labels = tuple(str(label) for label in data["labels"])
            return cls(labels, threshold=float(data["threshold"]), trained_on=str(data["trained_on"]), **arrays)


_ARRAYS = ("ngram_coef", "ngram_bias", "e5_coef", "e5_bias", "e5_mean", "e5_examples")


class IntentClassifier:
    """``fit`` then ``predict``; without an embedder both work on n-grams alone.

    ``hints`` adds features of one's own to the n-grams: one row a text, of constant width.
    """

    def __init__(
        self,
        seed: int = 0,
        embedder: Embedder | None = None,
        weights: Weights | None = None,
        hints: Callable[[Sequence[str]], Vector] | None = None,
    ) -> None:
        self.seed = seed
        self._hints = hints
        self._embedder = embedder if embedder is not None else (None if weights else load_embedder("auto"))
        self.weights = weights

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> "IntentClassifier":
        """Learn from examples; the gate's threshold rejects 5 % of them in cross-validation."""
        from scipy.sparse import csr_array  # type: ignore[import-untyped]
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import StratifiedKFold

        ngrams, e5 = self._words(texts), self._embedded(texts)
        sparse = csr_array(ngrams)
        mean = e5.mean(axis=0)
        centred = _centred(e5, mean)
        names = sorted(set(labels))
        wanted = np.array([names.index(label) for label in labels])

        def train(rows: Any) -> tuple[Any, Any]:
            by_words = LogisticRegression(C=60, max_iter=400, class_weight="balanced")
            by_meaning = LogisticRegression(C=30, max_iter=400, class_weight="balanced")
            return by_words.fit(sparse[rows], wanted[rows]), by_meaning.fit(centred[rows], wanted[rows])

        scores = np.zeros(len(texts))
        folds = StratifiedKFold(5, shuffle=True, random_state=self.seed)
        for inside, outside in folds.split(ngrams, wanted):
            fold = self._weights(names, *train(inside), mean, centred[inside])
            mixed, near = _mix(fold, ngrams[outside], centred[outside])
            scores[outside] = mixed.max(axis=1) * near
        everything = np.arange(len(texts))
        fitted = self._weights(names, *train(everything), mean, centred)
        self.weights = replace(fitted, threshold=float(np.quantile(scores, REJECTED_IN_SCOPE)))
        return self

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """The likeliest label of each text."""
        weights = self._fitted()
        mixed, near = self._score(texts)
        best = mixed.argmax(axis=1)
        return [
            Prediction(weights.labels[i], float(row[i]), bool(row[i] * close >= weights.threshold))
            for i, row, close in zip(best, mixed, near, strict=True)
        ]

    def probabilities(self, text: str, *, by_meaning: bool = True) -> dict[str, float]:
        """How likely each label is; ``by_meaning=False`` spares the embedding."""
        weights = self._fitted()
        if by_meaning:
            mixed, _ = self._score([text])
        else:
            mixed = _softmax(self._words([text]) @ weights.ngram_coef.T + weights.ngram_bias)
        return dict(zip(weights.labels, (float(p) for p in mixed[0]), strict=True))

    def _fitted(self) -> Weights:
        if self.weights is None:
            raise RuntimeError("the classifier was asked before it learnt")
        return self.weights

    def _score(self, texts: Sequence[str]) -> tuple[Vector, Vector]:
        weights = self._fitted()
        ngrams = self._words(texts)
        if self._embedder is None:
            mixed = _softmax(ngrams @ weights.ngram_coef.T + weights.ngram_bias)
            return mixed, np.ones(len(texts), dtype=np.float32)
        return _mix(weights, ngrams, _centred(self._embedded(texts), weights.e5_mean))

    def _words(self, texts: Sequence[str]) -> Vector:
        ngrams = ngram_features(texts)
        return ngrams if self._hints is None else np.hstack([ngrams, self._hints(texts)])

    def _embedded(self, texts: Sequence[str]) -> Vector:
        if self._embedder is None:
            return np.zeros((len(texts), 1), dtype=np.float32)
        return np.stack([self._embedder.query(fold(text)) for text in texts])

    @staticmethod
    def _weights(names: list[str], words: Any, meaning: Any, mean: Vector, examples: Vector) -> Weights:
        return Weights(
            tuple(names), words.coef_, words.intercept_, meaning.coef_, meaning.intercept_, mean, examples, 0.0
        )


def _mix(weights: Weights, ngrams: Vector, centred: Vector) -> tuple[Vector, Vector]:
    """Both models' probabilities in one, and the cosine of the nearest example."""
    by_words = _softmax(ngrams @ weights.ngram_coef.T + weights.ngram_bias)
    by_meaning = _softmax(centred @ weights.e5_coef.T + weights.e5_bias)
    near = (centred @ weights.e5_examples.T).max(axis=1)
    return E5_SHARE * by_meaning + (1 - E5_SHARE) * by_words, near


def _centred(vectors: Vector, mean: Vector) -> Vector:
    """e5's vectors all point one way; without their mean they tell texts apart."""
    moved = vectors - mean
    norms = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(norms, 1e-9), dtype=np.float32)


def _softmax(scores: Vector) -> Vector:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)
