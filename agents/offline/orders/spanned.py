"""「照上个月那单再来一份」, "same order as last week": the order that was placed then, or which of several."""

import re

from agents.offline.arguments.slots import ordinal
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from core.language.timeranges import TimeRange, period
from core.orders.rules import series_of

LIST = "list_orders"


def placed_then(reading: Reading, mind: Mind) -> list[str]:
    """The orders, latest first, of the span whose order is meant; empty where none was placed then."""
    span = _span(reading, mind)
    if span is None:
        return []
    first, behind = series_of(span.start), series_of(span.end)
    return [number for number in mind.briefing.recent_orders if first <= number[: len(first)] < behind]


def which_of_then(reading: Reading, mind: Mind) -> Plan | None:
    """The orders of that time, unless there is one: which of several is wanted again isn't guessed."""
    span = _span(reading, mind)
    if LIST not in mind.schemas or span is None or len(placed_then(reading, mind)) == 1:
        return None
    return Plan((Do(LIST, {"period": period(span)}),))


def _span(reading: Reading, mind: Mind) -> TimeRange | None:
    """A time of more than a day that has begun, and that tells which order is meant, not when it is to come."""
    span = reading.period
    if span is None or span.grain == "day" or span.start >= mind.briefing.today or reading.orders:
        return None
    start, end = span.span
    tied = BEHIND.match(reading.text, end) or BEFORE.search(reading.text[:start])
    return span if tied else None


BEHIND = re.compile(r" ?(?:的|那|这|下的|订的)*(?:一?[张笔个批])? ?(?:订单|单子?|货)|(?:'s| s)? (?:order|one)(?![a-z])")
BEFORE = re.compile(r"(?:order|one|same|as|like) (?:as |like )?(?:of |from |in |for )?(?:the )?$")


def again_of_the_list(reading: Reading, mind: Mind) -> bool:
    """Whether one of the listed orders is wanted again."""
    return one_of_those_listed(reading, mind) is not None and AGAIN.search(reading.text) is not None


AGAIN = re.compile(r"再[来下订要]一?[单份张次遍]?|照(?:着|样)|重新下|(?<![a-z])(?:again|repeat|same|reorder)(?![a-z])")


def one_of_those_listed(reading: Reading, mind: Mind) -> str | None:
    """「第二个再来一单」 behind a list of orders."""
    last, place = mind.state.last, ordinal(reading.text)
    if last is None or last.name != LIST or place is None or not 0 <= place < len(mind.state.orders):
        return None
    return mind.state.orders[place]
