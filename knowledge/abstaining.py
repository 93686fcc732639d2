"""Whether the passages found answer the question at all: a calibrated decision over several signals.

No signal alone can tell: the cosine of the best passage lies between 0.7 and 0.95 for everything, and a word in common
proves little. Each is bounded and compares with the other passages, skipping the nearest rival, so that
the same words in a second document don't make an answer doubtful.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log1p

from core.language.sentences import sentences
from core.language.tokens import search_tokens
from knowledge.coefficients import MODELS, WORDS
from knowledge.ranking import rarity

ANSWERABLE = 0.5
RIVALS = 6
_THIRD = 2


@dataclass(frozen=True, slots=True)
class Found:
    """What search knows once it has ranked: passages by id, the postings of the question's terms, and scores."""

    top: int
    top_text: str
    postings: Mapping[str, Mapping[int, int]]
    total: int
    lexical: Mapping[int, float]
    dense: Mapping[int, float] | None = None
    top_heading: str = ""


def confidence(question: str, found: Found, *, embedder: str | None = None) -> float:
    """How likely the top passage answers the question, 0 to 1; of ten answers given at 0.8, eight should hold.

    By words alone where ``embedder`` names no model that was measured, or there are too few passages to compare.
    """
    signals = word_signals(question, found)
    model = MODELS[WORDS]
    if embedder is not None and embedder in MODELS and found.dense is not None and len(found.dense) > _THIRD:
        model = MODELS[embedder]
        signals |= meaning_signals(found.top, found.dense)
    score = model["intercept"] + sum(model[name] * value for name, value in signals.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def word_signals(question: str, found: Found) -> dict[str, float]:
    """How much of the question, weighed by rarity, the top passage holds, and how much of that is its own."""
    terms = list(dict.fromkeys(search_tokens(question)))
    holders = {term: found.postings.get(term, {}) for term in terms}
    worth = {term: rarity(found.total, len(holders[term])) for term in terms}
    whole = sum(worth.values()) or 1.0

    def share(passages: Sequence[int]) -> float:
        return sum(worth[term] for term in terms if any(passage in holders[term] for passage in passages)) / whole

    held = {term for term in terms if found.top in holders[term]}
    ranked = sorted(found.lexical, key=lambda passage: (-found.lexical[passage], passage))
    others = sorted((share([passage]), passage) for passage in ranked[: RIVALS + 1] if passage != found.top)[::-1][1:]
    elsewhere = {term for term in held if any(passage in holders[term] for _, passage in others)}
    numbers = [term for term in terms if term[0].isdigit()]
    coverage = share([found.top])
    return {
        "coverage": coverage,
        "together": _together(found.top_heading, found.top_text, worth) / whole,
        "lead": coverage - max((covered for covered, _ in others), default=0.0),
        "alone": sum(worth[term] for term in held - elsewhere) / whole,
        "numbers_missing": sum(term not in held for term in numbers) / len(numbers) if numbers else 0.0,
        "terms": log1p(len(terms)),
    }


def meaning_signals(top: int, dense: Mapping[int, float]) -> dict[str, float]:
    """How far the top passage's cosine stands out from the third; cosines themselves differ by language and length."""
    ranked = sorted(dense.values(), reverse=True)
    return {"gap": dense.get(top, ranked[-1]) - ranked[_THIRD]}


def _together(heading: str, text: str, worth: Mapping[str, float]) -> float:
    """The most that two neighbouring sentences hold under their heading."""
    above = set(search_tokens(heading)) & worth.keys()
    held = [set(search_tokens(sentence)) & worth.keys() for sentence in sentences(text)]
    pairs = [above | first | second for first, second in zip(held, [*held[1:], set()], strict=True)]
    return max((sum(worth[term] for term in pair) for pair in pairs), default=0.0)
