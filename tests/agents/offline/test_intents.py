"""The classifier by itself, on texts of any kind; by hashing, so that it needs no model."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from agents.offline.intents import IntentClassifier
from agents.offline.model.features import columns_of, known, ngram_rows, ngrams
from agents.offline.model.weights import Weights
from core.language.embedder import HashingEmbedder

ORDERS = [
    "order ten cases of water",
    "水来10箱",
    "please send 5 cases of green tea",
    "再订20箱绿茶",
    "30 boxes of juice please",
]
PRICES = [
    "what does the water cost",
    "绿茶多少钱",
    "price of green tea",
    "矿泉水现在什么价",
    "how much is a case of juice",
]
THANKS = ["thanks", "谢谢", "thank you very much", "多谢啦", "cheers, thanks a lot"]
TEXTS = [*ORDERS, *PRICES, *THANKS]
LABELS = ["order"] * 5 + ["price"] * 5 + ["thanks"] * 5


def learnt(texts: Sequence[str], labels: Sequence[str], seed: int = 0) -> IntentClassifier:
    return IntentClassifier(seed=seed, embedder=HashingEmbedder()).fit(texts, labels)


def test_new_wordings_of_what_was_learnt_are_recognised() -> None:
    found = learnt(TEXTS, LABELS).predict(["send me 12 cases of tea", "果汁多少钱", "thank you"])
    assert [one.label for one in found] == ["order", "price", "thanks"]
    assert all(0 < one.probability <= 1 for one in found)


def test_what_was_learnt_is_in_scope_and_gibberish_is_not() -> None:
    classifier = learnt(TEXTS, LABELS)
    assert all(one.in_scope for one in classifier.predict(TEXTS))
    assert not any(one.in_scope for one in classifier.predict(["ß§ÐÐ ÞÞ", "ЖЖЖЖЖ"]))


def test_the_same_seed_learns_the_same() -> None:
    one, other = learnt(TEXTS, LABELS, seed=3), learnt(TEXTS, LABELS, seed=3)
    assert one.predict(["二十箱水"]) == other.predict(["二十箱水"])


def test_order_of_examples_is_irrelevant_to_what_is_recognised() -> None:
    turned = learnt(TEXTS[::-1], LABELS[::-1])
    assert [one.label for one in turned.predict(TEXTS)] == LABELS


@pytest.mark.parametrize(
    ("texts", "labels"),
    [
        (["a"], ["x"]),
        (["a", "b"], ["x", "x"]),
        (["a", "b"], ["x", "y"]),
        (["one", "two", "three"], ["x", "y", "y"]),
        (["", " ", "🙂"], ["x", "y", "z"]),
        (["same", "same", "same", "same"], ["x", "y", "x", "y"]),
        (
            ["order now", "buy it", "hello", "hi there", "bye", "谢谢"],
            ["order", "order", "greet", "greet", "bye", "thanks"],
        ),
    ],
)
@pytest.mark.parametrize("choice", ["hash", "none"])
def test_however_few_examples_there_are_it_learns(texts: list[str], labels: list[str], choice: str) -> None:
    classifier = IntentClassifier(embedder=HashingEmbedder())
    if choice == "none":
        classifier._embedder = None
    found = classifier.fit(texts, labels).predict([*texts, "something else", ""])
    assert {one.label for one in found} <= set(labels)
    assert all(0 <= one.probability <= 1 for one in found)
    assert sum(classifier.probabilities(texts[0]).values()) == pytest.approx(1, abs=1e-4)
    assert sum(classifier.probabilities(texts[0], by_meaning=False).values()) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(("texts", "labels"), [([], []), (["a"], ["x", "y"]), (["a", "b"], ["x"])])
def test_labels_that_do_not_fit_the_texts_are_refused(texts: list[str], labels: list[str]) -> None:
    with pytest.raises(ValueError, match="as many labels"):
        learnt(texts, labels)


def test_it_says_so_when_it_never_learnt() -> None:
    with pytest.raises(RuntimeError, match="before it learnt"):
        IntentClassifier(embedder=HashingEmbedder()).predict(["a"])


def test_many_labels_stay_sparse() -> None:
    texts = [f"{word} number {number}" for word in map(chr, range(0x4E00, 0x4E00 + 60)) for number in range(4)]
    labels = [text[0] for text in texts]
    found = learnt(texts, labels).predict(["\u4e05 number 9"])
    assert found[0].label == "\u4e05"


def test_weights_survive_their_file(tmp_path: Path) -> None:
    classifier = learnt(TEXTS, LABELS)
    assert classifier.weights is not None
    file = tmp_path / "weights.npz"
    classifier.weights.save(file)
    again = IntentClassifier(embedder=HashingEmbedder(), weights=Weights.load(file))
    for one, other in zip(classifier.predict(TEXTS), again.predict(TEXTS), strict=True):
        assert (one.label, one.in_scope) == (other.label, other.in_scope)
        assert one.probability == pytest.approx(other.probability, abs=0.02)


def test_hints_are_learnt_with_the_rest() -> None:
    def shouting(texts: Sequence[str]) -> np.ndarray:
        return np.array([[float("!" in text)] for text in texts], dtype=np.float32)

    texts = ["aa !", "bb !", "cc !", "dd !", "aa", "bb", "cc", "dd"]
    classifier = IntentClassifier(embedder=HashingEmbedder(), hints=shouting).fit(texts, ["loud"] * 4 + ["calm"] * 4)
    found = classifier.probabilities("zz !", by_meaning=False)
    assert found["loud"] > found["calm"]


def test_grams_of_one_text_are_of_length_one_in_each_view() -> None:
    weights = ngrams("order 20 cases of 绿茶")
    assert sum(weight**2 for weight in weights.values()) == pytest.approx(2)
    assert ngrams("") == {}
    assert ngrams("order 20 cases") == ngrams("ORDER  35 cases")


def test_rows_agree_with_single_texts() -> None:
    columns = columns_of(TEXTS, least=1)
    rows = ngram_rows(TEXTS, columns)
    places, weights = known(TEXTS[0], columns)
    assert np.array_equal(np.sort(places), np.sort(rows[[0]].indices))
    assert rows[[0]].sum() == pytest.approx(float(weights.sum()), rel=1e-5)
    assert len(known("ЖЖЖ", columns)[0]) <= 1  # the space around a word
