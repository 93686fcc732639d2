"""An order that waits for a press: what it is called while it does, and what it would take of the credit."""

import re
from decimal import Decimal

from core.checks.rounding import roundings
from core.checks.said import Said
from core.checks.view import View

DRAFT = re.compile(r"待(?:您|你)?(?:来|去|再)?确认的?(?:订单|单子|采购单|草稿)|(?:订单|单子)(?:的)?草稿|订单草案")
DRAFT_EN = re.compile(
    r"(?<![a-z])(?:draft|pending|unconfirmed|provisional|proposed) orders?(?![a-z])"
    r"|(?<![a-z])orders? (?:for|awaiting|pending) (?:your )?(?:confirmation|approval|ok)(?![a-z])"
    r"|(?<![a-z])order drafts?(?![a-z])"
)
TAKES = re.compile(
    r"(?<!已)(?<!已经)(?:会|将|要|再|需要?)?(?:占用?|用掉|用去|扣掉|扣减|扣除|扣|动用)(?:了|掉)?(?:您|你|的)*"
    r"(?:授信|额度|信用|可用)*(?:里|中)?(?:约|大约)?(?:cn)?[¥$]?$"
    r"|(?<![a-z])(?:uses?(?: up)?|takes?(?: up)?|draws?|ties? up|deducts?|consumes?) (?:about |another )?(?:cn"
    r"|us)?[¥$]?$"
)
OF_CREDIT = re.compile(r"授信|额度|信用|(?<![a-z])credit(?![a-z])")
PLUS = re.compile(r" ?(?:箱|cases?)? ?(?:\+|加上?|plus) ?")
SO_FAR = re.compile(r"已用|已占|目前|至今|累计|(?<![a-z])(?:so far|already|currently|to date|have used)(?![a-z])")


def without_drafts(text: str) -> str:
    """Folded text in which an order to be confirmed is called a draft, which nobody takes for an order."""
    if "确认" in text or "草" in text:
        text = DRAFT.sub("草稿", text)
    return DRAFT_EN.sub("draft", text) if "order" in text else text


def takes_credit(place: int, said: Said, view: View) -> bool:
    """Whether it is what the order that waits comes to, told as what it takes of the credit."""
    one = said.numbers[place]
    if not view.waits or one.kind != "money" or SO_FAR.search(said.text) or not OF_CREDIT.search(said.text):
        return False
    if not TAKES.search(said.text[: one.number.span[0]]):
        return False
    told, ways = abs(one.number.value), roundings(one.number, said.text)
    return any(
        "total" in fact.cues and fact.kind == "money" and (value == told or any(way.gives(told, value) for way in ways))
        for value in view.headline
        for fact in view.facts.get(value, ())
    )


def of_lines(place: int, said: Said, view: View) -> bool:
    """Whether it stands in a sum of cases, 10箱+5箱, that are those of the draft's lines, all of them."""
    if not view.waits or said.numbers[place].unit != "case":
        return False
    first = last = place
    while first and PLUS.fullmatch(_between(said, first - 1)):
        first -= 1
    while last + 1 < len(said.numbers) and PLUS.fullmatch(_between(said, last)):
        last += 1
    run = [one.number.value for one in said.numbers[first : last + 1] if one.unit == "case"]
    whole = sum(run)
    return (
        len(run) > 1
        and any(fact.unit == "case" and "total" in fact.cues for fact in view.facts.get(Decimal(whole), ()))
        and all(any(fact.unit == "case" for fact in view.facts.get(value, ())) for value in run)
    )


def _between(said: Said, place: int) -> str:
    return said.text[said.numbers[place].number.span[1] : said.numbers[place + 1].number.span[0]]
