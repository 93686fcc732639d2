"""Which of CUAD's 41 kinds of clause a paragraph of an English contract holds: n-grams, then the rest of the contract.

A paragraph is scored as a whole and sentence by sentence; then each score is weighed against the best of the same
contract, its neighbours and its place, since most kinds of clause stand in one place only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.contracts.features import hashes, words
from core.contracts.scoring import Floats, Linear, TextModel, shipped

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_CUT = re.compile(r"(?<=[.;:?!])[\"”’)]*\s+(?=[\"“(A-Z0-9])|\s{3,}")
_SHORTEST = 60
_NONE = -12.0
SIGNALS = 18


@dataclass(frozen=True, slots=True)
class Units:
    """The paragraphs of a contract and their sentences, as spans; ``of`` is the paragraph of each sentence."""

    paragraphs: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]
    of: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Seen:
    """Log-odds, a row a paragraph and a column a kind; ``best`` is the sentence that speaks for it; ``present`` are the
    log-odds that the contract has the kind at all."""

    units: Units
    scores: Floats
    best: NDArray[np.int64]
    present: Floats


@dataclass(frozen=True, slots=True)
class ClauseTypes:
    """The whole model; ``own`` weighs signals kind by kind, ``shared`` all kinds alike."""

    labels: tuple[str, ...]
    paragraphs: TextModel
    sentences: TextModel
    own: Linear
    shared: Linear
    own_mean: Floats
    own_spread: Floats
    presence: Linear

    def see(self, text: str) -> Seen:
        """Every paragraph of a contract with every kind."""
        units = units_of(text)
        whole, best, at = first_scores(text, units, self.paragraphs, self.sentences)
        signals = signals_of(whole, best, units)
        scores = weighed(signals, self.own, self.shared, self.own_mean, self.own_spread)
        return Seen(units, scores, at, self.presence.scores(presence_signals(signals, scores))[:, 0])


@cache
def clause_types() -> ClauseTypes:
    """The one that ships (learnt from CUAD v1, CC BY 4.0)."""
    arrays = shipped("cuad")
    return ClauseTypes(
        tuple(map(str, arrays["labels"])),
        TextModel.of(arrays, "paragraphs"),
        TextModel.of(arrays, "sentences"),
        Linear.of(arrays, "own"),
        Linear.of(arrays, "shared"),
        arrays["own_mean"],
        arrays["own_spread"],
        Linear.of(arrays, "presence"),
    )


def units_of(text: str) -> Units:
    """Paragraphs are blocks between line breaks."""
    paragraphs: list[tuple[int, int]] = []
    sentences: list[tuple[int, int]] = []
    of: list[int] = []
    for found in _PARAGRAPH.finditer(text):
        for start, end in _sentences(found.group(), found.start()):
            sentences.append((start, end))
            of.append(len(paragraphs))
        paragraphs.append(found.span())
    return Units(tuple(paragraphs), tuple(sentences), np.array(of, dtype=np.int64))


def _sentences(paragraph: str, offset: int) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in [*(match.end() for match in _CUT.finditer(paragraph)), len(paragraph)]:
        if (cut - start >= _SHORTEST or cut == len(paragraph)) and paragraph[start:cut].strip():
            yield offset + start, offset + cut
            start = cut


def first_scores(
    text: str, units: Units, paragraphs: TextModel, sentences: TextModel
) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Each paragraph as a whole, by its best sentence, and which sentence that is."""
    whole = paragraphs.scores(rows_of(text, units.paragraphs))
    single = sentences.scores(rows_of(text, units.sentences))
    best = np.full_like(whole, _NONE)
    at = np.zeros(whole.shape, dtype=np.int64)
    for number, of in enumerate(units.of):
        better = single[number] > best[of]
        best[of][better] = single[number][better]
        at[of][better] = number
    return whole, best, at


def rows_of(text: str, spans: Sequence[tuple[int, int]]) -> list[NDArray[np.int64]]:
    """The hashed words of each span."""
    return [hashes(words(text[start:end])) for start, end in spans]


def signals_of(whole: Floats, best: Floats, units: Units) -> Floats:
    """What else tells: paragraph × kind × signal."""
    both = np.asarray((whole + best) / 2, dtype=np.float32)
    count = len(both)
    ranked = np.argsort(np.argsort(-both, axis=0), axis=0)
    ordered = np.sort(both, axis=0)[::-1]
    second = ordered[1] if count > 1 else np.full(both.shape[1], _NONE)
    before, after = _moved(both, 1), _moved(both, -1)
    beside = np.maximum(before, after)
    further = np.maximum(_moved(both, 2), _moved(both, -2))
    length = np.log([end - start for start, end in units.paragraphs])
    cuts = np.log1p(np.bincount(units.of, minlength=count))
    place = np.linspace(0, 1, count) if count > 1 else np.zeros(count)

    def wide(column: Any) -> Any:
        return np.broadcast_to(np.asarray(column), both.shape)

    return np.stack(
        [
            whole,
            best,
            np.minimum(whole, best),
            both - ordered[0],
            wide(ordered[0]),
            wide(second),
            np.log1p(ranked),
            ranked == 0,
            wide(length[:, None]),
            wide(cuts[:, None]),
            wide(place[:, None]),
            wide(place[:, None] < 0.02),
            before,
            after,
            further,
            np.minimum(beside, both),
            np.logaddexp(0, whole),
            np.logaddexp(0, best),
        ],
        axis=-1,
    ).astype(np.float32)


def weighed(signals: Floats, own: Linear, shared: Linear, mean: Floats, spread: Floats) -> Floats:
    """From paragraph × kind × signal: the mean of what each kind's own weights say and what all share."""
    single = np.einsum("pks,sk->pk", (signals - mean) / spread, own.weights) + own.bias
    joint = shared.scores(signals.reshape(-1, SIGNALS)).reshape(single.shape)
    return np.asarray((single + joint) / 2, dtype=np.float32)


def presence_signals(signals: Floats, scores: Floats) -> Floats:
    """A row a kind: the best paragraph by each of the scores, how much there is of it in all, and which kind it is."""
    whole, best = signals[:, :, 0], signals[:, :, 1]
    both = (whole + best) / 2
    most = [each.max(axis=0) for each in (both, scores, whole, best)]
    much = [np.logaddexp.reduce(each, axis=0) for each in (both, scores)]
    said = np.stack([*most, *much], axis=-1)
    return np.hstack([said, np.eye(len(said))]).astype(np.float32)


def _moved(scores: Floats, by: int) -> Any:
    moved = np.full_like(scores, _NONE)
    if by > 0:
        moved[by:] = scores[:-by]
    else:
        moved[:by] = scores[-by:]
    return moved
