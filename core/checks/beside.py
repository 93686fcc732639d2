"""Counts that what stands beside them proves: of things told one by one, of papers that make up an amount, wholes."""

import re
from decimal import Decimal

from core.checks.listing import shared_cells
from core.checks.rounding import is_exact
from core.checks.said import Said
from core.checks.view import View

PART = re.compile(
    r" (?:out )?of (?:the |your |our |all |these )?(?:top |first |biggest )?"
    r"|[家张个笔款](?:[^\d,，。;；]{0,6})[里中](?:[a-z]{1,3}-\d{2,4}(?:系列|开头)?的?)?(?:有|只有)?"
)
BESIDE = re.compile(
    r" ?[,，] ?|[,，] ?(?:共|合计|一共)| ?[(（]?(?:[^\d()（）,.;]{0,40}[(（] ?)?(?:across |over |on "
    r"|in |for |from )?| (?:by|because of|due to|under|for|as) [a-z ]{2,30}? (?:on|across|over|from|in) "
    r"|[张笔] ?(?:发票|单)?[,，] ?(?:一?共|合计|总共|共计)(?:是|为)?(?:cn)?¥?"
    r"|[张笔] ?(?:发票|单)?[^\d,，。;；]{0,8}(?:不计|未计|没计|不算|促销|品类)[^\d,，。;；]{0,8}(?:cn)?¥?"
    r"|[张笔] ?(?:发票"
    r"|单)?[^\d,，。;；]{0,4}(?:cn)?¥?| invoices?[^\d,.;]{0,12}(?:cn)?¥?"
)
BEHIND = re.compile(
    r"[张笔家款种个][^,，。;；:：]{0,8}[:：]([^。;；]+)|[张笔家款种个](?:经销商|客户|产品)?(?:(?:分别|依次)?[是为]|有)([^。;；,，]+)"
)
LEADING = re.compile(r"(?:最[大多高]|前|头部|靠前)的? ?$")
BRACKETS = re.compile(r"[(（][^)）]*[)）]")
PAPERS = re.compile(r" ?张?(?:发票|invoices?)|张")
STATED = re.compile(r"签收|收到|已收|(?<![a-z])(?:received|delivered)(?![a-z])")
ROW = re.compile(r"(?:^|[,，。;；:：有是为])([^,，。;；:：]+、[^,，。;；:：]+)$")
COMMA = re.compile(r"、|和|及|与|以及")
COUNTED = re.compile(r" ?(?:[张笔家款种个项份单条位]|多?个)(?!点|半|[小钟]|工作|星期|礼拜|百分)")


def by_amount(place: int, said: Said, view: View) -> bool | None:
    """As many papers as make up the amount beside it: 78,203.00 (4 invoices)."""
    begin, end = said.numbers[place].number.span
    for at in (place - 1, place + 1):
        if not 0 <= at < len(said.numbers) or said.numbers[at].kind != "money" or not is_exact(said.numbers[at].number):
            continue
        other = said.numbers[at].number
        gap = said.text[other.span[1] : begin] if at < place else said.text[end : other.span[0]]
        if not BESIDE.fullmatch(gap) or ("," in gap and not PAPERS.match(said.text, end)):
            continue
        for listing in view.listings:
            for _, rows in shared_cells(listing):
                if sum((row.amounts[-1] for row in rows if row.amounts), Decimal(0)) == abs(other.value):
                    told = {abs(other.value), said.numbers[place].number.value}
                    if told <= view.headline and not STATED.search(said.text):
                        return True
                    return len(rows) == said.numbers[place].number.value
    return None


def enumerated(place: int, said: Said) -> bool:
    """Whether it counts what is told right before it or behind, one by one: 甲、乙和丙三种, 三种：甲、乙和丙."""
    one = said.numbers[place]
    behind = BEHIND.match(said.text, one.number.span[1])
    if behind and behind[2] and not LEADING.search(said.text[: one.number.span[0]]):
        behind = None
    if behind and len(COMMA.split(BRACKETS.sub("", behind[1] or behind[2]))) == one.number.value:
        return True
    found = ROW.search(said.text[: one.number.span[0]]) if COUNTED.match(said.text, one.number.span[1]) else None
    return found is not None and len(COMMA.split(found[1])) == one.number.value


def is_whole(place: int, said: Said) -> bool:
    """Whether another count is a part of it: the 28 of 17 of 28, of 28家里27家."""
    numbers, text = said.numbers, said.text
    begin, end = numbers[place].number.span
    before, after = (numbers[at].number.span if 0 <= at < len(numbers) else None for at in (place - 1, place + 1))
    if before and PART.fullmatch(text[before[1] : begin]) and " of " in text[before[1] : begin]:
        return True
    return bool(after and PART.fullmatch(text[end : after[0]]) and " of " not in text[end : after[0]])
