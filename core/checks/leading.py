"""The largest of a table, counted and named: those that stand first in its order, and no others."""

import re
from collections import defaultdict
from collections.abc import Iterator

from core.checks.ranks import KINDS
from core.checks.row_conditions import is_count
from core.checks.said import Said
from core.checks.view import View
from core.checks.wrong import Wrong

LARGEST = re.compile(r"(?:最[大多高]|前|头部|靠前|贡献大|(?<![a-z])(?:top|largest|biggest|leading|first))(?:的)? ?$")
LARGEST_AFTER = re.compile(r" (?:largest|biggest|top|leading)(?![a-z])")
ARE = re.compile(
    r" ?[家个名位]?(?:经销商|客户|区域|大区)?(?:(?:分别|依次)?[是为]|有|[:：])"
    r"|(?: (?:largest|biggest|top|leading))?(?: (?:dealers?|customers?|contributors?|regions?|ones))?"
    r"(?: by [a-z-]+| in order)?(?: ?:| are(?![a-z])| is(?![a-z])| were(?![a-z]))"
)
OTHER_ORDER = re.compile(
    r"增|涨|降|跌|拖|(?<![a-z])(?:growth|grew|growing|fell|drop\w*|declin\w*|rose|gain\w*|up|down)(?![a-z])"
)
STOP = re.compile(r"[。;；]|\.(?= |$)")


def wrong_leaders(said: Said, view: View) -> Iterator[Wrong]:
    """So many largest ones, of which one stands further down."""
    if not (view.order or view.suborder) or not said.numbers or OTHER_ORDER.search(said.text):
        return
    for one in said.numbers:
        start, end = one.number.span
        if not is_count(one, said.text) or not ARE.match(said.text, end):
            continue
        if not (LARGEST.search(said.text[:start]) or LARGEST_AFTER.match(said.text, end)):
            continue
        stop = next((found.start() for found in STOP.finditer(said.text, end)), len(said.text))
        told, count = _named(said, end, stop), int(one.number.value)
        for order in (view.order, view.suborder):
            if len(told) == count < len(order) and all(any(names & row for row in order) for names in told):
                first = frozenset[str]().union(*order[:count])
                if not all(names & first for names in told):
                    yield Wrong(f"they aren't the first {count}")


def _named(said: Said, start: int, stop: int) -> set[frozenset[str]]:
    """The rows that are named between two places, each with all that it may be."""
    named: dict[tuple[int, int], set[str]] = defaultdict(set)
    for name, at, last in said.things:
        if start <= at < stop and name.split(":")[0] in KINDS:
            named[at, last].add(name)
    return {frozenset(names) for names in named.values()}
