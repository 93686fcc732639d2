"""How many did order, beside how many didn't: 1 silent and 27 active of 28."""

import re

from core.checks.around import PHRASE
from core.checks.said import Said
from core.checks.view import View

ACTIVE = re.compile(
    r"正常|活跃|有单|下[了过]单|下单了|已下单|有下单|在订|有订货|有动静|(?<![a-z])(?:active|buying|ordering|ordered|orders?"
    r"|bought|placed|fine|as usual)(?![a-z])"
)
LABEL = re.compile(r"[^,，。;；:：]{1,14}[:：] ?$")
SILENT = re.compile(
    r"没|未|无|不|静默|沉默|(?<![a-z])(?:silent|quiet|inactive|no|not|none|without|yet"
    r"|still to|idle|missing)(?![a-z])|n't(?![a-z])"
)


def of_the_rest(place: int, said: Said, view: View) -> bool:
    """Whether it is what the silent ones leave of all, and its own phrase says nothing else."""
    one = said.numbers[place]
    if one.kind != "quantity" or one.unit or "silent" not in view.cues.get("quantity", ()):
        return False
    begin, end = one.number.span
    left = max([0, *(found.end() for found in PHRASE.finditer(said.text, 0, begin))])
    right = next((found.start() for found in PHRASE.finditer(said.text, end)), len(said.text))
    phrase = said.text[left:right]
    phrase = f"{LABEL.search(said.text[:left])[0]} {phrase}" if LABEL.search(said.text[:left]) else phrase  # type: ignore[index]
    if not ACTIVE.search(phrase) or SILENT.search(phrase):
        return False
    counts = [(value, fact) for value, same in view.facts.items() for fact in same if fact.kind == "quantity"]
    silent = {value for value, fact in counts if "silent" in fact.cues and value in view.headline and not fact.unit}
    least = min(silent, default=None)
    return least is not None and any(whole - least == one.number.value for whole in view.headline if whole > least)
