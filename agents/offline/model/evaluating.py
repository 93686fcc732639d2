"""How well intents and slots are recognised: what a labelled text should give, beside what it gave."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from agents.offline.intents import IntentClassifier, Prediction
from agents.offline.model.fitting import spread

OUT_OF_SCOPE = "out_of_scope"
BINS = 10


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with the intent that it has, empty for none of ours, and the slots that it fills."""

    text: str
    intent: str
    slots: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled text and what became of it."""

    wanted: Labelled
    found: Prediction
    slots: Mapping[str, Any] = field(default_factory=dict)

    @property
    def foreign(self) -> bool:
        """Whether it is none of ours."""
        return self.wanted.intent in {"", OUT_OF_SCOPE}

    @property
    def refused(self) -> bool:
        """Whether it was taken for none of ours."""
        return not self.found.in_scope or self.found.label == OUT_OF_SCOPE

    @property
    def right(self) -> bool:
        return self.found.label == self.wanted.intent


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, of as many texts as ought to have been found."""

    precision: float
    recall: float
    f1: float
    wanted: int


@dataclass(frozen=True, slots=True)
class Report:
    """Figures are shares of one; None where the data holds nothing to measure it by."""

    texts: int
    accuracy: float | None
    calibration_error: float | None
    out_of_scope_recall: float | None
    rejected_in_scope: float | None
    intents: Mapping[str, Score]
    slots: Mapping[str, Score]
    confused: Sequence[tuple[str, str, int]]


def cross_validated(
    data: Sequence[Labelled], make: Callable[[], IntentClassifier], folds: int, seed: int = 0
) -> list[Judged]:
    """Each text judged by a classifier that learnt from the others."""
    names = sorted({one.intent for one in data})
    places = np.array([names.index(one.intent) for one in data], dtype=np.int32)
    of_fold = spread(places, folds, seed)
    judged: list[Judged] = []
    for fold in range(folds):
        inside = [one for one, place in zip(data, of_fold, strict=True) if place != fold]
        outside = [one for one, place in zip(data, of_fold, strict=True) if place == fold]
        if inside and outside:
            judged += judge(outside, make().fit([one.text for one in inside], [one.intent for one in inside]))
    return judged


def judge(data: Sequence[Labelled], classifier: IntentClassifier) -> list[Judged]:
    """What a classifier makes of each text."""
    return [Judged(one, found) for one, found in zip(data, classifier.predict([o.text for o in data]), strict=True)]


def report(judged: Sequence[Judged], confusions: int = 10) -> Report:
    """All figures at once; ``confusions`` says how many pairs of intents are listed."""
    own = [one for one in judged if not one.foreign]
    labelled = [one for one in judged if one.wanted.intent]
    wrong = Counter((one.wanted.intent, one.found.label) for one in labelled if not one.right)
    intents = _scores(({one.wanted.intent}, {one.found.label}) for one in labelled)
    slots = _scores((_pairs(one.wanted.slots), _pairs(one.slots)) for one in judged if one.wanted.slots)
    return Report(
        texts=len(judged),
        accuracy=_share(one.right for one in labelled),
        calibration_error=_calibration_error(labelled),
        out_of_scope_recall=_share(one.refused for one in judged if one.foreign),
        rejected_in_scope=_share(one.refused for one in own),
        intents=intents,
        slots=slots,
        confused=[(wanted, found, times) for (wanted, found), times in wrong.most_common(confusions)],
    )


def _share(held: Iterable[bool]) -> float | None:
    found = list(held)
    return sum(found) / len(found) if found else None


def _calibration_error(judged: Sequence[Judged]) -> float | None:
    """How far, in the mean, probabilities are from how often they are right (ECE, ten bins)."""
    bins: dict[int, list[Judged]] = {}
    for one in judged:
        bins.setdefault(min(int(one.found.probability * BINS), BINS - 1), []).append(one)
    gaps = [abs(sum(one.right - one.found.probability for one in inside)) for inside in bins.values()]
    return sum(gaps) / len(judged) if judged else None


def _pairs(slots: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Name and value of each slot; those of lists and their rows one by one, so that half an order counts half."""
    found: set[tuple[str, str]] = set()
    for name, value in slots.items():
        if isinstance(value, Mapping):
            found |= {(f"{name}.{inner}", shown) for inner, shown in _pairs(value)}
        elif isinstance(value, list | tuple):
            found |= {pair for row in value for pair in _pairs({name: row})}
        elif value is not None:
            found.add((name, str(value)))
    return found


def _scores(pairs: Iterable[tuple[set[Any], set[Any]]]) -> dict[str, Score]:
    """By name; what was wanted and found is a name, or a name with its value."""
    wanted, found, both = Counter[str](), Counter[str](), Counter[str]()
    for ought, got in pairs:
        wanted.update(map(_name, ought))
        found.update(map(_name, got))
        both.update(map(_name, ought & got))
    return {name: _score(wanted[name], found[name], both[name]) for name in sorted(wanted | found)}


def _name(item: str | tuple[str, str]) -> str:
    return item if isinstance(item, str) else item[0]


def _score(wanted: int, found: int, both: int) -> Score:
    precision, recall = both / found if found else 0.0, both / wanted if wanted else 0.0
    f1 = 2 * both / (wanted + found) if wanted + found else 0.0
    return Score(precision, recall, f1, wanted)
