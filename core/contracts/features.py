"""Texts as hashed n-grams: words for languages with spaces, characters for Chinese; the same on every machine."""

import re
import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

SPACE = 1 << 20  # of hashes

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[^\w\s]")
_GRAMS = 4


def words(text: str) -> set[str]:
    """Words, and two and three of them in a row; every number is the same one."""
    tokens = ["0" if token.isdigit() else token for token in _TOKEN.findall(text.lower())]
    plain = [token for token in tokens if token[0].isalnum()]
    found = set(tokens)
    found.update(" ".join(pair) for pair in pairwise(plain))
    found.update(" ".join(three) for three in zip(plain, plain[1:], plain[2:], strict=False))
    return found


def characters(text: str) -> set[str]:
    """One to four characters in a row."""
    return {text[at : at + size] for size in range(1, _GRAMS + 1) for at in range(len(text) - size + 1)}


def pieces(text: str) -> set[str]:
    """Words, and three to five characters of each: for languages that build long words."""
    folded = f" {' '.join(text.lower().split())} "
    return words(text) | {"#" + folded[at : at + size] for size in (3, 4, 5) for at in range(len(folded) - size + 1)}


def hashes(features: Iterable[str]) -> NDArray[np.int64]:
    """Sorted, each once."""
    return np.unique(np.fromiter((zlib.crc32(each.encode()) % SPACE for each in features), dtype=np.int64))


def matrix(rows: Sequence[NDArray[np.int64]]) -> sparse.csr_matrix:
    """A row a text, 1 where it has the feature."""
    lengths = np.array([0, *(len(row) for row in rows)])
    columns = np.concatenate(rows) if rows else np.empty(0, dtype=np.int64)
    ones = np.ones(len(columns), dtype=np.float32)
    return sparse.csr_matrix((ones, columns, np.cumsum(lengths)), shape=(len(rows), SPACE))
