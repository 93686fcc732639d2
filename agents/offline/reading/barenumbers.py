"""「小红20」, "10 americano for Wednesday": a number right beside a product counts it, though no unit says so."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agents.offline.reading.named import Mention
from core.language.quantities import Quantity

BEHIND = re.compile(r" ?(?:[:=*×x-]|(?:就|还|也|按|照|刚才|刚刚|之前|说的|问的)*[要来拿下订加]?|[,，.。] ?)? ?")
OF = re.compile(r" ?of(?![a-z])")
BEFORE = re.compile(  # "20 of the 1l coconut milk"
    r" ?(?:of )?(?:the |your |that |those )?"
    r"(?:(?:\d(?:\.\d{1,2})? ?(?:l|lit(?:re|er)s?)|\d{3,4} ?ml|big|large|small) )?"
)
NO_COUNT_BEFORE = re.compile(r"(?:(?:top|best|前|最|第|[¥￥$#])\s*|[.\d])$")
NO_COUNT_BEHIND = re.compile(
    r"\s*(?:[+＋%/~:.]\s*\d|[%％折元块点号的月日年度级档期名家天周倍度款种]|搭|送\d|赠|ml|毫升|升|l(?![a-z])|percent|yuan|rmb|days?|weeks?|months?"
    r"|dealers?|customers?|orders?)"
)


def counting_beside(
    text: str, products: Sequence[Mention], numbers: Sequence[Quantity], counted: Sequence[Quantity] = ()
) -> list[Quantity]:
    """Those of the bare numbers that stand directly behind or before a product and can't be its size.

    ``counted`` have a unit: "2 pallets of water and 1 of cola" is a pallet of each.
    """
    return [
        in_the_same_unit(number, text, counted)
        for number in numbers
        if number.unit is None and number.value >= 1 and number.value == number.value.to_integral_value()
        if not NO_COUNT_BEFORE.search(text[: number.span[0]]) and not NO_COUNT_BEHIND.match(text[number.span[1] :])
        if any(_beside(number, product, text) and not _size_of(number, product) for product in products)
    ]


def in_the_same_unit(number: Quantity, text: str, counted: Sequence[Quantity]) -> Quantity:
    """ "2 pallets of water and 1 of cola": what an "of" leaves out is the unit before it."""
    before = [one for one in counted if one.span[1] <= number.span[0] and one.unit]
    return replace(number, unit=before[-1].unit) if before and OF.match(text, number.span[1]) else number


def _beside(number: Quantity, product: Mention, text: str) -> bool:
    start, end = number.span
    if start >= product.end:
        return BEHIND.fullmatch(text[product.end : start]) is not None
    return end <= product.start and BEFORE.fullmatch(text[end : product.start]) is not None


def _size_of(number: Quantity, product: Mention) -> bool:
    """「水550」: its code says how much it holds."""
    return any(re.search(rf"\D{number.value:f}[A-Z]*$", code) for code in product.codes)
