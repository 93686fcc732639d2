"""A payment called by the day on which it is due: 月底那笔197,706.45, the payment at the end of the month."""

import re
from datetime import timedelta

from core.checks.around import PHRASE
from core.checks.belonging import of_kind
from core.checks.rounding import roundings
from core.checks.said import Said
from core.checks.stretches import readings
from core.checks.view import View

PAYMENT = re.compile(
    r"[那这一]笔|要付|应付|待付|到期|该付|得付|(?<![a-z])(?:payments?|bills?|instal?lments?|due|to pay"
    r"|payable)(?![a-z])"
)


def of_due_day(place: int, said: Said, view: View) -> bool:
    """Whether it is what is due next and its phrase tells of a payment on just that day."""
    one = said.numbers[place]
    if one.kind == "percent" or one.unit or "due_next" not in view.cues.get("money", ()):
        return False
    begin, end = one.number.span
    left = max([0, *(found.end() for found in PHRASE.finditer(said.text, 0, begin))])
    right = next((found.start() for found in PHRASE.finditer(said.text, end)), len(said.text))
    if not PAYMENT.search(said.text, left, right):
        return False
    told, ways = abs(one.number.value), roundings(one.number, said.text)
    days = {
        name.removeprefix("day:").split("/")[0]
        for value, same in view.facts.items()
        if value == told or any(way.gives(told, value) for way in ways)
        for fact in same
        if "due_next" in fact.cues
        for name in of_kind(fact.entities, "day")
    }
    times = [time for time in said.times if left <= time.span[0] < right]
    return bool(days and times) and all(
        any((last - timedelta(days=1)).isoformat() in days for _, last in readings(time)) for time in times
    )
