"""What the order that was just shown came to: "what did that one come to, all in", 「最后结下来多少」."""

import re

from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading

CAME_TO = re.compile(
    r"(?:最后|总的|总共|一共|拢共|合起来|全部)?(?:结|算|计|加)(?:下来|出来|起来|埋)[^,，。]{0,6}(?:多少|几)|(?:最后|实际|到底)[^,，。]{0,6}(?:多少钱|结了?多少|付了?多少|花了?多少|几多)"
    r"|(?<![a-z])(?:what|how much) (?:did|does|do|has|have|will) "
    r"(?:(?:it|that|this|the)(?: (?:one|order|lot|load|delivery|drop))?|we|i)"
    r" (?:(?:all|finally) )?(?:come|came|add up|amount|total|work out|end up|cost|set)(?: |$|[?.,])"
    r"|(?<![a-z])(?:what(?:'?s| was| is| were)|how much(?:'?s| was| is)) "
    r"the (?:damage|bill|total|sum|final (?:figure|sum|bill))"
    r"(?: (?:on|for|of|in) (?:it|that|this)(?: (?:one|order|lot|load|delivery|drop))?)?(?= *(?:$|[?,.!]))"
)
REPORT = "sales_summary"
ORDERS = frozenset({"order_status", "list_orders", "propose_order", "propose_order_change"})  # when it was placed


def what_it_came_to(reading: Reading, mind: Mind) -> Plan | None:
    """The one order that was shown, which says its sum; None where goods, a day, or another dealer is named."""
    last, shown = mind.state.last, mind.state.shown.get("order", ())
    if last is not None and last.name == REPORT and REPORT in mind.schemas and CAME_TO.search(reading.text):
        own = reading.mentions or reading.quantities or reading.orders or reading.period or reading.stranger
        return None if own else Plan((Do(REPORT, last.args),))  # 「加起来多少」: its first line says the sum
    if last is None or last.name not in ORDERS or len(shown) != 1 or "order_status" not in mind.schemas:
        return None
    waits = mind.state.draft is not None or mind.state.attempt is not None or mind.state.asked is not None
    named = reading.mentions or reading.quantities or reading.orders or reading.period or reading.stranger
    if waits or named or not CAME_TO.search(reading.text):
        return None
    return Plan((Do("order_status", {"order": shown[0]}),))
