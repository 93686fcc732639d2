"""Learning which sentences of a Chinese contract are raised, and for what, from contracts with planted risks."""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benchmarks.contracts_fitting import learn_kernel, learn_linear, logistic
from benchmarks.contracts_synthetic import written
from core import plainyaml
from core.contracts.features import matrix
from core.contracts.findings import Kind as Contracts
from core.contracts.findings import Side
from core.contracts.kinds import kind_of
from core.contracts.parties import Parties, anybody, parties_of
from core.contracts.playbook import load
from core.contracts.risk import ASKED, RiskModel, among
from core.contracts.scoring import Kernel, Linear, TextModel
from core.contracts.signals import Signals, meant, signals_in, vectors
from core.contracts.text import Contract, contract_of
from core.reading import read
from core.reading.document import Block, Document, Kind, Page

LABELS = tuple(load().cues["topics"])
_TEXT, _CUES = 20.0, 0.3  # how much the characters and the cues may weigh in the ridge
_SUBJECT = 60.0
_SEEN = 5_000  # vectors that the meaning is held against
_FOLDS = 4
Meanings = Callable[[str], NDArray[np.float32]]
_IN_CONTRACTS = 8.0  # how much a sentence of a contract counts: what is fair among other terms is seldom written alone
_ALONE = "sentences"
_RARE = 2
_ROLES = "甲方授权乙方经销甲方的产品，乙方向甲方订货。"
_PAIR = re.compile("[甲乙]\\s*方")
SENTENCES = Path(__file__).parent / "contracts_sentences.yaml"
BANK = Path(__file__).parent / "contracts_bank"
_PART = 8  # characters of a quote's part that say which sentence is meant


@dataclass(frozen=True)
class Sample:
    """A sentence of a contract with the categories that were planted in it, and those it is known to be about."""

    contract: str
    clean: bool
    signals: Signals
    planted: frozenset[str]
    about: frozenset[str] = frozenset()

    @property
    def in_contract(self) -> bool:
        """Whether it stands in a contract, not alone."""
        return self.contract != _ALONE


@dataclass(frozen=True)
class Opened:
    """A contract that was described in YAML, as it is read from its file."""

    raw: Mapping[str, Any]
    contract: Contract
    kind: Contracts
    signals: Sequence[Signals]

    @property
    def risks(self) -> Sequence[Mapping[str, Any]]:
        """What was planted."""
        return self.raw["expect"].get("risks") or ()


def opened(folders: Sequence[Path]) -> Iterator[Opened]:
    with TemporaryDirectory() as folder:
        for file in sorted(file for each in folders for file in each.glob("*.yaml")):
            raw = plainyaml.load(file.read_text(encoding="utf-8"))
            path = written(raw, Path(folder))
            contract = contract_of(read(path.read_bytes(), path.name))
            kind = kind_of(contract)
            parties = parties_of(contract.masked)
            yield Opened(raw, contract, kind, signals_in(contract, load(), parties, Side(raw["side"]), kind))


def planted(folders: Sequence[Path]) -> Iterator[Sample]:
    for each in opened(folders):
        for signals in each.signals:
            text = re.sub(r"\s+", "", signals.sentence.text)
            found = frozenset(
                risk["category"] for risk in each.risks if is_meant(re.sub(r"\s+", "", risk["quote"]), text)
            )
            yield Sample(str(each.raw["id"]), bool(each.raw["expect"].get("clean")), signals, found, found)


def written_sentences() -> Iterator[Sample]:
    """Sentences that were written for learning, each a clause of a contract of its own."""
    raw = plainyaml.load(SENTENCES.read_text(encoding="utf-8"))
    for side, categories in raw.items():
        for category, kinds in categories.items():
            for kind, sentences in kinds.items():
                for sentence in sentences:
                    yield from _sample(sentence, Side(side), category, hard=kind == "hard")


def bank(half: int | None = None, *, by: str = "", not_by: str = "") -> Iterator[Sample]:
    """The sentence bank, one file or more a side; of a hard entry the last sentence is the one that is raised.

    ``half`` 0 is for learning, 1 is held out; by the text's own hash, so that an added sentence moves no other.
    ``by`` and ``not_by`` name an author, as the files' names end.
    """
    for file in sorted(BANK.glob("*.yaml")):
        first, _, author = file.stem.partition("_")
        if (by and author != by) or (not_by and author == not_by):
            continue
        side = Side(first)
        for category, kinds in plainyaml.load(file.read_text(encoding="utf-8")).items():
            for kind, sentences in kinds.items():
                for sentence in sentences:
                    if half is None or zlib.crc32(sentence.encode()) % 2 == half:
                        *before, last = _sample(sentence, side, category, hard=kind == "hard")
                        yield from (replace(each, planted=frozenset(), about=frozenset()) for each in before)
                        yield last


def _sample(sentence: str, side: Side, category: str, *, hard: bool) -> Iterator[Sample]:
    planted = frozenset({category}) if hard else frozenset()
    for signals in alone(sentence, side):
        yield Sample(_ALONE, False, signals, planted, frozenset({category}))


def alone(text: str, side: Side) -> list[Signals]:
    """What is noticed about sentences that stand in no contract."""
    block = Block(Kind.PARAGRAPH, f"第一条 {text.rstrip('。')}。", None)
    contract = contract_of(Document("sentence", "", "", (Page(None, block.text, (block,)),), ""))
    return signals_in(contract, load(), _parties(text), side, Contracts.DEALER)


def _parties(sentence: str) -> Parties:
    """Who is who in a sentence that stands alone; others than 甲方 and 乙方 are known by their words."""
    return parties_of(_ROLES) if _PAIR.search(sentence) else anybody()


def is_meant(quote: str, sentence: str) -> bool:
    """Whether the words planted stand in the sentence, all or one whole sentence of them; both without spaces."""
    if not quote:
        return False
    parts = [part for part in re.split("[。！？]", quote) if len(part) >= _PART]
    return quote in sentence or sentence in quote or any(part in sentence for part in parts)


def learn_risk(samples: Sequence[Sample], meanings: Meanings) -> RiskModel:
    """Whether a sentence is raised, from all of them; for what, from those whose category is known."""
    text, cues = _by_words(samples)
    subject, marks = _categories([each for each in samples if each.about])
    meaning, both = _with_meaning(samples, meanings)
    return RiskModel(LABELS, text, cues, subject, marks, meaning, both)


def _by_words(samples: Sequence[Sample]) -> tuple[TextModel, Linear]:
    rows = [sample.signals.grams() for sample in samples]
    bare, table = weighted(rows, rare=_RARE, idf=False)
    cues = vectors([sample.signals for sample in samples])
    mean, spread = cues.mean(axis=0), cues.std(axis=0) + 1e-6
    raised = np.array([[bool(sample.planted)] for sample in samples])
    both = sparse.hstack([table * _TEXT, sparse.csr_matrix((cues - mean) / spread * _CUES)]).tocsr().astype(np.float32)
    found = logistic(both, raised, strength=1.0, steps=200, sample_weights=_weights(samples))
    size = len(bare.kept)
    text = TextModel(bare.kept, bare.idf, found[:size] * _TEXT, np.zeros(1, np.float32))
    return text, Linear(mean, spread, found[size:-1] * _CUES, found[-1])


def _with_meaning(samples: Sequence[Sample], meanings: Meanings) -> tuple[Kernel, Linear]:
    """Learnt from sentences that words alone, of other authors, would have asked about or that were planted. Those that
    were written alone are left out: with them, authors who plant by effect are read worse."""
    contracts = [each for each in samples if each.in_contract]
    folds = np.array([zlib.crc32(each.contract.partition("-")[0].encode()) % _FOLDS for each in contracts])
    odds = _unseen_odds(samples, contracts, folds)
    chosen = [at for at, each in enumerate(contracts) if odds[at] > ASKED or each.planted]
    vectors_ = np.array([meanings(meant(contracts[at].signals.plain)) for at in chosen])
    planted_in = [contracts[at].planted for at in chosen]
    truth = np.array([[bool(each), *(name in each for name in LABELS)] for each in planted_in])
    senses = np.zeros((len(chosen), 1), np.float32)
    for fold in range(_FOLDS):
        held = folds[chosen] == fold
        senses[held] = learn_kernel(vectors_[~held], truth[~held], _SEEN).scores(vectors_[held])[:, :1]
    asked = odds[chosen] > ASKED
    both = learn_linear(np.column_stack([odds[chosen], senses])[asked], truth[asked, :1])
    return learn_kernel(vectors_, truth, _SEEN), both


def _unseen_odds(
    samples: Sequence[Sample], contracts: Sequence[Sample], folds: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Of each sentence of a contract, among the others, by the words of other authors."""
    odds = np.zeros(len(contracts), np.float32)
    alone_ = [each for each in samples if not each.in_contract]
    for fold in range(_FOLDS):
        held = np.flatnonzero(folds == fold)
        if len(held):
            others = [each for each, of in zip(contracts, folds, strict=True) if of != fold]
            text, cues = _by_words([*others, *alone_])
            signals = [contracts[int(at)].signals for at in held]
            odds[held] = (text.scores([each.grams() for each in signals]) + cues.scores(vectors(signals)))[:, 0]
    names = np.array([each.contract for each in contracts])
    for name in np.unique(names):
        odds[names == name] = among(odds[names == name])
    return odds


def _weights(samples: Sequence[Sample]) -> NDArray[np.float32]:
    return np.array([_IN_CONTRACTS if sample.in_contract else 1.0 for sample in samples], np.float32)


def weighted(rows: Sequence[NDArray[np.int64]], *, rare: int, idf: bool) -> tuple[TextModel, sparse.csr_matrix]:
    often = np.asarray(matrix(rows).sum(axis=0)).ravel()
    kept = np.flatnonzero(often >= rare).astype(np.int64)
    weights = np.log((1 + len(rows)) / (1 + often[kept])) + 1 if idf else np.ones(len(kept))
    bare = TextModel(kept, weights.astype(np.float32), np.zeros((len(kept), 1), np.float32), np.zeros(1, np.float32))
    return bare, bare.weighted(rows)


def _categories(samples: Sequence[Sample]) -> tuple[TextModel, Linear]:
    """What words and marks say together."""
    labels = np.array([[name in sample.about for name in LABELS] for sample in samples])
    bare, table = weighted([sample.signals.grams() for sample in samples], rare=_RARE, idf=True)
    marks = np.array([sample.signals.marks(LABELS) for sample in samples])
    mean, spread = marks.mean(axis=0), marks.std(axis=0) + 1e-6
    both = sparse.hstack([table * _SUBJECT, sparse.csr_matrix((marks - mean) / spread)]).tocsr().astype(np.float32)
    found = logistic(both, labels, strength=1.0, steps=100, sample_weights=_weights(samples))
    size = len(bare.kept)
    subject = TextModel(bare.kept, bare.idf, found[:size] * _SUBJECT, np.zeros(len(LABELS), np.float32))
    return subject, Linear(mean, spread, found[size:-1], found[-1])
