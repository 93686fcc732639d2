"""The same price for another dealer: "Ningbo Yongjiangquan then, same qty, W-550" behind a price is no order."""

import re

from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER

SAME = re.compile(
    r"(?:一样|同样|相同|照旧|同)的?(?:数?量|箱数|货|产品)?|数?量(?:也|都)?(?:一样|不变|相同)|数?量"
    r"|(?<![a-z])(?:same|quantity|qty|amount|volume|number|product|goods|as|well|what|how|about|fair|enough|alright|right"
    r"|cs|ok|too|over|there|and|or)(?![a-z])|嘅"
)
ORDERS = re.compile(
    r"下单|订|下(?=[\d一二两三四五六七八九十百])|[给帮为].{0,12}[下来拿送发开]|[来要拿送发](?=[\d一二两三四五六七八九十百])|开单|拟"
    r"|(?<![a-z])(?:order|book|send|ship|deliver|draft|place|put|take|takes|wants?|needs?|get|give|write|draw|make)(?![a-z])"
)


def for_another_dealer(reading: Reading, mind: Mind) -> Plan | None:
    """That dealer's price, where the words name another than the last price was for, and no more than an amount."""
    state, dealer = mind.state, reading.code("dealer")
    last = state.refused if state.refused is not None else state.last
    if last is None or last.name != "quote" or "quote" not in mind.schemas or dealer is None:
        return None
    waits = state.draft is not None or state.attempt is not None or mind.briefing.actor.dealer_id is not None
    products = {code for one in reading.of_kind("product") for code in one.codes}
    sku = reading.code("product") or (last.args.get("sku") if not products else None)
    if waits or sku is None or last.args.get("dealer") == dealer or len(reading.of_kind("dealer")) > 1:
        return None
    others = len(products) > 1 or reading.orders or reading.wanted or reading.period or reading.stranger
    counted = reading.quantities or reading.with_loose_numbers().quantities
    if others or len(counted) > 1 or ORDERS.search(reading.without(_named(reading))):
        return None
    left = reading.without([*_named(reading), *(one.span for one in counted)])
    if FILLER.sub("", SAME.sub(" ", left)):
        return None
    amount = {name: last.args[name] for name in ("quantity", "unit") if last.args.get(name)}
    if counted:
        value = counted[0].value
        amount = {"quantity": int(value) if value == value.to_integral_value() else float(value)}
        amount |= {"unit": str(counted[0].unit)} if counted[0].unit else {}
    kept = {"before_tax": True} if last.args.get("before_tax") else {}
    return Plan((Do("quote", {"sku": sku, "dealer": dealer, **amount, **kept}),))


def _named(reading: Reading) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in reading.mentions]
