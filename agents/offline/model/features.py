"""A short text as numbers: character n-grams within words, and words, which catch typos and abbreviations."""

import math
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.language.normalise import fold

Vector = NDArray[np.float32]
Hints = Callable[[Sequence[str]], Vector]

LONGEST_GRAM = 4
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\u3400-\u9fff]+|[\u3400-\u9fff]")


def ngrams(text: str) -> dict[int, float]:
    """Hash of each n-gram → its weight; characters and words are of length one each, whatever the text's length.

    What training never saw counts into the length too: a text in another language weighs little, and says little.
    """
    shape = _NUMBER.sub("0", fold(text))
    return {**_unit(_characters(shape)), **_unit(_words(shape))}


def ngram_rows(texts: Sequence[str], columns: NDArray[np.uint32]) -> Any:
    """A sparse row a text, over the hashes in ``columns``, which are sorted."""
    from scipy.sparse import csr_array

    found = [known(text, columns) for text in texts]
    places = np.concatenate([places for places, _ in found]).astype(np.int32)
    weights = np.concatenate([weights for _, weights in found])
    starts = np.cumsum([0, *(len(places) for places, _ in found)], dtype=np.int32)
    return csr_array((weights, places, starts), shape=(len(texts), len(columns)))


def known(text: str, columns: NDArray[np.uint32]) -> tuple[NDArray[np.intp], Vector]:
    """The places in ``columns`` of a text's n-grams, and their weights."""
    grams = ngrams(text)
    hashes = np.fromiter(grams, dtype=np.uint32, count=len(grams))
    weights = np.fromiter(grams.values(), dtype=np.float32, count=len(grams))
    places = np.searchsorted(columns, hashes)
    inside = places < len(columns)
    inside[inside] = columns[places[inside]] == hashes[inside]
    return places[inside], weights[inside]


def columns_of(texts: Sequence[str], least: int) -> NDArray[np.uint32]:
    """The hashes that stand in ``least`` texts or more, sorted; one that means nothing where there are none."""
    times = Counter(chain.from_iterable(ngrams(text) for text in texts))
    return np.array(sorted(gram for gram, count in times.items() if count >= least) or [0], dtype=np.uint32)


def _unit(grams: Iterator[str]) -> dict[int, float]:
    counts = Counter(grams)
    weights = {zlib.crc32(gram.encode()): 1.0 + math.log(times) for gram, times in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {gram: weight / length for gram, weight in weights.items()}


def _characters(text: str) -> Iterator[str]:
    for word in text.split():
        padded = f" {word} "
        for size in range(1, LONGEST_GRAM + 1):
            yield from (padded[at : at + size] for at in range(len(padded) - size + 1))


def _words(text: str) -> Iterator[str]:
    """One by one and in pairs; of Chinese each character, so that pairs stand for words."""
    words = _WORD.findall(text)
    yield from (f"w:{word}" for word in words)
    yield from (f"p:{a} {b}" for a, b in pairwise(words))
