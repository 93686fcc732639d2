"""Which sentences of the passages found answer the question; quoted, never rephrased."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from core.language.sentences import sentences
from core.language.tokens import search_tokens
from core.reading.document import CELL
from knowledge.ranking import rarity

_TRUST = 2  # power of a passage's score: the best passage is right far more often than the third
_NUMBER_ASKED = 1.2
_FOLLOWS = 1.2  # the sentence beside the first one often completes it; a table's row doesn't
_REPEATED = 0.5  # worth of a term that the first sentence already holds
_ABOVE = 0.3  # worth of a term that only the heading holds

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
    is_row: bool
    terms: Set[str]
    above: Set[str]
    weight: float

    def follows(self, other: "_Candidate") -> bool:
        return not self.is_row and other.passage == self.passage and abs(other.place - self.place) == 1


def answer_sentences(
    question: str,
    passage_texts: Sequence[str],
    scores: Sequence[float] | None = None,
    *,
    headings: Sequence[str] | None = None,
    count: int = 2,
) -> list[Quote]:
    """Up to ``count`` quotes in reading order that share most with the question; else how the best passage begins.

    ``scores``: of the passages, best first, as ``fuse`` gives them; without them all passages weigh the same.
    ``headings``: what stands above each passage; in a list of questions it is the question.
    No embedding is needed: a term tells the more, the fewer of the sentences at hand hold it.
    """
    asked = set(search_tokens(question))
    weights = _weights(scores or [1.0] * len(passage_texts))
    candidates = _candidates(passage_texts, headings or [""] * len(passage_texts), weights)
    if _ASKS_NUMBER.search(question):
        wanted = [_NUMBER_ASKED if _HOLDS_NUMBER.search(each.text) else 1.0 for each in candidates]
    else:
        wanted = [1.0] * len(candidates)
    holders = Counter(term for each in candidates for term in (each.terms | each.above) & asked)
    worth = {term: rarity(len(candidates), held) for term, held in holders.items()}
    chosen: list[_Candidate] = []
    while len(chosen) < min(count, len(candidates)):
        values = [
            0.0 if each in chosen else factor * _value(each, worth, chosen)
            for each, factor in zip(candidates, wanted, strict=True)
        ]
        if max(values) <= 0:
            break
        chosen.append(candidates[values.index(max(values))])
    chosen = sorted(chosen or candidates[:1], key=lambda each: (each.passage, each.place))
    return [Quote(each.passage, each.text) for each in chosen]


def _value(candidate: _Candidate, worth: Mapping[str, float], chosen: Sequence[_Candidate]) -> float:
    known = {term for each in chosen for term in each.terms}
    own = sum(worth[term] * (_REPEATED if term in known else 1.0) for term in candidate.terms & worth.keys())
    above = sum(worth[term] for term in (candidate.above - candidate.terms - known) & worth.keys())
    follows = any(candidate.follows(each) for each in chosen)
    return (own + _ABOVE * above) * candidate.weight * (_FOLLOWS if follows else 1.0)


def _weights(scores: Sequence[float]) -> list[float]:
    best = max(scores, default=0.0)
    return [(max(0.0, score) / best) ** _TRUST if best > 0 else 1.0 for score in scores]


def _candidates(passage_texts: Sequence[str], headings: Sequence[str], weights: Sequence[float]) -> list[_Candidate]:
    return [
        _Candidate(
            passage, place, text, is_row, frozenset(search_tokens(text)), frozenset(search_tokens(heading)), weight
        )
        for passage, (whole, heading, weight) in enumerate(zip(passage_texts, headings, weights, strict=True))
        for place, (text, is_row) in enumerate(_quotable(whole))
    ]


def _quotable(text: str) -> list[tuple[str, bool]]:
    """The sentences of a passage, and each row of a table with the names of its columns; whether it is a row."""
    found: list[tuple[str, bool]] = []
    names: list[str] | None = None
    for line in text.splitlines():
        if CELL not in line:
            names = None
            found += [(sentence, False) for sentence in sentences(line)]
        elif names is None:
            names = line.split(CELL)
        else:
            found.append((_row(names, line.split(CELL)), True))
    return found


def _row(names: Sequence[str], cells: Sequence[str]) -> str:
    pairs = zip(names, cells, strict=False)
    return "；".join(f"{name}：{cell}" if name else cell for name, cell in pairs if cell)
