"""What is told as more or less, latest, most of all or so much more than another, where results have it otherwise."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from core.checks.listing import Row
from core.checks.places import phrase_around
from core.checks.row_conditions import WENT
from core.checks.said import Said
from core.checks.view import View
from core.checks.wrong import Wrong

THAN_ZH = re.compile(r"[^\d。;；]{0,8}(?:比|较)[^。;；]{0,14}")
MORE_ZH = re.compile(r" ?(?:元|块)?(?:还|要|都|更)?(?P<more>多|高|大)(?:了|一些|一点|些)?(?=$|[,，。;；])")
LESS_ZH = re.compile(r" ?(?:元|块)?(?:还|要|都|更)?(?:少|低|小)(?:了|一些|一点|些)?(?=$|[,，。;；])")
MORE_EN = re.compile(
    r"[^.;\d]{0,30}(?<![a-z])(?:is|are|was|were) (?:still |well |far |much |slightly "
    r"|just )?(?P<more>more|higher|larger|bigger|above|greater)(?: than)? [^.;\d]{0,24}"
)
LESS_EN = re.compile(
    r"[^.;\d]{0,30}(?<![a-z])(?:is|are|was|were) (?:still |well |far |much |slightly |just )?(?:less"
    r"|lower|smaller|below|under)(?: than)? [^.;\d]{0,24}"
)
LATEST = re.compile(
    r"(?:最近|最新|最后|最晚)(?:的)?(?:[一那]?[张笔单]|一个订单)|(?<![a-z])(?:latest|most recent"
    r"|newest|last)(?: one| order| invoice)(?! due)(?![a-z])"
)
EARLIEST = re.compile(
    r"(?:最早|最先)(?:的)?(?:[一那]?[张笔单]|一个订单)|(?<![a-z])(?:earliest|oldest|first)(?: one"
    r"| order| invoice)(?![a-z])"
)
DUE = re.compile(r"到期|应付|付|(?<![a-z])(?:due|payable|pay)(?![a-z])")
MAJORITY = re.compile(
    r"大多数?(?:的)?(?:经销商|客户|都)|多数(?:经销商|客户)|过半(?:数)?(?:的)?(?:经销商|客户)"
    r"|(?<![a-z])(?:most|the majority|more than half) (?:of (?:the |our |them)?)?"
    r"(?:dealers|customers|of them|28)?(?![a-z])"
)
SHARE_MORE = re.compile(r" (?:more|higher|larger|less|lower|ahead|above|below)(?: than| of)(?![a-z])")
MORE_SHARE = re.compile(r"比[^,，。;；]{1,16}(?:多|高|少|低)(?:了|出)? ?(?:约|大约)?$")
PAPERS = ("order", "invoice")
HALF = 2


def wrong_comparisons(said: Said, view: View) -> Iterator[Wrong]:
    """Comparisons that two figures, days of rows or directions of rows gainsay."""
    yield from _of_two(said)
    yield from _of_days(said, view)
    yield from _of_most(said, view)
    for one in said.numbers:
        facts = [fact for fact in view.facts.get(abs(one.number.value), ()) if fact.kind == "percent"]
        shares = bool(facts) and not any(fact.cues & {"rose", "fell", "change", "rebate_rate"} for fact in facts)
        told = SHARE_MORE.match(said.text, one.number.span[1]) or MORE_SHARE.search(said.text[: one.number.span[0]])
        if one.kind == "percent" and shares and told:
            yield Wrong(f"{one.shown} is a share")


def _of_two(said: Said) -> Iterator[Wrong]:
    """A is more than B: two amounts that are told, and the other way round."""
    for one, other in pairwise(said.numbers):
        if one.kind != "money" or other.kind != "money":
            continue
        between, end = said.text[one.number.span[1] : other.number.span[0]], other.number.span[1]
        more: bool | None = None
        if THAN_ZH.fullmatch(between):
            more = True if MORE_ZH.match(said.text, end) else False if LESS_ZH.match(said.text, end) else None
        elif MORE_EN.fullmatch(between):
            more = True
        elif LESS_EN.fullmatch(between):
            more = False
        if (
            more is not None
            and one.number.value != other.number.value
            and (one.number.value > other.number.value) is not more
        ):
            yield Wrong(f"{one.shown} isn't {'more' if more else 'less'} than {other.shown}")


def _of_days(said: Said, view: View) -> Iterator[Wrong]:
    """The latest or the earliest paper, which another one is."""
    for pattern, last in ((LATEST, True), (EARLIEST, False)):
        for found in pattern.finditer(said.text):
            start, end = phrase_around(said.text, found)
            if DUE.search(said.text[start:end]):
                continue
            days = {
                name
                for name, at, stop in said.things
                if start <= at and stop <= end and name.startswith(("day:", "code:"))
            }
            for listing in view.listings:
                rows = [row for row in listing.rows if row.days] if listing.kind in PAPERS else []
                named = [row for row in rows if row.things & days or any(f"day:{a}/{b}" in days for a, b in row.days)]
                if named and len(rows) > 1 and not _is_edge(named, rows, last=last):
                    yield Wrong(f"{found.group()} is another")


def _is_edge(named: Sequence[Row], rows: Sequence[Row], *, last: bool) -> bool:
    days = [row.days[0][0] for row in rows]
    return any(row.days[0][0] == (max(days) if last else min(days)) for row in named)


def _of_most(said: Said, view: View) -> Iterator[Wrong]:
    """That most rows went up or down, where fewer than half did."""
    for found in MAJORITY.finditer(said.text):
        start, end = phrase_around(said.text, found)
        ways = [fell for fell, pattern in WENT.items() if pattern.search(said.text, found.end(), end)]
        for listing in view.listings if len(ways) == 1 and start >= 0 else ():
            went = [row.fell for row in listing.rows if row.fell is not None]
            if len(went) > 1 and went.count(ways[0]) * HALF <= len(went):
                yield Wrong(f"{found.group()}: fewer than half")


def more_than_half(part: Decimal, whole: Decimal) -> bool:
    """Whether a part is most of a whole."""
    return part * HALF > whole
