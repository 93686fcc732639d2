"""Learning which sentences make a clause on a subject present, from contracts whose missing clauses are known.

    python -m benchmarks.contracts_presence FOLDER… [--json]

shows what a model that has learnt from all other authors finds missing in one author's contracts.

Which sentence of a contract is its clause on a subject nobody has marked. So the first model learns from headings,
planted risks and sentences that were written for it, and each next one from the sentence that the one before took for
the clause; all sentences of a contract that lacks a clause are none, the likeliest of them above all.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.contracts_apart import author_of
from benchmarks.contracts_fitting import learn_linear, logistic
from benchmarks.contracts_risk import Opened, alone, is_meant, opened, weighted
from benchmarks.figures import Figure, show
from core import plainyaml
from core.contracts import Side, load
from core.contracts.missing import FORBIDS, expected_in, headed_by
from core.contracts.presence import THERE, PresenceModel, evidence
from core.contracts.review import raised_by_sentence
from core.contracts.risk import own_embedder
from core.contracts.scoring import Floats, Linear, TextModel
from core.contracts.signals import Signals, meant
from core.language.embedder import E5Embedder

SENTENCES = Path(__file__).parent / "contracts_presence"
_TEXT, _MEANING = 4.0, 20.0  # how much characters and meaning may weigh in the ridge
_ROUNDS = 2
_FOLDS = 6
_HEADED = 0.5  # how much a sentence under a heading counts at first
_ELSEWHERE = 0.3  # how much one counts that is likely about something else
_DECEIVING = 3.0  # how much one counts that seems a clause where there is none
_UNDER_HEADING = 2.0  # log-odds that a heading adds when the clause is looked for
_UNLIKELY, _FAR = -3.0, 4.0  # log-odds below which none is the clause; behind the best, from which it's something else
_DOUBTFUL = -1.0
_NEAR: Mapping[str, tuple[str, ...]] = {
    "termination": ("secrecy_term",),
    "secrecy_term": ("termination",),
    "uncapped_liability": ("liquidated_damages",),
}  # what a clause on the one may be for the other


class Remembered(E5Embedder):
    """Reads no sentence twice."""

    def __init__(self) -> None:
        super().__init__()
        self._one = cache(lambda text: super(Remembered, self).passages([text])[0])

    def passages(self, texts: Sequence[str]) -> Floats:
        """A row a text."""
        return np.array([self._one(each) for each in texts])


@dataclass(frozen=True)
class Subject:
    """What is known of a subject in a contract."""

    missing: bool
    headed: frozenset[int]
    planted: frozenset[int]  # sentences


@dataclass(frozen=True)
class Example:
    """A contract's sentences, or one sentence alone, and what is known of each subject in it."""

    contract: str
    signals: Sequence[Signals]
    subjects: Mapping[str, Subject]
    raised: frozenset[str] = frozenset()
    shows: str = ""  # the subject that a sentence alone is a clause on


def contracts(folders: Sequence[Path]) -> Iterator[Example]:
    """Chinese ones."""
    for one in opened(folders):
        if one.contract.language != "zh":
            continue
        missing = set(one.raw["expect"].get("missing") or ())
        expected = list(expected_in(one.contract, load(), one.kind))
        subjects = {
            each.subject: Subject(
                each.category in missing, headed_by(one.contract, each), frozenset(_planted(one, each.category))
            )
            for each in expected
        }
        hard = _raised(one)
        raised = frozenset(each.subject for each in expected if each.category in hard)
        yield Example(str(one.raw["id"]), one.signals, subjects, raised)


def _planted(one: Opened, category: str) -> Iterator[int]:
    quotes = [re.sub(r"\s+", "", risk["quote"]) for risk in one.risks if risk["category"] == category]
    for at, signals in enumerate(one.signals):
        if any(is_meant(quote, re.sub(r"\s+", "", signals.sentence.text)) for quote in quotes):
            yield at


def _raised(one: Opened) -> frozenset[str]:
    found = raised_by_sentence(one.contract, one.signals, load(), one.kind, lambda *_: None, own_embedder())
    return frozenset(each.category for each in found if each.deals) - FORBIDS


def sentences() -> Iterator[Example]:
    """Those that were written for it: ``has`` is a clause on the subject, ``not`` names it in passing."""
    for file in sorted(SENTENCES.glob("*.yaml")):
        for subject, kinds in plainyaml.load(file.read_text(encoding="utf-8")).items():
            for kind in ("has", "not"):
                there = {subject: Subject(kind == "not", frozenset(), frozenset())}
                for each in kinds[kind]:
                    yield Example("", alone(each, Side.DEALER), there, shows=subject if kind == "has" else "")


@dataclass
class Rows:
    """Sentences with what they are to each subject: 1 a clause on it, 0 none, NaN unknown; and how much that counts."""

    signals: list[Signals]
    labels: list[Floats]
    weights: list[Floats]

    def add(self, signals: Signals, labels: Floats, weights: Floats) -> None:
        if np.isfinite(labels).any():
            self.signals.append(signals)
            self.labels.append(labels)
            self.weights.append(weights)


@dataclass(frozen=True)
class Seen:
    """Of a subject in a contract: whether it is there, what is seen of it, and what is seen without an embedder."""

    there: bool
    whole: Floats
    by_words: Floats


def decisions(seen: Sequence[Seen]) -> tuple[Linear, Linear]:
    there = np.array([[each.there] for each in seen])
    whole, by_words = (np.array([getattr(each, name) for each in seen]) for name in ("whole", "by_words"))
    return learn_linear(whole, there), learn_linear(by_words, there)


class Learning:
    """Models learnt from examples."""

    def __init__(self, subjects: Sequence[str], embedder: Remembered) -> None:
        self.subjects = tuple(subjects)
        self._embedder = embedder

    def learn(self, examples: Sequence[Example]) -> PresenceModel:
        """With a decision learnt from contracts that their sentence models hadn't seen."""
        whole, by_words = decisions([one for _, seen in self.held_out(examples) for one in seen])
        text, meaning = self.sentence_models(examples)
        return PresenceModel(self.subjects, text, meaning, whole, by_words)

    def held_out(self, examples: Sequence[Example]) -> Iterator[tuple[str, list[Seen]]]:
        """Each contract's author, and what is seen of it by models that have learnt nothing of that author."""
        authors = sorted({author_of(each.contract) for each in examples if each.contract})
        for fold in range(min(_FOLDS, len(authors))):
            held = set(authors[fold::_FOLDS])
            models = self.sentence_models([each for each in examples if author_of(each.contract) not in held])
            for each in examples:
                if author_of(each.contract) in held:
                    yield author_of(each.contract), list(self.evidence(each, *models))

    def sentence_models(self, examples: Sequence[Example]) -> tuple[TextModel, Linear]:
        models = self._fitted(self._first(examples))
        for _ in range(_ROUNDS):
            models = self._fitted(self._again(examples, *models))
        return models

    def evidence(self, example: Example, text: TextModel, meaning: Linear) -> Iterator[Seen]:
        model = PresenceModel(self.subjects, text, meaning, meaning, meaning)
        words, scores = model.scores(example.signals, None), model.scores(example.signals, self._embedder)
        for name, subject in example.subjects.items():
            column = self.subjects.index(name)
            shown = {"headed": bool(subject.headed), "raised": name in example.raised}
            both = (evidence(each[:, column], **shown) for each in (scores, words))
            yield Seen(not subject.missing, *both)

    def _first(self, examples: Sequence[Example]) -> Rows:
        rows = Rows([], [], [])
        for example in examples:
            if not example.contract:
                self._alone(rows, example)
                continue
            headed = {clause for subject in example.subjects.values() for clause in subject.headed}
            for at, signals in enumerate(example.signals):
                labels, weights = self._unknown()
                for name, subject in example.subjects.items():
                    column, clause = self.subjects.index(name), signals.sentence.clause
                    if subject.missing:
                        labels[column], weights[column] = 0, 1
                    elif at in subject.planted:
                        labels[column], weights[column] = 1, 1
                    elif clause in subject.headed:
                        labels[column], weights[column] = 1, _HEADED
                    elif clause in headed:
                        labels[column], weights[column] = 0, _ELSEWHERE
                rows.add(signals, labels, weights)
        return rows

    def _again(self, examples: Sequence[Example], text: TextModel, meaning: Linear) -> Rows:
        rows = Rows([], [], [])
        for example in examples:
            if not example.contract:
                self._alone(rows, example)
                continue
            scores = self._all_scores(example.signals, text, meaning)
            labels = np.full(scores.shape, np.nan, np.float32)
            weights = np.zeros(scores.shape, np.float32)
            for name, subject in example.subjects.items():
                column = self.subjects.index(name)
                mine, marks, counts = scores[:, column], labels[:, column], weights[:, column]
                if subject.missing:
                    marks[:] = 0
                    counts[:] = np.where(mine > _DOUBTFUL, _DECEIVING, 1)
                elif len(mine):
                    under = np.array([each.sentence.clause in subject.headed for each in example.signals])
                    best = int(np.argmax(mine + _UNDER_HEADING * under))
                    other = (mine < mine[best] - _FAR) & (mine < _DOUBTFUL) & ~under
                    marks[other], counts[other] = 0, _ELSEWHERE
                    if mine[best] + _UNDER_HEADING * under[best] > _UNLIKELY:
                        marks[best], counts[best] = 1, 1
                    chosen = list(subject.planted)
                    marks[chosen], counts[chosen] = 1, 1
            for at, signals in enumerate(example.signals):
                rows.add(signals, labels[at], weights[at])
        return rows

    def _alone(self, rows: Rows, example: Example) -> None:
        for signals in example.signals:
            labels, weights = self._unknown()
            if example.shows:
                labels[:], weights[:] = 0, _ELSEWHERE
                for name in _NEAR.get(example.shows, ()):
                    labels[self.subjects.index(name)] = np.nan
            for name in example.subjects:
                labels[self.subjects.index(name)] = float(name == example.shows)
                weights[self.subjects.index(name)] = 1
            rows.add(signals, labels, weights)

    def _unknown(self) -> tuple[Floats, Floats]:
        return np.full(len(self.subjects), np.nan, np.float32), np.zeros(len(self.subjects), np.float32)

    def _all_scores(self, signals: Sequence[Signals], text: TextModel, meaning: Linear) -> Floats:
        if not signals:
            return np.empty((0, len(self.subjects)), np.float32)
        meanings = self._embedder.passages([meant(each.plain) for each in signals])
        return text.scores([each.grams() for each in signals]) + meaning.scores(meanings)

    def _fitted(self, rows: Rows) -> tuple[TextModel, Linear]:
        grams = [each.grams() for each in rows.signals]
        bare, table = weighted(grams, rare=2, idf=True)
        table = (table * _TEXT).tocsr().astype(np.float32)
        meanings = self._embedder.passages([meant(each.plain) for each in rows.signals])
        centre = meanings.mean(axis=0)
        labels, counts = np.array(rows.labels), np.array(rows.weights)
        words, sense = [], []
        for column in range(len(self.subjects)):
            known = np.isfinite(labels[:, column]) & (counts[:, column] > 0)
            truth, heavy = labels[known, column][:, None], counts[known, column]
            words.append(logistic(table[known], truth, strength=1.0, steps=80, sample_weights=heavy))
            centred = (meanings[known] - centre) * _MEANING
            sense.append(logistic(centred, truth, strength=1.0, steps=80, sample_weights=heavy))
        said, meant_ = np.hstack(words), np.hstack(sense)
        return (
            TextModel(bare.kept, bare.idf, said[:-1] * _TEXT, said[-1]),
            Linear(centre, np.ones_like(centre), meant_[:-1] * _MEANING, meant_[-1]),
        )


def all_subjects() -> tuple[str, ...]:
    return tuple(sorted({each.subject for each in load().expected}))


def learn_presence(folders: Sequence[Path]) -> PresenceModel:
    return Learning(all_subjects(), Remembered()).learn([*contracts(folders), *sentences()])


def apart(folders: Sequence[Path]) -> Iterator[tuple[str, str, NDArray[np.int64]]]:
    """Author, method, and how many clauses are missing, how many of them found, how many are there, how many of those
    called missing.
    """
    held = list(Learning(all_subjects(), Remembered()).held_out([*contracts(folders), *sentences()]))
    for author in sorted({author for author, _ in held}):
        mine = [one for by, seen in held if by == author for one in seen]
        whole, by_words = decisions([one for by, seen in held if by != author for one in seen])
        there = np.array([one.there for one in mine])
        said = {
            "qudao": whole.scores(np.array([one.whole for one in mine]))[:, 0] > THERE,
            "qudao, no embedder": by_words.scores(np.array([one.by_words for one in mine]))[:, 0] > THERE,
            "headings alone": np.array([bool(one.whole[0]) for one in mine]),
        }
        for method, present in said.items():
            counted = [(~there).sum(), (~there & ~present).sum(), there.sum(), (there & ~present).sum()]
            yield author, method, np.array(counted)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.contracts_presence", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="with YAML files of contracts")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    found: list[Figure] = []
    sums: dict[str, NDArray[np.int64]] = {}
    for author, method, counted in apart(given.folders):
        sums[method] = sums.get(method, np.zeros(4, np.int64)) + counted
        found += _figures(f"without {author}", method, counted)
        print(author, method, *counted, file=sys.stderr, flush=True)
    for method, counted in sums.items():
        found += _figures("all", method, counted)
    show(found, as_json=given.json)
    return 0


def _figures(dataset: str, method: str, counted: NDArray[np.int64]) -> Iterator[Figure]:
    missing, found, there, wrongly = (int(each) for each in counted)
    yield Figure(dataset=dataset, method=method, metric="missing clauses", value=float(missing))
    yield Figure(
        dataset=dataset, method=method, metric="missing clauses found", value=round(found / max(missing, 1), 4)
    )
    yield Figure(
        dataset=dataset, method=method, metric="clauses called missing", value=round(wrongly / max(there, 1), 4)
    )


if __name__ == "__main__":
    sys.exit(main())
