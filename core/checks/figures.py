"""Whether every number in a sentence is one that is in view, under its own name and about the same thing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from core.checks.facts import COUNTED
from core.checks.spoken import Said, Spoken, decimals_shown
from core.checks.view import Fact, View
from core.checks.vocabulary import Vocabulary
from core.language.numerals import Kind

NEAR = Decimal("0.02")
VERY_NEAR = Decimal("0.005")
SHOWN_AT_LEAST = 10  # tens of the step: two digits that count
MARKER = re.compile(r"^\W*$")
LESS = re.compile(r"(?:不到|不足|将近|接近|近|差不多|(?<![a-z])(?:nearly|almost|under|less than|just under|up to)) ?$")
MORE = re.compile(r"(?:超过|超|逾|不止|(?<![a-z])(?:over|more than|above|just over|exceeding)) ?$")
MORE_AFTER = re.compile(r" ?(?:多|余|出头|\+|or more)")
ARTICLES = frozenset({"a", "an"})
EXACT_COUNTERS = frozenset({"bottle", "pack", "case", "pallet", "day"})
TOGETHER = Decimal(1)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A number that isn't in view, or goes by another's name; ``why`` is for the operator."""

    why: str


def wrong_figures(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """What doesn't hold among the numbers of a sentence."""
    matched = [_matching(one, said, view) for one in said.numbers]
    for place, (one, facts) in enumerate(zip(said.numbers, matched, strict=True)):
        if _exempt(one, said, view):
            continue
        if facts:
            theirs = _said_so(one, view) and all(
                _about_one(kind, one.entities, facts) for kind in _kinds_of(one.entities)
            )
            if not theirs and not _rightly_named(place, said, matched, view, vocabulary):
                yield Wrong(f"{_shown(one, said)} goes by another name or belongs to something else")
        elif not _said_so(one, view):
            yield Wrong(f"{_shown(one, said)} is in no result")


def wrong_sums(said: Said, view: View) -> Iterator[Wrong]:
    """Arithmetic that no result shows: what is written as ``a × b`` or ``b = c`` stands so in a result."""
    for step in said.steps:
        if step not in view.steps:
            yield Wrong(f"{step[0]} {step[1]} {step[2]} is worked out in no result")


def _shown(one: Spoken, said: Said) -> str:
    return said.text[slice(*one.number.span)]


def _exempt(one: Spoken, said: Said, view: View) -> bool:
    """List markers and ordinals up to the count of items; 一张, one order."""
    number = one.number
    if one.kind == "ordinal" and view.cues.get("ordinal"):
        return False
    if number.kind is Kind.ORDINAL:
        return number.value <= max(view.items, 1)
    if number.kind is Kind.COUNT and _shown(one, said) in ARTICLES:
        return True
    if number.kind is not Kind.COUNT or one.unit:
        return False
    marks = MARKER.match(said.text[: number.span[0]]) and said.text[number.span[1] :][:1] in {".", ")", "、", ":"}
    return (bool(marks) and number.value <= max(view.items, 1)) or number.value == TOGETHER


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


def _matching(one: Spoken, said: Said, view: View) -> tuple[Fact, ...]:
    """Facts of the kind with the value, exact or rounded to the precision that is shown."""
    kinds = _kinds(one)
    found = [fact for fact in view.facts.get(abs(one.number.value), ()) if _fits(one, fact, kinds)]
    if found:
        return tuple(found)
    within = set(_roundings(one, said))
    return tuple(
        fact
        for alike in view.facts.values()
        for fact in alike
        if _fits(one, fact, kinds) and _rounds(fact.value, one, within)
    )


def _kinds(one: Spoken) -> frozenset[str]:
    """A bare number may be any of them; one with a unit is what its unit says."""
    bare = one.number.kind is Kind.COUNT and not one.unit and one.number.unit_like in {None, "x"}
    return frozenset({"quantity", "money"}) if bare and one.kind == "quantity" else frozenset({one.kind})


def _fits(one: Spoken, fact: Fact, kinds: frozenset[str]) -> bool:
    return fact.kind in kinds and (fact.kind != "quantity" or _same_unit(one.unit, fact.unit))


def _same_unit(one: str, other: str) -> bool:
    if one in EXACT_COUNTERS and other in {*EXACT_COUNTERS, COUNTED}:
        return one == other
    return one not in EXACT_COUNTERS or not other or one == other


def _roundings(one: Spoken, said: Said) -> Iterator[tuple[Decimal, str]]:
    """Steps that a figure may be rounded to, and which way."""
    text = said.text
    shown = text[slice(*one.number.span)]
    way = ROUND_HALF_UP
    if LESS.search(text[: one.number.span[0]]):
        way = ROUND_CEILING
    elif MORE.search(text[: one.number.span[0]]) or MORE_AFTER.match(text, one.number.span[1]) or "多" in shown:
        way = ROUND_FLOOR
    step = _step(shown, abs(one.number.value))
    yield step, way
    if one.number.approximate:
        value = abs(one.number.value)
        while value and value % (step * 10) == 0 and value / (step * 10) >= SHOWN_AT_LEAST:
            step *= 10
            yield step, way


def _step(shown: str, value: Decimal) -> Decimal:
    """What the last digit shown is worth: 12万 10,000; 3.5k 100; 41.57 a cent."""
    last = decimals_shown(shown)
    if last is None:
        return next(
            (Decimal(10) ** power for mark, power in (("亿", 8), ("万", 4)) if shown.endswith(mark)), Decimal(1)
        )
    plain = re.search(r"\d[\d,]*(?:\.\d+)?", shown)
    assert plain is not None
    base = Decimal(plain.group().replace(",", ""))
    return last * (value / base if base else 1)


def _rounds(value: Decimal, one: Spoken, within: Iterable[tuple[Decimal, str]]) -> bool:
    said = abs(one.number.value)
    if one.number.upper is not None:
        return said <= value <= one.number.upper
    shown = min((step for step, _ in within), default=Decimal(1))
    for step, way in within:
        if step <= 0 or not value or (value / step).quantize(Decimal(1), rounding=way) * step != said:
            continue
        if abs(value - said) / value <= (NEAR if step == shown else VERY_NEAR):
            return True
    return False


def _rightly_named(
    place: int, said: Said, matched: Sequence[tuple[Fact, ...]], view: View, vocabulary: Vocabulary
) -> bool:
    """Whether any of the facts goes by the names that stand around the number."""
    one = said.numbers[place]
    return any(_names_fit(place, cues, said, matched, view, vocabulary) for cues in _alternatives(one, matched[place]))


def _alternatives(one: Spoken, facts: Iterable[Fact]) -> Iterator[tuple[str, frozenset[str]]]:
    """The names of facts about the same things, those of other things left out."""
    groups: dict[tuple[str, frozenset[str]], set[str]] = defaultdict(set)
    facts = tuple(facts)
    if not all(_about_one(kind, one.entities, facts) for kind in _kinds_of(one.entities)):
        return
    for fact in facts:
        if _about_the_same(one.entities, fact.entities):
            groups[fact.kind, fact.entities] |= fact.cues
    for (kind, things), cues in groups.items():
        general = [more for (other, less), more in groups.items() if other == kind and less <= things]
        yield kind, frozenset(cues.union(*general))


def _kinds_of(things: Iterable[str]) -> set[str]:
    return {name.split(":")[0] for name in things}


def _about_one(kind: str, said: frozenset[str], facts: Sequence[Fact]) -> bool:
    """Where any fact says which thing of a kind it is about, one of them must be about the one that was said."""
    theirs = [fact.entities for fact in facts if kind in _kinds_of(fact.entities)]
    mine = {name for name in said if name.startswith(f"{kind}:")}
    return not theirs or any(mine & things for things in theirs)


def _about_the_same(said: frozenset[str], fact: frozenset[str]) -> bool:
    kinds = _kinds_of(said) & _kinds_of(fact)
    return all(
        {name for name in said if name.startswith(f"{kind}:")} & {name for name in fact if name.startswith(f"{kind}:")}
        for kind in kinds
    )


def _elsewhere(one: Spoken, kind: str, view: View) -> frozenset[str]:
    """What figures of the kind and unit are called in view."""
    alike = [fact for same in view.facts.values() for fact in same if fact.kind == kind]
    if one.unit in EXACT_COUNTERS:
        alike = [fact for fact in alike if fact.unit == one.unit]
    return frozenset().union(*(fact.cues for fact in alike))


def _names_fit(
    place: int,
    alternative: tuple[str, frozenset[str]],
    said: Said,
    matched: Sequence[tuple[Fact, ...]],
    view: View,
    vocabulary: Vocabulary,
) -> bool:
    """Own words must name this figure and no other; shared ones it or its neighbour."""
    kind, cues = alternative
    one = said.numbers[place]
    theirs = vocabulary.of_kind(cues, kind)
    elsewhere = _elsewhere(one, kind, view)
    if not _qualified(one, kind, cues, said, view, vocabulary):
        return False
    named = Naming(kind, theirs, elsewhere, said.cues, vocabulary)
    around = one.around
    if named.is_it(around.before) or (
        not vocabulary.of_kind(around.before, kind) and any(map(named.is_it, around.after))
    ):
        return True
    if not named.may_be(around.before) or (around.after and not any(map(named.may_be, around.after))):
        return False
    for names, other in around.shared:
        if not named.may_be(names) and not any(names & fact.cues for fact in matched[other]):
            return False
    nothing = not around.before and not around.after and not around.shared
    return place > 0 or not nothing or named.may_be(around.earlier)


@dataclass(frozen=True)
class Naming:
    """Whether words name a figure that goes by ``theirs``; ``elsewhere`` are the names of others in view."""

    kind: str
    theirs: frozenset[str]
    elsewhere: frozenset[str]
    sentence: frozenset[str]
    vocabulary: Vocabulary

    def is_it(self, names: frozenset[str]) -> bool:
        """By one of its own names."""
        return bool(names & self.theirs)

    def may_be(self, names: frozenset[str]) -> bool:
        """By its own name; by a general one beside its own in the sentence; by nothing that another one is called."""
        named = self.vocabulary.of_kind(names, self.kind)
        if not named or named & self.theirs:
            return True
        if any(self.vocabulary.general(name, self.theirs & self.sentence) for name in named):
            return True
        return not self.theirs and not named & self.elsewhere


def _qualified(one: Spoken, kind: str, cues: frozenset[str], said: Said, view: View, vocabulary: Vocabulary) -> bool:
    """A figure that holds only under a condition (the rebate at the next tier) isn't told as the plain one."""
    under = vocabulary.qualifiers(cues, kind)
    theirs = vocabulary.of_kind(cues, kind)
    if not under or under & said.cues:
        return True
    value = abs(one.number.value)
    return not any(
        fact.kind == kind and fact.value != value and theirs & fact.cues and not under & fact.cues
        for alike in view.facts.values()
        for fact in alike
    )
