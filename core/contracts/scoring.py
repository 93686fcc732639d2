"""Linear models and kernels as plain arrays: applied with numpy alone, learnt elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
_AT_ONCE = 256  # vectors held against those that were seen, so that memory is bounded
GAMMA = 2 / 3
"""Of vectors of length 1: how fast nearness fades."""


@dataclass(frozen=True, slots=True)
class TextModel:
    """Over hashed features: ``kept`` are the hashes that count, sorted; a column of ``weights`` a class."""

    kept: NDArray[np.int64]
    idf: Floats
    weights: Floats
    bias: Floats

    def scores(self, rows: Sequence[NDArray[np.int64]]) -> Floats:
        """Log-odds, a row a text and a column a class."""
        if not rows:
            return np.empty((0, len(self.bias)), dtype=np.float32)
        return np.asarray(self.weighted(rows) @ self.weights + self.bias, dtype=np.float32)

    def weighted(self, rows: Sequence[NDArray[np.int64]]) -> sparse.csr_matrix:
        """TF-IDF of the features that count, each row of length 1."""
        columns, lengths = [], [0]
        for row in rows:
            at = np.minimum(np.searchsorted(self.kept, row), len(self.kept) - 1)
            found = at[self.kept[at] == row]
            columns.append(found)
            lengths.append(len(found))
        joined = np.concatenate(columns)
        values = self.idf[joined]
        table = sparse.csr_matrix((values, joined, np.cumsum(lengths)), shape=(len(rows), len(self.kept)))
        norms = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
        norms[norms == 0] = 1
        return sparse.csr_matrix(sparse.diags((1 / norms).astype(np.float32)) @ table)

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """For a file: weights in eight bits, scaled by class."""
        scale = np.abs(self.weights).max(axis=0) / 127 + 1e-12
        return {
            f"{name}_kept": self.kept.astype(np.uint32),
            f"{name}_idf": self.idf.astype(np.float16),
            f"{name}_weights": np.rint(self.weights / scale).astype(np.int8),
            f"{name}_scale": scale.astype(np.float32),
            f"{name}_bias": self.bias.astype(np.float32),
        }

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> "TextModel":
        """From such a file."""
        return cls(
            kept=arrays[f"{name}_kept"].astype(np.int64),
            idf=arrays[f"{name}_idf"].astype(np.float32),
            weights=arrays[f"{name}_weights"].astype(np.float32) * arrays[f"{name}_scale"],
            bias=arrays[f"{name}_bias"],
        )


@dataclass(frozen=True, slots=True)
class Linear:
    """Over a handful of signals."""

    mean: Floats
    spread: Floats
    weights: Floats
    bias: Floats

    def scores(self, signals: NDArray[Any]) -> Floats:
        """Log-odds; a column a class."""
        return np.asarray((signals - self.mean) / self.spread @ self.weights + self.bias, dtype=np.float32)

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """For a file."""
        return {
            f"{name}_{part}": getattr(self, part).astype(np.float32) for part in ("mean", "spread", "weights", "bias")
        }

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> "Linear":
        """From such a file."""
        return cls(*(arrays[f"{name}_{part}"] for part in ("mean", "spread", "weights", "bias")))


@dataclass(frozen=True, slots=True)
class Kernel:
    """Nearness to vectors that were seen, a Gaussian about each: what no straight line through meanings tells."""

    centre: Floats
    size: float
    seen: Floats
    weights: Floats
    bias: Floats

    def scores(self, vectors: NDArray[Any]) -> Floats:
        """A row a vector and a column a class."""
        moved = self.moved(vectors, self.centre, self.size)
        parts = [moved[at : at + _AT_ONCE] for at in range(0, max(len(moved), 1), _AT_ONCE)]
        return np.concatenate([near(part, self.seen) @ self.weights + self.bias for part in parts])

    @staticmethod
    def moved(vectors: NDArray[Any], centre: Floats, size: float) -> Floats:
        """About the centre, of length 1 on the whole."""
        return np.asarray((vectors - centre) / size, dtype=np.float32)

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """For a file: the vectors in eight bits."""
        scale = float(np.abs(self.seen).max()) / 127
        return {
            f"{name}_centre": self.centre.astype(np.float32),
            f"{name}_seen": np.rint(self.seen / scale).astype(np.int8),
            f"{name}_weights": self.weights.astype(np.float16),
            f"{name}_bias": self.bias.astype(np.float32),
            f"{name}_sizes": np.array([self.size, scale], dtype=np.float32),
        }

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> "Kernel":
        """From such a file."""
        size, scale = map(float, arrays[f"{name}_sizes"])
        seen = arrays[f"{name}_seen"].astype(np.float32) * np.float32(scale)
        weights = arrays[f"{name}_weights"].astype(np.float32)
        return cls(arrays[f"{name}_centre"], size, seen, weights, arrays[f"{name}_bias"])


def near(vectors: Floats, seen: Floats) -> Floats:
    """How near each is to each that was seen, from 0 to 1; a row a vector."""
    apart = (vectors**2).sum(axis=1)[:, None] + (seen**2).sum(axis=1)[None] - 2 * vectors @ seen.T
    return np.asarray(np.exp(-GAMMA * np.maximum(apart, 0)), dtype=np.float32)


@cache
def shipped(name: str) -> Mapping[str, NDArray[Any]]:
    """The arrays of one of our models, read once."""
    data = files("core.contracts").joinpath("models", f"{name}.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as archive:
        return {key: archive[key] for key in archive.files}
