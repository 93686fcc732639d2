"""What a call costs, and whether a budget is spent."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens, in and out together, and cost in millionths of the currency's unit."""

    tokens: int = 0
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that may be spent; 0 is no limit. ``cost`` in the currency's unit."""

    tokens: int = 0
    cost: Decimal = Decimal(0)


def cost_of(tokens_in: int, tokens_out: int, price_in: Decimal, price_out: Decimal) -> int:
    """In millionths of the currency's unit, half up; prices are for a million tokens, so a token costs millionths."""
    exact = tokens_in * price_in + tokens_out * price_out
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def spent_over(spent: Mapping[str, Spent], limits: Mapping[str, Limit]) -> str | None:
    """The first budget (conversation, person, day) that is used up; reaching a limit uses it up."""
    for name, limit in limits.items():
        used = spent.get(name, Spent())
        if (limit.tokens and used.tokens >= limit.tokens) or (limit.cost and used.cost >= limit.cost * MILLION):
            return name
    return None


def in_units(cost: int) -> Decimal:
    """Millionths as an amount of the currency."""
    return Decimal(cost) / MILLION
