"""A message as requests: which of its clauses ask for something of their own, and which belong together."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agents.offline.accountandrebate import of_both_figures
from agents.offline.besideothers import in_context
from agents.offline.evidence.contracts import of_the_same_contract
from agents.offline.evidence.cues import (
    AS_BEFORE,
    ASKS,
    BETWEEN,
    CHANGES,
    DELIVERY,
    EACH,
    ONLY_AN_ORDER,
    PRICE,
    STOCK,
    WANTS,
)
from agents.offline.evidence.matters import is_a_matter
from agents.offline.evidence.placed import IF_NOT_SHIPPED
from agents.offline.evidence.ruled import of_a_breach
from agents.offline.premises import FRAMING, RULES, WORDY_ALONE, with_their_premises
from agents.offline.reading.joining import put_together
from agents.offline.reading.notes import FRESH_GOODS
from agents.offline.reading.understanding import Reading
from agents.offline.requests import DETAIL, Recogniser, Request
from agents.offline.wording.filler import FILLER
from agents.offline.wording.remarks import is_remark
from core.actor import Role

OWN, ALONE = 0.45, 0.6
WORDY = frozenset({"search_knowledge", "ask_for_person", "help", "out_of_scope", "anger"})
REPEATABLE = frozenset({"quote", "order_status"})


def requests_in(whole: Reading, recogniser: Recogniser, role: Role) -> list[Request]:
    """The message's requests in order; clauses that only carry on the one before are joined to it."""
    clauses = _named_then_asked(without_remarks(whole.clauses))
    if len(clauses) <= 1:
        return of_both_figures(recogniser.recognise(whole, role))
    found = in_context([recogniser.recognise(clause, role) for clause in clauses])
    found = [_of_what_was_asked(found[:at], one) for at, one in enumerate(found)]
    found = with_their_premises(found, recogniser, role)
    return found if len(found) == 1 else _apart_or_together(found, whole, recogniser, role)


def _of_what_was_asked(before: Sequence[Request], request: Request) -> Request:
    """「小青柑还有没 想要30箱」: so many of the one product that was asked about, where no other is named."""
    reading = request.reading
    own = reading.of_kind("product") or len(reading.quantities) != 1 or request.intent != "propose_order"
    if own or not before or before[-1].intent != "quote":
        return request
    asked = before[-1].reading
    of_one = len(asked.of_kind("product")) == 1 and not asked.quantities
    rest = reading.without([reading.quantities[0].span])
    if not of_one or FILLER.sub("", rest):
        return request
    return replace(request, reading=put_together(asked, reading))


def _apart_or_together(found: list[Request], whole: Reading, recogniser: Recogniser, role: Role) -> list[Request]:
    """The clauses' requests, or the message's one, of which they are parts."""
    as_before = found[0].intent == "reorder" and AS_BEFORE.search(found[0].reading.text)
    if as_before and all(_changes_lines(request) for request in found[1:]):
        return [replace(found[0], reading=whole)]
    found = [one for one in found if not _hardly_a_no(one)] or found  # 「算早了吧」 beside what is wanted
    distinct = {request.intent for request in found if request.sure and request.intent not in FRAMING}
    together = recogniser.recognise(whole, role)
    if _of_the_whole(together, whole):
        return [together]
    alone = {request.intent for request in found if request.intent not in FRAMING and _stands_alone(request)}
    if len(alone) < 2 < len(distinct) + 1 and _may_be_one(together, whole):
        return [together]
    if together.intent in distinct and not all(_stands_alone(request) for request in found):
        if len(distinct) > 1 and not whole.has_lines:
            return [together]
        if len(distinct) > 1:
            found = [one if _stands_alone(one) or _asks_apart(one) else replace(one, probability=0.0) for one in found]
            distinct = {request.intent for request in found if request.sure and request.intent not in FRAMING}
    if len(distinct) <= 1:
        main = max(found, key=lambda request: (request.intent in distinct, request.probability))
        if _may_be_one(together, whole) and together.probability > main.probability:
            return [together]
        return [Request(main.intent, main.probability, main.second, main.margin, whole)]
    return _joined(found)


def without_remarks(clauses: Sequence[Reading]) -> Sequence[Reading]:
    """ "Hmm too much. 2 pallets?": what only judges is no request beside what is one."""
    return [clause for clause in clauses if not _only_judges(clause)] or clauses


def _only_judges(clause: Reading) -> bool:
    named = clause.mentions or clause.quantities or clause.loose or clause.orders or clause.period or clause.wanted
    remarks = is_remark(clause.text) or FRESH_GOODS.search(clause.text)
    return not named and bool(remarks) and not ASKS.search(clause.text)


def _of_the_whole(together: Request, whole: Reading) -> bool:
    """Whether all of it is one: goods with what became of them, and what is said in anger."""
    if together.intent == RULES and (is_a_matter(whole) or of_a_breach(whole.text)):
        return True
    if together.intent == "propose_order_change" and IF_NOT_SHIPPED.search(whole.text):
        return True
    return together.intent == "anger" and together.probability > WORDY_ALONE and not ASKS.search(whole.text)


def _hardly_a_no(request: Request) -> bool:
    return request.intent == "deny" and request.probability < OWN


def asks_severally(whole: Reading, recogniser: Recogniser, role: Role) -> bool:
    """Whether two of its clauses are requests of their own for different things, one of them a question."""
    if len(whole.clauses) < 2 or not ASKS.search(whole.text):
        return False
    found = [recogniser.recognise(clause, role) for clause in without_remarks(whole.clauses)]
    alone = {one.intent for one in found if one.intent not in FRAMING and _stands_alone(one) and _is_about(one)}
    return len(alone) > 1


def _is_about(request: Request) -> bool:
    """Whether a clause names what it asks about."""
    reading = request.reading
    return bool(reading.mentions or reading.orders or reading.period or request.intent not in REPEATABLE)


def _may_be_one(together: Request, whole: Reading) -> bool:
    """Whether a premise and its question, taken together, ask one thing: 「货到了，少两箱找谁」."""
    one = not whole.has_lines or is_a_matter(whole)
    return together.sure and together.intent not in FRAMING and one


def _named_then_asked(clauses: Sequence[Reading]) -> list[Reading]:
    """「绿茶，多少钱一箱」: a clause that only names a product belongs to the one that asks about it."""
    joined: list[Reading] = []
    for clause in clauses:
        asks = PRICE.search(clause.text) or STOCK.search(clause.text)
        if (
            joined
            and joined[-1].orders
            and not joined[-1].mentions
            and ONLY_AN_ORDER.fullmatch(joined[-1].text.strip())
        ):
            joined[-1] = put_together(joined[-1], clause)
            continue
        if joined and of_the_same_contract(joined[-1], clause):
            joined[-1] = put_together(joined[-1], clause)
            continue
        if joined and joined[-1].orders and WHY_ALONE.fullmatch(clause.text.strip()):
            joined[-1] = put_together(joined[-1], clause)  # "SO-… got bounced, why??"
        elif joined and (SIZE_ALONE.fullmatch(clause.text) or _counts_the_one_before(joined[-1], clause)):
            joined[-1] = put_together(
                joined[-1], clause
            )  # 「椰汁10箱，245ml的」, "what do I pay for cola, say 50 cases?"
        elif (
            joined
            and asks
            and not clause.of_kind("product")
            and (_only_names(joined[-1]) or _only_asks_a_price(clause))
        ):
            joined[-1] = put_together(joined[-1], clause)
        else:
            joined.append(clause)
    return joined


def _counts_the_one_before(before: Reading, clause: Reading) -> bool:
    """Whether a clause is an amount, and perhaps its price, of the one product that the clause before names."""
    named, counted = before.of_kind("product"), clause.quantities
    if (
        (WANTS.search(clause.text) and not PRICE.search(before.text))
        or len(named) != 1
        or before.quantities
        or clause.mentions
        or len(counted) != 1
        or clause.orders
    ):
        return False
    start, end = counted[0].span
    rest = f"{clause.text[:start]} {clause.text[end:]}"
    return not FILLER.sub("", ABOUT_SO_MUCH.sub(" ", PRICE.sub(" ", rest)))


ABOUT_SO_MUCH = re.compile(
    r"大概|大约|左右|差不多|比如|假设|比方|按|算|上下|"
    r"(?<![a-z])(?:say|about|around|roughly|maybe|like|what'?s|whats|what|kind|can|cans|bottles?)(?![a-z])"
)
WHY_ALONE = re.compile(
    r"(?:这|那|到底|究竟)?(?:是)?(?:为什么|为啥|为何|怎么回事|咋回事|咋了|怎么了|啥情况|什么情况|什么原因)[啊呀呢吗]?"
    r"|(?:so |but |and )?(?:why(?: is that| was that| so)?|how come|what happened|what'?s (?:up|wrong"
    r"|going on)|what for)"
)
SIZE_ALONE = re.compile(r" *(?:the )?\d{3,4} ?(?:ml|毫升)?(?:的|装|one)? *| *\d(?:\.\d+)? ?(?:l|升)(?:的|装)? *")


def _only_asks_a_price(clause: Reading) -> bool:
    """ "Cost?" behind so many of a product."""
    return not FILLER.sub("", PRICE.sub("", clause.text))


def _changes_lines(request: Request) -> bool:
    """Whether a clause after 「照上一单再来」 says what is to be different, and asks nothing."""
    reading = request.reading
    ordering = request.intent in {"propose_order", "propose_order_change", "reorder", "propose_cancellation"}
    changes = CHANGES.search(reading.text) or HOW_MUCH_LESS.search(reading.text)
    ordering = ordering or bool(changes and not ASKS.search(reading.text))
    return (
        not reading.orders and not PRICE.search(reading.text) and (ordering or not request.sure or _is_detail(reading))
    )


HOW_MUCH_LESS = re.compile(
    r"少|多|够了|就行|(?<![a-z])(?:less|fewer|more|extra|only|just|no|without|minus|will do|is enough)(?![a-z])"
)


def _stands_alone(request: Request) -> bool:
    """Whether a clause is a request in its own right and no remark on the one beside it."""
    reading = request.reading
    own = bool(reading.orders) or reading.has_lines or bool(reading.of_kind("product"))
    return request.probability >= (OWN if own else ALONE) and (
        request.intent not in WORDY or request.probability > WORDY_ALONE
    )


def _asks_apart(request: Request) -> bool:
    """「顺便问下返利啥时候发」 beside an order: a question that names none of what is ordered."""
    reading = request.reading
    counted = reading.quantities or reading.of_kind("product")
    asks = ASKS.search(reading.text) and request.probability >= OWN and not _is_detail(reading)
    return bool(asks) and not counted and request.intent not in FRAMING


def _joined(found: Sequence[Request]) -> list[Request]:
    joined: list[Request] = []
    for request in found:
        if request.intent in FRAMING:
            continue
        same = joined and (request.intent == joined[-1].intent or not request.sure)
        if joined and (_completes(joined[-1], request) or (same and request.intent not in REPEATABLE)):
            before = joined[-1]
            joined[-1] = Request(
                before.intent,
                before.probability,
                before.second,
                before.margin,
                put_together(before.reading, request.reading),
            )
        else:
            joined.append(request)
    return joined


def _completes(before: Request, request: Request) -> bool:
    """「…，周五送浦东店」 says when and where an order goes, 「我要下单，矿泉水」 of what; they ask nothing."""
    reading = request.reading
    open_ended = not before.reading.of_kind("product") or bool(EACH.search(before.reading.text))
    if before.intent == "propose_order" and open_ended and _only_names(reading):
        return True
    details = _is_detail(reading)
    ordering = before.intent in {"propose_order", "reorder", "propose_order_change"}
    return ordering and details and not reading.orders and len(reading.text) <= DETAIL


def _is_detail(reading: Reading) -> bool:
    delivered = bool(reading.of_kind("ship_to")) or bool(DELIVERY.match(reading.text))
    return reading.wanted is not None or delivered


def _only_names(reading: Reading) -> bool:
    """Whether a clause is the names of products and nothing else: 「绿茶呢，」."""
    products = reading.of_kind("product")
    named = {place for mention in products for place in range(mention.start, mention.end)}
    rest = "".join(char for place, char in enumerate(reading.text) if place not in named)
    return bool(products) and not BETWEEN.sub("", rest).strip("呢啊呀嘛")
