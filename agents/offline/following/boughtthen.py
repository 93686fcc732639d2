""" "And what did I get before that one? Whole November" behind an order: the orders of that time."""

import re

from agents.offline.arguments.slots import fill
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading

OF_ORDERS = frozenset({"order_status", "list_orders", "propose_order", "propose_order_change", "propose_cancellation"})
GOT = re.compile(
    r"(?:拿|进|订|下|要|买)(?:过|了)?(?:些|的)?(?:什么|啥|哪些|多少|几单)|还(?:有|拿|进|订|下)(?:过)?(?:什么|啥|哪些|别的)"
    r"|(?<![a-z])(?:what|how much) (?:else )?(?:did|have|had) (?:i|we) (?:get|got|take|taken|order(?:ed)?"
    r"|buy|bought)(?![a-z])"
    r"|(?<![a-z])(?:what|anything) else (?:did|have) (?:i|we)(?![a-z])"
)
OF_MONEY = re.compile(r"返|回馈|额度|折扣|(?<![a-z])(?:rebates?|credit|discount|paid|money|cash)(?![a-z])")


def bought_then(reading: Reading, mind: Mind) -> Plan | None:
    """The list of orders of the span that is named; None where money or goods are asked about."""
    last, span = mind.state.last, reading.period
    if last is None or last.name not in OF_ORDERS or "list_orders" not in mind.schemas or mind.state.draft is not None:
        return None
    named = reading.mentions or reading.quantities or reading.orders or reading.stranger
    if named or span is None or span.grain == "day" or not GOT.search(reading.text) or OF_MONEY.search(reading.text):
        return None
    dealer = {"dealer": last.args["dealer"]} if last.args.get("dealer") else {}
    return Plan(
        (Do("list_orders", {**dealer, **fill(mind.schemas["list_orders"], reading, mind.briefing, mind.lexicon)}),)
    )
