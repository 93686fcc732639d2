"""Whether a Chinese contract has a clause on a subject, by what its sentences say beside each other.

The words of a subject stand in many places where nothing is agreed on it, and small firms agree on it in words of
their own. Linear models over characters and, for the likeliest sentences, over the meaning as an embedder sees it say
how much a sentence is a clause on each subject; the best two and the headings decide whether the contract has one.
Learnt from contracts and sentences that were written for it.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from core.contracts.features import characters, hashes
from core.contracts.scoring import Floats, Linear, TextModel, shipped
from core.contracts.signals import Signals, meant
from core.language.embedder import Embedder

LIKELIEST = 3  # sentences for each subject whose meaning is asked
NOTHING = -9.0  # log-odds of a sentence that isn't there
_APART = re.compile("[。；;]")
THERE = 0.5  # log-odds from which a contract has the clause: to be told of a clause that stands there costs a look
_ALSO = 0.0  # log-odds from which another sentence is a clause on the subject too


@dataclass(frozen=True, slots=True)
class PresenceModel:
    """``text`` and ``meaning`` have a column a subject; ``whole`` weighs what :func:`evidence` gathers, ``by_words``
    the same where no embedder is at hand.
    """

    labels: tuple[str, ...]
    text: TextModel
    meaning: Linear
    whole: Linear
    by_words: Linear

    def scores(self, signals: Sequence[Signals], embedder: Embedder | None) -> Floats:
        """Log-odds, a row a sentence and a column a subject; with an embedder ``NOTHING`` for all but the likeliest."""
        if not signals:
            return np.empty((0, len(self.labels)), np.float32)
        words = self.text.scores([each.grams() for each in signals])
        if embedder is None:
            return words
        likeliest = np.argsort(-words, axis=0, kind="stable")[:LIKELIEST]
        asked = np.unique(likeliest)
        meanings = self.meaning.scores(embedder.passages([meant(signals[at].plain) for at in asked]))
        scores = np.full_like(words, NOTHING)
        for subject in range(len(self.labels)):
            rows = likeliest[:, subject]
            scores[rows, subject] = words[rows, subject] + meanings[np.searchsorted(asked, rows), subject]
        return scores


class Presence:
    """What the sentences of one contract say of every subject."""

    def __init__(self, signals: Sequence[Signals], embedder: Embedder | None) -> None:
        self._model = presence_model()
        self._scores = self._model.scores(signals, embedder)
        self._clauses = [each.sentence.clause for each in signals]
        self._weighs = self._model.by_words if embedder is None else self._model.whole

    def places(self, subject: str, headed: Collection[int], *, raised: bool) -> tuple[int, ...]:
        """The clauses on the subject; none where the contract has none. ``headed`` are those whose heading names it,
        ``raised`` says whether a sentence was raised for it.
        """
        scores = self._scores[:, self._model.labels.index(subject)]
        if float(self._weighs.scores(evidence(scores, headed=bool(headed), raised=raised)[None])[0, 0]) <= THERE:
            return ()
        said = {self._clauses[at] for at in np.flatnonzero(scores > _ALSO)}
        if not said and not headed:
            said = {self._clauses[int(np.argmax(scores))]}
        return tuple(sorted({*headed, *said}))


def evidence(scores: Floats, *, headed: bool, raised: bool) -> Floats:
    """What a contract shows of a subject: a heading, a sentence raised for it, and its best two sentences."""
    best = np.sort(np.append(scores, [NOTHING, NOTHING]))[::-1][:2]
    return np.array([headed, raised, *best], dtype=np.float32)


def is_clause_on(subject: str, words: str) -> bool:
    """Whether words that stand alone, with who is who in them, are a clause on the subject."""
    model = presence_model()
    parts = [hashes(characters(part)) for part in [words, *_APART.split(words)] if part]
    scores = model.text.scores(parts)[:, model.labels.index(subject)]
    return bool((scores > _ALSO).any())


@cache
def presence_model() -> PresenceModel:
    """The one that ships (learnt from synthetic contracts)."""
    arrays = shipped("presence")
    return PresenceModel(
        tuple(map(str, arrays["labels"])),
        TextModel.of(arrays, "text"),
        Linear.of(arrays, "meaning"),
        Linear.of(arrays, "whole"),
        Linear.of(arrays, "by_words"),
    )
