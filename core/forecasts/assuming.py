"""What if: a promotion, another price, a hot summer, put on top of a forecast; what history can't carry is left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import BadInput
from core.forecasts.paths import Point
from core.forecasts.responses import NoResponse, Response, rebased

FREE = re.compile(r"(\d+)\D+(\d+)\D*")
OFF = re.compile(r"[-−]?(\d+(?:\.\d+)?)\s*[%％].*")
TENTHS = re.compile(r"\D*(\d+(?:\.\d+)?)\s*折.*")
LEAST, MOST = Decimal("-0.5"), Decimal("0.5")
FACTOR_MOST = Decimal(2)


@dataclass(frozen=True, slots=True)
class Assumption:
    """Shares of one: ``price`` is what the price changes by (a promotion is a cut), ``factor`` what demand does."""

    price: Decimal | None = None
    factor: Decimal | None = None

    @property
    def empty(self) -> bool:
        """Nothing is assumed."""
        return self.price is None and self.factor is None


@dataclass(frozen=True, slots=True)
class Assumed:
    """The months under an assumption; ``response`` is what the price's part stands on, or why it was left out."""

    assumption: Assumption
    points: tuple[Point, ...]
    response: Response | NoResponse | None


def assumption(promotion: str | None, price_change: float | None, factor: float | None) -> Assumption:
    """From a tool's words: ``10+1`` or ``5%`` off, and per cents.

    Raises:
        BadInput: A promotion that can't be read, or a change beyond what anybody could foresee.
    """
    price = Decimal(str(price_change)) / 100 if price_change else None
    if promotion and promotion.strip():
        price = (1 + (price or 0)) * (1 + _cut(promotion.strip())) - 1
    demand = Decimal(str(factor)) / 100 if factor else None
    if price is not None and not LEAST <= price <= MOST:
        raise BadInput("forecast.change_too_large")
    if demand is not None and not -1 < demand <= FACTOR_MOST:
        raise BadInput("forecast.change_too_large")
    return Assumption(price, demand)


def _cut(promotion: str) -> Decimal:
    """The price change that a promotion amounts to."""
    if found := OFF.fullmatch(promotion):
        return -Decimal(found[1]) / 100
    if found := TENTHS.fullmatch(promotion):
        value = Decimal(found[1])
        return value / (10 if value < 10 else 100) - 1
    found = FREE.search(promotion)
    if found and int(found[1]) > 0 and int(found[2]) > 0:
        return Decimal(str(rebased(int(found[1]), int(found[2]))))
    raise BadInput("forecast.bad_promotion", given=promotion[:40])


def assumed(points: Sequence[Point], given: Assumption, response: Response | NoResponse | None) -> Assumed:
    """Multiplied: the factor as it was said, the price by its elasticity, whose doubt widens the intervals."""
    mean = low = high = 1 + (given.factor or Decimal(0))
    if given.price is not None and isinstance(response, Response):
        effect = response.effect(float(given.price))
        mean, low, high = mean * effect[0], low * effect[1], high * effect[2]
    return Assumed(given, tuple(point.scaled(mean, low, high) for point in points), response)
