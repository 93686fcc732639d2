"""How the linear models are learnt: numpy and scipy, the same arrays on every machine; the texts aren't kept."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize
from scipy.special import expit

from core.contracts.features import matrix
from core.contracts.scoring import Kernel, Linear, TextModel, near

_RARE = 3  # texts in which a feature must stand
_KERNEL_RIDGE, _KERNEL_JITTER = 0.1, 1e-3


def learn_text(
    rows: Sequence[NDArray[np.int64]],
    labels: NDArray[Any],
    *,
    features: int,
    strength: float = 10.0,
    steps: int = 50,
    rare: int = _RARE,
    weights: NDArray[Any] | None = None,
) -> TextModel:
    """Logistic regression, a class a column, over the ``features`` that differ most between the classes."""
    table = matrix(rows)
    kept, idf = _selected(table, labels, features, rare)
    bare = TextModel(
        kept, idf, np.zeros((len(kept), labels.shape[1]), np.float32), np.zeros(labels.shape[1], np.float32)
    )
    found = logistic(bare.weighted(rows), labels, strength=strength, steps=steps, sample_weights=weights)
    return TextModel(kept, idf, found[:-1], found[-1])


def learn_linear(
    signals: NDArray[Any], labels: NDArray[Any], *, strength: float = 1.0, sample_weights: NDArray[Any] | None = None
) -> Linear:
    """Logistic regression over standardised signals."""
    mean, spread = signals.mean(axis=0), signals.std(axis=0) + 1e-6
    scaled = (signals - mean) / spread
    found = logistic(scaled, labels, strength=strength, steps=300, sample_weights=sample_weights)
    return Linear(mean.astype(np.float32), spread.astype(np.float32), found[:-1], found[-1])


def learn_kernel(vectors: NDArray[Any], labels: NDArray[Any], seen: int) -> Kernel:
    """Ridge regression in the space of a Gaussian kernel, by nearness to ``seen`` of the vectors.

    Half of these have the first label, where so many have it.
    """
    centre = vectors.mean(axis=0)
    size = float((vectors - centre).std() * np.sqrt(vectors.shape[1]))
    moved = Kernel.moved(vectors, centre, size)
    kept = moved[_drawn(labels[:, 0].astype(bool), seen)]
    table = near(moved, kept).astype(np.float64)
    square = table.T @ table + _KERNEL_RIDGE * near(kept, kept)
    square[np.diag_indices(len(kept))] += _KERNEL_JITTER
    weights = cho_solve(cho_factor(square, overwrite_a=True), table.T @ labels.astype(np.float64))
    return Kernel(centre, size, kept, weights.astype(np.float32), np.zeros(labels.shape[1], np.float32))


def _drawn(first: NDArray[np.bool_], wanted: int) -> NDArray[np.int64]:
    random = np.random.default_rng(1)
    with_it, without = random.permutation(np.flatnonzero(first)), random.permutation(np.flatnonzero(~first))
    half = max(wanted // 2, wanted - len(without))
    return np.sort(np.concatenate([with_it[:half], without[: wanted - min(half, len(with_it))]]))


def logistic(
    table: sparse.csr_matrix | NDArray[Any],
    labels: NDArray[Any],
    *,
    strength: float,
    steps: int,
    sample_weights: NDArray[Any] | None = None,
) -> NDArray[np.float32]:
    """Weights with the bias in the last row; ridge, L-BFGS, all classes together."""
    size, classes = table.shape[1], labels.shape[1]
    turned = sparse.csr_matrix(table.T) if sparse.issparse(table) else table.T
    truth = labels.astype(np.float32)
    each = np.ones((len(truth), 1), np.float32) if sample_weights is None else sample_weights.reshape(-1, 1)

    def loss(flat: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        weights = flat.reshape(size + 1, classes).astype(np.float32)
        odds = table @ weights[:-1] + weights[-1]
        wrong = (expit(odds) - truth) * each * strength
        value = float(((np.logaddexp(0, odds) - truth * odds) * each).sum()) * strength
        gradient = np.vstack([turned @ wrong + weights[:-1], wrong.sum(axis=0)[None]])
        return value + 0.5 * float((weights[:-1] ** 2).sum()), gradient.ravel().astype(np.float64)

    start = np.zeros((size + 1) * classes)
    share = np.clip(truth.mean(axis=0), 1e-5, 0.5)
    start[-classes:] = np.log(share / (1 - share))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 6})
    return np.asarray(found.x.reshape(size + 1, classes), dtype=np.float32)


def _selected(
    table: sparse.csr_matrix, labels: NDArray[Any], wanted: int, rare: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The features whose presence differs most from what chance would give, with their idf."""
    often = np.asarray(table.sum(axis=0)).ravel()
    share = labels.mean(axis=0)
    together = np.asarray((table.T @ sparse.csr_matrix(labels.astype(np.float32))).todense())
    chance = often[:, None] * share[None]
    differs = np.abs((together - chance) / np.sqrt(chance * (1 - share) + 0.5)).max(axis=1)
    differs[often < rare] = -1
    wanted = min(wanted, int((differs > -1).sum()))
    kept = np.sort(np.argpartition(-differs, wanted - 1)[:wanted]).astype(np.int64)
    idf = np.log((1 + table.shape[0]) / (1 + often[kept])) + 1
    return kept, idf.astype(np.float32)
