"""An order that is named by who placed it or by what it comes to: 「徐静下的那单」, 「三万二那单」, "the 32k one"."""

import re
from collections.abc import Sequence
from decimal import Decimal

from agents.offline.reading.briefing import Briefing
from core.language.numerals import find_numbers

Named = tuple[str, tuple[int, int]]
ENOUGH = Decimal(1000)  # what less than that counts is no sum of an order
NEAR = Decimal("0.15")  # how far 「两万左右」 may be off
AN_ORDER = re.compile(
    r" ?(?:块钱?|元|rmb|yuan|cny|左右|上下|多块?|出头|来块|的|那|这|an? |,)*一?(?:[张笔个](?=订?单|的?[?？,，。呢]"
    r"|$)|[张笔])?"
    r" ?(?:订单|单(?![价位独品])|(?<=[张笔])|orders?(?![a-z])|one(?![a-z]))"
)
FOR_SO_MUCH = re.compile(
    r"(?<![a-z])(?:orders?|one) (?:for|of|worth|at|over)(?: about| around| roughly)? ?(?:rmb|cny|¥|￥)? ?$"
)
BY_PERSON = r"[^,，。;；!！?？\d]{0,6}?[下订报提落录]的?[那这]?一?(?:[张笔]|订?单)"
FORMS = ("小{0}", "老{0}", "{0}总", "{0}经理", "{0}老板", "{0}姐", "{0}哥", "{0}师傅", "{0}会计")


def order_of_sum(text: str, briefing: Briefing) -> Named | None:
    """「三万二那单」: the one recent order that comes to so much, rounded as it was said, and where that stands."""
    for number in find_numbers(text):
        start, end = number.span
        counted = number.unit_like if number.unit_like in A_WORD and text[:end].endswith(number.unit_like) else ""
        behind = AN_ORDER.match(text, end - len(counted))
        ahead = FOR_SO_MUCH.search(text[:start])
        if number.value < ENOUGH or (behind is None and ahead is None):
            continue
        if (order := _of_amount(number.value, briefing, approximate=number.approximate)) is not None:
            return order, (ahead.start() if ahead else start, behind.end() if behind else end)
    return None


A_WORD = frozenset({"order", "orders", "one", "单", "张", "笔"})


def _of_amount(value: Decimal, briefing: Briefing, *, approximate: bool) -> str | None:
    step = Decimal(10) ** max(int(value.normalize().as_tuple().exponent), -2)
    off = max(step, value * NEAR) if approximate else step
    near = {order: amount for order, amount in briefing.amounts.items() if value - off / 2 <= amount < value + off}
    exact = [order for order, amount in near.items() if abs(amount - value) < 1]
    cut = [order for order, amount in near.items() if value <= amount < value + step]
    standing = [order for order in cut or near if order in briefing.changeable]
    return next((found[0] for found in (exact, cut, list(near), standing) if len(found) == 1), None)


def order_of_person(text: str, briefing: Briefing) -> Named | None:
    """「徐静下的那单」: the latest order of that person that can still be changed, else their latest."""
    for order in (*briefing.changeable, *briefing.recent_orders):
        if (found := _names(briefing.placers.get(order, ""), text)) is not None:
            return order, found.span()
    return None


def placed_by_whom(text: str, orders: Sequence[str], briefing: Briefing) -> list[str]:
    """Those of the orders that a person whom the words name has placed."""
    return [order for order in orders if _names(briefing.placers.get(order, ""), text) is not None]


def _names(person: str, text: str) -> re.Match[str] | None:
    if not person or person.isascii():
        return None
    called = "|".join((re.escape(person), *(form.format(person[0]) for form in FORMS)))
    return re.search(rf"(?:{called}){BY_PERSON}", text)
