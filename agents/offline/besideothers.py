"""Clauses that mean what the one before them means: more lines, the next line's change, the same price of another."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agents.offline.evidence.cues import ASKS, CARRIES_ON, CHANGES, OWN_ORDER, PRICE, STOCK, WANTS, WORKED_OUT
from agents.offline.requests import SURE, Request


def in_context(found: Sequence[Request]) -> list[Request]:
    """Clauses that mean what the one before means: more lines of an order, when what is sold out comes."""
    read: list[Request] = []
    for request in found:
        before = read[-1].intent if read else ""
        text = request.reading.text
        if (
            (before in {"propose_order", "reorder"} and _more_lines(request))
            or (before == "propose_order_change" and _changes_more(request))
            or (before == "show_account" and request.intent == "search_knowledge" and OF_THE_ACCOUNT.search(text))
        ):
            read.append(replace(request, intent=before, probability=max(request.probability, SURE)))
        elif (
            before in {"propose_order", "quote"}
            and ITS_DISCOUNT.search(text)
            and not request.reading.of_kind("product")
        ):
            continue  # 「满减能不能用上」: the order says what is taken off and what comes free
        elif before == "quote" and request.intent == "order_status" and _about_stock(read[-1], text):
            read.append(replace(request, intent="quote"))
        elif (
            before == "quote" and request.intent == "propose_order" and SAME_OF.search(text) and not WANTS.search(text)
        ):
            read.append(replace(request, intent="quote", probability=max(request.probability, SURE)))
        elif (before == "explain_rebate" and request.intent == "search_knowledge" and WORKED_OUT.search(text)) or (
            before == "propose_cancellation" and request.intent == "deny"
        ):
            read.append(replace(request, intent=before))
        else:
            read.append(request)
    return read


def _changes_more(request: Request) -> bool:
    """「柠檬汽水删掉，可乐减到150」: the next line's change, and no question of its own."""
    reading = request.reading
    changes = CHANGES.search(reading.text) and reading.of_kind("product") and not reading.orders
    return bool(changes) and not PRICE.search(reading.text) and not ASKS.search(reading.text)


def _more_lines(request: Request) -> bool:
    reading = request.reading
    return reading.has_lines and not PRICE.search(reading.text) and bool(CARRIES_ON.match(reading.text))


def _about_stock(before: Request, text: str) -> bool:
    return bool(STOCK.search(before.reading.text)) and not OWN_ORDER.search(text)


OF_THE_ACCOUNT = re.compile(  # "limit, temp line and until when"
    r"临时的?(?:额度|那)|到几[号时]|到什么时候|什么时候到期|哪天到期|逾期(?:没|了没|吗|多少|几|了?多久)"
    r"|^ *(?:the )?(?:temp(?:orary)? )?(?:line|limit|credit|balance|overdue|terms)(?![a-z])|until when|till when"
    r"|^ *(?:and )?(?:when|what)(?:'?s| is) due"
)
SAME_OF = re.compile(r"呢[?？]?$|^ *(?:and|what about|how about)(?![a-z])")  # 「矿泉水300箱什么价，绿茶150箱呢」


ITS_DISCOUNT = re.compile(
    r"(?:满[减赠]|搭赠|买赠|赠品|优惠|折扣|活动|促销|特价)[^,，。]{0,4}(?:用|享|算|够|达|有|能|可|减"
    r"|给)[^,，。]{0,4}[吗么不没呢上到]"
    r"|[能可会][^,，。]{0,3}打折|打[几多少]折|(?:能|可以|会|有没有|够不够|用得上|享受|达到"
    r"|凑)[^,，。]{0,5}(?:满[减赠]|搭赠|优惠|折扣|减\d+)"
    r"|(?<![a-z])(?:does|do|will|would|can|is|am) .{0,24}(?:discount|\d+ off|promo\w*|deal|offer|free (?:cases?"
    r"|goods|ones?))(?![a-z])"
)
