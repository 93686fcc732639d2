"""The trade's calendar: when the brand works, and how the market moves with the month. Whole numbers, per mille."""

from datetime import date, timedelta
from typing import Any

CUT_OFF = "16:00"


def festival_near(day: date, market: Any) -> int:
    """Days until the nearest Spring Festival; negative once it has passed."""
    away: int = min(((festival - day).days for festival in market["spring_festival"]), key=abs)
    return away


def closed(day: date, market: Any) -> bool:
    """Nobody trades: a Sunday or one of the long holidays."""
    holiday = (day.month == 5 and day.day <= 5) or (day.month == 10 and day.day <= 7)
    return day.weekday() == 6 or holiday or -6 <= festival_near(day, market) <= 3


def works(day: date, market: Any) -> bool:
    """The office takes orders: Monday to Friday outside the holidays."""
    return day.weekday() < 5 and not closed(day, market)


def next_open(day: date, market: Any) -> date:
    """The day itself, or the first after it on which dealers trade."""
    while closed(day, market):
        day += timedelta(days=1)
    return day


def taken_on(day: date, at: str, market: Any) -> date:
    """When an order is processed: the same working day before the cut-off, else the next one."""
    if at >= CUT_OFF or not works(day, market):
        day += timedelta(days=1)
        while not works(day, market):
            day += timedelta(days=1)
    return day


def transit(region: str, cases: int, market: Any) -> int:
    """Days from processing to arrival: a full load, a shared one, or part of one (送货时限)."""
    load = 0 if cases >= 600 else 1 if cases >= 120 else 2
    days: int = market["transit"][region][load]
    return days


def demand(day: date, until: date, market: Any) -> dict[str, int]:
    """How much of each category is wanted, against an average day at today's level: season, gifts and growth."""
    gifts = market["gifts"] if 4 <= festival_near(day, market) <= 35 else ()
    months = (until.year - day.year) * 12 + until.month - day.month
    found = {}
    for category, season in market["season"].items():
        wanted = season[day.month - 1] * (1450 if category in gifts else 1000) // 1000
        found[category] = wanted * (1000 - market["growth"][category] * months // 12) // 1000
    return found
