"""Which figures in view a number may be: of its kind and unit, exactly or rounded as it is told."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from core.checks.facts import COUNTED
from core.checks.rounding import Between, Rounding, roundings
from core.checks.spoken import EXACT_COUNTERS, Said, Spoken
from core.checks.view import Fact, View
from core.checks.vocabulary import Vocabulary
from core.language.numerals import Kind

COUNTER = re.compile(
    r" ?[张家笔个项款种位份次页名户单条件天档季批]|[搭×x+]| ?[×]"
    r"|(?: more| other| of(?: your| the)?)*"
    r" (?!yuan|rmb|cny|per|each|now|then|from|and|for|left)[a-z]{4,}"
)
LISTED = re.compile(
    r"列|显示|看到|上面|图|表|前|这|以上|最近|头|先|其中|(?<![a-z])(?:listed|shown|list|top|first|latest|recent|these|"
    r"those|here|following|chart|of(?! which))(?![a-z])"
)
PACKAGES = frozenset("盒 袋 罐 听 杯 桶 支 pcs pieces units can cans".split())
COUNTED_BEFORE = re.compile(
    r"(?:[×搭前后第]|(?<![a-z])(?:from|under|of|at|top|reach|take|buy|buying|over|least|page)) ?$"
)


def said_so(one: Spoken, view: View) -> bool:
    """Quantities may be the reader's own; money and percentages never."""
    if one.number.kind in {Kind.MONEY, Kind.PERCENT}:
        return False
    return any(
        other.number.value == one.number.value
        and other.number.kind is not Kind.MONEY
        and _same_unit(one.unit, other.unit)
        for other in view.said_numbers
    )


def matching(one: Spoken, said: Said, view: View, vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """Facts of the kind with the value, exact or rounded to the precision that is shown."""
    kinds = _kinds(one, said, vocabulary)
    if all_told(one, said, view):
        return ()
    found = [fact for fact in view.facts.get(abs(one.number.value), ()) if _fits(one, fact, kinds, view)]
    meant = roundings(one.number, said.text)
    if found and all(isinstance(way, Rounding) and way.way == ROUND_HALF_UP and way.step <= 1 for way in meant):
        return tuple(found)
    return tuple(
        fact
        for value, alike in view.facts.items()
        if value == abs(one.number.value) or _rounds(value, one, meant)
        for fact in alike
        if _fits(one, fact, kinds, view)
    )


def all_told(one: Spoken, said: Said, view: View) -> bool:
    """A count of what is listed, told as if it were all there is, where the result says how many that is."""
    if one.kind != "quantity" or one.unit or one.number.kind is not Kind.COUNT or LISTED.search(said.text):
        return False
    wholes = [
        fact.value
        for value in view.headline
        for fact in view.facts.get(value, ())
        if fact.kind == "quantity" and fact.unit in {"", "order"} and fact.value == fact.value // 1
    ]
    facts = view.facts.get(one.number.value, ())
    return bool(wholes) and one.number.value not in wholes and bool(facts) and all(f.unit == COUNTED for f in facts)


def _rounds(value: Decimal, one: Spoken, meant: Iterable[Rounding | Between]) -> bool:
    said, upper = abs(one.number.value), one.number.upper
    return said <= value <= upper if upper is not None else any(way.gives(said, value) for way in meant)


def _kinds(one: Spoken, said: Said, vocabulary: Vocabulary) -> frozenset[str]:
    """A bare number may be money too, and is what it is called; one with a unit is what its unit says."""
    like = one.number.unit_like
    bare = one.number.kind is Kind.COUNT and not one.unit and (like in {None, "x"} or bool(vocabulary.cues(like or "")))
    if not bare or one.kind != "quantity":
        return frozenset({one.kind})
    named = one.around.near - {"present"}
    called = "free" not in named and any("money" in vocabulary.concepts[name].kinds for name in named)
    start, end = one.number.span
    counts = COUNTER.match(said.text, end) or COUNTED_BEFORE.search(said.text[:start])
    countable = counts or vocabulary.of_kind(one.around.near, "quantity")
    if called and not countable:
        return frozenset({"money"})
    return frozenset({"quantity", "money"})


def _fits(one: Spoken, fact: Fact, kinds: frozenset[str], view: View) -> bool:
    return fact.kind in kinds and (fact.kind != "quantity" or _counts_such(one, fact, view))


def _counts_such(one: Spoken, fact: Fact, view: View) -> bool:
    """In cases what is counted in cases, where anything is; papers and dealers in neither cases nor days."""
    like = one.number.unit_like
    if not one.unit and like not in {None, "x", *PACKAGES} and fact.unit in EXACT_COUNTERS:
        return False
    if one.unit in view.units and not fact.unit:
        return False
    return _same_unit(one.unit, fact.unit)


def _same_unit(one: str, other: str) -> bool:
    if one in EXACT_COUNTERS and other in {*EXACT_COUNTERS, COUNTED}:
        return one == other
    return one not in EXACT_COUNTERS or not other or one == other
