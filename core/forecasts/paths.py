"""Points and paths of forecasts. Cases as Decimals with one decimal; months by their first day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from core.money import ZERO
from core.sales.rules import add_months

TENTH = Decimal("0.1")
YEAR = 12
NORMAL_80 = Decimal("1.2816")


@dataclass(frozen=True, slots=True)
class Point:
    """A month's expected cases with its 80 % and 95 % intervals."""

    month: date
    mean: Decimal
    low80: Decimal
    high80: Decimal
    low95: Decimal
    high95: Decimal

    def scaled(self, mean: Decimal, low: Decimal, high: Decimal) -> "Point":
        """Under a change that multiplies: the mean by ``mean``, the lower bounds by ``low``, the upper by ``high``."""
        return Point(
            self.month,
            tenths(self.mean * mean),
            tenths(self.low80 * low),
            tenths(self.high80 * high),
            tenths(self.low95 * low),
            tenths(self.high95 * high),
        )

    @property
    def sigma(self) -> Decimal:
        """The standard deviation that the upper half of the 80 % interval stands for."""
        return max(ZERO, self.high80 - self.mean) / NORMAL_80


def tenths(value: Decimal | float) -> Decimal:
    """Half up to one decimal."""
    return Decimal(str(value)).quantize(TENTH, rounding=ROUND_HALF_UP)


def as_path(points: Iterable[Point]) -> list[list[str]]:
    """As it is stored: month, mean, the 80 % and the 95 % interval, as plain text."""
    return [[point.month.isoformat(), *(str(value) for value in (point.mean, *bounds(point)))] for point in points]


def bounds(point: Point) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """The two intervals in a row."""
    return point.low80, point.high80, point.low95, point.high95


def of_path(path: Sequence[Sequence[Any]]) -> tuple[Point, ...]:
    """The inverse of ``as_path``."""
    return tuple(Point(date.fromisoformat(row[0]), *(Decimal(value) for value in row[1:])) for row in path)


def summed(points: Sequence[Point]) -> Point:
    """Several months as one, by the first: bounds lie as far off as if errors were half shared between months."""
    first = points[0]
    mean = sum((point.mean for point in points), ZERO)
    off = [
        _together([abs(bound - point.mean) for point, bound in zip(points, column, strict=True)])
        for column in zip(*(bounds(point) for point in points), strict=True)
    ]
    low80, high80, low95, high95 = off
    return Point(first.month, mean, max(ZERO, mean - low80), mean + high80, max(ZERO, mean - low95), mean + high95)


def _together(parts: Sequence[Decimal]) -> Decimal:
    """Spreads that are correlated by a half."""
    whole, squares = sum(parts, ZERO), sum((part * part for part in parts), ZERO)
    return tenths(((whole * whole + squares) / 2).sqrt())


def demand_between(points: Sequence[Point], start: date, end: date) -> tuple[Decimal, Decimal]:
    """Expected cases and their standard deviation over days, each month spread evenly; days past the path count as
    the last month's.
    """
    parts = []
    for point in points:
        following = add_months(point.month, 1)
        parts.append((point, (min(end, following) - max(start, point.month)).days, (following - point.month).days))
    last = add_months(points[-1].month, 1)
    parts.append((points[-1], (end - max(start, last)).days, (last - points[-1].month).days))
    asked = [(point, days, whole) for point, days, whole in parts if days > 0]
    mean = sum((point.mean * days / whole for point, days, whole in asked), ZERO)
    variance = sum((point.sigma * point.sigma * days / whole for point, days, whole in asked), ZERO)
    return mean, variance.sqrt()
