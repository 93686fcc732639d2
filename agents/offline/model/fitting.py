"""How an intent model is trained: three views of a text, and cross-validation to say how far to trust each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.offline.model.features import Vector, columns_of, ngram_rows
from agents.offline.model.scoring import Views, by_meaning, centred, familiarity, nearest_by_label, softmax
from agents.offline.model.weights import Mix, Weights

Rows = NDArray[np.intp]

REJECTED_IN_SCOPE = 0.05
FOLDS, FOLDS_OF_MANY = 5, 3
MANY = 4_000  # texts; from here on n-grams of a single text are left out, and fewer folds do
ROUNDED = 0.001  # what halving the precision of the weights may take from a score
LEAST_NAMES = 3
NAMES_TELL = 0.5
WEIGHED = 6_000  # texts that the mix is fitted on; three numbers need no more
ABSENT = -30.0
PRIOR = 5.0  # texts' worth of trust in the usual mix, which a handful of texts shouldn't overthrow


@dataclass(frozen=True)
class Lesson:
    """Examples in order of their labels, seen in every way."""

    names: tuple[str, ...]
    wanted: NDArray[np.int32]
    is_name: NDArray[np.bool_]
    columns: NDArray[np.uint32]
    words: Any
    vectors: Vector
    seed: int


def train(texts: Sequence[str], labels: Sequence[str], vectors: Vector, hints: Vector | None, seed: int) -> Weights:
    """Fit on everything; how to mix the views and where to put the gate come from texts left out in turn.

    The last texts are the labels' own names, one each, in order.
    """
    lesson = _lesson(texts, labels, vectors, hints, seed)
    held_out = list(_held_out(lesson))
    weights = _fit(lesson, np.arange(len(lesson.wanted)))
    if not held_out or len(lesson.names) == 1:
        return replace(weights, threshold=_threshold_of_one(lesson))
    mix = _mix(held_out)
    scores = [familiarity(views, mix) for views, _ in held_out]
    threshold = float(np.quantile(np.concatenate(scores), REJECTED_IN_SCOPE)) - ROUNDED
    return replace(weights, mix=mix, threshold=threshold)


def _lesson(texts: Sequence[str], labels: Sequence[str], vectors: Vector, hints: Vector | None, seed: int) -> Lesson:
    from scipy.sparse import csr_array, hstack

    names = tuple(sorted(set(labels)))
    given = len(texts) - len(names)
    places = {name: place for place, name in enumerate(names)}
    wanted = np.array([places[label] for label in labels], dtype=np.int32)
    taken = len(texts) if _names_tell(vectors[:given], wanted[:given], vectors[given:]) else given
    order = np.argsort(wanted[:taken], kind="stable")
    ordered = [texts[place] for place in order]
    columns = columns_of(ordered, least=2 if given > MANY else 1)
    words = ngram_rows(ordered, columns)
    if hints is not None:
        words = csr_array(hstack([words, csr_array(hints[order])]))
    return Lesson(names, wanted[order], order >= given, columns, words, vectors[order], seed)


def _names_tell(vectors: Vector, wanted: NDArray[np.int32], names: Vector) -> bool:
    """Whether most labels are called after what they mean, seen from their examples."""
    if len(names) < LEAST_NAMES:
        return False
    mean = vectors.mean(axis=0)
    middles = np.stack([vectors[wanted == place].mean(axis=0) for place in range(len(names))])
    nearest = (centred(names, mean) @ centred(middles, mean).T).argmax(axis=1)
    return bool((nearest == np.arange(len(names))).mean() > NAMES_TELL)


def _held_out(lesson: Lesson) -> Iterator[tuple[Views, NDArray[np.int32]]]:
    """What a model says of texts that it didn't learn; those whose label it never met are left out, and names."""
    count = FOLDS_OF_MANY if len(lesson.wanted) > MANY else FOLDS
    folds = spread(lesson.wanted, count, lesson.seed)
    folds[lesson.is_name] = count
    for fold in range(count):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        outside = outside[np.isin(lesson.wanted[outside], lesson.wanted[inside])]
        if len(outside):
            yield _views(_fit(lesson, inside), lesson, outside), lesson.wanted[outside]


def spread(wanted: NDArray[np.int32], count: int, seed: int) -> NDArray[np.int32]:
    """Each label's examples spread over the folds, shuffled; rare labels don't all end up in the first one."""
    random = np.random.default_rng(seed)
    folds = np.zeros(len(wanted), dtype=np.int32)
    for label in np.unique(wanted):
        places = random.permutation(np.flatnonzero(wanted == label))
        folds[places] = (np.arange(len(places)) + random.integers(count)) % count
    return folds


def _fit(lesson: Lesson, rows: Rows) -> Weights:
    """A linear support vector machine over words, a logistic regression over meaning, and the examples themselves."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

    mean = lesson.vectors[rows].mean(axis=0)
    examples = centred(lesson.vectors[rows], mean)
    words_model = LinearSVC(C=1.0, class_weight="balanced", random_state=lesson.seed)
    meaning_model = LogisticRegression(C=30.0, max_iter=300, class_weight="balanced")
    wanted = lesson.wanted[rows]
    words, words_bias = _linear(words_model, lesson.words[rows], wanted, len(lesson.names))
    meaning, meaning_bias = _linear(meaning_model, examples, wanted, len(lesson.names))
    return Weights(
        labels=lesson.names,
        columns=lesson.columns,
        ngram_coef=np.ascontiguousarray(words.T),
        ngram_bias=words_bias,
        e5_coef=meaning,
        e5_bias=meaning_bias,
        e5_mean=mean,
        e5_examples=examples,
        owners=wanted,
        mix=Mix(),
    )


def _linear(model: Any, rows: Any, wanted: NDArray[np.int32], labels: int) -> tuple[Vector, Vector]:
    """One row of coefficients a label; a label without examples is never chosen."""
    met = np.unique(wanted)
    coef = np.zeros((labels, rows.shape[1]), dtype=np.float32)
    bias = np.full(labels, ABSENT, dtype=np.float32)
    if len(met) == 1:
        bias[met] = 0.0
        return coef, bias
    model.fit(rows, wanted)
    if len(met) == 2:  # a single row says how far the second label is likelier than the first
        coef[met], bias[met] = np.vstack([-model.coef_, model.coef_]), np.append(-model.intercept_, model.intercept_)
        half = 0.5 if hasattr(model, "predict_proba") else 1.0
        coef[met] *= half
        bias[met] *= half
    else:
        coef[met], bias[met] = model.coef_, model.intercept_
    return coef, bias


def _views(weights: Weights, lesson: Lesson, rows: Rows) -> Views:
    vectors = centred(lesson.vectors[rows], weights.e5_mean)
    return Views(
        words=np.asarray(lesson.words[rows] @ weights.ngram_coef + weights.ngram_bias),
        meaning=by_meaning(vectors, weights),
        nearest=nearest_by_label(vectors, weights),
    )


def _mix(held_out: Sequence[tuple[Views, NDArray[np.int32]]]) -> Mix:
    """What makes the labels of the texts left out likeliest."""
    wanted = np.concatenate([wanted for _, wanted in held_out])[:WEIGHED]
    words, meaning, nearest = (
        np.concatenate([getattr(views, name) for views, _ in held_out])[:WEIGHED]
        for name in ("words", "meaning", "nearest")
    )
    start = Mix()
    alone = _shares([words], wanted, [start.words_alone])
    shares = _shares([meaning, words, nearest], wanted, [start.meaning, start.words, start.nearest])
    return Mix(*shares, *alone)


def _shares(scores: Sequence[Vector], wanted: NDArray[np.int32], start: Sequence[float]) -> list[float]:
    from scipy.optimize import minimize

    stacked = np.stack(scores)
    rows, usual, trust = np.arange(len(wanted)), np.array(start), PRIOR / len(wanted)

    def loss(shares: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        likely = softmax(np.tensordot(shares.astype(np.float32), stacked, axes=1))
        slopes = ((likely[None] * stacked).sum(axis=2) - stacked[:, rows, wanted]).mean(axis=1)
        moved = shares / usual - 1
        missed = -float(np.log(likely[rows, wanted] + 1e-12).mean())
        return missed + trust * float(moved @ moved) / 2, slopes + trust * moved / usual

    found = minimize(loss, usual, jac=True, method="L-BFGS-B", bounds=[(0.0, 30.0)] * len(start))
    return [round(float(share), 3) for share in found.x]


def _threshold_of_one(lesson: Lesson) -> float:
    """A single label, or no text to leave out: as near as its examples are to each other."""
    vectors = centred(lesson.vectors, lesson.vectors.mean(axis=0))
    if len(vectors) < 3:
        return 0.0
    near = vectors @ vectors.T
    np.fill_diagonal(near, -1.0)
    return float(np.quantile(near.max(axis=1), REJECTED_IN_SCOPE)) - ROUNDED
