"""Periods as tools are given them: 2026-10, 2026Q3, 2026, or two days a..b."""

import re
from datetime import date, timedelta

from core.errors import BadInput

_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")
_YEAR = re.compile(r"\d{4}")


def days_of(code: str, fiscal_year_start: int) -> tuple[date, date]:
    """The half-open days of a period. Quarters and years are the brand's: they begin with ``fiscal_year_start``."""
    text = code.strip()
    try:
        if ".." in text:
            first, last = (date.fromisoformat(part.strip()) for part in text.split("..", 1))
            return first, last + timedelta(days=1)
        if found := _MONTH.fullmatch(text):
            return _months(int(found[1]), int(found[2]), 1)
        if found := _QUARTER.fullmatch(text):
            return _months(int(found[1]), fiscal_year_start + 3 * (int(found[2]) - 1), 3)
        if _YEAR.fullmatch(text):
            return _months(int(text), fiscal_year_start, 12)
        day = date.fromisoformat(text)
    except ValueError:
        raise BadInput("order.bad_period", given=text[:40]) from None
    return day, day + timedelta(days=1)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    if not 1 <= month <= 23:
        raise ValueError(month)
    start, end = year * 12 + month - 1, year * 12 + month - 1 + count
    return date(start // 12, start % 12 + 1, 1), date(end // 12, end % 12 + 1, 1)
