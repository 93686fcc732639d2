"""How much to order: demand over the time that the order has to last, a safety stock, less what is there and coming.

Cases; free ones that an order earns count as goods. More stock never makes a larger order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

from core.money import ZERO

SHELF_SHARE = Decimal(1) / 3
"""Goods are to be sold within a third of their shelf life: stores take none older."""
NEAR_PALLET = Decimal("0.15")


class Cut(StrEnum):
    """What made an order other than the need."""

    SHELF_LIFE = "shelf_life"
    MINIMUM = "minimum"
    PALLET = "pallet"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Need:
    """Over the days that an order has to last: ``demand`` with its standard deviation, and what is against it.

    ``daily`` is a day's demand; ``deviations`` is how many standard deviations of safety the service level takes.
    """

    demand: Decimal
    sigma: Decimal
    deviations: Decimal
    daily: Decimal
    stock: Decimal
    coming: Decimal

    @property
    def safety(self) -> Decimal:
        """Cases kept against what the forecast doesn't see; never more than the demand itself."""
        return min(self.deviations * self.sigma, self.demand)

    @property
    def missing(self) -> Decimal:
        """Demand and safety less stock and what is on the way; below zero there is enough."""
        return self.demand + self.safety - self.stock - self.coming


@dataclass(frozen=True, slots=True)
class Packing:
    """How a product comes: the least that is sold, cases a pallet, and the free cases that paid ones earn."""

    minimum: int
    pallet: int | None
    shelf_days: int
    free_for: Callable[[int], int] = lambda _: 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Paid cases to order, the free ones that they earn, and what made them other than the need."""

    cases: int
    free: int
    cuts: tuple[Cut, ...]


NOTHING = Suggestion(0, 0, ())


def suggest(need: Need, packing: Packing) -> Suggestion:
    """Whole cases; pallets where one is nearly full; never more than sells within the shelf life's share."""
    if need.missing <= 0:
        return NOTHING
    most = _most(need, packing)
    wanted = min(int(need.missing.to_integral_value(ROUND_CEILING)), most)
    if wanted <= 0 or packing.minimum > most:
        return Suggestion(0, 0, (Cut.SHELF_LIFE,))
    cuts = [Cut.SHELF_LIFE] if wanted == most else []
    paid = _paid_for(wanted, packing.free_for)
    rounded = _to_pallets(paid, packing.pallet)
    if rounded > paid and rounded + packing.free_for(rounded) <= most:
        paid = rounded
        cuts.append(Cut.PALLET)
    if paid < packing.minimum:
        paid = packing.minimum
        cuts.append(Cut.MINIMUM)
    free = packing.free_for(paid)
    return Suggestion(paid, free, (*cuts, *((Cut.FREE,) if free else ())))


def days_of_cover(stock: Decimal, daily: Decimal) -> int | None:
    """Whole days that a stock lasts; None where nothing sells."""
    return int((stock / daily).to_integral_value(ROUND_FLOOR)) if daily > 0 else None


def _most(need: Need, packing: Packing) -> int:
    """Cases that may be added so that all is sold within the shelf life's share."""
    room = need.daily * packing.shelf_days * SHELF_SHARE - need.stock - need.coming
    return int(max(ZERO, room).to_integral_value(ROUND_FLOOR))


def _paid_for(wanted: int, free_for: Callable[[int], int]) -> int:
    """The fewest paid cases that, with the free ones they earn, are at least ``wanted``."""
    low, high = 0, wanted
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if middle + free_for(middle) >= wanted else (middle + 1, high)
    return low


def _to_pallets(cases: int, pallet: int | None) -> int:
    """Up to whole pallets where little is missing to the last one; else as it is."""
    if not pallet or pallet <= 1:
        return cases
    missing = -cases % pallet
    return cases + missing if missing <= int(NEAR_PALLET * pallet) else cases
