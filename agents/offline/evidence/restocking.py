"""How much to get: of what there is so little of, 「库里就剩200箱矿泉水 该补多少」, or for a time to come."""

import re

from agents.offline.evidence.cues import HELD
from agents.offline.reading.understanding import Reading

TO_GET = re.compile(
    r"[补進进订备](?:货|点|些)?(?:多少|几)|(?<![a-z])how (?:much|many) .{0,30}(?:top up|re-?order|re-?stock|replenish)"
    r"|(?<![a-z])what (?:do|should) (?:i|we) (?:need to |have to )?(?:top up|re-?order|re-?stock|replenish)"
)

AHEAD = re.compile(
    r"下个?月|下周|下个?季|下半年|明年|接下来|往后"
    r"|(?<![a-z])next (?:month|week|quarter)|(?<![a-z])for (?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)(?![a-z])"
)


def of_restocking(reading: Reading) -> dict[str, float]:
    """By intent: how many more to get, beside so many that are left or a time that no order can be of."""
    if TO_GET.search(reading.text) and AHEAD.search(reading.text) and not reading.quantities and not reading.orders:
        return {"propose_replenishment": 0.9, "list_orders": -0.9}
    told = HELD.search(reading.text) and len(reading.quantities) == 1 and reading.of_kind("product")
    asked = TO_GET.search(reading.text) and not reading.orders
    return {"propose_replenishment": 1.4, "quote": -0.9, "propose_order": -0.9} if told and asked else {}
