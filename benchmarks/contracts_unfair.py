"""Learning which sentences of standard terms are unfair, from Claudette's; the texts aren't kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.svm import SVC

from benchmarks import contracts_data as data
from benchmarks.contracts_fitting import learn_linear, learn_text, logistic
from core.contracts.features import hashes, matrix, pieces, words
from core.contracts.scoring import GAMMA, Floats, Kernel, TextModel
from core.contracts.unfair import ASKED, LANGUAGES, meanings, signals_of
from core.language.embedder import E5Embedder, Embedder

_FEATURES, _FOLDS = 24_000, 5
_RARE = 2
_UNFAIR_COUNTS = 2  # times as much as a fair one, by meaning
_STRICT = 3.0  # how much a sentence on the wrong side costs
_LOGISTIC = 2.0  # what makes the distance from a border odds
Marks = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Terms:
    """A document: its sentences' features, and which are unfair (first column) and of what kind."""

    language: str
    sentences: Sequence[str]
    fold: int
    pieces: Sequence[NDArray[np.int64]]
    words: Sequence[NDArray[np.int64]]
    truth: Marks


def train_unfair(path: Path) -> dict[str, NDArray[Any]]:
    """Sentence by sentence, then with the scores around each, learnt from documents the first step hadn't seen."""
    chosen = [each for each in data.claudette(path) if data.part_of(each.document) != data.TEST]
    kinds = sorted({kind for each in chosen for sentence in each.unfair for kind in sentence})
    documents = [_terms(each, kinds) for each in chosen]
    embedder = _Remembering()
    unseen = _by_others(documents, embedder)
    arrays: dict[str, NDArray[Any]] = {"labels": np.array(kinds)}
    texts = {language: _by_words(documents, language) for language in LANGUAGES}
    arrays |= _by_meaning(documents, [texts[each.language][0] for each in documents], embedder).arrays("meaning")
    for language in LANGUAGES:
        text, telling = texts[language]
        arrays |= text.arrays(f"{language}_text") | telling.arrays(f"{language}_telling")
        for name, with_meaning in (("with_meaning", True), ("by_words", False)):
            spoken = [pair for pair in zip(documents, unseen, strict=True) if pair[0].language == language]
            tables = [
                signals_of(scores.said, scores.telling, scores.meant if with_meaning else None, each.sentences)
                for each, scores in spoken
            ]
            arrays |= _decision([each for each, _ in spoken], tables, f"{language}_{name}")
    return arrays


@dataclass(frozen=True, eq=False)
class _Scores:
    """What models say of a document that they haven't seen."""

    said: Floats
    telling: Floats
    meant: Floats


class _Remembering:
    """Each sentence is embedded once, however often it is learnt from."""

    name = E5Embedder.name
    dimensions = E5Embedder.dimensions

    def __init__(self) -> None:
        self._embedder = E5Embedder()
        self._known: dict[str, NDArray[np.float32]] = {}

    def query(self, text: str) -> NDArray[np.float32]:
        return self._embedder.query(text)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        for text in texts:
            if text not in self._known:
                self._known[text] = self._embedder.passages([text])[0]
        return np.array([self._known[text] for text in texts])


def _terms(document: data.Terms, kinds: Sequence[str]) -> Terms:
    return Terms(
        document.language,
        document.sentences,
        sum(document.document.encode()) % _FOLDS,
        [hashes(pieces(sentence)) for sentence in document.sentences],
        [hashes(words(sentence)) for sentence in document.sentences],
        np.array([[bool(on), *(kind in on for kind in kinds)] for on in document.unfair]),
    )


def _by_others(documents: Sequence[Terms], embedder: Embedder) -> list[_Scores]:
    """A document and its translation are in the same fold."""
    said = _unseen(documents, lambda others, language: _by_words(others, language)[0], lambda each: each.pieces)
    telling = _unseen(documents, lambda others, language: _by_words(others, language)[1], lambda each: each.words)
    meant: list[Floats] = [np.empty(0, np.float32)] * len(documents)
    for fold in range(_FOLDS):
        others = [at for at, each in enumerate(documents) if each.fold != fold]
        model = _kernel(np.concatenate([said[at] for at in others]), [documents[at] for at in others], embedder)
        for at, each in enumerate(documents):
            if each.fold == fold:
                meant[at] = meanings(model, said[at], each.sentences, embedder)
    return [_Scores(one, two[:, 0], three) for one, two, three in zip(said, telling, meant, strict=True)]


def _unseen(
    documents: Sequence[Terms],
    learn: Callable[[Sequence[Terms], str], TextModel],
    rows: Callable[[Terms], Sequence[NDArray[np.int64]]],
) -> list[Floats]:
    found: list[Floats] = [np.empty((0, 1), np.float32)] * len(documents)
    for language in LANGUAGES:
        for fold in range(_FOLDS):
            model = learn([each for each in documents if each.fold != fold], language)
            for at, each in enumerate(documents):
                if each.fold == fold and each.language == language:
                    found[at] = model.scores(rows(each))
    return found


def _by_words(documents: Sequence[Terms], language: str) -> tuple[TextModel, TextModel]:
    """By all pieces of words, a column a kind; and by words, each as it tells unfair sentences from fair ones."""
    spoken = [each for each in documents if each.language == language]
    truth = np.vstack([each.truth for each in spoken])
    text = learn_text(
        [row for each in spoken for row in each.pieces], truth, features=_FEATURES, strength=20.0, steps=40
    )
    return text, _learn_telling([row for each in spoken for row in each.words], truth[:, 0])


def _learn_telling(rows: Sequence[NDArray[np.int64]], unfair: Marks) -> TextModel:
    """Naive Bayes' log-ratios as the features' weights for a logistic regression (Wang and Manning, 2012)."""
    table = matrix(rows)
    kept = np.flatnonzero(np.asarray(table.sum(axis=0)).ravel() >= _RARE).astype(np.int64)
    counts = [np.asarray(table[on][:, kept].sum(axis=0)).ravel() + 1 for on in (unfair, ~unfair)]
    ratios = np.log((counts[0] / counts[0].sum()) / (counts[1] / counts[1].sum()))
    bare = TextModel(
        kept, np.sqrt(np.abs(ratios)).astype(np.float32), np.zeros((len(kept), 1), np.float32), np.zeros(1, np.float32)
    )
    found = logistic(bare.weighted(rows), unfair[:, None], strength=10.0, steps=60)
    return TextModel(bare.kept, bare.idf, found[:-1], found[-1])


def _by_meaning(documents: Sequence[Terms], texts: Sequence[TextModel], embedder: Embedder) -> Kernel:
    said = [text.scores(each.pieces) for text, each in zip(texts, documents, strict=True)]
    return _kernel(np.concatenate(said), documents, embedder)


def _kernel(said: Floats, documents: Sequence[Terms], embedder: Embedder) -> Kernel:
    """Of both languages, from the sentences that will be asked about."""
    asked = said[:, 0] > ASKED
    sentences = [sentence for each in documents for sentence in each.sentences]
    vectors = embedder.passages([sentences[at] for at in np.flatnonzero(asked)])
    unfair = np.concatenate([each.truth[:, 0] for each in documents])[asked]
    centre = vectors.mean(axis=0)
    size = float((vectors - centre).std() * np.sqrt(vectors.shape[1]))
    model = SVC(C=_STRICT, gamma=GAMMA, class_weight={1: _UNFAIR_COUNTS})
    model.fit(Kernel.moved(vectors, centre, size), unfair)
    weights = _LOGISTIC * model.dual_coef_.T.astype(np.float32)
    bias = _LOGISTIC * model.intercept_.astype(np.float32)
    return Kernel(centre, size, model.support_vectors_.astype(np.float32), weights, bias)


def _decision(documents: Sequence[Terms], tables: Sequence[NDArray[Any]], name: str) -> dict[str, NDArray[Any]]:
    """All signals together; where F1 is best is looked for on documents that this step hadn't seen either."""
    table, marks = np.vstack(tables), np.vstack([each.truth for each in documents])[:, [0]]
    lengths = accumulate(len(each.sentences) for each in documents)
    folds = np.repeat([each.fold for each in documents], np.diff([0, *lengths]))
    odds = np.zeros(len(marks))
    for fold in range(_FOLDS):
        others = learn_linear(table[folds != fold], marks[folds != fold])
        odds[folds == fold] = others.scores(table[folds == fold])[:, 0]
    threshold = _best_threshold(marks[:, 0], odds)
    print(name, "held-out F1", round(_f1(marks[:, 0], odds > threshold), 4), flush=True)
    return learn_linear(table, marks).arrays(name) | {f"{name}_threshold": np.array(threshold)}


def _best_threshold(truth: Marks, odds: NDArray[Any]) -> float:
    return float(max(np.linspace(-3, 2, 101), key=lambda threshold: _f1(truth, odds > threshold)))


def _f1(truth: Marks, found: Marks) -> float:
    return 2 * float((found & truth).sum()) / max(float(found.sum() + truth.sum()), 1.0)
