"""Free cases beside a number of cases: counted in it, or on top of it, as results have it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from core.checks.belonging import of_kind
from core.checks.said import Said
from core.checks.view import View
from core.checks.wrong import Wrong

INSIDE = re.compile(
    r" ?(?:箱|cases?)?(?: in (?:total|all)|的?货)?[,，:：(（]? ?(?:其中(?:有|的)?|已?含|内含|包括|包含"
    r"|of which|of them|including|includes?|with)"
    r"(?:了|有)?(?:赠品|赠送的?|免费的?)?(?: the)? ?"
)
INSIDE_AFTER = re.compile(r" ?(?:箱|cases?)? ?(?:of (?:them|these|which)|among them|included)(?: (?:are |is )?free)?")
BESIDE = re.compile(
    r" ?(?:箱|cases?)?(?:的?货|的?钱)?[,，;；(（]? ?(?:另外?|再|还|额外|外加|加上?|(?:and "
    r"|with )?(?:another|an extra|an additional)|plus|\+|and)"
    r"(?:外|有|再|会|可|得|送|赠|搭|您|你|加|上|的)*(?: you get| you receive)?(?: the)? ?"
)
OUTSIDE = re.compile(
    r" ?(?:箱|cases?)?(?:的?货)?[,，:：(（]? ?(?:不(?:包?含|包括|算|计)|未(?:包?含|算|计)|没(?:包?含|算)"
    r"|(?:still )?(?:excluding|excludes?"
    r"|not (?:counting|including)|without(?: counting)?|before|apart from|besides|on top of))"
    r"(?:了|有|上)?(?:赠品|赠送的?|免费的?|送的)?(?: the)? ?"
)
OUTSIDE_AFTER = re.compile(
    r" ?(?:箱|cases?)? ?(?:的?(?:赠品|免费货?|送的)(?:都|还)?)?(?:另(?:计|算|外)|(?:不|没|未)(?:计|算|含|包括)"
    r"|(?:free )?(?:ones |cases |goods )?(?:are |is )?(?:not (?:included|counted|in it|among)"
    r"|come(?:s)? on top|excluded"
    r"|extra|on top|aren't (?:included|counted)))"
)
THE = re.compile(r" ?(?:箱|cases?)? ?[,，(（] ?(?:the ?|赠品 ?|赠送的? ?|免费的? ?)?")
GAP = re.compile(r" ?(?:箱|cases?)? ?[,，(（] ?")
FREE = re.compile(r"送|赠|免费|(?<![a-z])(?:free|gift|bonus|complimentary)(?![a-z])")
LOOK = 22
EXCEPT = re.compile(r"(?:除了?|不算|(?<![a-z])(?:besides|apart from|on top of) (?:the )?)$")
Pair = tuple[Decimal, Decimal]


def wrong_free(said: Said, view: View) -> Iterator[Wrong]:
    """So many with so many free among them, where those come on top, or the other way round."""
    free = {fact.value for same in view.facts.values() for fact in same if "free" in fact.cues and fact.unit == "case"}
    known = {
        way: {pair for line in view.lines for got, pair in _pairs(line) if got == way and pair[1] in free}
        for way in ("in", "on")
    }
    if not (known["in"] or known["on"]):
        return
    paid = _of_the_product(view)
    wholes = {whole + by for pairs in known.values() for whole, more in pairs for by in (-more, 0, more)}
    for way, (whole, more) in _pairs(said):
        if more not in free or whole not in wholes:
            continue
        other, sign = ("on", -1) if way == "in" else ("in", 1)
        so = (whole, more) in known[way] or (whole + sign * more, more) in known[other]
        by_product = (whole - more if way == "in" else whole) in paid
        if not so and not by_product:
            yield Wrong(f"{more} are free {way} {whole}")


def _pairs(said: Said) -> Iterator[tuple[str, Pair]]:
    """Numbers of cases with a free one behind, and whether it is told as counted in or as on top."""
    for one, other in pairwise(said.numbers):
        if one.kind != "quantity" or other.kind != "quantity" or {one.unit, other.unit} - {"", "case"}:
            continue
        between, end = said.text[one.number.span[1] : other.number.span[0]], other.number.span[1]
        if not FREE.search(between + said.text[end : end + LOOK]):
            continue
        if (
            EXCEPT.search(said.text[: one.number.span[0]])
            and FREE.search(between)
            and not FREE.search(said.text[end : end + 8])
        ):
            yield "on", (other.number.value, one.number.value)
        elif OUTSIDE.fullmatch(between) or (THE.fullmatch(between) and OUTSIDE_AFTER.match(said.text, end)):
            yield "on", (one.number.value, other.number.value)
        elif INSIDE.fullmatch(between) or (GAP.fullmatch(between) and INSIDE_AFTER.match(said.text, end)):
            yield "in", (one.number.value, other.number.value)
        elif BESIDE.fullmatch(between):
            yield "on", (one.number.value, other.number.value)


def _of_the_product(view: View) -> set[Decimal]:
    """What is paid of the products of which some are free."""
    facts = [fact for same in view.facts.values() for fact in same if fact.unit == "case"]
    products = {name for fact in facts if "free" in fact.cues for name in of_kind(fact.entities, "product")}
    products |= {
        name
        for row in (row for listing in view.listings for row in listing.rows)
        if FREE.search(row.words)
        for name in row.things
    }
    return {fact.value for fact in facts if fact.entities & products and "free" not in fact.cues}
