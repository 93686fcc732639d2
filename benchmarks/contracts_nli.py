"""Whether a confidentiality agreement entails, contradicts or doesn't mention a known hypothesis (ContractNLI's 17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from core.contracts.features import hashes, words
from core.contracts.scoring import Floats, Linear, TextModel

CHOICES = ("Entailment", "Contradiction", "NotMentioned")
_TOP = 3


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """``text`` scores each sentence: first how well it speaks for each hypothesis, then against it."""

    labels: tuple[str, ...]
    text: TextModel
    decide: Linear

    def judge(self, sentences: Sequence[str]) -> dict[str, str]:
        """The choice for each hypothesis."""
        scores = self.text.scores([hashes(words(sentence)) for sentence in sentences])
        odds = self.decide.scores(decisive(scores, len(self.labels)))
        return {label: CHOICES[int(odds[at].argmax())] for at, label in enumerate(self.labels)}


@cache
def hypotheses() -> Hypotheses:
    """The one beside this file (learnt from ContractNLI, CC BY 4.0); reviews don't use it."""
    with np.load(Path(__file__).with_suffix(".npz"), allow_pickle=False) as archive:
        arrays = {key: archive[key] for key in archive.files}
    return Hypotheses(tuple(map(str, arrays["labels"])), TextModel.of(arrays, "text"), Linear.of(arrays, "decide"))


def decisive(scores: Floats, count: int) -> Floats:
    """A row a hypothesis: the best sentences for and against it, and which hypothesis it is."""
    ordered = np.sort(scores, axis=0)[::-1][:_TOP]
    padded = np.full((_TOP, scores.shape[1]), -9.0, dtype=np.float32)
    padded[: len(ordered)] = ordered
    best_for, best_against = padded[:, :count].T, padded[:, count:].T
    gap = (best_for[:, 0] - best_against[:, 0])[:, None]
    return np.hstack([best_for, best_against, gap, np.eye(count)]).astype(np.float32)
