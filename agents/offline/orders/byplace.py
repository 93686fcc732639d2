"""Amounts of things by their place: "20 of the first, 10 of the second"."""

import re
from collections.abc import Mapping
from decimal import Decimal

from agents.offline.mind import Mind
from agents.offline.orders.doubts import each_in_view
from agents.offline.orders.lines import Line, settle
from agents.offline.reading.understanding import Reading

BY_PLACE = re.compile(
    r"(\d+) ?(?:cases?|boxes|箱|件)? ?(?:of|for) the (first|second|third)(?: one)?"
    r"|(?:the )?(first|second|third)(?: one)?[ :,]{0,2}(\d+)|第([一二三])[个款种样]?(?:来|要|拿|订| )*(\d+)"
)
AT: Mapping[str, int] = {"first": 0, "second": 1, "third": 2, "一": 0, "二": 1, "三": 2}


def lines_by_place(reading: Reading, mind: Mind) -> list[Line]:
    """ "20 of the first, 10 of the second": of those that were quoted or listed; none where one has no such place."""
    each, found = each_in_view(mind), list(BY_PLACE.finditer(reading.text))
    if len(found) < 2:
        return []
    said = [[one for one in match.groups() if one] for match in found]
    wanted = [
        (next(AT[one] for one in pair if one in AT), Decimal(next(one for one in pair if one.isdigit())))
        for pair in said
    ]
    if any(at >= len(each) for at, _ in wanted):
        return []
    return [settle(Line(each[at], count, None), mind.briefing) for at, count in wanted]
