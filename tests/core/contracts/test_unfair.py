"""Unfair terms in standard terms: by words, by what they mean, and beside their neighbours."""

from collections.abc import Sequence

import numpy as np
import pytest

from core.contracts.risk import own_embedder
from core.contracts.scoring import Kernel
from core.contracts.unfair import LANGUAGES, unfair_terms

TERMS = {
    "en": [
        "Welcome to the Harbour Lane shop.",
        "You may pay by card or by bank transfer.",
        "We may change these terms at any time at our sole discretion and without notice.",
        "You can return goods within thirty days.",
        "To the fullest extent permitted by law, we shall not be liable for any loss of data or profits.",
        "We may suspend or terminate your account at any time for any reason without notice.",
        "Our office is open from Monday to Friday.",
    ],
    "de": [
        "Willkommen im Laden an der Hafengasse.",
        "Sie können mit Karte oder per Überweisung zahlen.",
        "Wir behalten uns das Recht vor, diese Bedingungen jederzeit und ohne Vorankündigung zu ändern.",
        "Sie können Ware innerhalb von dreißig Tagen zurückgeben.",
        "Soweit gesetzlich zulässig, haften wir nicht für den Verlust von Daten oder entgangenen Gewinn.",
        "Wir können Ihr Konto jederzeit und aus beliebigem Grund sperren oder kündigen.",
        "Unser Büro ist von Montag bis Freitag geöffnet.",
    ],
}
KINDS = ["", "", "ch", "", "ltd", "ter", ""]


class Recording:
    """An embedder that remembers what it was asked."""

    name = "multilingual-e5-small-q4"
    dimensions = 384

    def __init__(self) -> None:
        self.asked: list[str] = []

    def query(self, text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        raise AssertionError(text)

    def passages(self, texts: Sequence[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        self.asked += texts
        return np.zeros((len(texts), self.dimensions), np.float32)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("meaning", [True, False])
def test_each_unfair_term_is_known_for_what_it_is(language: str, meaning: bool) -> None:
    embedder = own_embedder() if meaning else None
    assert unfair_terms(language).judge(TERMS[language], embedder) == KINDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_words_do_not_clear_is_embedded(language: str) -> None:
    recording = Recording()
    unfair_terms(language).scores(TERMS[language], recording)
    hard = {sentence for sentence, kind in zip(TERMS[language], KINDS, strict=True) if kind}
    assert hard <= set(recording.asked) < set(TERMS[language])


@pytest.mark.parametrize("embedder", [None, Recording()])
def test_a_document_without_sentences_has_no_unfair_ones(embedder: Recording | None) -> None:
    assert unfair_terms("en").judge([], embedder) == []


def test_a_kernel_is_the_same_from_its_file_and_favours_what_it_saw() -> None:
    random = np.random.default_rng(1)
    seen = random.normal(size=(6, 8)).astype(np.float32)
    kernel = Kernel(
        np.full(8, 0.5, np.float32),
        2.0,
        seen,
        np.array([[1], [1], [1], [-1], [-1], [-1]], np.float32),
        np.array([0.25], np.float32),
    )
    again = Kernel.of(kernel.arrays("k"), "k")
    vectors = seen * 2.0 + 0.5
    assert np.allclose(kernel.scores(vectors), again.scores(vectors), atol=0.02)
    odds = kernel.scores(vectors) - kernel.bias
    assert (odds[:3] > 0).all()
    assert (odds[3:] < 0).all()
    far = kernel.scores(np.full((1, 8), 50.0, np.float32))
    assert np.allclose(far, kernel.bias)
