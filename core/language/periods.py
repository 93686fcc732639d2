"""Stretches of time with half-open bounds, and their codes: 2026-10, 2026Q3, 2026H1, 2026, 2026-10-01..2026-10-15."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from core.language.days import (
    FIRST_YEAR,
    LAST_YEAR,
    ONE_DAY,
    add_months,
    add_years,
    date_or_none,
    fiscal_year,
    in_fiscal_year,
)


class Grain(StrEnum):
    """How coarsely a stretch of time was named."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class TimeRange:
    """From ``start`` up to but without ``end``, with the words that said so; ``comparison`` where those ask for one."""

    start: date
    end: date
    grain: Grain
    text: str = ""
    span: tuple[int, int] = (0, 0)
    comparison: bool = False


_MONTHS_OF = ((Grain.MONTH, 1), (Grain.QUARTER, 3), (Grain.HALF, 6), (Grain.YEAR, 12))
_CODE = re.compile(
    r"(?P<year>\d{4})(?:-?[Qq](?P<quarter>[1-4])|-?[Hh](?P<half>[12])|-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?"
)


def period(time_range: TimeRange, fiscal_year_start: int = 1) -> str:
    """The code of a stretch of time; days in it are both included, and what fits no unit is spelled from day to day."""
    start, last = time_range.start, time_range.end - ONE_DAY
    months = dict(_MONTHS_OF).get(time_range.grain)
    into_year = (start.month - fiscal_year_start) % 12
    whole = months is not None and start.day == 1 and add_months(start, months) == time_range.end
    if time_range.grain is Grain.DAY and start == last:
        return start.isoformat()
    if whole and time_range.grain is Grain.MONTH:
        return f"{start:%Y-%m}"
    if whole and months and into_year % months == 0:
        year = fiscal_year(start, fiscal_year_start)
        letter = {Grain.QUARTER: "Q", Grain.HALF: "H"}.get(time_range.grain)
        return f"{year}{letter}{into_year // months + 1}" if letter else f"{year}"
    return f"{start.isoformat()}..{last.isoformat()}"


def parse_period(code: str, fiscal_year_start: int = 1) -> TimeRange:
    """What a code stands for. A fiscal year has the number of the calendar year it starts in.

    Raises:
        ValueError: It is no code of a period.
    """
    text = code.strip()
    if ".." in text:
        first, _, last = text.partition("..")
        start, end = _parse_one(first, fiscal_year_start), _parse_one(last, fiscal_year_start)
        if end.end <= start.start:
            raise ValueError(f"no period: {code!r}")
        found = TimeRange(start.start, end.end, Grain.RANGE)
    else:
        found = _parse_one(text, fiscal_year_start)
    return replace(found, text=code, span=(0, len(code)))


def _parse_one(code: str, fiscal_year_start: int) -> TimeRange:
    match = _CODE.fullmatch(code.strip())
    if match is None or not FIRST_YEAR <= int(match["year"]) < LAST_YEAR:
        raise ValueError(f"no period: {code!r}")
    year = int(match["year"])
    if match["month"]:
        day = date_or_none(year, int(match["month"]), int(match["day"] or 1))
        if day is None:
            raise ValueError(f"no period: {code!r}")
        return TimeRange(day, day + ONE_DAY, Grain.DAY) if match["day"] else months_from(day, 1, Grain.MONTH)
    if match["quarter"]:
        return months_from(in_fiscal_year(year, fiscal_year_start, 3 * int(match["quarter"]) - 3), 3, Grain.QUARTER)
    if match["half"]:
        return months_from(in_fiscal_year(year, fiscal_year_start, 6 * int(match["half"]) - 6), 6, Grain.HALF)
    return months_from(in_fiscal_year(year, fiscal_year_start), 12, Grain.YEAR)


def months_from(start: date, months: int, grain: Grain) -> TimeRange:
    """So many months from a day on."""
    return TimeRange(start, add_months(start, months), grain)


def same_period_last_year(time_range: TimeRange) -> TimeRange:
    """The same days a year earlier; of a week, the week 52 weeks earlier, so that weekdays match."""
    if time_range.grain is Grain.WEEK:
        start, end = (bound - timedelta(weeks=52) for bound in (time_range.start, time_range.end))
    else:
        start, end = add_years(time_range.start, -1), add_years(time_range.end - ONE_DAY, -1) + ONE_DAY
    if time_range.grain in dict(_MONTHS_OF):
        end = add_years(time_range.end, -1)
    return replace(time_range, start=start, end=end, comparison=False)


def previous_period(time_range: TimeRange) -> TimeRange:
    """What came right before, as long: the month before a month, the thirty days before thirty days."""
    months = dict(_MONTHS_OF).get(time_range.grain)
    start = time_range.start
    before = add_months(start, -months) if months else start - (time_range.end - start)
    return replace(time_range, start=before, end=start, comparison=False)
