"""A short text as numbers: hashed character n-grams, which catch typos and abbreviations without a model."""

import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.language.normalise import fold

BUCKETS = 1 << 13
Vector = NDArray[np.float32]


def ngram_features(texts: Sequence[str]) -> Vector:
    """Rows of length one, ``BUCKETS`` wide; an empty text gives zeros."""
    rows = np.zeros((len(texts), BUCKETS), dtype=np.float32)
    for place, text in enumerate(texts):
        for gram in _grams(fold(text)):
            rows[place, zlib.crc32(gram.encode()) % BUCKETS] += 1.0
    np.log1p(rows, out=rows)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), dtype=np.float32)


def _grams(text: str) -> Iterator[str]:
    """Chinese characters by ones to threes; other words whole, in pairs, and by fours within a word."""
    words: list[str] = []
    run = ""
    for char in f"{text} ":
        if char.isalnum() and not _is_han(char):
            run += char
            continue
        if run:
            words.append(run)
            run = ""
    for word in words:
        shape = "#" if word.isdecimal() else word
        yield f"w:{shape}"
        if len(word) > 4 and not word.isdecimal():
            padded = f"<{word}>"
            yield from (f"c:{padded[i : i + 4]}" for i in range(len(padded) - 3))
    yield from (f"p:{a} {b}" for a, b in pairwise(words))
    han = "".join(char if _is_han(char) else " " for char in text)
    for piece in han.split():
        padded = f"^{piece}$"
        for size in (1, 2, 3):
            yield from (f"h:{padded[i : i + size]}" for i in range(len(padded) - size + 1))


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
