"""Periods as tool arguments."""

from datetime import date

from core.errors import BadInput
from core.language.periods import parse_period


def days_of(period: str, fiscal_year_start: int) -> tuple[date, date]:
    """The half-open days of a period's code, such as 2026-10, 2026Q3, 2026 or 2026-10-01..2026-10-15."""
    try:
        found = parse_period(period, fiscal_year_start)
    except ValueError:
        raise BadInput("period.unreadable", period=period) from None
    return found.start, found.end
