"""What stock threatens: to run out, to lie too long, to grow old. Cases and days."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from core.forecasts.replenishment import SHELF_SHARE, days_of_cover
from core.money import ZERO

OVERSTOCK_DAYS = 60
LEAST_CASES = 5  # less than that lying about is no overstock


class Risk(StrEnum):
    """缺货, 积压, 临期."""

    STOCK_OUT = "stock_out"
    OVERSTOCK = "overstock"
    SHORT_DATED = "short_dated"


@dataclass(frozen=True, slots=True)
class Holding:
    """What a dealer has of a product: stock today, goods on the way, a day's demand, and how long new goods take."""

    stock: Decimal
    coming: Decimal
    daily: Decimal
    lead_days: int
    shelf_days: int

    @property
    def cover(self) -> int | None:
        """Days that stock and goods on the way last; None where nothing sells."""
        return days_of_cover(self.stock + self.coming, self.daily)

    @property
    def most_days(self) -> int:
        """More days of stock than this are too many: two months, or a third of the shelf life where that is less."""
        return min(OVERSTOCK_DAYS, int(self.shelf_days * SHELF_SHARE))

    @property
    def spare(self) -> Decimal:
        """Cases beyond ``most_days``; below zero, what is missing to last twice the lead time."""
        most, least = self.daily * self.most_days, self.daily * self.lead_days * 2
        held = self.stock + self.coming
        return held - most if held > most else min(ZERO, held - least)


@dataclass(frozen=True, slots=True)
class Threat:
    """A risk with when it comes: the day stock runs out, or the day the last of it would be sold."""

    risk: Risk
    days: int | None
    day: date | None


def threat(holding: Holding, today: date) -> Threat | None:
    """The one risk of a holding, if any: running out before new goods could come, or lying too long."""
    held = holding.stock + holding.coming
    if holding.daily <= 0:
        return Threat(Risk.OVERSTOCK, None, None) if held >= LEAST_CASES else None
    cover = holding.cover or 0
    if cover <= holding.lead_days:
        return Threat(Risk.STOCK_OUT, cover, today + timedelta(days=cover))
    if cover > holding.most_days and held >= LEAST_CASES:
        return Threat(Risk.OVERSTOCK, cover, today + timedelta(days=cover))
    return None


def is_short_dated(produced_on: date, expires_on: date, today: date) -> bool:
    """Whether less than a third of the shelf life is left (临期), expired goods included."""
    return (expires_on - today).days * 3 < (expires_on - produced_on).days
