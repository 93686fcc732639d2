"""Learning which sentences of a Chinese contract are raised, and for what, from contracts with planted risks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy import sparse

from benchmarks.contracts_fitting import learn_linear, logistic
from benchmarks.contracts_synthetic import written
from core.contracts.features import matrix
from core.contracts.findings import Kind as Contracts
from core.contracts.findings import Side
from core.contracts.missing import kind_of
from core.contracts.parties import parties_of
from core.contracts.playbook import load
from core.contracts.risk import RiskModel
from core.contracts.scoring import Linear, TextModel
from core.contracts.signals import Signals, signals_in, vectors
from core.contracts.text import contract_of
from core.reading import read
from core.reading.document import Block, Document, Kind, Page

LABELS = tuple(load().cues["topics"])
_TEXT, _CUES = 3.0, 0.3  # how much the characters and the cues may weigh in the ridge
_RARE = 2
_ROLES = "甲方授权乙方经销甲方的产品，乙方向甲方订货。"
SENTENCES = Path(__file__).parent / "contracts_sentences.yaml"
_PART = 8  # characters of a quote's part that say which sentence is meant


@dataclass(frozen=True)
class Sample:
    """A sentence of a contract with the categories that were planted in it."""

    contract: str
    clean: bool
    signals: Signals
    planted: frozenset[str]


def planted(folders: Sequence[Path]) -> Iterator[Sample]:
    with TemporaryDirectory() as folder:
        for file in sorted(file for each in folders for file in each.glob("*.yaml")):
            raw = yaml.safe_load(file.read_text(encoding="utf-8"))
            path = written(raw, Path(folder))
            contract = contract_of(read(path.read_bytes(), path.name))
            side = Side(raw["side"])
            parties = parties_of(contract.masked)
            risks = raw["expect"].get("risks") or []
            for signals in signals_in(contract, load(), parties, side, kind_of(contract)):
                text = re.sub(r"\s+", "", signals.sentence.text)
                found = frozenset(
                    risk["category"] for risk in risks if _is_meant(re.sub(r"\s+", "", risk["quote"]), text)
                )
                yield Sample(str(raw["id"]), bool(raw["expect"].get("clean")), signals, found)


def written_sentences() -> Iterator[Sample]:
    """Sentences that were written for learning, each a clause of a contract of its own."""
    raw = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    for side, categories in raw.items():
        for category, kinds in categories.items():
            for kind, sentences in kinds.items():
                for sentence in sentences:
                    yield from _sample(sentence, Side(side), category, hard=kind == "hard")


def _sample(sentence: str, side: Side, category: str, *, hard: bool) -> Iterator[Sample]:
    block = Block(Kind.PARAGRAPH, f"第一条 {sentence}", None)
    contract = contract_of(Document("sentence", "", "", (Page(None, block.text, (block,)),), ""))
    planted = frozenset({category}) if hard else frozenset()
    for signals in signals_in(contract, load(), parties_of(contract.masked + _ROLES), side, Contracts.DEALER):
        yield Sample("sentences", False, signals, planted)


def _is_meant(quote: str, sentence: str) -> bool:
    if not quote:
        return False
    parts = [part for part in re.split("[。！？]", quote) if len(part) >= _PART]
    return quote in sentence or sentence in quote or any(part in sentence for part in parts)


def learn_risk(samples: Sequence[Sample]) -> RiskModel:
    rows = [sample.signals.grams() for sample in samples]
    often = np.asarray(matrix(rows).sum(axis=0)).ravel()
    kept = np.flatnonzero(often >= _RARE).astype(np.int64)
    bare = TextModel(
        kept, np.ones(len(kept), np.float32), np.zeros((len(kept), 1), np.float32), np.zeros(1, np.float32)
    )
    table = bare.weighted(rows)
    cues = vectors([sample.signals for sample in samples])
    mean, spread = cues.mean(axis=0), cues.std(axis=0) + 1e-6
    raised = np.array([[bool(sample.planted)] for sample in samples])
    both = sparse.hstack([table * _TEXT, sparse.csr_matrix((cues - mean) / spread * _CUES)]).tocsr().astype(np.float32)
    found = logistic(both, raised, strength=1.0, steps=200)
    text = TextModel(kept, bare.idf, found[: len(kept)] * _TEXT, np.zeros(1, np.float32))
    weighed = Linear(mean, spread, found[len(kept) : -1] * _CUES, found[-1])
    likeness, fit = _categories(samples, table, bare)
    return RiskModel(LABELS, text, weighed, likeness, fit)


def _categories(samples: Sequence[Sample], table: sparse.csr_matrix, bare: TextModel) -> tuple[TextModel, Linear]:
    """The mean of what was planted in each category; its own sentence left out while the weights are learnt."""
    usual = np.asarray(table.mean(axis=0)).ravel()
    places = np.array([at for at, sample in enumerate(samples) if sample.planted])
    members = [[at for at in places if name in samples[at].planted] for name in LABELS]
    sums = [np.asarray(table[of].sum(axis=0)).ravel() if of else np.zeros(len(usual)) for of in members]
    signals, marks = [], []
    for at in places:
        own = np.asarray(table[at].todense()).ravel()
        for name, of, total in zip(LABELS, members, sums, strict=True):
            inside = at in of
            mean = _direction(total - own * inside, len(of) - inside, usual)
            signals.append(samples[at].signals.about(name, float(own @ mean)))
            marks.append([name in samples[at].planted])
    fit = learn_linear(np.array(signals, np.float32), np.array(marks))
    columns = [_direction(total, len(of), usual) for total, of in zip(sums, members, strict=True)]
    weights = np.column_stack(columns).astype(np.float32)
    return TextModel(bare.kept, bare.idf, weights, np.zeros(len(LABELS), np.float32)), fit


def _direction(total: NDArray[np.float64], count: int, usual: NDArray[np.float64]) -> NDArray[np.float64]:
    if count <= 0:
        return np.zeros(len(usual))
    mean = total / count - usual
    return np.asarray(mean / (np.linalg.norm(mean) + 1e-9))
