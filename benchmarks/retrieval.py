"""Finding the passage, quoting the answer and abstaining, on question sets in SQuAD's format.

    python -m benchmarks.retrieval --data DIR [--languages zh,en] [--json] [--cache DIR] [--words-only] [--train FILE]

Each question is asked twice: of the whole collection, and of the collection without the question's own passage, where
the only right answer is to abstain; passages of the same article stay, so it is not easy. ``--train`` learns the
coefficients of abstaining from the sets read and writes them as a module; its AUROC is then of held-out articles.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import Figure
from benchmarks.logistic import auroc, cross_validated, fit
from benchmarks.questions import Collection, Question, load
from core.language.embedder import E5Embedder
from core.language.tokens import search_tokens
from knowledge.abstaining import Found, confidence, meaning_signals, word_signals
from knowledge.coefficients import WORDS
from knowledge.quotes import answer_sentences
from knowledge.ranking import bm25, fuse

Ranking = list[tuple[int, float]]
Embed = Callable[[str], NDArray[np.float32]]


@dataclass(frozen=True)
class Index:
    """A collection as the desk would hold it."""

    collection: Collection
    cosines: NDArray[np.float32] | None

    @cached_property
    def terms(self) -> list[Counter[str]]:
        return [Counter(search_tokens(passage)) for passage in self.collection.passages]

    @cached_property
    def postings(self) -> dict[str, dict[int, int]]:
        postings: dict[str, dict[int, int]] = defaultdict(dict)
        for passage, terms in enumerate(self.terms):
            for term, count in terms.items():
                postings[term][passage] = count
        return dict(postings)

    @cached_property
    def lengths(self) -> dict[int, int]:
        return {passage: terms.total() for passage, terms in enumerate(self.terms)}

    def search(self, number: int, without: int | None = None) -> tuple[Found, Ranking, Ranking, Ranking]:
        """What was found and the rankings by words, by meaning and by both."""
        asked = dict.fromkeys(search_tokens(self.collection.questions[number].text))
        postings = {
            term: {passage: count for passage, count in self.postings[term].items() if passage != without}
            for term in asked
            if term in self.postings
        }
        total = len(self.lengths) - (without is not None)
        lexical = bm25(asked, postings, self.lengths, sum(self.lengths.values()) / len(self.lengths), total=total)
        dense: dict[int, float] = {}
        if self.cosines is not None:
            dense = {at: float(cosine) for at, cosine in enumerate(self.cosines[number]) if at != without}
        fused = fuse(dense, lexical)
        top = fused[0][0] if fused else 0
        found = Found(top, self.collection.passages[top], postings, total, lexical, dense or None)
        return found, fuse({}, lexical), fuse(dense, {}), fused


@dataclass
class Measured:
    """What is gathered over the questions of one collection."""

    ranks: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    quoted: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    answerable: list[bool] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    words: list[dict[str, float]] = field(default_factory=list)
    meaning: list[dict[str, float]] = field(default_factory=list)
    confidence: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def measure(index: Index, *, trained: bool) -> Measured:
    measured = Measured()
    for number, question in enumerate(index.collection.questions):
        found, words, meaning, both = index.search(number)
        measured.ranks["bm25"].append(_rank(words, question.passage, len(index.lengths)))
        if found.dense is not None:
            measured.ranks["dense"].append(_rank(meaning, question.passage, len(index.lengths)))
            measured.ranks["fused"].append(_rank(both, question.passage, len(index.lengths)))
        _quote(measured, index, question, both)
        for answerable, seen in ((True, found), (False, index.search(number, question.passage)[0])):
            measured.answerable.append(answerable)
            measured.articles.append(index.collection.articles[question.passage])
            measured.words.append(word_signals(question.text, seen))
            if seen.dense is not None:
                measured.meaning.append(meaning_signals(seen.top, seen.dense))
                measured.confidence["cosine"].append(max(seen.dense.values()))
            if not trained:
                measured.confidence[WORDS].append(confidence(question.text, seen))
                if seen.dense is not None:
                    sure = confidence(question.text, seen, embedder=E5Embedder.name)
                    measured.confidence["words+meaning"].append(sure)
    return measured


def _rank(ranking: Ranking, passage: int, last: int) -> int:
    return next((at for at, (found, _) in enumerate(ranking) if found == passage), last)


def _quote(measured: Measured, index: Index, question: Question, ranking: Ranking) -> None:
    passages = index.collection.passages
    own = answer_sentences(question.text, [passages[question.passage]])
    best = ranking[:3]
    found = answer_sentences(question.text, [passages[at] for at, _ in best], [score for _, score in best])
    for method, quotes in (("own passage", own), ("search", found)):
        text = "\n".join(quote.text for quote in quotes).casefold()
        measured.quoted[method].append(any(answer.casefold().strip() in text for answer in question.answers))


def figures(name: str, measured: Measured) -> Iterator[Figure]:
    for method in ("dense", "bm25", "fused"):
        ranks = np.array(measured.ranks[method])
        if len(ranks):
            yield Figure(dataset=name, method=method, metric="R@1", value=float((ranks < 1).mean()))
            yield Figure(dataset=name, method=method, metric="R@5", value=float((ranks < 5).mean()))
            yield Figure(dataset=name, method=method, metric="MRR", value=float((1 / (ranks + 1)).mean()))
    for method, hits in measured.quoted.items():
        yield Figure(dataset=name, method=f"two quotes, {method}", metric="holds answer", value=float(np.mean(hits)))
    for method, scores in measured.confidence.items():
        area = auroc(measured.answerable, scores)
        yield Figure(dataset=name, method=f"abstain, {method}", metric="AUROC", value=area)
        if method != "cosine":
            right = np.mean((np.array(scores) >= 0.5) == np.array(measured.answerable))
            yield Figure(dataset=name, method=f"abstain, {method}", metric="accuracy", value=float(right))


def train(measured: Mapping[str, Measured], out: Path) -> None:
    """Learn from all sets, each weighing the same by its size, and leave held-out confidences in ``measured``."""
    models: dict[str, dict[str, float]] = {}
    for method, key in ((WORDS, WORDS), ("words+meaning", E5Embedder.name)):
        sets = [_signals(each, with_meaning=key != WORDS) for each in measured.values()]
        if any(not len(rows) for _, rows in sets):
            continue
        names = sets[0][0]
        rows = np.vstack([rows for _, rows in sets])
        labels = np.concatenate([np.array(each.answerable, dtype=float) for each in measured.values()])
        groups = np.concatenate([np.array(each.articles) for each in measured.values()])
        likely = iter(cross_validated(rows, labels, groups))
        for each in measured.values():
            each.confidence[method] = [next(likely) for _ in each.answerable]
        intercept, coefficients = fit(rows, labels)
        models[key] = {"intercept": intercept} | dict(zip(names, coefficients.tolist(), strict=True))
    out.write_text(_module(models, list(measured)), encoding="utf-8")


def _signals(measured: Measured, *, with_meaning: bool) -> tuple[list[str], NDArray[np.float64]]:
    dicts: Sequence[Mapping[str, float]] = measured.words
    if with_meaning:
        dicts = [words | meaning for words, meaning in zip(measured.words, measured.meaning, strict=False)]
    return (list(dicts[0]) if dicts else []), np.array([list(each.values()) for each in dicts])


def _module(models: Mapping[str, Mapping[str, float]], names: Sequence[str]) -> str:
    lines = [
        '"""What abstaining has learned; written by ``python -m benchmarks.retrieval --train``.',
        "",
        f"Learned from {', '.join(names)}:",
        "XQuAD (CC BY-SA 4.0, google-deepmind/xquad) and CMRC 2018 (CC BY-SA 4.0, ymcui/cmrc2018).",
        "Only these numbers were kept, none of the texts.",
        '"""',
        "",
        'WORDS = "words"',
        "MODELS = {",
    ]
    for key, model in models.items():
        lines.append("    WORDS: {" if key == WORDS else f'    "{key}": {{')
        lines += [f'        "{name}": {value:.4f},' for name, value in model.items()]
        lines.append("    },")
    return "\n".join([*lines, "}", ""])


def cosines(collection: Collection, cache: Path | None) -> NDArray[np.float32]:
    embedder = E5Embedder()
    questions = [question.text for question in collection.questions]
    asked = _cached(cache, "query", questions, embedder.query)
    held = _cached(cache, "passage", collection.passages, lambda text: embedder.passages([text])[0])
    return asked @ held.T


def _cached(cache: Path | None, kind: str, texts: Sequence[str], embed: Embed) -> NDArray[np.float32]:
    """Vectors kept in one file by the hash of what they were made from."""
    key = hashlib.sha256("\0".join([E5Embedder.name, kind, *texts]).encode(errors="replace")).hexdigest()
    path = cache / f"{key[:32]}.npy" if cache else None
    if path and path.exists():
        vectors: NDArray[np.float32] = np.load(path)
        return vectors
    vectors = np.stack([embed(text) for text in texts])
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, vectors)
    return vectors


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.retrieval", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--data", type=Path, required=True, help="a folder with files in SQuAD's format, at any depth")
    parser.add_argument("--languages", default="zh,en", help="comma-separated; empty for all (default: zh,en)")
    parser.add_argument("--passages", type=int, default=300, help="take about so many of each set (default: 300)")
    parser.add_argument("--cache", type=Path, help="a folder to keep vectors in")
    parser.add_argument("--words-only", action="store_true", help="without the embedder")
    parser.add_argument("--train", type=Path, metavar="FILE", help="learn to abstain and write the coefficients")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    collections = load(given.data, frozenset(filter(None, given.languages.split(","))), given.passages)
    if not collections:
        print("No question set in SQuAD's format and one of these languages was found.", file=sys.stderr)
        return 2
    measured: dict[str, Measured] = {}
    for collection in collections:
        near = None if given.words_only else cosines(collection, given.cache)
        measured[collection.name] = measure(Index(collection, near), trained=given.train is not None)
    if given.train:
        train(measured, given.train)
    found = [figure for name, each in measured.items() for figure in figures(name, each)]
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for figure in found:
            print(f"{figure['dataset']:24} {figure['method']:28} {figure['metric']:14} {figure['value']:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
