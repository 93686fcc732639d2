"""Quantities of goods in a message: a number with its pack unit."""

import re
from dataclasses import dataclass
from decimal import Decimal

from core.language.normalise import Folded, folded
from core.language.numerals import Kind, Scanned, scan
from core.language.units import Measure, Unit, measure_after

_FREE = re.compile(r"(?:再)?[送搭赠配](?:你|您|我)? ?")
_NO_GOODS = re.compile(
    r" ?(?:问题|事|客户|经销商|门?店|订?单|产?品|sku|地址|仓|区域|大区|省|市|人|朋友|同事|意思|办法|建议|电话|规格|"
    r"价|系列|口味|问|忙|图|表|报表|月|点)"
)
_GOODS_COUNTERS = frozenset("个 袋 盒 杯 壶 桶 车 套 条 只 组 份 pcs piece pieces unit units ea".split())


@dataclass(frozen=True, slots=True)
class Quantity:
    """So much of something. ``unit`` is None where the word (``counter``: 个, pcs, x) doesn't settle it.

    ``value`` is what was said, zero and below too; of a vague quantity the least it may mean, ``upper`` the most.
    ``free`` marks the second part of 10箱送1箱.
    """

    value: Decimal
    unit: Unit | None
    span: tuple[int, int]
    approximate: bool
    source_text: str
    counter: str | None = None
    upper: Decimal | None = None
    free: bool = False


def find_quantities(text: str, *, bare: bool = False) -> list[Quantity]:
    """Every quantity with its unit; with ``bare`` also numbers that nothing counts ("绿茶 50"), as an answer may be.

    A dozen is twelve bottles. The name of an offer without units (10搭1) is no quantity.
    """
    original = folded(text)
    found = scan(original)
    quantities: list[Quantity] = []
    for at, one in enumerate(found):
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        if quantity := _quantity(original, one, before, after, bare=bare):
            quantities.append(quantity)
    return quantities


def _quantity(
    original: Folded, one: Scanned, before: Scanned | None, after: Scanned | None, *, bare: bool
) -> Quantity | None:
    number = one.number
    if number.kind is not Kind.COUNT:
        return None
    free = before is not None and _between(original, before, one) is not None
    if one.measure is None and (free or (after is not None and _names_an_offer(original, one, after))):
        return None
    measure = _of_goods(original.text, one)
    counted = measure is not None or number.unit_like == "x"
    if not counted and not (bare and number.unit_like is None):
        return None
    end = measure.end if measure else one.end if number.unit_like == "x" else 0
    span = original.span(number.span[0], max(number.span[1], end))
    counter = number.unit_like if measure is None or measure.unit is None else None
    unit = measure.unit if measure else None
    source = original.original[slice(*span)]
    return Quantity(number.value, unit, span, number.approximate, source, counter, number.upper, free and counted)


def _names_an_offer(original: Folded, one: Scanned, after: Scanned) -> bool:
    """10搭1 does; 「买100送几箱」 asks how many."""
    return not after.number.approximate and _between(original, one, after) is not None


def _between(original: Folded, left: Scanned, right: Scanned) -> re.Match[str] | None:
    """The word of an offer right between two numbers."""
    return _FREE.fullmatch(original.text, left.end, right.number.span[0])


def _of_goods(text: str, one: Scanned) -> Measure | None:
    """The measure word where it counts goods: three cases are, three customers aren't."""
    measure = one.measure
    if measure is None or measure.unit is not None:
        return measure
    if measure.word not in _GOODS_COUNTERS or _NO_GOODS.match(text, one.end):
        return None
    packed = measure_after(text, one.end)  # 20个箱: the word behind 个 is the unit
    return packed if packed is not None and packed.unit is not None and measure.word == "个" else measure
