"""「一样一半」, "split it evenly": so many of what several products are called, in equal parts."""

import re

from agents.offline.orders.lines import Line

HALF_EACH = re.compile(
    r"[各每][来要拿]?一半|一样一半|一半一半|对半|平分|均分|一人一半|平均|五五"
    r"|(?<![a-z])(?:half (?:and half|of each|each|half)|half of one|split (?:it|them|that|evenly|even|the)|evenly"
    r"|fifty[ -]fifty|equal(?:ly)?)(?![a-z])|50[/-]50"
)


def shared(line: Line) -> list[Line]:
    """「一样一半」: what was asked for in equal parts of each that the name may mean; empty where it doesn't go up."""
    quantity, among_these = line.quantity, len(line.candidates)
    if quantity is None or quantity % among_these:
        return []
    return [Line(sku, quantity / among_these, line.unit, line.words) for sku in line.candidates]
