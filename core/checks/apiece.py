"""Amounts that are told of each of several: so only where several rows have them."""

import re
from collections.abc import Iterator

from core.checks.rounding import roundings
from core.checks.said import Said, Spoken
from core.checks.view import View
from core.checks.wrong import Wrong

EACH_BEFORE = re.compile(
    r"(?:每(?:一)?[张单笔家份个](?:发票|订单|单子?|经销商|客户|区域|地区)?|(?<=[\d张单笔家份票、])各|各自)(?:都|均|全)?"
    r"(?:要付|应付|金额|欠|进货)?(?:是|为|有|欠|:|：)?(?:约|大约)?(?:cn)?$"
    r"|(?:[张单笔家份票])(?:发票|订单)?(?:的?金额)?(?:都|均|全)(?:是|为)(?:约|大约)?(?:cn)?$"
    r"|(?<![a-z\d]) ?(?<![\d] )(?<!yuan )(?:each|every one)(?: of (?:the |your |these "
    r"|those )?(?:[a-z0-9]+ )?(?:invoices|orders|dealers|bills|customers|them|these)"
    r"| (?:one|invoice|order|dealer))?(?: (?:is|for|of|at|worth|comes to|totals"
    r"|amounts to|owes|took|bought))*(?: about| around)? ?(?:cn)?$"
)
EACH_AFTER = re.compile(
    r" ?(?:元|块|yuan|rmb)?(?:(?:,|，)? ?(?:each|apiece)(?= ?(?:[.,;!)，。]|$|and |with due"
    r"|due|falling|all |are |is |come))(?![a-z])"
    r"| ?(?:per|for each|for every|an?|on each(?: of)?(?: the| your)?(?: \d+| three| six"
    r"| ten)?) (?:invoice|order|dealer|customer|bill)s?(?![a-z])|(?:一|每)(?:张|单|笔"
    r"|家)(?![\d]))"
)
AVERAGE = re.compile(r"平均|均|(?<![a-z])(?:average|averages|averaging|mean|on average)(?![a-z])")
PRICED = frozenset({"price", "price_case", "price_bottle", "price_pack", "price_pallet"})
WHOLES = frozenset({"total", "due_next", "owed", "closing"})
SEVERAL, LOOK = 2, 30


def wrong_each(said: Said, view: View) -> Iterator[Wrong]:
    """A total, or the amount of one row, told as that of each."""
    for one in said.numbers:
        if one.kind not in {"money", "quantity"} or one.unit:
            continue
        start, end = one.number.span
        told = EACH_BEFORE.search(said.text[max(0, start - LOOK) : start]) or EACH_AFTER.match(said.text, end)
        if not told or AVERAGE.search(said.text):
            continue
        if _is_total(one, said, view) and max(_rows_of(one, said, view), default=0) < SEVERAL:
            yield Wrong(f"{one.shown} isn't the amount of each")


def _is_total(one: Spoken, said: Said, view: View) -> bool:
    """Whether it is an amount of money in view that is the price of nothing, or a total rounded."""
    told, ways = abs(one.number.value), roundings(one.number, said.text)
    facts = [fact for fact in view.facts.get(told, ()) if fact.kind == "money"]
    facts = facts or [
        fact
        for value, same in view.facts.items()
        if any(way.gives(told, value) for way in ways)
        for fact in same
        if fact.kind == "money" and (fact.cues & WHOLES or value in view.headline)
    ]
    return bool(facts) and not any(fact.cues & PRICED for fact in facts)


def _rows_of(one: Spoken, said: Said, view: View) -> Iterator[int]:
    """How many rows of each table have it, as it is told."""
    told, ways = abs(one.number.value), roundings(one.number, said.text)
    for listing in view.listings:
        yield sum(
            any(value == told or any(way.gives(told, value) for way in ways) for value in row.amounts)
            for row in listing.rows
        )
