"""So many more of each thing that a message has just counted: 「20箱绿茶 10箱矿泉水 各加5箱」."""

import re
from dataclasses import replace

from agents.offline.orders.lines import Line
from agents.offline.reading.understanding import Reading

EACH_MORE = re.compile(
    r"(?:各|每[样个种])(?:再|都|多)*(?P<way>[加添减少])"
    r"|(?<![a-z])(?P<en>add|plus|less|minus) \S+ (?:[a-z]+ )?(?:to |off |of )?each"
)
FEWER = frozenset({"减", "少", "less", "minus"})


def with_each_more(lines: list[Line], reading: Reading) -> list[Line]:
    """The lines with the difference that is said of each; it is no line of its own."""
    found = EACH_MORE.search(reading.text)
    bare = [line for line in lines if line.sku is None and not line.words]
    counted = [line for line in lines if line not in bare]
    if found is None or len(bare) != 1 or bare[0].quantity is None or len(counted) < 2:
        return lines
    by = -bare[0].quantity if (found["way"] or found["en"]) in FEWER else bare[0].quantity
    changed = [
        replace(line, quantity=line.quantity + by)
        for line in counted
        if line.quantity is not None and line.unit == (bare[0].unit or line.unit)
    ]
    return changed if len(changed) == len(counted) else lines
