"""Which sentences of the passages found answer the question; quoted, never rephrased."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from core.language.normalise import fold
from core.language.sentences import sentences
from core.language.tokens import search_tokens
from core.reading.document import CELL
from knowledge.expected import Kind, kinds_asked, share_held
from knowledge.intervals import best_rows
from knowledge.ranking import rarity
from knowledge.synonyms import terms_asked

_TRUST = 2  # power of a passage's score: the best passage is right far more often than the third
_KIND_HELD = 1.6  # the sentence holds the kind of answer that is asked for
_FOLLOWS = 1.2  # the sentence beside the first one often completes it; a table's row doesn't
_REPEATED = 0.5  # worth of a term that the first sentence already holds
_ABOVE = 0.4  # worth of a term that only the heading holds
_IN_RANGE, _OUT_OF_RANGE = 2.5, 0.3  # a table's row that the question's number falls in, and its rivals
_ITEM = re.compile(r"^\s*(?:[(（]\d{1,2}[)）]|[●•·*-] |\d{1,2}[.、]\s)")
_LONGEST_ITEM = 240
_STEP = re.compile(r"^\s*(?:[(（]\d{1,2}[)）]|\d{1,2}[.、]\s)")
_FIRST_STEP = re.compile(r"^\s*(?:[(（]1[)）]|1[.、]\s)")
_EXAMPLE = re.compile(r"例如|比如|For example|Example")
_FORM = frozenset({Kind.FORM})
_LONGEST_TOGETHER = 260
_NEARBY = 3
_REMEMBERED = 512
_NAMED = 2.0  # a table's row one of whose cells the question says whole
_IS_A_WORD = re.compile(r"[\u3400-\u9fff]{2,8}")
_NO_ANSWER = 0.5  # a table's caption, and what ends in a colon, only announce one
_LENGTH, _LATIN_LONGER = 0.002, 2.5
_CAPTION = re.compile(r"^表 [A-Z\d]{1,2}-\d+ ")
_NEGATES = re.compile(
    r"不[计算参适含予能可得]|[除例]外|免[收交于]|(?<![a-z])(?:not|except\w*|excluded|without)(?![a-z])", re.IGNORECASE
)
_LEADS_IN = re.compile(r"[:：]\s*$")


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
    lead: str = ""

    def follows(self, other: "_Candidate") -> bool:
        return not self.is_row and other.passage == self.passage and abs(other.place - self.place) == 1


def answer_sentences(
    question: str,
    passage_texts: Sequence[str],
    scores: Sequence[float] | None = None,
    *,
    headings: Sequence[str] | None = None,
    asked: Mapping[str, float] | None = None,
    count: int = 2,
) -> list[Quote]:
    """Up to ``count`` quotes in reading order that share most with the question; else how the best passage begins.

    ``scores``: of the passages, best first, as ``fuse`` gives them; without them all passages weigh the same.
    ``headings``: what stands above each passage; in a list of questions it is the question.
    ``asked``: the terms looked for with their worth, where they aren't the question's own.
    No embedding is needed: a term tells the more, the fewer of the sentences at hand hold it.
    """
    worth_of_asked = terms_asked(question) if asked is None else asked
    weights = _weights(scores or [1.0] * len(passage_texts))
    candidates = _candidates(passage_texts, headings or [""] * len(passage_texts), weights)
    wanted = _wanted(question, candidates)
    holders = Counter(term for each in candidates for term in (each.terms | each.above) & worth_of_asked.keys())
    worth = {term: rarity(len(candidates), held) * worth_of_asked[term] for term, held in holders.items()}
    chosen: list[_Candidate] = []
    while len(chosen) < min(count, len(candidates)):
        values = [
            0.0 if each in chosen else factor * _value(each, worth, chosen)
            for each, factor in zip(candidates, wanted, strict=True)
        ]
        if max(values) <= 0:
            break
        chosen.append(candidates[values.index(max(values))])
    if count > 1 and chosen:
        alone = [factor * _value(each, worth, ()) for each, factor in zip(candidates, wanted, strict=True)]
        chosen += _completing(question, candidates, alone, chosen) or _rows_between(candidates, chosen)
    if count > 1 and Kind.STEPS in kinds_asked(question):
        chosen = _from_the_first(candidates, chosen)
    chosen = sorted(chosen or candidates[:1], key=lambda each: (each.passage, each.place))
    return _told(chosen)


def _told(chosen: Sequence[_Candidate]) -> list[Quote]:
    """As they are quoted: what is not counted says so by its table's caption only, which goes with its first row."""
    quotes: list[Quote] = []
    before: _Candidate | None = None
    for each in chosen:
        caption = _CAPTION.sub("", each.lead).strip() if each.is_row else ""
        known = before is not None and (before.passage, before.lead) == (each.passage, each.lead)
        announced = f"{caption}｜{each.text}" if _NEGATES.search(caption) and not known else each.text
        quotes.append(Quote(each.passage, announced))
        before = each if each.is_row else None
    return quotes


def _completing(
    question: str, candidates: Sequence[_Candidate], values: Sequence[float], chosen: Sequence[_Candidate]
) -> list[_Candidate]:
    """At most one more: a list's best item after its lead-in, an item's neighbour, the rule of an example, a form.

    ``values``: what each candidate is worth by itself.
    """
    room = _LONGEST_TOGETHER - sum(_length(each.text) for each in chosen)
    kinds = kinds_asked(question)
    for one in chosen:
        near = [
            (value, each)
            for value, each in zip(values, candidates, strict=True)
            if each not in chosen and each.passage == one.passage and _length(each.text) <= room
            if _completes(each, one, kinds)
        ]
        if near:
            return [max(near, key=lambda found: found[0])[1]]
    return []


def _from_the_first(candidates: Sequence[_Candidate], chosen: list[_Candidate]) -> list[_Candidate]:
    """What to do, from its first step on, where one of its numbered steps was chosen: as many as fit."""
    step = next((one for one in chosen if _STEP.match(one.text)), None)
    if step is None:
        return chosen
    listed = {one.place: one for one in candidates if one.passage == step.passage and _STEP.match(one.text)}
    first = step.place
    while first - 1 in listed and not _FIRST_STEP.match(listed[first].text):
        first -= 1
    steps: list[_Candidate] = []
    while first + len(steps) in listed:
        one = listed[first + len(steps)]
        if steps and sum(_length(each.text) for each in (*steps, one)) > _LONGEST_TOGETHER:
            break
        steps.append(one)
    return steps if _FIRST_STEP.match(steps[0].text) else chosen


def _rows_between(candidates: Sequence[_Candidate], chosen: Sequence[_Candidate]) -> list[_Candidate]:
    """The rows that a table has between two that were chosen: without them it would seem to have no such step."""
    rows = [one for one in chosen if one.is_row]
    if len(rows) != len(chosen) or len({one.passage for one in rows}) != 1:
        return []
    first, last = min(one.place for one in rows), max(one.place for one in rows)
    between = [one for one in candidates if one.passage == rows[0].passage and first < one.place < last]
    whole = len(between) <= _NEARBY and all(one.is_row for one in between)
    fits = sum(_length(one.text) for one in (*rows, *between)) <= _LONGEST_TOGETHER
    return between if whole and fits else []


def _completes(other: _Candidate, one: _Candidate, kinds: frozenset[Kind]) -> bool:
    """Whether ``other`` is what ``one`` still lacks: what was asked for, an item, the rule of an example, a form."""
    after = other.place - one.place
    if _LEADS_IN.search(one.text):
        return after > 0 and _ITEM.match(other.text) is not None
    if _EXAMPLE.match(one.text):
        return after == -1
    if _ITEM.match(one.text):
        return abs(after) == 1 and _ITEM.match(other.text) is not None
    if kinds - {Kind.LEAVE} and not one.is_row and share_held(kinds, one.text) < 1:
        return abs(after) <= _NEARBY and share_held(kinds, other.text) == 1
    asks_how = bool(kinds & {Kind.FORM, Kind.LEAVE})
    return asks_how and after in {1, 2} and share_held(_FORM, other.text) > share_held(_FORM, one.text)


def _wanted(question: str, candidates: Sequence[_Candidate]) -> list[float]:
    """What the form of each candidate says for it: the kind of answer, and the row that a number falls in."""
    kinds = kinds_asked(question)
    factors = [1.0 + (_KIND_HELD - 1.0) * share_held(kinds, each.text) for each in candidates]
    for passage in {each.passage for each in candidates}:
        rows = [place for place, each in enumerate(candidates) if each.passage == passage and each.is_row]
        for at, fits in best_rows(question, [candidates[place].text for place in rows]).items():
            factors[rows[at]] *= _IN_RANGE if fits else _OUT_OF_RANGE
        for at in _rows_named(question, [candidates[place].text for place in rows]):
            told = kinds - {Kind.LEAVE} and share_held(kinds, candidates[rows[at]].text) == 1
            factors[rows[at]] *= _NAMED if told else 1.0
    return factors


def _rows_named(question: str, rows: Sequence[str]) -> list[int]:
    """The rows with a cell of their own that stands whole in the question: 「兑付」 of 「第几个工作日兑付」."""
    asked = fold(question)
    cells = [{cell.partition("：")[2].strip() for cell in row.split("；")} for row in rows]
    seen = Counter(cell for held in cells for cell in held)
    return [
        at
        for at, held in enumerate(cells)
        if any(
            len(cell) > 1 and seen[cell] == 1 and _IS_A_WORD.fullmatch(cell) and fold(cell) in asked for cell in held
        )
    ]


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
        replace(one, passage=passage, weight=one.weight * weight)
        for passage, (whole, heading, weight) in enumerate(zip(passage_texts, headings, weights, strict=True))
        for one in _cut(whole, heading)
    ]


@lru_cache(maxsize=_REMEMBERED)
def _cut(whole: str, heading: str) -> tuple[_Candidate, ...]:
    """A passage's candidates; the same passages are asked about again and again."""
    return tuple(
        _Candidate(
            0,
            place,
            text,
            is_row,
            frozenset(search_tokens(text)),
            frozenset(search_tokens(f"{heading} {lead}")),
            (_NO_ANSWER if _LEADS_IN.search(text) or _CAPTION.match(text) else 1.0) * _brevity(text),
            lead,
        )
        for place, (text, is_row, lead) in enumerate(_quotable(whole))
    )


def _brevity(text: str) -> float:
    """A long sentence shares more words by chance."""
    return 1 / (1 + _length(text) * _LENGTH)


def _length(text: str) -> float:
    """In Chinese characters, or as many Latin ones as say the same."""
    return sum(1 / _LATIN_LONGER if char.isascii() else 1 for char in text)


def _quotable(text: str) -> list[tuple[str, bool, str]]:
    """The sentences of a passage, and each row of a table with the names of its columns.

    With each whether it is a row, and what leads in to it: the words before a list's colon, a table's caption.
    """
    found: list[tuple[str, bool, str]] = []
    names: list[str] | None = None
    lead = ""
    for line in text.splitlines():
        if CELL not in line:
            names = None
            is_item = _ITEM.match(line) is not None
            found += [(piece, False, lead if is_item else "") for piece in _pieces(line)]
            if not is_item:
                lead = found[-1][0] if found and (_LEADS_IN.search(line) or _CAPTION.match(line)) else ""
        elif names is None:
            names = line.split(CELL)
        else:
            found.append((_row(names, line.split(CELL)), True, lead))
    return found


def _pieces(line: str) -> list[str]:
    """The sentences of a line; an item of a list stays whole, since half of it means nothing."""
    if _ITEM.match(line) and len(line) <= _LONGEST_ITEM:
        return [line.strip()]
    return sentences(line)


def _row(names: Sequence[str], cells: Sequence[str]) -> str:
    pairs = zip(names, cells, strict=False)
    return "；".join(f"{name}：{cell}" if name else cell for name, cell in pairs if cell)
