"""Where something rose or fell to, and from where: what it is now, and what it was before."""

import re
from collections.abc import Iterator
from itertools import pairwise

from core.checks.reading import Fact
from core.checks.rounding import roundings
from core.checks.said import Said, Spoken
from core.checks.view import View
from core.checks.wrong import Wrong

TO = re.compile(
    r"(?:[降跌减升涨增回滑掉落]|提高|下降|下滑|上升|增加|回落|减少)[^,，。;；\d]{0,4}?(?:到|至|为|成)(?:了)?(?:约|大约)?(?:cn)?$"
    r"|(?<![a-z])(?:fell|fallen|dropp?(?:ed|ing)?|down|declined?|slipped|rose|risen|grew|grown|up|climbed|increased?|decreased?|moved|went)"
    r"(?: (?:by )?(?:about |around |roughly )?[\d.]+ ?(?:%|percent))?(?: [a-z]+){0,2}? to (?:about "
    r"|around |just )?(?:cn)?$"
)
FROM = re.compile(r"(?:从|由)[^,，。;；\d]{0,10}(?:的)?(?:约|大约)?(?:cn)?$|(?<![a-z])from (?:about |around )?(?:cn)?$")
ONWARDS = re.compile(
    r"[^,，。;；\d]{0,12}?(?:[降跌减升涨增变回滑]|提高|下降)[^,，。;；\d]{0,4}(?:到|至|为|成)(?:了)?(?:约|大约)?[^,，。;；\d]{0,6}?(?:cn)?"
    r"| (?:yuan )?(?:[a-z]+ ){0,4}?to (?:about |around )?(?:cn)?"
)


def wrong_moves(said: Said, view: View) -> Iterator[Wrong]:
    """An earlier figure told as what something came to, or today's as what it came from."""
    if "before" not in view.cues.get("money", ()):
        return
    for one in said.numbers:
        if _is_amount(one) and TO.search(said.text[: one.number.span[0]]) and _all(one, said, view, before=True):
            yield Wrong(f"{one.shown} is what it was before")
    for one, other in pairwise(said.numbers):
        onwards = ONWARDS.fullmatch(said.text[one.number.span[1] : other.number.span[0]])
        if not (onwards and _is_amount(one) and FROM.search(said.text[: one.number.span[0]])):
            continue
        if _all(one, said, view, before=False) and _all(other, said, view, before=True):
            yield Wrong(f"{one.shown} is what it is now")


def _is_amount(one: Spoken) -> bool:
    return one.kind == "money" or (one.kind == "quantity" and not one.unit)


def _all(one: Spoken, said: Said, view: View, *, before: bool) -> bool:
    """Whether it can only be a figure of before, or of now."""
    told, ways = abs(one.number.value), roundings(one.number, said.text)
    facts: list[Fact] = [fact for fact in view.facts.get(told, ()) if fact.kind == "money"]
    facts = facts or [
        fact
        for value, same in view.facts.items()
        if any(way.gives(told, value) for way in ways)
        for fact in same
        if fact.kind == "money"
    ]
    return bool(facts) and all(("before" in fact.cues) is before for fact in facts)
