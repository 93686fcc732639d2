"""「两个都要」, "he'll take both": what was quoted one after another, each in the amount asked about."""

import re
from decimal import Decimal

from agents.offline.mind import Mind
from agents.offline.orders.lines import Line, settle
from agents.offline.reading.understanding import Reading
from core.language.quantities import find_quantities

ALL_OF_THEM = re.compile(
    r"(?:[两二三四234])[个种样款箱]?(?:产品|货|都|全)[^,，。]{0,4}(?:要|来|下|订|拿|定|上)?|(?:都|全部?)(?:要|来|下"
    r"|订|拿|定|上)(?:了|吧|$|[,，。 ])"
    r"|(?<![a-z])(?:both|all (?:two|three|four|of (?:them|those))|the (?:two|three|four)(?: of them)?)(?![a-z])"
)
COUNTS_THEM = re.compile(r"^(?:two|three|four|[两二三四234])(?:[个种样款])?$")


def both_quoted(reading: Reading, mind: Mind) -> list[Line]:
    """Their lines; empty where other amounts or products are said, or one of the prices was asked of no amount."""
    if not ALL_OF_THEM.search(reading.text) or reading.of_kind("product") or reading.orders:
        return []
    counted = find_quantities(reading.text, bare=True)
    if any(one.unit or not COUNTS_THEM.match(one.source_text.strip().lower()) for one in counted):
        return []
    lines: dict[str, Line] = {}
    for call in reversed(mind.state.recent):
        if call.name != "quote" or not call.args.get("sku"):
            break
        if call.args.get("quantity") and call.args["sku"] not in lines:
            lines[call.args["sku"]] = Line(
                call.args["sku"], Decimal(str(call.args["quantity"])), call.args.get("unit") or None
            )
        elif call.args["sku"] not in lines:
            return []
    named = sum(int(one.value) for one in counted[:1])
    if len(lines) < 2 or (named and named != len(lines)):
        return []
    return [settle(line, mind.briefing) for line in reversed(lines.values())]
