"""Logistic regression and the area under the ROC curve, enough for a handful of signals."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def fit(signals: Array, labels: Array, *, penalty: float = 1.0) -> tuple[float, Array]:
    """Intercept and coefficients on the signals as they come; ridge on the standardised ones, Newton's steps."""
    mean, spread = signals.mean(axis=0), signals.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(signals)), (signals - mean) / spread])
    ridge = np.eye(design.shape[1]) * penalty
    ridge[0, 0] = 0
    weights = np.zeros(design.shape[1])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-design @ weights))
        curvature = design.T @ (design * (likely * (1 - likely))[:, None]) + ridge
        weights -= np.linalg.solve(curvature, design.T @ (likely - labels) + ridge @ weights)
    coefficients = weights[1:] / spread
    return float(weights[0] - coefficients @ mean), coefficients


def predict(model: tuple[float, Array], signals: Array) -> Array:
    intercept, coefficients = model
    likely: Array = 1 / (1 + np.exp(-(intercept + signals @ coefficients)))
    return likely


def cross_validated(signals: Array, labels: Array, groups: NDArray[np.signedinteger[Any]], folds: int = 5) -> Array:
    """What a model says that saw nothing of the row's group."""
    likely = np.zeros(len(labels))
    for fold in range(folds):
        held_out = groups % folds == fold
        likely[held_out] = predict(fit(signals[~held_out], labels[~held_out]), signals[held_out])
    return likely


def auroc(labels: Sequence[bool] | Array, scores: Sequence[float] | Array) -> float:
    """How often a positive scores above a negative; a tie counts half."""
    truth, values = np.asarray(labels, dtype=bool), np.asarray(scores, dtype=float)
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positives, negatives = int(truth.sum()), int((~truth).sum())
    return float((ranks[truth].sum() - positives * (positives + 1) / 2) / (positives * negatives))
