"""Units, prices, tax and lots. Amounts are Decimals of one currency, tax included; stock is counted in bottles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from core.money import ZERO, round_money

MOST = Decimal(10_000_000)


class Unit(StrEnum):
    """Pack units: 瓶, 提, 箱 (件), 托."""

    BOTTLE = "bottle"
    PACK = "pack"
    CASE = "case"
    PALLET = "pallet"


def bottles_in(quantity: Decimal, unit: str, packs: Mapping[str, int]) -> Decimal:
    """Bottles of a quantity, exact; ``packs`` says how many bottles each unit holds, a bottle being one."""
    return quantity * packs[unit]


def whole_cases(quantity: Decimal, unit: str, packs: Mapping[str, int]) -> int | None:
    """The cases that a quantity makes up, None where that is no whole number: a case isn't opened."""
    cases = bottles_in(quantity, unit, packs) / packs[Unit.CASE]
    return int(cases) if cases == cases.to_integral_value() else None


def nearest_cases(quantity: Decimal, unit: str, packs: Mapping[str, int]) -> tuple[int, int]:
    """The whole cases just below and just above a quantity that makes up no whole number of them."""
    below = int((bottles_in(quantity, unit, packs) / packs[Unit.CASE]).to_integral_value(ROUND_FLOOR))
    return below, below + 1


def price_of_unit(case_price: Decimal, unit: str, packs: Mapping[str, int], currency: str) -> Decimal:
    """What one unit costs at a case price, rounded half up, for showing; totals are never made from it."""
    return round_money(case_price * packs[unit] / packs[Unit.CASE], currency)


def before_tax(amount: Decimal, rate: Decimal, currency: str) -> Decimal:
    """An amount with VAT at ``rate`` (0.13) taken out of it, rounded half up to the minor unit."""
    return round_money(amount / (1 + rate), currency)


@dataclass(frozen=True, slots=True)
class ListPrice:
    """A row of a price list: ``amount`` a case, tax included, from ``from_cases`` of the product on."""

    id: int
    region_id: int | None
    tier: str | None
    from_cases: int
    amount: Decimal
    currency: str
    source: str | None = None
    page: int | None = None


def price_steps(
    prices: Sequence[ListPrice], regions: Sequence[int], tier: str, cases: int = 1
) -> tuple[ListPrice, ...]:
    """The rows of one product that hold together as the closest list, by ascending step; empty where none applies.

    ``regions`` goes from the dealer's own up to the root. A row for the own region beats one for a region above, any
    region beats none, and within a region a row for the tier beats one without. A list that only begins above
    ``cases`` leaves the quantity to the next closest.
    """
    scopes: dict[tuple[int, int], list[ListPrice]] = {}
    for row in prices:
        if (closeness := _closeness(row, regions, tier)) is not None:
            scopes.setdefault(closeness, []).append(row)
    for _, rows in sorted(scopes.items(), reverse=True):
        steps = sorted(rows, key=lambda row: (row.from_cases, row.id))
        if steps[0].from_cases <= max(cases, 1):
            return tuple(steps)
    return ()


def step_at(steps: Sequence[ListPrice], cases: int) -> ListPrice:
    """The step that a number of cases of the product in one order reaches; a step is reached at equality."""
    reached = [row for row in steps if row.from_cases <= max(cases, 1)]
    return reached[-1]


def _closeness(row: ListPrice, regions: Sequence[int], tier: str) -> tuple[int, int] | None:
    if row.tier not in {None, tier} or (row.region_id is not None and row.region_id not in regions):
        return None
    near = 0 if row.region_id is None else len(regions) - list(regions).index(row.region_id)
    return near, int(row.tier is not None)


def tax_in(amount: Decimal, rate: Decimal, currency: str) -> Decimal:
    """The tax within a tax-included amount: amount × rate / (1 + rate), rounded once; net is what is left."""
    return round_money(amount * rate / (1 + rate), currency)


@dataclass(frozen=True, slots=True)
class LotOnHand:
    """Bottles of a production lot."""

    id: int
    number: str
    produced_on: date
    expires_on: date
    bottles: int


def pick_lots(
    lots: Sequence[LotOnHand], bottles: int, day: date, *, after: int = 0
) -> tuple[tuple[LotOnHand, int], ...]:
    """Which lots make up ``bottles``: the earliest to expire first, ties by production and number, expired ones never.

    ``after`` bottles that go out before these are passed over. What the lots can't make up is left out.
    """
    picked: list[tuple[LotOnHand, int]] = []
    for lot in sorted(lots, key=lambda lot: (lot.expires_on, lot.produced_on, lot.number)):
        if lot.expires_on <= day or bottles <= 0:
            continue
        passed = min(after, lot.bottles)
        after -= passed
        if taken := min(bottles, lot.bottles - passed):
            picked.append((lot, taken))
            bottles -= taken
    return tuple(picked)


def available(on_hand: int, reserved: int) -> int:
    """Bottles that can still be promised; never below zero, whatever a count in the warehouse found."""
    return max(0, on_hand - reserved)


def line_amount(case_price: Decimal, cases: int, currency: str) -> Decimal:
    """What cases cost, rounded half up once, on the line."""
    return round_money(case_price * cases, currency) if cases else ZERO
