"""Learning the models that ship with core.contracts; the texts themselves are never kept.

    python -m benchmarks.contracts_training --out DIR [--cuad FILE] [--unfair FILE] [--nli FILE]
                                            [--synthetic DIR…] [--presence DIR…]

What benchmarks.contracts measures by default, files whose sha1(name) % 5 is 1, is left out.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import contracts_data as data
from benchmarks import contracts_nli
from benchmarks.contracts_fitting import learn_linear, learn_text
from benchmarks.contracts_nli import CHOICES, decisive
from benchmarks.contracts_presence import learn_presence
from benchmarks.contracts_risk import bank, learn_risk, planted, written_sentences
from benchmarks.contracts_unfair import train_unfair
from core.contracts.clause_types import (
    SIGNALS,
    first_scores,
    presence_signals,
    rows_of,
    signals_of,
    units_of,
    weighed,
)
from core.contracts.features import hashes, words
from core.contracts.scoring import Linear, TextModel
from core.language.embedder import E5Embedder

FEATURES = 40_000
FOLDS = 3
NLI_FEATURES, NLI_FOLDS = 12_000, 5


def train_cuad(path: Path) -> dict[str, NDArray[Any]]:
    """First the texts, fold by fold, so that the second step learns from scores that saw nothing of the contract."""
    contracts = [each for each in data.cuad(path) if data.part_of(each.file) != data.TEST]
    names = sorted({name for each in contracts for name, _, _ in each.spans})
    units = [units_of(each.text) for each in contracts]
    folds = np.array([sum(each.file.encode()) % FOLDS for each in contracts])
    rows = {"paragraphs": [rows_of(c.text, u.paragraphs) for c, u in zip(contracts, units, strict=True)]}
    rows["sentences"] = [rows_of(c.text, u.sentences) for c, u in zip(contracts, units, strict=True)]
    labels = {
        kind: [data.labels_of(c, getattr(u, kind), names) for c, u in zip(contracts, units, strict=True)]
        for kind in rows
    }

    def learn(kind: str, chosen: NDArray[np.bool_]) -> TextModel:
        table = [row for at in np.flatnonzero(chosen) for row in rows[kind][at]]
        truth = np.vstack([labels[kind][at] for at in np.flatnonzero(chosen)])
        print(kind, len(table), flush=True)
        return learn_text(table, truth, features=FEATURES)

    signals: dict[int, NDArray[np.float32]] = {}
    for fold in range(FOLDS):
        first, second = learn("paragraphs", folds != fold), learn("sentences", folds != fold)
        for at in np.flatnonzero(folds == fold):
            whole, best, _ = first_scores(contracts[at].text, units[at], first, second)
            signals[int(at)] = signals_of(whole, best, units[at])
    table = np.concatenate([signals[at] for at in range(len(contracts))])
    truth = np.vstack(labels["paragraphs"])
    everything = np.ones(len(contracts), dtype=bool)
    arrays = learn("paragraphs", everything).arrays("paragraphs") | learn("sentences", everything).arrays("sentences")
    arrays |= _second_step(table, truth) | {"labels": np.array(names)}
    return arrays | _presence(arrays, [signals[at] for at in range(len(contracts))], labels["paragraphs"])


def _second_step(signals: NDArray[np.float32], truth: NDArray[np.bool_]) -> dict[str, NDArray[Any]]:
    mean, spread = signals.mean(axis=0), signals.std(axis=0) + 1e-6
    own = np.zeros((SIGNALS, truth.shape[1]), np.float32)
    bias = np.zeros(truth.shape[1], np.float32)
    for at in range(truth.shape[1]):
        model = learn_linear(signals[:, at], truth[:, [at]])
        own[:, at], bias[at] = model.weights[:, 0], model.bias[0]
        mean[at], spread[at] = model.mean, model.spread
    flat, marks = signals.reshape(-1, SIGNALS), truth.reshape(-1)
    drawn = np.random.default_rng(1).random(len(marks)) < 0.1
    kept = marks | drawn
    weights = np.where(marks[kept], 1.0, 10.0).astype(np.float32)
    shared = learn_linear(flat[kept], marks[kept][:, None], sample_weights=weights)
    each = Linear(np.zeros(SIGNALS, np.float32), np.ones(SIGNALS, np.float32), own, bias)
    return each.arrays("own") | shared.arrays("shared") | {"own_mean": mean, "own_spread": spread}


def _presence(
    arrays: dict[str, NDArray[Any]], signals: Sequence[NDArray[np.float32]], truth: Sequence[NDArray[np.bool_]]
) -> dict[str, NDArray[Any]]:
    """Whether a contract has a kind at all."""
    own, shared = Linear.of(arrays, "own"), Linear.of(arrays, "shared")
    rows = [
        presence_signals(each, weighed(each, own, shared, arrays["own_mean"], arrays["own_spread"])) for each in signals
    ]
    marks = np.concatenate([each.any(axis=0) for each in truth])
    return learn_linear(np.vstack(rows), marks[:, None]).arrays("presence")


def train_nli(path: Path) -> dict[str, NDArray[Any]]:
    """Sentences that are evidence for a hypothesis or against it; then documents by their best sentences."""
    whole = data.contractnli(path)
    names = sorted(whole["labels"])
    documents = [each for each in whole["documents"] if data.part_of(each["file_name"]) != data.TEST]
    rows = [[hashes(words(each["text"][start:end])) for start, end in each["spans"]] for each in documents]
    truth = [_evidence(each, names) for each in documents]
    folds = np.arange(len(documents)) % NLI_FOLDS

    def learn(chosen: NDArray[np.bool_]) -> TextModel:
        table = [row for at in np.flatnonzero(chosen) for row in rows[at]]
        labels = np.vstack([truth[at] for at in np.flatnonzero(chosen)])
        return learn_text(table, labels, features=NLI_FEATURES, strength=20.0, steps=60, rare=2)

    signals, choices = [], []
    for fold in range(NLI_FOLDS):
        model = learn(folds != fold)
        for at in np.flatnonzero(folds == fold):
            signals.append(decisive(model.scores(rows[at]), len(names)))
            annotations = documents[at]["annotation_sets"][0]["annotations"]
            choices += [[annotations[name]["choice"] == choice for choice in CHOICES] for name in names]
    decide = learn_linear(np.vstack(signals), np.array(choices))
    text = learn(np.ones(len(documents), dtype=bool))
    return text.arrays("text") | decide.arrays("decide") | {"labels": np.array(names)}


def _evidence(document: dict[str, Any], names: Sequence[str]) -> NDArray[np.bool_]:
    marks = np.zeros((len(document["spans"]), 2 * len(names)), dtype=bool)
    for at, name in enumerate(names):
        annotation = document["annotation_sets"][0]["annotations"][name]
        column = at if annotation["choice"] == "Entailment" else at + len(names)
        marks[annotation["spans"], column] = True
    return marks


def train_risk(folders: Sequence[Path]) -> dict[str, NDArray[Any]]:
    embedder = E5Embedder()
    samples = [*planted(folders), *written_sentences(), *bank()]
    model = learn_risk(samples, lambda text: embedder.passages([text])[0])
    texts = model.text.arrays("text") | model.subject.arrays("subject")
    signals = model.cues.arrays("cues") | model.marks.arrays("marks") | model.both.arrays("both")
    return texts | signals | model.meaning.arrays("meaning") | {"labels": np.array(model.labels)}


def train_presence(folders: Sequence[Path]) -> dict[str, NDArray[Any]]:
    """Which clauses a Chinese contract has."""
    model = learn_presence(folders)
    linear = {name: getattr(model, name) for name in ("meaning", "whole", "by_words")}
    arrays = model.text.arrays("text") | {"labels": np.array(model.labels)}
    return arrays | {key: each for name, one in linear.items() for key, each in one.arrays(name).items()}


def _save(path: Path, arrays: dict[str, NDArray[Any]]) -> None:
    np.savez_compressed(path, allow_pickle=False, **arrays)
    print(path, path.stat().st_size, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.contracts_training", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the arrays go")
    parser.add_argument("--cuad", type=Path, metavar="FILE")
    parser.add_argument("--unfair", type=Path, metavar="FILE")
    parser.add_argument("--nli", type=Path, metavar="FILE")
    parser.add_argument(
        "--synthetic", type=Path, nargs="+", metavar="DIR", help="contracts in which risks were planted"
    )
    parser.add_argument(
        "--presence",
        type=Path,
        nargs="+",
        metavar="DIR",
        help="contracts that lack clauses; learns with the risk.npz that ships",
    )
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    if given.cuad:
        _save(given.out / "cuad.npz", train_cuad(given.cuad))
    if given.unfair:
        _save(given.out / "unfair.npz", train_unfair(given.unfair))
    if given.nli:
        _save(Path(contracts_nli.__file__).with_suffix(".npz"), train_nli(given.nli))
    if given.synthetic:
        _save(given.out / "risk.npz", train_risk(given.synthetic))
    if given.presence:
        _save(given.out / "presence.npz", train_presence(given.presence))
    return 0


if __name__ == "__main__":
    sys.exit(main())
