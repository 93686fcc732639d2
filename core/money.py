"""Exact amounts: Decimal, rounded half up, once, where a figure is posted or shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.numbers import get_currency_precision

ZERO = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with its currency, for words that state it."""

    value: Decimal
    currency: str


@lru_cache(maxsize=64)
def minor_unit(currency: str) -> Decimal:
    """The smallest amount of a currency: 0.01 for CNY, 1 for JPY (source: CLDR)."""
    return Decimal(1).scaleb(-get_currency_precision(currency))


def round_money(amount: Decimal, currency: str) -> Decimal:
    """Half up, away from zero, to the currency's own minor unit."""
    return amount.quantize(minor_unit(currency), rounding=ROUND_HALF_UP)


def split_money(total: Decimal, weights: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Parts in proportion to weights (none negative) that add up to ``total``: largest remainder, ties to the first."""
    whole = sum(weights, ZERO)
    if not weights or whole <= 0:
        raise ValueError("weights must be non-negative and not all zero")
    unit = minor_unit(currency)
    units = int(round_money(total, currency) / unit)
    exact = [Decimal(units) * weight / whole for weight in weights]
    floors = [int(part.to_integral_value(ROUND_FLOOR)) for part in exact]
    order = sorted(range(len(weights)), key=lambda i: (floors[i] - exact[i], i))
    for i in order[: units - sum(floors)]:
        floors[i] += 1
    return [unit * part for part in floors]
