"""「绿茶就按刚才的」, "as quoted": an amount that was asked about before, and is ordered now."""

import re
from dataclasses import replace
from decimal import Decimal

from agents.offline.mind import Mind
from agents.offline.orders.lines import Line
from agents.offline.reading.understanding import Reading


def as_quoted(line: Line, reading: Reading, mind: Mind) -> Line:
    """「绿茶就按刚才的」: as much of it as was asked about, where no other amount is said."""
    if line.sku is None or line.quantity is not None or not AS_ASKED.search(reading.text):
        return line
    priced = (call.args for call in reversed(mind.state.recent) if call.name == "quote")
    asked = next((args for args in priced if args.get("sku") == line.sku and args.get("quantity")), None)
    if asked is None:
        return line
    return replace(line, quantity=Decimal(str(asked["quantity"])), unit=asked.get("unit"))


AS_ASKED = re.compile(
    r"[按照][着]?(?:刚才|刚刚|刚|前面|上面)(?:的|问的|说的|报的|那个)?(?:量|数量?|价)?"
    r"|(?<![a-z])(?:as (?:quoted|asked|said|above|before)|same as (?:quoted|above|i asked))(?![a-z])"
)
