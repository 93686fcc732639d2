"""Tiers that are told as not reached: so only where what counts is below their threshold."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from core.checks.belonging import of_kind
from core.checks.reading import Fact
from core.checks.said import Said
from core.checks.spoken import tiers_in
from core.checks.view import View
from core.checks.wrong import Wrong

REACH = (
    r"(?:达到?|到|够(?:上|到|得[上着])?|进(?:入|到)?(?!货)|过|满|升(?:到|上|入)|摸到|拿(?:到|下)|[上踩碰]到?|跨(?:过|入)?|冲(?:到|上)"
    r"|触及|完成)"
)
BEFORE = re.compile(rf"(?:没有?|未|不)(?:能|曾|再)?{REACH}(?:了|过)?[^,，。;；\d]{{0,6}}$")
AFTER = re.compile(
    rf"[^,，。;；\d没未不]{{0,8}}(?:[（(][^（）()]*[)）])?(?:还|尚|暂时?|仍|都|也|并|就)*(?:没有?|未|不)(?:能|曾)?{REACH}"
    r"(?!期|账|[^,，。;；\d]{0,4}\d)"
)
BEFORE_EN = re.compile(
    r"(?<![a-z])(?:not|[a-z]+n't|never|yet to|fail(?:ed|s)? to)(?: \w+){0,3}?"
    r" (?:reach\w*|hit|at|in|get|got|made?|make|past|over|clear\w*|qualif\w*|cross\w*"
    r"|there|up)(?: \w+){0,3}? ?(?:cn)?[¥$]?$"
)
AFTER_EN = re.compile(
    r"(?:'s)?(?: ?[(][^()]*[)])?(?: [a-z]+)? (?:(?:has|have|had|was|is|were) (?:not|never)|[a-z]+n't)(?: \w+){0,2}?"
    r" (?:reached|hit|met|passed|cleared|unlocked|achieved)(?![a-z])"
)
NEGATED = re.compile(r"[没未不]|n't|(?<![a-z])(?:not|never|yet|fail)")
CLAUSE = re.compile(r",(?!\d{3})|[，。;；!！?？()（）\n]|\.(?= |$)")
SUPPOSED = re.compile(r"如果|一旦|只要|假如|若|要是|的话|(?<![a-z])(?:if|unless|had|once|when|as soon as)(?![a-z])")
NOT_THERE = re.compile(
    r"离|距|差|还没|没到|未达|(?<![a-z])(?:away|short|shy|off|out of reach|not|n't|miss\w*"
    r"|would|below|starts?|from)(?![a-z])"
)
LONGEST_MONTH = 31


def unreached(said: Said, view: View) -> dict[str, int]:
    """The tiers that a sentence says aren't reached, each with where it is named."""
    if not NEGATED.search(said.text):
        return {}
    named = [(name, start, end) for name, start, end in tiers_in(said.text)]
    for one in said.numbers:
        if one.kind in {"money", "quantity"} and not one.unit.startswith(("case", "day")):
            tiers = _of_threshold(abs(one.number.value), view)
            named += [(name, *one.number.span) for name in tiers]
    found: dict[str, int] = {}
    for name, start, end in named:
        first = max([0, *(stop.end() for stop in CLAUSE.finditer(said.text, 0, start))])
        before = said.text[first:start]
        told = (
            BEFORE.search(before)
            or BEFORE_EN.search(before)
            or AFTER.match(said.text, end)
            or AFTER_EN.match(said.text, end)
        )
        if told:
            found[name] = start
    return found


def ahead_in(words: str, view: View) -> bool | None:
    """Whether all tiers in words lie above what counts; nothing where it names none or results give no thresholds."""
    tiers = {name for name, _, _ in tiers_in(words)}
    known = [_is_ahead(name, frozenset(), view) for name in tiers]
    return None if not known or None in known else all(known)


def top_told(text: str, view: View) -> bool:
    """Whether the highest tier is told as one that lies ahead, by its threshold, its rate or its number."""
    tiers = {name for fact in _money(view, "threshold") for name in of_kind(fact.entities, "tier")}
    top = max(tiers, default="")
    if not top or _is_ahead(top, frozenset(), view) is False:
        return bool(top)
    missing = {fact.value for fact in _money(view, "missing")}
    lines = {fact.value for fact in _money(view, "threshold") if top in fact.entities}
    bases = {fact.value for fact in _money(view, "rebate_base")}
    return bool(NOT_THERE.search(text)) and any(line - base in missing for line in lines for base in bases)


def wrong_reaching(said: Said, view: View) -> Iterator[Wrong]:
    """A tier told as not reached that what counts has passed."""
    if "threshold" not in view.cues.get("money", ()) or SUPPOSED.search(said.text):
        return
    for name in unreached(said, view):
        if _is_ahead(name, said.entities, view) is False:
            yield Wrong(f"{name} is reached")


def _is_ahead(tier: str, named: frozenset[str], view: View) -> bool | None:
    """Whether what counts in the quarters that are named, else in all of the result, is below a tier's threshold."""
    lines = [fact.value for fact in _money(view, "threshold") if tier in fact.entities]
    bases = [fact for fact in _money(view, "rebate_base") if any(map(_is_quarter, of_kind(fact.entities, "period")))]
    bases = [fact for fact in bases if of_kind(fact.entities & named, "period")] or bases
    if not lines or not bases:
        return None
    return all(fact.value < max(lines) for fact in bases)


def _of_threshold(value: Decimal, view: View) -> frozenset[str]:
    return frozenset(
        name
        for fact in view.facts.get(value, ())
        if fact.kind == "money" and "threshold" in fact.cues
        for name in of_kind(fact.entities, "tier")
    )


def _money(view: View, name: str) -> Iterator[Fact]:
    return (fact for same in view.facts.values() for fact in same if fact.kind == "money" and name in fact.cues)


def _is_quarter(name: str) -> bool:
    start, _, end = name.removeprefix("period:").partition("/")
    return (date.fromisoformat(end) - date.fromisoformat(start)).days > LONGEST_MONTH
