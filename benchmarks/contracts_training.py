"""Learning the models that ship with core.contracts; the texts themselves are never kept.

    python -m benchmarks.contracts_training --out DIR [--cuad FILE] [--unfair FILE] [--nli FILE] [--synthetic DIR…]

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
from benchmarks.contracts_risk import learn_risk, planted
from core.contracts.clause_types import SIGNALS, first_scores, rows_of, signals_of, units_of
from core.contracts.scoring import Linear, TextModel
from core.contracts.training import learn_linear, learn_text

FEATURES = 40_000
FOLDS = 3


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
    return arrays | _second_step(table, truth) | {"labels": np.array(names)}


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


def train_risk(folders: Sequence[Path]) -> dict[str, NDArray[Any]]:
    model = learn_risk(list(planted(folders)))
    texts = model.text.arrays("text") | model.likeness.arrays("likeness")
    return texts | model.cues.arrays("cues") | model.fit.arrays("fit") | {"labels": np.array(model.labels)}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.contracts_training", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the arrays go")
    parser.add_argument("--cuad", type=Path, metavar="FILE")
    parser.add_argument(
        "--synthetic", type=Path, nargs="+", metavar="DIR", help="contracts in which risks were planted"
    )
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    if given.cuad:
        np.savez_compressed(given.out / "cuad.npz", **train_cuad(given.cuad))
    if given.synthetic:
        np.savez_compressed(given.out / "risk.npz", **train_risk(given.synthetic))
    return 0


if __name__ == "__main__":
    sys.exit(main())
