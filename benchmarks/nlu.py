"""Which intent a text has: ours beside logistic regression on e5 alone, on any labelled texts (CSV: text, label)."""

import argparse
import csv
import json
import random
import resource
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from agents.offline.intents import IntentClassifier
from benchmarks.figures import Figure
from benchmarks.logistic import auroc
from core.language.embedder import Embedder, RememberingEmbedder, load_embedder
from core.language.normalise import fold

SEEDS = 5
REJECTED = 0.05
Vector = NDArray[np.float32]


class Method(Protocol):
    """What is measured: labels, and how much each text looks like those that were learnt."""

    name: str

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None: ...

    def judge(self, texts: Sequence[str]) -> tuple[list[str], list[float], list[bool]]: ...


class Ours:
    name = "qudao"

    def __init__(self, embedder: Embedder, seed: int) -> None:
        self._classifier = IntentClassifier(seed=seed, embedder=embedder)

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        self._classifier.fit(texts, labels)

    def judge(self, texts: Sequence[str]) -> tuple[list[str], list[float], list[bool]]:
        found = self._classifier.predict(texts)
        return [one.label for one in found], [one.familiarity for one in found], [one.in_scope for one in found]


class Baseline:
    """Logistic regression on e5 as it comes; the likelier its best label, the more in scope."""

    name = "e5 + logistic regression"

    def __init__(self, embedder: Embedder, seed: int) -> None:
        from sklearn.linear_model import LogisticRegression

        self._embedder = embedder
        self._model: Any = LogisticRegression(C=30, max_iter=300, random_state=seed)

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        self._model.fit(self._vectors(texts), list(labels))

    def judge(self, texts: Sequence[str]) -> tuple[list[str], list[float], list[bool]]:
        likely = self._model.predict_proba(self._vectors(texts))
        best = likely.argmax(axis=1)
        return [str(self._model.classes_[place]) for place in best], list(likely.max(axis=1)), [True] * len(texts)

    def _vectors(self, texts: Sequence[str]) -> Vector:
        return np.stack([self._embedder.query(fold(text)) for text in texts])


@dataclass(frozen=True)
class Labelled:
    texts: list[str]
    labels: list[str]

    def some(self, per_class: int, seed: int) -> "Labelled":
        """So many examples a label, drawn by the seed; all of them where there are fewer."""
        places = list(range(len(self.texts)))
        random.Random(seed).shuffle(places)
        taken: dict[str, list[int]] = {}
        for place in places:
            taken.setdefault(self.labels[place], []).append(place)
        kept = sorted(place for chosen in taken.values() for place in chosen[:per_class])
        return Labelled([self.texts[place] for place in kept], [self.labels[place] for place in kept])


def read(file: Path) -> Labelled:
    """The label may be missing: texts that are out of scope have none."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    return Labelled([row["text"] for row in rows], [row.get("label") or "" for row in rows])


def measure(method: Method, train: Labelled, test: Labelled, foreign: Labelled | None) -> dict[str, float]:
    """The figures of one run; embedding is counted by itself."""
    started = time.process_time()
    method.fit(train.texts, train.labels)
    fitted = time.process_time()
    labels, scores, inside = method.judge(test.texts)
    judged = time.process_time()
    found = {
        "accuracy": fmean(a == b for a, b in zip(labels, test.labels, strict=True)),
        "in scope rejected by its gate": 1 - fmean(inside),
        "training CPU s": fitted - started,
        "CPU ms a text without embedding": (judged - fitted) / len(test.texts) * 1000,
    }
    if foreign is not None:
        _, far, gate = method.judge(foreign.texts)
        found |= out_of_scope(scores, far) | {"out-of-scope recall by its gate": 1 - fmean(gate)}
    return found


def out_of_scope(near: Sequence[float], far: Sequence[float]) -> dict[str, float]:
    """What is found of the foreign where one text in twenty of our own is rejected."""
    threshold = float(np.quantile(np.array(near), REJECTED))
    return {
        "out-of-scope recall at 5 % rejected": fmean(score < threshold for score in far),
        "out-of-scope AUROC": auroc([True] * len(near) + [False] * len(far), [*near, *far]),
    }


def figures(
    dataset: str, train: Labelled, test: Labelled, foreign: Labelled | None, per_class: int | None, embedder: Embedder
) -> Iterator[Figure]:
    """The mean of the seeds where examples are drawn, one run with all of them else."""
    kept = RememberingEmbedder(embedder)
    parts = [train.some(per_class, seed) for seed in range(SEEDS)] if per_class else [train]
    embedding = _embed([*parts, test, *([foreign] if foreign is not None else [])], kept)
    for make in (Ours, Baseline):
        runs = [measure(make(kept, seed), part, test, foreign) for seed, part in enumerate(parts)]
        means = {metric: fmean(run[metric] for run in runs) for metric in runs[0]}
        means["CPU ms a text"] = means["CPU ms a text without embedding"] + embedding
        for metric, value in means.items():
            yield Figure(dataset=dataset, method=make.name, metric=metric, value=round(value, 4))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure(dataset=dataset, method="all", metric="peak memory MB", value=round(peak, 1))


def _embed(parts: Iterable[Labelled], embedder: Embedder) -> float:
    """Every text once, ahead of the methods; milliseconds of processor time a text."""
    texts = {fold(text) for part in parts for text in part.texts}
    started = time.process_time()
    for text in sorted(texts):
        embedder.query(text)
    return (time.process_time() - started) / len(texts) * 1000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nlu", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--train", type=Path, required=True, metavar="FILE", help="CSV with the columns text, label")
    parser.add_argument("--test", type=Path, required=True, metavar="FILE", help="the same, to be recognised")
    parser.add_argument("--oos", type=Path, metavar="FILE", help="texts that have none of the labels")
    parser.add_argument("--per-class", type=int, metavar="N", help=f"train on N examples a label, {SEEDS} times")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    embedder = load_embedder("auto")
    assert embedder is not None
    foreign = read(given.oos) if given.oos else None
    found = list(figures(given.train.stem, read(given.train), read(given.test), foreign, given.per_class, embedder))
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for figure in found:
            print(f"{figure['dataset']:16} {figure['method']:26} {figure['metric']:38} {figure['value']:10.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
