"""Whether every number in a sentence is one that is in view, under its own name and about the same thing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from core.checks.belonging import about_one, is_threshold, of_kind, stepped
from core.checks.counting import counted, wrong_parts
from core.checks.derived import DIFFERENCES, Deriving
from core.checks.facts import COUNTED
from core.checks.naming import EXACT_COUNTERS, Sentence
from core.checks.rounding import Rounding, roundings
from core.checks.spoken import Said, Spoken, Step
from core.checks.view import Fact, View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong
from core.language.numerals import Kind

MARKER = re.compile(r"^\W*$")
ARTICLES = frozenset({"a", "an"})
SINGLE = frozenset({"一", "a", "an", "one"})
COUNTING = frozenset({"stock", "free", "minimum", "total"})
COUNTER = re.compile(r" ?[张家笔个项款种位份次页名户单条]| (?!yuan|rmb|cny)[a-z]")
RANK = re.compile(r" ?(?:那|这|的)?(?:档|级|门槛|tier|bracket)")
PAGE = re.compile(r"(?<![a-z])(?:pages?|pp?\.?) ?$")
PAGE_AFTER = re.compile(r" ?页")
TOP = re.compile(r"(?:[前后]|(?<![a-z])(?:top|first|last|bottom|the|your)) ?$")
LARGEST = re.compile(r" ?(?:largest|biggest|best|smallest|lowest|highest|top)(?![a-z])")
TOGETHER = Decimal(1)


def wrong_figures(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """What doesn't hold among the numbers of a sentence."""
    found = [_matching(one, said, view, vocabulary) for one in said.numbers]
    things = _things(said, found, view)
    matched = [
        tuple(fact for fact in facts if view.belonging.fits(mine, one.own, one.touching, fact.entities))
        for one, facts, mine in zip(said.numbers, found, things, strict=True)
    ]
    deriving = Deriving(said, view, vocabulary)
    yield from wrong_parts(said)
    yield from wrong_steps(said, found, view)
    sentence = Sentence(said, matched, things, view, vocabulary)
    for place, one in enumerate(said.numbers):
        if _exempt(one, said, view):
            continue
        if _is_page(one, said):
            yield Wrong(f"page {one.number.value} is not cited")
        elif not found[place] or (one.kind == "money" and deriving.compares(place) and not _difference(found[place])):
            if not _said_so(one, view) and not deriving.gives(place, things[place]):
                yield Wrong(f"{_shown(one, said)} is in no result")
            continue
        theirs = about_one(things[place], [fact.entities for fact in found[place]])
        if theirs and matched[place] and sentence.rightly_named(place):
            continue
        if one.kind == "quantity" and counted(place, said, view, vocabulary):
            continue
        if not theirs or not matched[place]:
            yield Wrong(f"{_shown(one, said)} belongs to something else")
        else:
            yield Wrong(f"{_shown(one, said)} goes by another name")


def wrong_steps(said: Said, found: Sequence[tuple[Fact, ...]], view: View) -> Iterator[Wrong]:
    """A threshold beside step prices that is none of theirs."""
    steps = {step for schedule in view.schedules for step in schedule.steps}
    if not steps or not any(of_kind(fact.entities, "step") for facts in found for fact in facts):
        return
    for one in said.numbers:
        if one.kind == "quantity" and one.unit in {"", "case"} and is_threshold(one, said.text):
            if one.number.value not in steps:
                yield Wrong(f"{_shown(one, said)} is no step")


def _difference(facts: Sequence[Fact]) -> bool:
    return any(fact.cues & DIFFERENCES for fact in facts)


def _things(said: Said, found: Sequence[tuple[Fact, ...]], view: View) -> list[frozenset[str]]:
    """What each number is about; of step prices the step too, and of tiers one that is named by its rate or threshold."""
    prices = [place for place, facts in enumerate(found) if any(of_kind(fact.entities, "step") for fact in facts)]
    steps = stepped(said, prices, view.schedules)
    things = [one.entities | steps.get(place, frozenset()) for place, one in enumerate(said.numbers)]
    tiers = frozenset(
        name
        for one, facts in zip(said.numbers, found, strict=True)
        if RANK.match(said.text, one.number.span[1]) or "threshold" in one.around.near
        for fact in facts
        for name in of_kind(fact.entities, "tier")
    )
    return [mine if of_kind(mine, "tier") else mine | tiers for mine in things]


def wrong_sums(said: Said, view: View) -> Iterator[Wrong]:
    """Arithmetic that no result shows and that doesn't come out: ``a × b = c`` holds, or stands so in a result."""
    steps = said.steps
    for place, step in enumerate(steps):
        if step in view.steps:
            continue
        before, after = steps[place - 1] if place else None, steps[place + 1] if place + 1 < len(steps) else None
        if not (step[1] == "=" and _holds(before, step)) and not _holds(step, after):
            yield Wrong(f"{step[0]} {step[1]} {step[2]} is worked out in no result")


def _holds(step: Step | None, result: Step | None) -> bool:
    """Whether the second says what the first comes to."""
    if step is None or result is None or result[1] != "=" or step[2] != result[0]:
        return False
    first, sign, second = step
    comes_to = {"×": first * second, "x": first * second, "*": first * second, "+": first + second}.get(sign)
    return comes_to is not None and result[2] in {comes_to, (comes_to / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)}


def _shown(one: Spoken, said: Said) -> str:
    return said.text[slice(*one.number.span)]


def _exempt(one: Spoken, said: Said, view: View) -> bool:
    """List markers and ordinals up to the count of items; 一张, one order."""
    number = one.number
    if one.kind == "ordinal" and view.cues.get("ordinal"):
        return False
    if _is_page(one, said):
        return number.value in view.pages
    if number.kind is Kind.ORDINAL:
        return number.value <= max(view.items, 1)
    if number.kind is Kind.COUNT and _shown(one, said) in ARTICLES:
        return True
    if number.kind is not Kind.COUNT:
        return False
    if one.unit:
        return _per_unit(one, said)
    if TOP.search(said.text[: number.span[0]]) or LARGEST.match(said.text, number.span[1]):
        return number.value <= max(view.items, 1)
    marks = MARKER.match(said.text[: number.span[0]]) and said.text[number.span[1] :][:1] in {".", ")", "、", ":"}
    return (bool(marks) and number.value <= max(view.items, 1)) or (
        number.value == TOGETHER and bool(COUNTER.match(said.text, number.span[1]))
    )


def _is_page(one: Spoken, said: Said) -> bool:
    start, end = one.number.span
    return bool(PAGE_AFTER.match(said.text, end) or PAGE.search(said.text[:start]))


def _per_unit(one: Spoken, said: Said) -> bool:
    """一箱 and a case, which count nothing where no stock, gift or minimum is told."""
    return _shown(one, said) in SINGLE and not one.around.near & COUNTING


def _said_so(one: Spoken, view: View) -> bool:
    """Quantities may be the reader's own; money and percentages never."""
    if one.number.kind in {Kind.MONEY, Kind.PERCENT}:
        return False
    return any(
        other.number.value == one.number.value
        and other.number.kind is not Kind.MONEY
        and _same_unit(one.unit, other.unit)
        for other in view.said_numbers
    )


def _matching(one: Spoken, said: Said, view: View, vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """Facts of the kind with the value, exact or rounded to the precision that is shown."""
    kinds = _kinds(one, said, vocabulary)
    found = [fact for fact in view.facts.get(abs(one.number.value), ()) if _fits(one, fact, kinds)]
    if found:
        return tuple(found)
    meant = roundings(one.number, said.text)
    return tuple(
        fact
        for value, alike in view.facts.items()
        if _rounds(value, one, meant)
        for fact in alike
        if _fits(one, fact, kinds)
    )


def _rounds(value: Decimal, one: Spoken, meant: Iterable[Rounding]) -> bool:
    said, upper = abs(one.number.value), one.number.upper
    return said <= value <= upper if upper is not None else any(way.gives(said, value) for way in meant)


def _kinds(one: Spoken, said: Said, vocabulary: Vocabulary) -> frozenset[str]:
    """A bare number may be money too, and is what it is called; one with a unit is what its unit says."""
    bare = one.number.kind is Kind.COUNT and not one.unit and one.number.unit_like in {None, "x"}
    if not bare or one.kind != "quantity":
        return frozenset({one.kind})
    called = any("money" in vocabulary.concepts[name].kinds for name in one.around.near - {"present"})
    countable = vocabulary.of_kind(one.around.near, "quantity") or COUNTER.match(said.text, one.number.span[1])
    return frozenset({"money"}) if called and not countable else frozenset({"quantity", "money"})


def _fits(one: Spoken, fact: Fact, kinds: frozenset[str]) -> bool:
    return fact.kind in kinds and (fact.kind != "quantity" or _same_unit(one.unit, fact.unit))


def _same_unit(one: str, other: str) -> bool:
    if one in EXACT_COUNTERS and other in {*EXACT_COUNTERS, COUNTED}:
        return one == other
    return one not in EXACT_COUNTERS or not other or one == other
