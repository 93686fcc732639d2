"""From what was asked for to whole cases of products that we sell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from core.orders.drafts import DraftLine, Problem, Requested
from core.orders.sent import both
from core.products.catalogue import Catalogue, CatalogueProduct
from core.products.rules import MOST, Unit, nearest_cases, whole_cases


def read_lines(
    asked: Sequence[Requested], sold: Catalogue, usual_units: Mapping[str, str]
) -> tuple[tuple[DraftLine, ...], tuple[Problem, ...]]:
    """Lines, one a product (the same product twice is added up), and what is wrong with the others."""
    lines: dict[int, DraftLine] = {}
    problems: list[Problem] = []
    for one in asked:
        read = _line(one, sold, usual_units)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            known = lines.get(read.product.id)
            lines[read.product.id] = _together(known, read) if known else read
    problems += _below_minimum(lines.values())
    return tuple(lines.values()), tuple(problems)


def _line(asked: Requested, sold: Catalogue, usual_units: Mapping[str, str]) -> DraftLine | Problem:
    product = sold.get(asked.sku)
    if product is None:
        return Problem("product.unknown", params={"sku": asked.sku[:60]})
    if not asked.quantity.is_finite() or asked.quantity <= 0:
        return Problem("order.quantity_not_positive", product)
    usual = usual_units.get(product.sku, Unit.CASE)
    unit = asked.unit or (usual if usual in product.packs else Unit.CASE)
    if unit not in product.packs:
        return Problem("product.no_such_unit", product, {"sku": product.sku})
    if asked.quantity > MOST:
        return Problem("order.quantity_too_large", product)
    cases = whole_cases(asked.quantity, unit, product.packs)
    if cases is None:
        return _not_whole(asked.quantity, unit, product)
    quantity, unit = _as_integer(asked.quantity, unit, cases)
    by_habit = asked.unit is None and unit != Unit.CASE
    return DraftLine(product, quantity, unit, cases, by_habit, asked.said, asked.stated)


def _not_whole(quantity: Decimal, unit: str, product: CatalogueProduct) -> Problem:
    below, above = nearest_cases(quantity, unit, product.packs)
    if below < product.minimum_cases:
        return Problem("order.whole_cases_only", product, {"case": product.case, "above": above})
    return Problem("order.whole_cases", product, {"case": product.case, "below": below, "above": above})


def _as_integer(quantity: Decimal, unit: str, cases: int) -> tuple[int, str]:
    """Half a pallet is kept as cases: an order line counts whole units."""
    return (int(quantity), unit) if quantity == quantity.to_integral_value() else (cases, Unit.CASE)


def _together(one: DraftLine, other: DraftLine) -> DraftLine:
    cases = one.cases + other.cases
    one = replace(one, said=both(one.said, other.said), stated=one.stated if other.stated is None else other.stated)
    if one.unit == other.unit:
        return replace(one, quantity=one.quantity + other.quantity, cases=cases)
    return replace(one, quantity=cases, unit=Unit.CASE, cases=cases, by_habit=False)


def _below_minimum(lines: Iterable[DraftLine]) -> Iterable[Problem]:
    for line in lines:
        if line.cases < line.product.minimum_cases:
            yield Problem("order.below_minimum", line.product, {"minimum": line.product.minimum_cases})
