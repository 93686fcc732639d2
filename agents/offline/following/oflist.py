"""「最大的那单」, "the oldest of these": the one order of a list just shown that the words mean."""

import re

from agents.offline.arguments.slots import ordinal
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import is_brief

LARGEST = re.compile(
    r"最大|最贵|最多钱|金额最[高大]|最高|(?<![a-z])(?:biggest|largest|most expensive|highest|dearest)(?![a-z])"
)
SMALLEST = re.compile(
    r"最小|最便宜|金额最[低小]|最低|最少|(?<![a-z])(?:smallest|cheapest|lowest|least expensive)(?![a-z])"
)
OLDEST = re.compile(r"最早|最老|最旧|最前面|(?<![a-z])(?:oldest|earliest)(?![a-z])")
NEWEST = re.compile(r"最新|最近|最晚|最后|(?<![a-z])(?:newest|latest|most recent|last)(?![a-z])")
ELSEWHERE = re.compile(r"[今去前]年|上?[个本这]?(?:季度|月份?)|(?<![a-z])(?:month|quarter|year|ever)(?![a-z])")
NEEDS = "order_status"


def of_the_list(reading: Reading, mind: Mind) -> Plan | None:
    """The order that a superlative or a place picks from the list just shown; None for anything else."""
    orders = mind.state.shown.get("order", ())
    last = mind.state.last
    if NEEDS not in mind.schemas or not orders or last is None or last.name not in {"list_orders", NEEDS}:
        return None
    if len(orders) == 1 and last.name != "list_orders":
        if orders[0] not in mind.state.orders:
            return None  # one order that was looked at is no list
        orders = mind.state.orders  # 「最贵的是哪张」, then 「最早的呢」
    if reading.mentions or reading.quantities or reading.orders or reading.period or not is_brief(reading.text):
        return None
    order = _picked(reading.text, orders, mind)
    return Plan((Do(NEEDS, {"order": order}),)) if order is not None else None


def _picked(text: str, orders: tuple[str, ...], mind: Mind) -> str | None:
    """By amount where the whole list's amounts are known; numbers follow the days, the latest first."""
    if ELSEWHERE.search(text):
        return None
    amounts = {order: mind.state.amounts[order] for order in orders if order in mind.state.amounts}
    for pattern, choose in ((LARGEST, max), (SMALLEST, min)):
        if pattern.search(text):
            return choose(amounts, key=lambda order: amounts[order]) if len(amounts) == len(orders) else None
    if OLDEST.search(text):
        return orders[-1]
    if NEWEST.search(text):
        return orders[0]
    place = ordinal(text)
    return orders[place] if place is not None and -len(orders) <= place < len(orders) else None
