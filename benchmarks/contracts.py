"""Reading contracts: kinds of clause (CUAD), unfair terms (Claudette), hypotheses (ContractNLI).

    python -m benchmarks.contracts [--cuad FILE] [--unfair FILE] [--nli FILE] [--split test|all] [--json]

With ``--split test`` only files whose sha1(name) % 5 is 1 are measured, which nothing was learnt from, beside a
baseline that is learnt from the other files of the same set: logistic regression on words and pairs of words.
Without it every file counts, as it should for other sets than those that the models were learnt from.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, precision_recall_curve
from sklearn.multiclass import OneVsRestClassifier

from benchmarks import contracts_data as data
from benchmarks.contracts_nli import CHOICES, hypotheses
from benchmarks.figures import Figure
from core.contracts.clause_types import clause_types, units_of
from core.contracts.risk import own_embedder
from core.contracts.unfair import LANGUAGES, unfair_terms

CHANNEL = (
    "Exclusivity",
    "Minimum Commitment",
    "Price Restrictions",
    "Liquidated Damages",
    "Non-Compete",
    "Termination For Convenience",
    "Anti-Assignment",
)
RECALL = 0.8
_NONE = -30.0
Table = NDArray[Any]


def measure_cuad(path: Path, split: str, baseline: bool) -> Iterator[Figure]:
    everything = data.cuad(path)
    chosen = [each for each in everything if split == "all" or data.part_of(each.file) == data.TEST] or everything
    model = clause_types()
    started = time.process_time()
    seen = [model.see(each.text) for each in chosen]
    yield figure("CUAD", "qudao", "CPU s a contract", (time.process_time() - started) / len(chosen))
    truth = [data.labels_of(c, s.units.paragraphs, model.labels) for c, s in zip(chosen, seen, strict=True)]
    yield from judged("qudao", truth, [each.scores for each in seen], model.labels, [each.present for each in seen])
    rest = [each for each in everything if data.part_of(each.file) != data.TEST]
    if baseline and rest and split != "all":
        yield from judged("TF-IDF", truth, cuad_baseline(rest, chosen, model.labels), model.labels)


def cuad_baseline(train: Sequence[data.Marked], test: Sequence[data.Marked], names: Sequence[str]) -> list[Table]:
    def paragraphs(contract: data.Marked) -> list[str]:
        return [contract.text[start:end] for start, end in units_of(contract.text).paragraphs]

    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=3, max_features=60_000)
    table = vectorizer.fit_transform([text for each in train for text in paragraphs(each)])
    labels = np.vstack([data.labels_of(each, units_of(each.text).paragraphs, names) for each in train])
    model = OneVsRestClassifier(LogisticRegression(C=10, solver="liblinear")).fit(table, labels)
    return [model.decision_function(vectorizer.transform(paragraphs(each))) for each in test]


def judged(
    method: str,
    truth: Sequence[Table],
    scores: Sequence[Table],
    names: Sequence[str],
    presence: Sequence[Table] | None = None,
) -> Iterator[Figure]:
    marks, odds = np.vstack(truth), np.vstack(scores)
    present = np.array([each.any(axis=0) for each in truth])
    best = np.array(presence or [each.max(axis=0) for each in scores])
    precision, recall, _ = precision_recall_curve(marks.ravel(), odds.ravel())
    yield figure("CUAD", method, "paragraph micro AUPR", average_precision_score(marks.ravel(), odds.ravel()))
    yield figure("CUAD", method, "precision at 80 % recall", float(precision[recall >= RECALL].max()))
    yield figure("CUAD", method, "presence in a contract, AP", average_precision_score(present.ravel(), best.ravel()))
    for name in CHANNEL:
        at = list(names).index(name)
        if marks[:, at].any():
            yield figure("CUAD", method, f"{name}, AUPR", average_precision_score(marks[:, at], odds[:, at]))


def measure_unfair(path: Path, split: str, baseline: bool) -> Iterator[Figure]:
    documents = data.claudette(path)
    for language in LANGUAGES:
        spoken = [each for each in documents if each.language == language]
        chosen = [each for each in spoken if split == "all" or data.part_of(each.document) == data.TEST]
        chosen = chosen or spoken
        if not chosen:
            continue
        truth = np.array([bool(kinds) for each in chosen for kinds in each.unfair])
        model = unfair_terms(language)
        started = time.process_time()
        odds = np.concatenate([model.scores(each.sentences, own_embedder())[0] for each in chosen])
        yield figure("Claudette", "qudao", f"F1 {language}", f1_score(truth, odds > 0))
        yield figure("Claudette", "qudao", f"AP {language}", average_precision_score(truth, odds))
        cost = (time.process_time() - started) / len(chosen)
        yield figure("Claudette", "qudao", f"CPU s a document, {language}", cost)
        rest = [each for each in spoken if data.part_of(each.document) != data.TEST]
        if baseline and rest and split != "all":
            yield figure("Claudette", "TF-IDF", f"F1 {language}", f1_score(truth, unfair_baseline(rest, chosen)))


def unfair_baseline(train: Sequence[data.Terms], test: Sequence[data.Terms]) -> Table:
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    table = vectorizer.fit_transform([text for each in train for text in each.sentences])
    labels = [bool(kinds) for each in train for kinds in each.unfair]
    model = LogisticRegression(C=10, class_weight="balanced", max_iter=1_000).fit(table, labels)
    found: Table = model.predict(vectorizer.transform([text for each in test for text in each.sentences]))
    return found


def measure_nli(path: Path, split: str, baseline: bool) -> Iterator[Figure]:
    documents = data.contractnli(path)["documents"]
    chosen = [each for each in documents if split == "all" or data.part_of(each["file_name"]) == data.TEST] or documents
    model = hypotheses()
    pairs = [pair for each in chosen for pair in _choices(each, model.judge(sentences_of(each)))]
    truth, found = zip(*pairs, strict=True)
    yield from _nli_figures("qudao", truth, found)
    if baseline and split != "all":
        usual = {label: _commonest(documents, label) for label in model.labels}
        pairs = [pair for each in chosen for pair in _choices(each, usual)]
        yield from _nli_figures("most common choice", *zip(*pairs, strict=True))


def sentences_of(document: dict[str, Any]) -> list[str]:
    return [document["text"][start:end] for start, end in document["spans"]]


def _choices(document: dict[str, Any], found: dict[str, str]) -> Iterator[tuple[str, str]]:
    for label, annotation in document["annotation_sets"][0]["annotations"].items():
        yield annotation["choice"], found[label]


def _commonest(documents: Sequence[dict[str, Any]], label: str) -> str:
    rest = [each for each in documents if data.part_of(each["file_name"]) != data.TEST]
    choices = [each["annotation_sets"][0]["annotations"][label]["choice"] for each in rest]
    return max(CHOICES, key=choices.count)


def _nli_figures(method: str, truth: Sequence[str], found: Sequence[str]) -> Iterator[Figure]:
    yield figure("ContractNLI", method, "accuracy", float(np.mean([a == b for a, b in zip(truth, found, strict=True)])))
    for choice in CHOICES:
        marks, seen = [each == choice for each in truth], [each == choice for each in found]
        yield figure("ContractNLI", method, f"{choice}, F1", f1_score(marks, seen, zero_division=0.0))


def figure(dataset: str, method: str, metric: str, value: float) -> Figure:
    return Figure(dataset=dataset, method=method, metric=metric, value=round(float(value), 4))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.contracts", description=__doc__)
    for name in ("cuad", "unfair", "nli"):
        parser.add_argument(f"--{name}", type=Path, metavar="FILE")
    parser.add_argument(
        "--split", choices=("test", "all"), default="all", help="test: only what nothing was learnt from"
    )
    parser.add_argument("--no-baseline", action="store_true", help="ours alone, in a fraction of the time")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    found: list[Figure] = []
    for file, measure in ((given.cuad, measure_cuad), (given.unfair, measure_unfair), (given.nli, measure_nli)):
        if file:
            found += measure(file, given.split, not given.no_baseline)
    found.append(figure("all", "all", "peak memory MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for each in found:
            print(f"{each['dataset']:12} {each['method']:20} {each['metric']:38} {each['value']:10.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
