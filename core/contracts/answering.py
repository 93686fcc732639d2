"""A question about a contract answered with its own words: which sentences say it, or that none does."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import log

from core import plainyaml
from core.contracts.findings import Finding, Review
from core.language.normalise import fold
from core.language.tokens import search_tokens
from core.reading.clauses import clause_at

_SENTENCE = re.compile(r"(?:[^。；;\n.]|\.(?!\s|$))+[。；;.]?")
_FIGURE = re.compile(r"\d|[%％]|百分之|千分之|万分之|[一二三四五六七八九十]+(?:日|天|个月|年)")
_HOW_MUCH = re.compile(
    r"多少|几|多久|什么时候|哪天|(?:最[高低]|第[一二三四]|起步|首|每|各)一?[档级坎]|how (?:much|many|long"
    r"|often)|when|what (?:rate|date)"
    r"|percent|(?:lowest|highest|top|bottom|first|last|each) .{0,8}(?:tier|step|rate|level|threshold)",
    re.IGNORECASE,
)
_STEPS = re.compile(r"档|坎|(?<![a-z])(?:tier|step|threshold)s?(?![a-z])")
_HIGHEST = re.compile(r"最高|(?<![a-z])(?:highest|top)(?![a-z])")  # steps are written from the lowest up
_POINTS_BACK = re.compile(  # what a sentence leaves to the one before it: "it ends on that day"
    r"该日|当日|届时|上述|前述|该期限|(?<![a-z])(?:on|by|until|after|from|before) (?:that|such) (?:day|date)"
    r"|(?<![a-z])(?:thereof|thereafter|the foregoing)(?![a-z])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![a-z0-9])[a-z]{1,4}-\d{4}-\d{2,}(?![a-z0-9])")  # which contract, and nothing that it says
_CODE = re.compile(r"(?<![a-z0-9])[a-z]{1,2}-\d{2,4}[a-z]{0,2}(?![a-z0-9-])")  # a product that prices are fixed of
_PARTS = re.compile(r"[,，。；;？?]+|(?<![a-z])and(?![a-z])")
_SHORTEST, _MOST, _LONGEST_LIST = 6, 2, 400
_ENOUGH = 0.5  # of the question's weight that a sentence must hold where no category is known
_SUSPICIOUS = frozenset({"hidden_text", "instructions"})
_FILLER = frozenset(
    "合 同 合同 协 议 协议 条款 里面 这份 这 份 规定 约定 说 写 可以 contract agreement clause say says about".split()
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the contract, with its clause and page; ``finding`` is what the review raised about it."""

    quote: str
    start: int
    end: int
    clause: str
    heading: str
    page: int | None
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """``category`` is what the question was taken to be about, empty where that isn't known; no ``said``: it isn't
    in the contract."""

    category: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class _Topic:
    """``general``: words that stand beside a subject, which then counts: 「窜货怎么罚」 is about diversion."""

    category: str
    asks: re.Pattern[str]
    shows: re.Pattern[str]
    general: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    text: str
    heading: str


def answer(review: Review, question: str) -> Answered:
    """What the contract says to a question, the best sentence first; what is hidden in the file answers nothing."""
    whole = _NUMBER.sub("it", fold(question))
    parts = [part for part in _PARTS.split(whole) if part.strip()]
    found = [_answered(review, part) for part in parts] if len(parts) > 1 else []
    categories = dict.fromkeys(one.category for one in found if one.category and one.said)
    if len(categories) < 2 or _CODE.search(whole):
        return _answered(review, whole)
    first = (next(one.said[0] for one in found if one.category == category) for category in categories)
    return Answered(next(iter(categories)), tuple(dict.fromkeys(first))[:_MOST])


def _answered(review: Review, asked: str) -> Answered:
    """One question, folded: by what it is known to be about, else by its words."""
    sentences = list(_sentences(review))
    topics = sorted(
        (topic for topic in _topics() if topic.asks.search(asked)),
        key=lambda topic: (topic.general, -max(len(found.group()) for found in topic.asks.finditer(asked))),
    )
    words = _words(asked)
    if topics:
        ranked = _ranked(sentences, topics[0], asked)
        best = _complete(review, sentences, ranked[:_MOST])
        if not (_STEPS.search(asked) or _HIGHEST.search(asked) or _CODE.search(asked)):
            best = list(dict.fromkeys(_enumerated(review, sentences, one) for one in best))
        return Answered(topics[0].category, tuple(_said(review, one) for one in best))
    best = _complete(review, sentences, _alike(sentences, words)[:1])
    return Answered("", tuple(_said(review, one) for one in best))


def _complete(review: Review, sentences: Sequence[_Sentence], found: Sequence[_Sentence]) -> list[_Sentence]:
    """The sentences found, the first one behind that at which it points back."""
    first = _with_the_one_before(review, sentences, found[0]) if found else []
    return [*first, *(one for one in found[1:] if one not in first)][: max(_MOST, len(first))]


def _enumerated(review: Review, sentences: Sequence[_Sentence], one: _Sentence) -> _Sentence:
    """With what stands beside it between semicolons in its clause: all tiers, and not one of them."""
    first = last = sentences.index(one)
    while first and _goes_on(review, sentences[first - 1], sentences[first]):
        first -= 1
    while last + 1 < len(sentences) and _goes_on(review, sentences[last], sentences[last + 1]):
        last += 1
    start, end = sentences[first].start, sentences[last].end
    return replace(one, start=start, end=end, text=review.text[start:end]) if end - start <= _LONGEST_LIST else one


def _goes_on(review: Review, before: _Sentence, after: _Sentence) -> bool:
    clauses = review.clauses
    same = not clauses or clause_at(clauses, before.start) == clause_at(clauses, after.start)
    return same and before.text.endswith(("；", ";"))


def _with_the_one_before(review: Review, sentences: Sequence[_Sentence], one: _Sentence) -> Sequence[_Sentence]:
    """A sentence that points back, behind the sentence of its clause at which it points."""
    at = sentences.index(one)
    before = sentences[at - 1] if at and _POINTS_BACK.search(one.text) else None
    clauses = review.clauses
    same = before and clauses and clause_at(clauses, before.start) == clause_at(clauses, one.start)
    return [before, one] if before and same else [one]


def _sentences(review: Review) -> Iterator[_Sentence]:
    hidden = [(one.start, one.end) for one in review.findings if one.category in _SUSPICIOUS]
    starts = [clause.start for clause in review.clauses]
    for found in _SENTENCE.finditer(review.text):
        start, text = found.start(), found.group()
        begin = start + len(text) - len(text.lstrip())
        end = start + len(text.rstrip())
        if len(text.strip()) < _SHORTEST or any(begin < stop and first < end for first, stop in hidden):
            continue
        at = max(0, bisect_right(starts, start) - 1)
        yield _Sentence(begin, end, review.text[begin:end], _headings(review, at))


def _headings(review: Review, at: int) -> str:
    if not review.clauses:
        return ""
    clause = review.clauses[at]
    above = review.clauses[clause.parent].heading if clause.parent is not None else ""
    return f"{above} {clause.heading}"


def _ranked(sentences: Sequence[_Sentence], topic: _Topic, asked: str) -> list[_Sentence]:
    """Sentences that show the topic's words; those with figures first where a figure is asked for."""
    scored = []
    words, how_much = _words(asked), bool(_HOW_MUCH.search(asked))
    codes = _CODE.findall(asked)
    in_steps = bool(_STEPS.search(asked))
    upwards = -1 if _HIGHEST.search(asked) else 1
    for place, one in enumerate(sentences):
        hits = len({found.group() for found in topic.shows.finditer(fold(one.text))})
        headed = bool(topic.shows.search(fold(one.heading)))
        if not (hits or headed):
            continue
        figures = how_much and bool(_FIGURE.search(one.text.lstrip("0123456789.、 ")))
        stepped = in_steps and "%" in one.text
        shared = len(words & _words(one.text))
        priced = sum(3 for code in codes if code in fold(one.text))
        bare = len(one.text) <= len(one.heading) + _SHORTEST and not one.text.endswith(("；", "。"))
        scored.append(
            (hits + 1.5 * headed + 2 * figures + 2 * stepped + 0.5 * shared + priced - 4 * bare, -place * upwards, one)
        )
    return [one for score, _, one in sorted(scored, key=lambda row: row[:2], reverse=True) if score > 0]


def _alike(sentences: Sequence[_Sentence], words: frozenset[str]) -> list[_Sentence]:
    """Where no category is known: sentences that hold most of what is rare in the question."""
    held = [_words(one.text) for one in sentences]
    counts = Counter(word for one in held for word in one)
    weight = {word: log(1 + len(sentences) / (1 + counts[word])) for word in words}
    whole = sum(weight.values())
    scored = [(sum(weight[word] for word in words & one), -place) for place, one in enumerate(held)]
    good = [row for row in sorted(scored, reverse=True) if whole and row[0] >= _ENOUGH * whole]
    return [sentences[-place] for _, place in good]


def _words(text: str) -> frozenset[str]:
    return frozenset(token for token in search_tokens(text) if token not in _FILLER)


def _said(review: Review, one: _Sentence) -> Said:
    clause = review.clauses[clause_at(review.clauses, one.start)] if review.clauses else None
    finding = next((f for f in review.findings if f.start < one.end and one.start < f.end), None)
    page = finding.page if finding else (clause.page if clause else None)
    return Said(
        one.text, one.start, one.end, clause.number if clause else "", clause.heading if clause else "", page, finding
    )


@cache
def _topics() -> tuple[_Topic, ...]:
    read = plainyaml.load(files("core.contracts").joinpath("questions.yaml").read_text(encoding="utf-8"))
    return tuple(
        _Topic(name, re.compile(raw["asks"], re.IGNORECASE), re.compile(raw["shows"], re.IGNORECASE), "general" in raw)
        for name, raw in read.items()
    )
