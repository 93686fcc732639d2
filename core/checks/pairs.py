"""Two quantities that belong together: pay so many and get so many free; so many bottles to a case."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from core.checks.belonging import of_kind
from core.checks.spoken import Said, Spoken
from core.checks.view import View
from core.checks.wrong import Wrong

FREE = re.compile(
    r" ?(?:箱|件|瓶)?(?:的钱|的货|的话|的)?,? ?(?:就|再|另外?|还|可以|可)?(?:有)?(?:送|搭|赠|得) ?(?:您|你|给您)?"
)
GIVEN = re.compile(r"[送赠搭](?:您|你)?$")
TAKEN = re.compile(r" ?(?:箱|件|瓶)?(?:的钱)?,? ?(?:就|能|可以|可|实际|实)?(?:拿|到手|得到|收到|收)(?:走|回)? ?")
GET = re.compile(
    r" ?(?:cases?|bottles?)?(?: (?:(?:that )?you (?:pay for|buy|order)|paid(?: for)?|bought|ordered))?,? ?"
    r"(?:and |to |then |you |you'll |you will |will |would |can )*(?:gets?|receives?|takes? home|earns?|brings?) ?"
    r"(?:you )?(?:another |an extra |a further )?"
)
WITH = re.compile(r"(?<![a-z])(?:with|on) (?:the )?$|(?:按|享受?|有) ?$")
PAYS = re.compile(r"付(?:费|款)?$")
GIFT, NEAR = re.compile(r"送|赠|免费|free|on us"), 12
DEAL = re.compile(r" ?(?:活动|促销|搭赠|deal|offer|promotion)")
FREE_FOR = re.compile(r"[^,.;]{0,40} (?:free|extra) (?:for|with) (?:each|every|the|your)? ?")
HOLDS = re.compile(
    r" ?(?:箱|件|提|托|瓶|cases?|packs?|pallets?|bottles?)? ?"
    r"(?:=|装|有|是|共|含|就是|(?:holds?|has|have|is|are|of|contains?)(?![a-z]))? ?"
)
PACK = re.compile(r"1×(\d+)")
WORDS = re.compile(r"[a-z0-9]+")
SIZE = re.compile(r"(?<![a-z0-9])\d+(?:\.\d+)?(?:ml|l)(?![a-z0-9])")
PER_CASE = re.compile(r"[一每单]箱(?:都)?(?:装|有|是|为)? ?$|(?<![a-z])(?:1|a|per|each) ?case(?: of| holds| has)? $")
PER_CASE_AFTER = re.compile(r" ?(?:个|入)?(?:/|每|一)箱(?!\d)")
SUBJECT = re.compile(r"(?:ml|l)(?:装|规格|包装)?的[^,，。]{0,16}$")
BOTTLES = re.compile(r" ?(?:瓶|盒|罐|听|bottles?|packs?|cans?)")
CASE = re.compile(r"箱|case")
FREE_UNIT = re.compile(
    r"(?<![a-z])(?:free|extra|complimentary|bonus) (case|bottle|pack|pallet)s?(?![a-z])"
    r"|(?<![a-z])(case|bottle|pack|pallet)s? (?:free|on us|for free)(?![a-z])"
    r"|[送赠搭](?:您|你|的)?(?:[一二两三四五六七八九十]|\d+)?(箱|瓶|提|托)"
)
GIFT_UNITS: Mapping[str, str] = {"箱": "case", "瓶": "bottle", "提": "pack", "托": "pallet"}
GIFT = re.compile(r"送|赠|搭|free|extra|complimentary|bonus|on us")
PACKED = frozenset({"bottle", "pack", "case", "pallet"})
Deal = tuple[Decimal, Decimal]


def deals_in(said: Said) -> dict[int, Deal]:
    """Pay so many, get so many on top; by the place of the first number."""
    found: dict[int, Deal] = {}
    for place, (one, other) in enumerate(pairwise(said.numbers)):
        if one.kind != "quantity" or other.kind != "quantity" or one.number.value % 1 or place - 1 in found:
            continue
        first, second = one.number.value, other.number.value
        between = said.text[one.number.span[1] : other.number.span[0]]
        if FREE.fullmatch(between):
            found[place] = (first, second - first if "得" in between and second > first else second)
        elif TAKEN.fullmatch(between) and second > first > 1 and not GIVEN.search(said.text[: one.number.span[0]]):
            found[place] = (first, second - first)
        elif GET.fullmatch(between):
            found[place] = (first, second - first if second > first else second)
        elif between.strip() == "+" and (
            DEAL.match(said.text, other.number.span[1]) or WITH.search(said.text[: one.number.span[0]])
        ):
            found[place] = (first, second)
        elif FREE_FOR.fullmatch(between):
            found[place] = (second, first)
    return found


def wrong_matches(said: Said, view: View) -> Iterator[Wrong]:
    """Offers and sizes that no result has so."""
    for place, deal in deals_in(said).items():
        if not _is_offered(deal, said, view) or _of_another(place, said, view) or _in_another_unit(place, said, view):
            yield Wrong(f"{deal[0]} and {deal[1]} free is no offer")
    for gift in FREE_UNIT.finditer(said.text) if GIFT.search(said.text) else ():
        unit = GIFT_UNITS.get(gift[1] or gift[2] or gift[3], gift[1] or gift[2])
        if (known := _free_units(view)) and unit not in known:
            yield Wrong(f"{gift.group()} is no offer")
    for one, other in pairwise(said.numbers):
        between = said.text[one.number.span[1] : other.number.span[0]]
        if (
            one.kind == other.kind == "quantity"
            and TAKEN.fullmatch(between)
            and PAYS.search(said.text[: one.number.span[0]])
            and other.number.value <= one.number.value
        ):
            yield Wrong(f"{other.number.value} for {one.number.value} is no offer")
        if HOLDS.fullmatch(between) and not _holds(one, other, between, view):
            yield Wrong(f"{one.number.value} {one.unit} are not {other.number.value} {other.unit}")


def _in_another_unit(place: int, said: Said, view: View) -> bool:
    """A bottle free for so many cases, where what is free is counted in cases."""
    units = {one.unit for one in said.numbers[place : place + 2]} - {""}
    known = _free_units(view)
    return bool(units & PACKED and known) and not units <= known


def _free_units(view: View) -> frozenset[str]:
    """The units of what results tell as free, and of their offers."""
    free = {fact.unit for same in view.facts.values() for fact in same if "free" in fact.cues} & PACKED
    told = {one.unit for line in view.lines for at in deals_in(line) for one in line.numbers[at : at + 2]} & PACKED
    return frozenset(free | told)


def _of_another(place: int, said: Said, view: View) -> bool:
    """Whether the product of which so many are free has none, where results say of which some are."""
    mine = of_kind(said.numbers[place].touching | said.numbers[place + 1].touching, "product")
    free = [
        of_kind(fact.entities, "product")
        for same in view.facts.values()
        for fact in same
        if "free" in fact.cues and fact.unit == "case"
    ]
    theirs = frozenset().union(*free)
    rows = frozenset().union(*(row.things for listing in view.listings for row in listing.rows))
    return bool(mine & rows and theirs and not mine & theirs)


def offers_in(view: View) -> set[Deal]:
    """The offers of results."""
    return {deal for line in view.lines for deal in deals_in(line).values()}


def _is_offered(deal: Deal, said: Said, view: View) -> bool:
    """As a result has it, or so many times: of pay 10, get one free, 20 and two; or the lines of an order."""
    offers = offers_in(view)
    paid, free = deal
    concrete = {
        fact.value for same in view.facts.values() for fact in same if fact.unit == "case" and "free" in fact.cues
    }
    if concrete and (view.waits or view.states) and free not in concrete and deal not in offers:
        return False
    if any(paid * other[1] == free * other[0] and paid % other[0] == 0 for other in offers if all(other)):
        return True
    cases = {
        kind: {fact.value for same in view.facts.values() for fact in same if fact.unit == "case" and kind(fact.cues)}
        for kind in (_is_free, _is_paid)
    }
    return (paid in cases[_is_paid] or paid + free in cases[_is_paid]) and free in cases[_is_free]


def _is_free(cues: frozenset[str]) -> bool:
    return "free" in cues


def _is_paid(cues: frozenset[str]) -> bool:
    return not cues & {"free", "stock", "step"}


def of_offer(place: int, said: Said, view: View) -> bool:
    """Whether a quantity belongs to an offer that a result has, or is the one that comes free: an 11th free."""
    one, deals = said.numbers[place], deals_in(said)
    if one.kind == "ordinal" and GIFT.search(said.text, one.number.span[1], one.number.span[1] + NEAR):
        return any(one.number.value == paid + free for paid, free in offers_in(view))
    return any(at in deals and _is_offered(deals[at], said, view) for at in (place - 1, place))


def wrong_packs(said: Said, view: View) -> Iterator[Wrong]:
    """So many bottles to a case, of products whose row says another pack."""
    for one in said.numbers:
        start, end = one.number.span
        before = said.text[:start]
        bottles = one.kind == "quantity" and BOTTLES.match(said.text, end)
        if not bottles or not CASE.search(before[-6:] + said.text[end : end + 8]):
            continue
        rows = [words for things, words in view.rows if of_kind(things & one.entities, "product")]
        if (sizes := SIZE.findall(before)) and SUBJECT.search(before):
            rows = [words for _, words in view.rows if sizes[-1] in WORDS.findall(words)]
        packs = {int(pack) for words in rows for pack in PACK.findall(words)}
        if packs and one.number.value not in packs:
            yield Wrong(f"{one.number.value} are not in a case")


def of_pack(place: int, said: Said, view: View) -> bool:
    """Whether it is what a case of products that rows list holds: 250ml的一箱24."""
    one = said.numbers[place]
    per = PER_CASE.search(said.text[: one.number.span[0]]) or (
        not one.unit and PER_CASE_AFTER.match(said.text, one.number.span[1])
    )
    if one.kind != "quantity" or not per:
        return False
    sizes = SIZE.findall(said.text[: one.number.span[0]])
    rows = [words for things, words in view.rows if of_kind(things & one.own, "product")]
    rows = rows or [words for _, words in view.rows if not sizes or sizes[-1] in WORDS.findall(words)]
    return one.number.value in {int(pack) for words in rows for pack in PACK.findall(words)}


def _holds(one: Spoken, other: Spoken, between: str, view: View) -> bool:
    """Of a pallet of 60 cases, and of two pallets of 60 cases."""
    each = Decimal(1) if " of " in between else one.number.value
    for larger, smaller in ((one, other), (other, one)):
        sizes = view.sizes.get((larger.unit, smaller.unit), frozenset())
        if sizes and smaller.number.value not in {
            count * size for size in sizes for count in (larger.number.value, each)
        }:
            return False
    return True
