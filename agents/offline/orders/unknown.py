""" "40 cases of orange juice and 20 sprite": what is counted beside known products and is none of them."""

import re

from agents.offline.orders.lines import Line
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER

BEFORE_IT = re.compile(
    r"(?:^|[,，;；、&+。\n]|和|跟|加|同|(?<![a-z])(?:and|plus|also|with"
    r"|gimme|give (?:me|us)|need|want|send(?: me| us)?|get(?: me| us)?|order|take|have|put|book|add)) *$"
)
BEHIND_IT = re.compile(
    r" ?(?:of (?:the |your )?)?([a-z][a-z' ]{2,28}?)"
    r"(?= *(?:$|[,;.&+\n]|(?:and|plus|with|to|for|by|on|please|pls|thanks)(?![a-z])))"
)
NAMED_FIRST = re.compile(r"(?:^|[,，;；、 +。\n]|和|跟|加|同)([\u4e00-\u9fff]{2,6}) ?$")
ENDS = re.compile(r" *(?:$|[,，;；、+。\n]|[\u4e00-\u9fff]{2,6} ?\d)")
NOT_GOODS = re.compile(
    r"^(?:cases?|packs?|bottles?|pallets?|days?|weeks?|months?|hours?|minutes?|am|pm|percent|yuan|rmb|people|stores?|shops?"
    r"|orders?|times?|free|more|less|extra|each|total|left|of|th|st|nd|rd|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)(?![a-z])"
)


def unknown_items(reading: Reading) -> list[Line]:
    """Lines that name no product of ours, to be asked about, where others of the same breath are known and counted."""
    if not reading.has_lines:
        return []
    taken = [(one.start, one.end) for one in reading.mentions] + [one.span for one in reading.quantities]
    taken += [found.span for found in (reading.period, reading.wanted) if found]
    lines = []
    for number in reading.loose:
        start, end = number.span
        if number.unit is not None or any(start < stop and begin < end for begin, stop in taken):
            continue
        words = _behind(reading.text, start, end, taken) or _in_front(reading.text, start, end, taken)
        if words:
            lines.append(Line(None, number.value, None, words))
    return lines


def _behind(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> str:
    found = BEHIND_IT.match(text, end)
    if found is None or not BEFORE_IT.search(text[:start]) or _overlaps(found.span(1), taken):
        return ""
    words = FILLER.sub(" ", found[1]).strip()
    return "" if NOT_GOODS.match(found[1]) else words


def _in_front(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> str:
    found = NAMED_FIRST.search(text[:start])
    if found is None or not ENDS.match(text, end) or _overlaps(found.span(1), taken):
        return ""
    words = FILLER.sub(" ", found[1]).strip()
    return words if len(words) > 1 else ""


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < stop and begin < span[1] for begin, stop in taken)
