"""How much to get of what there is so little of: 「库里就剩200箱矿泉水 该补多少」."""

import re

from agents.offline.evidence.cues import HELD
from agents.offline.reading.understanding import Reading

TO_GET = re.compile(
    r"[补進进订备](?:货|点|些)?(?:多少|几)|(?<![a-z])how (?:much|many) .{0,30}(?:top up|re-?order|re-?stock|replenish)"
    r"|(?<![a-z])what (?:do|should) (?:i|we) (?:need to |have to )?(?:top up|re-?order|re-?stock|replenish)"
)


def of_restocking(reading: Reading) -> dict[str, float]:
    """By intent: so many that are left, and how many more to get, in one breath."""
    told = HELD.search(reading.text) and len(reading.quantities) == 1 and reading.of_kind("product")
    asked = TO_GET.search(reading.text) and not reading.orders
    return {"propose_replenishment": 1.4, "quote": -0.9, "propose_order": -0.9} if told and asked else {}
