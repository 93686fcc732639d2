"""What the things found in a clause say for an intent."""

import re
from collections import defaultdict

from agents.offline.arguments.slots import THEIRS, ordinal, points_back
from agents.offline.evidence.contracts import of_contracts
from agents.offline.evidence.cues import (
    ASKED_FOR,
    ASKS,
    BOUGHT,
    CHANGES,
    DAMAGE,
    FORESEES,
    HAVE,
    HELD,
    HOW_MANY_FREE,
    IF,
    INGREDIENTS,
    LAST_BOUGHT,
    LAST_PLACED,
    LAUNCHES,
    ON_THE_CARD,
    ORDERS_IN_A_STATE,
    OUTLOOK,
    OWN_CASE,
    PLACES_ONE,
    PRICE,
    PUTS_BY,
    RAISE,
    REMEDY,
    RULE,
    SEVERAL,
    SOME_MORE,
    STOCK,
    STOCKS_UP,
    SUPPOSED_NOW,
    SUPPOSES,
    THAT_AGAIN,
    WANTS,
    WHERE_GOODS,
)
from agents.offline.evidence.dealers import SELLS, of_dealers
from agents.offline.evidence.hearsay import of_a_number_to_call, of_hearsay
from agents.offline.evidence.instock import of_goods_in_stock
from agents.offline.evidence.matters import of_matters
from agents.offline.evidence.money import (
    FEES,
    HEADROOM,
    HELD_BACK,
    LINE_OF_OURS,
    ON_AN_AMOUNT,
    TERMS_WANTED,
    TO_A_PERSON,
    WHERE_TO_PAY,
)
from agents.offline.evidence.placed import of_placed_orders
from agents.offline.evidence.quietone import of_a_quiet_one
from agents.offline.evidence.reckoned import is_reckoned
from agents.offline.evidence.restocking import of_restocking
from agents.offline.evidence.ruled import of_rules
from agents.offline.evidence.telling import of_telling_words
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER
from core.actor import Role
from core.language.changes import find_change, find_deal

SHORT_DATED = re.compile(r"临期|快过期|快到期|退|换货|(?<![a-z])(?:short[- ]dated|expir|return)")
BRIEF = 14  # characters of a question that hold a product and its price, and no advice


def evidence(reading: Reading, role: Role) -> dict[str, float]:
    """By intent, to be added to its probability."""
    weights: defaultdict[str, float] = defaultdict(float)
    for found in (
        _of_goods(reading, role),
        of_placed_orders(reading),
        of_dealers(reading, role),
        _of_whereabouts(reading, role),
        _of_trouble(reading, role),
        _of_paying_a_person(reading),
        _of_somebody_wanted(reading),
        _of_what_comes(reading, role),
        of_contracts(reading),
        _of_repeats(reading),
        of_rules(reading),
        of_hearsay(reading),
        of_a_number_to_call(reading),
        of_goods_in_stock(reading),
        of_a_quiet_one(reading, role),
        of_matters(reading),
        of_restocking(reading),
        of_telling_words(reading, role),
    ):
        for intent, weight in found.items():
            weights[intent] += weight
    if role in {Role.OWNER, Role.BUYER} and PRICE.search(reading.text):
        weights["suggest_price"] -= 0.15  # theirs is to ask what goods cost
    return dict(weights)


def _of_goods(reading: Reading, role: Role) -> dict[str, float]:
    priced = bool(PRICE.search(reading.text))
    if is_reckoned(reading):
        return {"quote": 0.6, "propose_order": -0.4}
    if reading.is_list and not priced:
        return {"propose_order": 1.15}
    if (
        reading.of_kind("product")
        and not (reading.has_lines and priced)
        and HOW_MANY_FREE.search(reading.text)
        and (reading.quantities or reading.loose)
    ):
        return {"quote": 0.9, "propose_order": -0.6}
    if reading.has_lines:
        return _of_lines(reading, priced=priced)
    if not reading.of_kind("product"):
        placed = ordinal(reading.text) is not None or points_back(reading.text)
        return {"quote": 0.5} if priced and placed and not reading.orders else {}
    return _of_a_product(reading, role, priced=priced)


def _of_a_product(reading: Reading, role: Role, *, priced: bool) -> dict[str, float]:
    """One that is named, and no amount of it."""
    if role in {Role.OWNER, Role.BUYER} and AT_YOURS.search(reading.text) and not reading.orders:
        return {"quote": 1.0, "list_stock_risks": -0.6}
    if STOCK.search(reading.text) and not reading.orders:
        return {"quote": 0.4}
    if ON_THE_CARD.search(reading.text) and not priced and not SHORT_DATED.search(reading.text):
        return {"find_products": 1.0, "search_knowledge": -0.3}
    if PLACES_ONE.search(reading.text) and not priced and not reading.orders:
        return {"propose_order": 0.6, "propose_order_change": -0.2}
    own = role in {Role.OWNER, Role.BUYER} or bool(reading.of_kind("dealer"))
    if SOME_MORE.search(reading.text) and not ASKS.search(reading.text) and not priced:
        return {"propose_order": 0.6}
    brief = priced and not own and len(reading.text) <= BRIEF and not reading.of_kind("region")
    return {"quote": 0.5 if priced and not reading.orders and own else 0.3 if brief else 0.1}


AT_YOURS = re.compile(  # what the brand has of it, whatever else is feared of it
    r"(?:你们|厂里|公司|总仓|贵司)[^,，。]{0,6}(?:还?剩|还有|有没有|有多少|存货|库存|货多|够不够|多不多)"
    r"|(?<![a-z])(?:(?:have|do) you (?:still )?(?:have|got)|(?:you|you've|you guys) got)(?![a-z]).{0,40}"
    r"(?<![a-z])(?:left|in stock|plenty|enough|of it)(?![a-z])"
)


def _of_lines(reading: Reading, *, priced: bool) -> dict[str, float]:
    if priced:
        return {"quote": 0.5}
    if HELD.search(reading.text) and len(reading.quantities) == 1:
        return {"propose_order": -0.3}
    supposes = IF.search(reading.text) and not SO_THEN.search(reading.text)
    if not ASKS.search(reading.text) and not supposes and _says_nothing_else(reading):
        return {"propose_order": 0.9, "quote": -0.3}
    if ASKS.search(reading.text) is None and not supposes and REFILL.search(reading.text):
        return {"propose_order": 0.9, "propose_replenishment": -0.5}
    asks_for_stock = HAVE.search(reading.text) and not WANTS.search(reading.text)
    if (IF.search(reading.text) and (supposes or ASKS.search(reading.text))) or asks_for_stock:
        return {"quote": 0.9, "propose_order": -0.3}
    return {"propose_order": 0.65 if ASKED_FOR.search(reading.text) else 0.35}


REFILL = re.compile(r"补(?:货)?(?:个|上|点)?(?=[\d一二两三四五六七八九十百半])|(?<![a-z])top (?:me|us|it) up(?![a-z])")
SO_THEN = re.compile(r"的话|就|(?<![a-z])then(?![a-z])")  # 「要是有货就来50箱」


def _says_nothing_else(reading: Reading) -> bool:
    """Whether a message is products and quantities, and when and where they go."""
    spans = [(one.start, one.end) for one in reading.mentions] + [one.span for one in reading.quantities]
    spans += [found.span for found in (reading.wanted, reading.period) if found]
    rest = reading.without(spans)
    return not FILLER.sub("", rest)


def _bought(reading: Reading) -> bool:
    """Whether it is asked what was bought, and not what it brought in."""
    return bool(BOUGHT.search(reading.text)) and not re.search(r"返|回馈|rebate|额度|credit", reading.text)


def _of_repeats(reading: Reading) -> dict[str, float]:
    if LOOKS_AGAIN.search(reading.text) and not reading.quantities and not reading.of_kind("product"):
        return {"order_status": 1.2, "reorder": -0.9, "propose_order": -0.4}
    again = THAT_AGAIN.search(reading.text) and not ASKS.search(reading.text) and not reading.orders
    return {"reorder": 0.6, "propose_cancellation": -0.3} if again else {}


LOOKS_AGAIN = re.compile(  # 「再看眼那单」 wants to see it, and not the same once more
    r"(?:看|查|瞧|瞅)(?:[一1]?[下眼看查个]|下子)?(?:那|这|刚才|刚刚|上面|该|我)(?:下?的?|那|这)[张个笔]?(?:订单|单子?)"
    r"|(?:那|这|刚才那?|刚刚那?)[张个笔]?(?:订单|单子?)[^,，。]{0,4}(?:再|重新)?(?:给我|帮我)?(?:看|查|发我|调出来)"
    r"|(?<![a-z])(?:show|see|check|look at|pull up|view)(?: me)? (?:that|this|the)(?: same)? order(?: again"
    r"| once more)?(?![a-z])"
)


def _of_whereabouts(reading: Reading, role: Role) -> dict[str, float]:
    """A dealer who misses the goods asks for the order, unless a product or a remedy is what it is about."""
    dealer = role in {Role.OWNER, Role.BUYER} and not reading.of_kind("product")
    own = role in {Role.OWNER, Role.BUYER}
    if own and reading.period is not None and reading.period.grain != "day" and _bought(reading):
        return {} if FORESEES.search(reading.text) else {"list_orders": 0.9, "quote": -0.4}
    if dealer and reading.period is not None and _bought(reading) and not FORESEES.search(reading.text):
        return {"list_orders": 0.8}
    theirs = role in SELLS and THEIRS.search(reading.text)
    if (dealer or reading.of_kind("dealer") or theirs) and LAST_BOUGHT.search(reading.text):
        return {"order_status": 0.9}
    if LAST_PLACED.search(reading.text):
        return {"order_status": 0.8}
    if dealer and SEVERAL.search(reading.text) and ORDERS_IN_A_STATE.search(reading.text):
        return {"list_orders": 0.4}
    if SUPPOSED_NOW.search(reading.text) and not reading.orders:
        return {"search_knowledge": 0.9, "order_status": -0.9}
    asked = dealer and WHERE_GOODS.search(reading.text) and not REMEDY.search(reading.text)
    return {"order_status": 1.0} if asked and not SEVERAL.search(reading.text) else {}


def _of_trouble(reading: Reading, role: Role) -> dict[str, float]:
    """Goods that came broken are a matter of rules; goods that are held back, of the dealer's own account."""
    raised = RAISE.search(reading.text) and not reading.orders
    fees = FEES.search(reading.text) and not OWN_CASE.search(reading.text) and not reading.of_kind("dealer")
    if TERMS_WANTED.search(reading.text):
        return {"search_knowledge": 1.0, "show_account": -0.3}
    if INGREDIENTS.search(reading.text) or WHERE_TO_PAY.search(reading.text) or raised or fees:
        return {"search_knowledge": 0.9}
    if role in {Role.OWNER, Role.BUYER} and LINE_OF_OURS.search(reading.text):
        return {"show_account": 0.9, "search_knowledge": -0.3}
    if ON_AN_AMOUNT.search(reading.text):
        return {"search_knowledge": 0.8, "explain_rebate": -0.3}
    if DAMAGE.search(reading.text) and reading.orders and not CHANGES.search(reading.text):
        return {"search_knowledge": 0.9, "order_status": -0.5}
    if RULE.search(reading.text) or (DAMAGE.search(reading.text) and not reading.has_lines):
        return {"search_knowledge": 0.6}
    if role in {Role.OWNER, Role.BUYER} and (HELD_BACK.search(reading.text) or HEADROOM.search(reading.text)):
        return {"show_account": 0.9, "search_knowledge": -0.3}
    return {}


SOMEBODY_WANTED = re.compile(  # a person is asked for outright, whatever it is about
    r"(?:叫|喊|找|换|转|派|安排)个?(?:真?人|活人|客服)(?:来|跟我|给我|说|聊|接|处理)"
    r"|(?<![a-z])(?:get|give|find|put|pass|transfer|connect) (?:me|us)(?: through| over| on)?(?: to| with)? "
    r"(?:a |an |some |the )?(?:real |actual |live |human )?(?:person|human|someone|somebody|people|agent"
    r"|colleague|rep)(?![a-z])"
    r"|(?<![a-z])(?:talk|speak) (?:to|with) (?:a |an |some)?(?:real |actual |live )?(?:person|human|someone"
    r"|somebody|one|body)"
    r"(?![a-z])"
)


def _of_somebody_wanted(reading: Reading) -> dict[str, float]:
    """A person, before what the matter with them is: "get me a person, the invoice is wrong"."""
    found = SOMEBODY_WANTED.search(reading.text) and not reading.has_lines
    return {"ask_for_person": 1.2, "search_knowledge": -0.3} if found else {}


def _of_paying_a_person(reading: Reading) -> dict[str, float]:
    """「打到业务员个人卡上行不行」 wants no person: the documents say whom one may pay."""
    said = TO_A_PERSON.search(reading.text) and not reading.has_lines
    return {"search_knowledge": 1.2, "ask_for_person": -1.0, "show_account": -0.4} if said else {}


def _of_what_comes(reading: Reading, role: Role) -> dict[str, float]:
    """What is supposed of prices or demand, and what to stock up on: of many dealers that is a forecast.

    What the brand will launch stands in documents, if anywhere.
    """
    found: dict[str, float] = {"search_knowledge": 0.7} if LAUNCHES.search(reading.text) else {}
    if SUPPOSES.search(reading.text) and not reading.has_lines and _changes_something(reading.text):
        found |= {"forecast_demand": 0.6, "quote": -0.3} if find_deal(reading.text) else {"forecast_demand": 0.4}
    if OUTLOOK.search(reading.text) and not reading.has_lines:
        found["forecast_demand"] = 0.8
    dealer = role in {Role.OWNER, Role.BUYER} or bool(reading.of_kind("dealer"))
    if STOCKS_UP.search(reading.text) and not dealer:
        found |= {"forecast_demand": 0.4, "propose_replenishment": -0.4}
    elif dealer and reading.of_kind("product") and PUTS_BY.search(reading.text) and not reading.quantities:
        found["propose_replenishment"] = 0.4
    elif STOCKS_UP.search(reading.text):
        found["propose_replenishment"] = 0.6 if HELD.search(reading.text) and reading.quantities else 0.4
    return found


def _changes_something(text: str) -> bool:
    return bool(find_deal(text) or find_change(text, "price") or find_change(text, "demand"))
