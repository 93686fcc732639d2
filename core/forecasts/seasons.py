"""The season that a category's products share: learned from all dealers together, where single series are too uneven.

A dealer's two years of one product say little of December; those of sixty dealers and twenty products say much. Series
are forecast with that season taken out, and it is put in again afterwards.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.forecasts.foreseeing import Foreseen
from core.forecasts.paths import YEAR
from core.money import ZERO
from core.sales.rules import add_months

Season = Mapping[int, Decimal]
LEAST_MONTHS = 13
SLOWEST, FASTEST = Decimal("0.5"), Decimal(2)
FLATTEST = Decimal("0.05")


def season_of(months: Mapping[date, Decimal]) -> Season | None:
    """By number of the month, its share of an average month's cases once growth is taken out; None below 13 months,
    or where a month brought nothing.
    """
    ordered = sorted(months)
    if len(ordered) < LEAST_MONTHS or any(months[month] <= 0 for month in ordered):
        return None
    yearly = _growth(months)
    level = {month: months[month] / yearly ** (Decimal(at) / YEAR) for at, month in enumerate(ordered)}
    means = {}
    for number in range(1, YEAR + 1):
        same = [value for month, value in level.items() if month.month == number]
        means[number] = sum(same, ZERO) / len(same)
    average = sum(means.values(), ZERO) / YEAR
    return {number: max(FLATTEST, mean / average) for number, mean in means.items()}


def _growth(months: Mapping[date, Decimal]) -> Decimal:
    """What a year multiplies by: the months that are known twice, later against earlier."""
    twice = [month for month in months if add_months(month, -YEAR) in months]
    now = sum((months[month] for month in twice), ZERO)
    before = sum((months[add_months(month, -YEAR)] for month in twice), ZERO)
    return min(max(now / before, SLOWEST), FASTEST)


def without(months: Mapping[date, Decimal], season: Season | None) -> dict[date, Decimal]:
    """A history with the season taken out."""
    return {month: cases / season[month.month] if season else cases for month, cases in months.items()}


def within(one: Foreseen, season: Season | None) -> Foreseen:
    """A forecast with the season put in, bounds too."""
    if season is None:
        return one
    shares = [season[point.month.month] for point in one.points]
    points = (point.scaled(share, share, share) for point, share in zip(one.points, shares, strict=True))
    return replace(one, points=tuple(points))
