"""Tiers told as pairs of a threshold and its rate: 150k (1%), 300k (2%); 15万1%、30万2%."""

import re

from core.checks.belonging import of_kind
from core.checks.rounding import roundings
from core.checks.said import Said, Spoken
from core.checks.view import View

BESIDE = re.compile(
    r" ?(?:元|块|yuan|rmb)?(?:起|以上)? ?(?:[(（:：=]|→|->|=>|at|for|gets?|earns?|gives?|from|(?:就|便)?(?:是|按|为"
    r"|对应|返|给|拿|得))? ?"
    r"(?:cn|us)?[¥$]?"
)
LEAST = 2


def of_ladder(place: int, said: Said, view: View) -> bool:
    """Whether it stands in one of two or more such pairs, all of which are tiers of a result."""
    if len(said.numbers) < LEAST * 2 or "threshold" not in view.cues.get("money", ()):
        return False
    pairs: list[tuple[int, int]] = []
    at = 0
    while at + 1 < len(said.numbers):
        one, other = said.numbers[at : at + 2]
        between = said.text[one.number.span[1] : other.number.span[0]]
        if {one.kind == "percent", other.kind == "percent"} == {True, False} and BESIDE.fullmatch(between):
            pairs.append((at, at + 1))
            at += 2
        else:
            at += 1
    if len(pairs) < LEAST or not any(place in pair for pair in pairs):
        return False
    return all(_one_tier(said.numbers[first], said.numbers[second], said, view) for first, second in pairs)


def _one_tier(first: Spoken, second: Spoken, said: Said, view: View) -> bool:
    rate, line = (first, second) if first.kind == "percent" else (second, first)
    rates = _tiers(rate, "rebate_rate", "percent", said, view)
    return bool(rates & _tiers(line, "threshold", "money", said, view))


def _tiers(one: Spoken, cue: str, kind: str, said: Said, view: View) -> frozenset[str]:
    told, ways = abs(one.number.value), roundings(one.number, said.text)
    found = [
        of_kind(fact.entities, "tier")
        for value, same in view.facts.items()
        if value == told or any(way.gives(told, value) for way in ways)
        for fact in same
        if fact.kind == kind and cue in fact.cues
    ]
    return frozenset().union(*found)
