"""From a text's views to the labels' probabilities; training and predicting go through the same arithmetic."""

from dataclasses import dataclass

import numpy as np

from agents.offline.model.features import Vector
from agents.offline.model.weights import Mix, Weights

SOFTENED = 2.0  # what divides the evidence where certainty would mislead


@dataclass(frozen=True, slots=True)
class Views:
    """A row a text, a column a label: margins by words, log probabilities by meaning, the nearest example's cosine."""

    words: Vector
    meaning: Vector
    nearest: Vector


def combine(views: Views, mix: Mix, softened: float = 1.0) -> Vector:
    """The labels' probabilities; ``softened`` divides the evidence."""
    return softmax(_evidence(views, mix) / softened)


def familiarity(views: Views, mix: Mix) -> Vector:
    """How much a text looks like what was learnt: the best label's probability times the nearest example's cosine.

    The probability is taken at half the evidence. At full evidence most are next to one, whether foreign or not.
    """
    return np.asarray(combine(views, mix, SOFTENED).max(axis=1) * views.nearest.max(axis=1))


def _evidence(views: Views, mix: Mix) -> Vector:
    return np.asarray(mix.meaning * views.meaning + mix.words * views.words + mix.nearest * views.nearest)


def by_meaning(vectors: Vector, weights: Weights) -> Vector:
    """Log probabilities of centred vectors."""
    return np.asarray(np.log(softmax(vectors @ weights.e5_coef.T + weights.e5_bias) + 1e-12))


def nearest_by_label(vectors: Vector, weights: Weights) -> Vector:
    """The cosine of each label's nearest example; -1 for a label without any, and 1 where there is no embedder."""
    if weights.e5_mean.size == 1:
        return np.ones((len(vectors), len(weights.labels)), dtype=np.float32)
    nearest = np.full((len(vectors), len(weights.labels)), -1.0, dtype=np.float32)
    met, starts = np.unique(weights.owners, return_index=True)
    nearest[:, met] = np.maximum.reduceat(vectors @ weights.e5_examples.T, starts, axis=1)
    return nearest


def centred(vectors: Vector, mean: Vector) -> Vector:
    """e5's vectors all point one way; without their mean they tell texts apart."""
    moved = vectors - mean
    norms = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(norms, 1e-9), dtype=np.float32)


def softmax(scores: Vector) -> Vector:
    """Rows that sum to one."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)
