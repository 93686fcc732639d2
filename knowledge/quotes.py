"""Which sentences of the passages found answer the question; quoted, never rephrased."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from core.language.sentences import sentences
from core.language.tokens import search_tokens
from knowledge.ranking import rarity

CELL = " | "  # what parts the cells of a table's row, see core.reading

_TRUST = 2  # power of a passage's score: the best passage is right far more often than the third
_NUMBER_ASKED = 1.2
_FOLLOWS = 1.2  # the sentence beside the first one often completes it
_REPEATED = 0.5  # worth of a term that the first sentence already holds

_ASKS_NUMBER = re.compile(
    r"多少|几|哪一?年|何时|什么时候|哪天|哪个月|多[大长久高远]|how (?:many|much|long|old|far|often|large|big)|\bwhen\b"
    r"|what (?:year|date|percent|time)|which year",
    re.IGNORECASE,
)
_HOLDS_NUMBER = re.compile(
    r"\d|[一二三四五六七八九十百千万亿两]+[个年月日号元人次名种家天岁箱瓶]"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|million)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence, or a table's row with its column names, of the passage at ``passage``."""

    passage: int
    text: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    passage: int
    place: int
    text: str
    terms: Set[str]
    weight: float


def answer_sentences(
    question: str, passage_texts: Sequence[str], scores: Sequence[float] | None = None, *, count: int = 2
) -> list[Quote]:
    """Up to ``count`` quotes in reading order that share most with the question; none where nothing is shared.

    ``scores``: of the passages, best first, as ``fuse`` gives them; without them all passages weigh the same.
    No embedding is needed: a term tells the more, the fewer of the sentences at hand hold it.
    """
    asked = set(search_tokens(question))
    candidates = _candidates(passage_texts, _weights(passage_texts, scores), question)
    holders = Counter(term for candidate in candidates for term in candidate.terms & asked)
    worth = {term: rarity(len(candidates), held) for term, held in holders.items()}
    chosen: list[_Candidate] = []
    while len(chosen) < count:
        ranked = [(_value(each, worth, chosen), -at, each) for at, each in enumerate(candidates) if each not in chosen]
        value, _, best = max(ranked, default=(0.0, 0, None))
        if best is None or value <= 0:
            break
        chosen.append(best)
    chosen.sort(key=lambda each: (each.passage, each.place))
    return [Quote(each.passage, each.text) for each in chosen]


def _value(candidate: _Candidate, worth: dict[str, float], chosen: Sequence[_Candidate]) -> float:
    known = {term for each in chosen for term in each.terms}
    shared = candidate.terms & worth.keys()
    value = sum(worth[term] * (_REPEATED if term in known else 1.0) for term in shared)
    beside = any(each.passage == candidate.passage and abs(each.place - candidate.place) == 1 for each in chosen)
    return value * candidate.weight * (_FOLLOWS if beside else 1.0)


def _weights(passage_texts: Sequence[str], scores: Sequence[float] | None) -> list[float]:
    if not scores or scores[0] <= 0:
        return [1.0] * len(passage_texts)
    return [max(0.0, score / scores[0]) ** _TRUST for score in scores]


def _candidates(passage_texts: Sequence[str], weights: Sequence[float], question: str) -> list[_Candidate]:
    number = _ASKS_NUMBER.search(question) is not None
    return [
        _Candidate(
            passage,
            place,
            text,
            frozenset(search_tokens(text)),
            weight * (_NUMBER_ASKED if number and _HOLDS_NUMBER.search(text) else 1.0),
        )
        for passage, (whole, weight) in enumerate(zip(passage_texts, weights, strict=True))
        for place, text in enumerate(quotable(whole))
    ]


def quotable(text: str) -> list[str]:
    """The sentences of a passage; each row of a table becomes one, with the names of its columns."""
    found: list[str] = []
    header: list[str] | None = None
    for line in text.splitlines():
        if CELL not in line:
            header = None
            found += sentences(line)
        elif header is None:
            header = line.split(CELL)
        else:
            found.append(_row(header, line.split(CELL)))
    return found


def _row(header: Sequence[str], cells: Sequence[str]) -> str:
    named: Iterable[tuple[str, str]] = zip(header, cells, strict=False)
    return "；".join(f"{name}：{cell}" if name else cell for name, cell in named if cell)
