"""A text as the numbers of its pieces, as the model was trained on: SentencePiece's unigram model, best path first."""

import re

import numpy as np
from numpy.typing import NDArray

from core.language.e5.weights import Vocabulary

_SPACE = "\u2581"  # how SentencePiece writes a space
_SPACES = re.compile("  +")
_START, _STEP = np.uint64(1469598103934665603), np.uint64(1099511628211)  # FNV-1a over bytes
_UNKNOWN = 10.0  # how much worse than the rarest piece a character is that no piece covers


class Tokeniser:
    """Pieces are found by a 64-bit hash of their bytes: sorted hashes take 3 MB where a dictionary takes 30."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        lengths = np.diff(vocabulary.offsets).astype(np.int64)
        self._longest = int(lengths.max())
        self._unknown = float(vocabulary.scores.min()) - _UNKNOWN
        hashes = _hashes_of(vocabulary.pieces, vocabulary.offsets[:-1].astype(np.int64), lengths)
        used = np.flatnonzero((lengths > 0) & (np.arange(len(lengths)) != vocabulary.unknown))
        order = used[np.argsort(hashes[used], kind="stable")]
        self._hashes = hashes[order]
        self._numbers = order.astype(np.int32)

    def numbers(self, text: str) -> list[int]:
        """The pieces of a text, without those that begin and end it."""
        spaced = _SPACES.sub(" ", text.translate(self._vocabulary.normalised))
        marked = (spaced if spaced.startswith(" ") else f" {spaced}").replace(" ", _SPACE)
        return self._best_path(marked)

    def _best_path(self, text: str) -> list[int]:
        scores = self._vocabulary.scores
        best = [0.0] + [float("-inf")] * len(text)
        came: list[tuple[int, int]] = [(0, 0)] * (len(text) + 1)
        for start, pieces in enumerate(self._pieces(text)):
            so_far = best[start]
            for end, piece in pieces:
                score = so_far + float(scores[piece])
                if score > best[end]:
                    best[end], came[end] = score, (start, piece)
            if so_far + self._unknown > best[start + 1]:
                best[start + 1], came[start + 1] = so_far + self._unknown, (start, self._vocabulary.unknown)
        path: list[int] = []
        at = len(text)
        while at > 0:
            at, piece = came[at]
            path.append(piece)
        return path[::-1]

    def _pieces(self, text: str) -> list[list[tuple[int, int]]]:
        """For each character the pieces that begin there, shortest first: where they end, and their numbers."""
        data = np.frombuffer(text.encode(), dtype=np.uint8)
        starts = np.flatnonzero((data & 0xC0) != 0x80)
        ends = np.full(len(data) + 1, -1)
        ends[np.append(starts, len(data))] = np.arange(len(starts) + 1)
        found: list[list[tuple[int, int]]] = [[] for _ in starts]
        hashes = np.full(len(starts), _START)
        for length in range(1, min(self._longest, len(data)) + 1):
            inside = starts[: np.searchsorted(starts, len(data) - length, side="right")]
            hashes = (hashes[: len(inside)] ^ data[inside + length - 1]) * _STEP
            whole = np.flatnonzero(ends[inside + length] >= 0)
            places = np.minimum(np.searchsorted(self._hashes, hashes[whole]), len(self._hashes) - 1)
            for hit in np.flatnonzero(self._hashes[places] == hashes[whole]):
                first = int(whole[hit])
                found[first].append((int(ends[inside[first] + length]), int(self._numbers[places[hit]])))
        return found


def _hashes_of(data: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.uint64]:
    hashes = np.full(len(starts), _START)
    for at in range(int(lengths.max())):
        longer = np.flatnonzero(lengths > at)
        hashes[longer] = (hashes[longer] ^ data[starts[longer] + at]) * _STEP
    return hashes
