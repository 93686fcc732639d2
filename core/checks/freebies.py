"""Free cases beside a number of cases: counted in it, or on top of it, as results have it."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from core.checks.belonging import of_kind
from core.checks.said import Said
from core.checks.view import View
from core.checks.wrong import Wrong

INSIDE = re.compile(
    r" ?(?:箱|cases?)?(?: in (?:total|all)|的?货|[^,，。;；()（）\d]{0,8}(?:[里中内]面?|(?=[(（])))?[,，:：(（]? ?(?:就"
    r"|都|也|已经?)*(?:其中(?:有|的)?|有|已?含|内含|包括|包含"
    r"|of which|of them|including|includes?|with)"
    r"(?:了|有)?(?:赠品|赠送的?|免费的?)?(?: the)? ?"
)
INSIDE_AFTER = re.compile(r" ?(?:箱|cases?)? ?(?:of (?:them|these|which)|among them|included)(?: (?:are |is )?free)?")
BESIDE = re.compile(
    r" ?(?:箱|cases?)?(?:的?(?:正?货|正品|正价货?)|的?钱|(?:都|全)?(?:是|要)?(?:付费|收费|付款|付钱)的?"
    r"| (?:cases )?(?:are|is|were) (?:paid|billed|charged)(?: for)?| [a-z ]{2,20}(?=[,;]))?"
    r"[,，;；(（]? ?(?:(?:besides|on top of|in addition to|beyond) (?:those|these|that|them|it),? "
    r"|(?:除)?此(?:之)?外|另外?|再|还|额外|外加|加上?|(?:and "
    r"|with )?(?:another|an extra|an additional)|plus|\+|and)"
    r"(?:外|还|有|再|会|可|得|送|赠|搭|您|你|加|上|的)*(?:赠品|赠送的?|免费的?|搭赠的?)?(?: you get"
    r"| you receive)?(?: the)? ?"
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
COUNTED_IN = re.compile(
    r" ?箱?(?:的?(?:赠品|免费货?|免费的|货|送的))?(?:也|都|是|就|其实|全)*(?:已经?)?"
    r"(?:(?:计|算|含|包|包括|包含)在|属于|来自|就在|计入|算入)(?:了|这|那|付款的|付费的|您订的|订的)*"
    r"| ?(?:free )?(?:cases?|ones|goods)?(?: free)?(?: of [a-z ]{1,20})? (?:(?:are|is|come|already|all"
    r"|were|of course) )*(?:counted |included |contained |part |taken |in)"
    r"*(?:among|in|within|inside|out of|of|from|part of)"
    r"(?: the| your| those)?(?: paid)? "
)
ON_TOP_OF = re.compile(
    r" ?箱?(?:的?(?:赠品|免费货?|免费的|货|送的))?(?:也|都|是|就)*(?:不(?:算|含|包括|包含|计)?在|另外算在|加在)"
    r"(?:了|这|那)*"
    r"| ?(?:free )?(?:cases?|ones|goods)?(?: free)?(?: of [a-z ]{1,20})? (?:(?:are|is|come|comes|extra|all|delivered)"
    r" )*(?:on top of|in addition to|besides|beyond|not (?:in|among|counted in|included in|part of))"
    r"(?: the| your| those)?(?: paid)? "
)
BEYOND = re.compile(
    r" ?(?:箱|cases?)?(?:的?货)?(?:之外|以外|外)[,，]? ?"
    r"(?:另外?|还|再|额外)?(?:还|有|再|会|送|赠|加|您|你|另)*(?:了|着)? ?"
)
GOT = re.compile(
    r"(?:实收|实到|到手|实际收到|实际到货|(?:一共|总共|共|合计)(?:收到?|到货|送到|发)|(?:收到|到货"
    r"|送到)(?:一共|总共|共|的是|的就是))"
    r"(?:的?(?:就)?是|总共|一共|共)? ?$"
    r"|(?<![a-z])(?:receive|get|arrive|arriving|delivered) (?:a total of|in all|exactly|just|only) $"
)
GOT_AFTER = re.compile(r" cases? (?:in (?:all|total)|altogether)?,? ?(?:will )?(?:arrives?|are delivered|be delivered)")
THE = re.compile(r" ?(?:箱|cases?)? ?[,，(（] ?(?:the ?|赠品 ?|赠送的? ?|免费的? ?)?")
GAP = re.compile(r" ?(?:箱|cases?)? ?[,，(（] ?")
FREE = re.compile(r"送|赠|免费|(?<![a-z])(?:free|gift|bonus|complimentary)(?![a-z])")
LOOK, NEAR = 22, 8
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
    wholes |= set() if view.schedules else paid
    yield from _wrongly_got(said, known)
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
        before = said.text[max(0, one.number.span[0] - NEAR) : one.number.span[0]]
        if not FREE.search(before + between + said.text[end : end + LOOK]):
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
        elif BESIDE.fullmatch(between) or BEYOND.fullmatch(between):
            yield "on", (one.number.value, other.number.value)
        elif ON_TOP_OF.fullmatch(between):
            yield "on", (other.number.value, one.number.value)
        elif COUNTED_IN.fullmatch(between):
            yield "in", (other.number.value, one.number.value)


def _wrongly_got(said: Said, known: Mapping[str, set[Pair]]) -> Iterator[Wrong]:
    """What is paid alone, told as all that comes."""
    paid = {whole for whole, _ in known["on"]} | {whole - more for whole, more in known["in"]}
    for one in said.numbers:
        start, end = one.number.span
        told = GOT.search(said.text[:start]) or GOT_AFTER.match(said.text, end)
        beside = FREE.search(said.text, end, end + LOOK)
        if told and one.unit == "case" and one.number.value in paid and not beside:
            yield Wrong(f"more than {one.shown} come")


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
