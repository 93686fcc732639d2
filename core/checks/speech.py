"""Whether a sentence is in the reader's language, and short enough."""

import re
from collections.abc import Iterator

from core.checks.view import View
from core.checks.wrong import Wrong
from core.language.detect import detect

LONGEST_SENTENCE = 400
LONGEST_ANSWER = 1200
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
WORD = re.compile(r"[a-z\u00df-\u024f]{2,}")
FOREIGN = re.compile(
    r"[\u3041-\u30ff\uac00-\ud7af\u0e00-\u0e7f\u0400-\u052f\u0600-\u06ff\u0370-\u03ff\u0590-\u05ff\u0900-\u097f]"
)
NOBODY = re.compile(r"[\W_]*(?:[你您我他她它]们?|you|i|we|they|it)(?:[\W_]+(?:[你您我他她它]们?|never|not))*[\W_]*")
TOO_MANY = 3
LATIN = ("en", "es", "fr", "de", "pt", "it", "nl", "id", "vi", "tr", "pl")


def wrong_speech(text: str, view: View, language: str) -> Iterator[Wrong]:
    """Of a folded sentence; names and codes that are in view may be in any language."""
    if len(text) > LONGEST_SENTENCE:
        yield Wrong("the sentence is too long")
    if NOBODY.fullmatch(text):
        yield Wrong("it says nothing")
    if FOREIGN.search(text):
        yield Wrong("another script")
        return
    han = [run for run in HAN.findall(text) if not view.holds(run)]
    latin = [word for word in WORD.findall(text) if not view.holds(word)]
    if language == "zh":
        if len(latin) >= TOO_MANY and len(latin) > sum(map(len, HAN.findall(text))):
            yield Wrong("not in Chinese")
    elif han or (len(latin) > TOO_MANY and detect(text, among=LATIN, default="en") != "en"):
        yield Wrong("not in English")
