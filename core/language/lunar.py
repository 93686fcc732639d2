"""Feasts whose day the moon or the sun decides: when they begin."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Literal

Feast = Literal["spring", "tombs", "dragon boat", "mid-autumn"]

_NAMES: Mapping[Feast, str] = {
    "spring": "Chinese New Year (", "tombs": "Tomb-Sweeping", "dragon boat": "Dragon Boat", "mid-autumn": "Mid-Autumn",
}  # fmt: skip


@cache
def feast_day(feast: Feast, year: int) -> date | None:
    """The first day of a feast; None for years that the calendar isn't known of."""
    from holidays import country_holidays

    days = country_holidays("CN", years=year, language="en_US").items()
    named = (day for day, names in days if any(one.startswith(_NAMES[feast]) for one in names.split("; ")))
    return min(named, default=None)
