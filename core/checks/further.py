"""So many cases more than those asked for, up to the next step of a price: 再加180箱就能用27.94的价."""

import re
from decimal import Decimal

from core.checks.said import Said, Spoken
from core.checks.view import View

FURTHER = re.compile(
    r"(?:再|多|还差|还得|还要|追加)[要得需拿订加买进补多凑来]*(?:够)?$|(?<![a-z])(?:another|an? (?:extra|additional)) $"
)
MORE_CASES = re.compile(r" (?:more|further|extra|additional) cases?| cases? (?:more|extra)(?![a-z])")


def is_further(place: int, said: Said, view: View) -> bool:
    """Whether it is the cases that are missing to a step that is told, or that step's price."""
    one = said.numbers[place]
    if one.unit == "case":
        return _step_reached(one, said, view) is not None
    if one.unit or one.kind not in {"money", "quantity"}:
        return False
    steps = {_step_reached(other, said, view) for other in said.numbers if other.unit == "case"} - {None}
    facts = view.facts.get(abs(one.number.value), ()) if steps else ()
    return any(f"step:{step}" in fact.entities and "price" in fact.cues for step in steps for fact in facts)


def _step_reached(one: Spoken, said: Said, view: View) -> Decimal | None:
    """The step that so many more than those asked for come to, where it or its price is told."""
    start, end = one.number.span
    if not (FURTHER.search(said.text[:start]) or MORE_CASES.match(said.text, end)):
        return None
    asked = {other.number.value for other in view.said_numbers if other.unit == "case"}
    told = {abs(other.number.value) for other in said.numbers if other is not one}
    for schedule in view.schedules:
        for step in schedule.steps:
            prices = {value for value in told for fact in view.facts.get(value, ()) if f"step:{step}" in fact.entities}
            if step - one.number.value in asked and (step in told or prices):
                return Decimal(step)
    return None
