"""Time expressions in Chinese and English as half-open stretches of days."""

from core.language.periods import Grain, TimeRange, parse_period, period, previous_period, same_period_last_year
from core.language.timeranges.ahead import MonthsAhead, find_months_ahead, find_time_ahead
from core.language.timeranges.find import find_time_range, find_time_ranges

__all__ = [
    "Grain",
    "MonthsAhead",
    "TimeRange",
    "find_months_ahead",
    "find_time_ahead",
    "find_time_range",
    "find_time_ranges",
    "parse_period",
    "period",
    "previous_period",
    "same_period_last_year",
]
