"""What the rules for time expressions are made of: a found expression, and the day it is said on."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from core.language.days import (
    ONE_DAY,
    add_months,
    add_years,
    date_or_none,
    first_of_month,
    fiscal_year,
    in_fiscal_year,
    monday,
)
from core.language.periods import Grain, TimeRange, months_from

LONGEST_DAYS = 3700


class Open(StrEnum):
    """The larger unit that an expression leaves unsaid: of which year is 10月, of which month the 25th?"""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Atom:
    """One time expression in folded text; ``same`` where it stands for the same period of another time (去年同期)."""

    start: date
    end: date
    grain: Grain
    open: Open | None = None
    same: "Shift | None" = None
    span: tuple[int, int] = (0, 0)

    def moved(self, years: int = 0, months: int = 0, days: int = 0) -> "Atom":
        """The expression read so much later."""
        if years or months:
            length = self.end - self.start
            start = add_months(add_years(self.start, years), months)
            by_months = self.grain in {Grain.MONTH, Grain.QUARTER, Grain.HALF, Grain.YEAR}
            end = add_months(add_years(self.end, years), months) if by_months else start + length
            return replace(self, start=start, end=end)
        return replace(self, start=self.start + timedelta(days=days), end=self.end + timedelta(days=days))


@dataclass(frozen=True, slots=True)
class Shift:
    """How far back the same period lies."""

    years: int = 0
    months: int = 0
    weeks: int = 0


@dataclass(frozen=True, slots=True)
class Now:
    """The day on which something is said, and how its open ends are to be read."""

    today: date
    fiscal_year_start: int = 1
    past: bool = True

    @property
    def year(self) -> int:
        """The fiscal year of today."""
        return fiscal_year(self.today, self.fiscal_year_start)

    def fiscal(self, year: int, months: int, length: int, grain: Grain, *, open_year: bool = False) -> Atom:
        """A part of a fiscal year, ``months`` into it and ``length`` months long."""
        start = in_fiscal_year(year, self.fiscal_year_start, months)
        return of(months_from(start, length, grain), Open.YEAR if open_year else None)

    def month(self, year: int, month: int, *, open_year: bool = False) -> Atom:
        """A calendar month."""
        return of(months_from(date(year, month, 1), 1, Grain.MONTH), Open.YEAR if open_year else None)

    def relative_month(self, months: int) -> Atom:
        """The month so many months from this one."""
        return of(months_from(add_months(first_of_month(self.today), months), 1, Grain.MONTH))

    def relative_week(self, weeks: int) -> Atom:
        """The week from Monday, so many weeks from this one."""
        start = monday(self.today) + timedelta(weeks=weeks)
        return Atom(start, start + timedelta(days=7), Grain.WEEK)

    def quarter_of_today(self) -> int:
        """0 to 3."""
        return (self.today.month - self.fiscal_year_start) % 12 // 3

    def relative_unit(self, unit: str, count: int) -> Atom | None:
        """This (0), the last (-1), the next (1) of a unit."""
        if unit == "day":
            return day(self.today + timedelta(days=count))
        if unit == "week":
            return self.relative_week(count)
        if unit == "month":
            return self.relative_month(count)
        if unit == "quarter":
            return self.fiscal(self.year, 3 * (self.quarter_of_today() + count), 3, Grain.QUARTER)
        if unit == "half":
            return self.fiscal(self.year, 6 * (self.quarter_of_today() // 2 + count), 6, Grain.HALF)
        return self.fiscal(self.year + count, 0, 12, Grain.YEAR) if unit == "year" else None

    def rolling(self, unit: str, count: int) -> Atom | None:
        """So many days, weeks or months that end with today; negative ones begin with it."""
        months = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(unit, 0) * count
        days = {"day": 1, "week": 7}.get(unit, 0) * count
        if not count or abs(days) + abs(months) * 31 > LONGEST_DAYS:
            return None
        if count < 0:
            return Atom(self.today, add_months(self.today, -months) - timedelta(days=days), Grain.RANGE)
        tomorrow = self.today + ONE_DAY
        start = add_months(self.today, -months) + ONE_DAY if months else tomorrow - timedelta(days=days)
        return Atom(start, tomorrow, Grain.DAY if days == 1 else Grain.RANGE)

    def day_of_month(self, number: int) -> Atom | None:
        """The 25th: the latest one up to today, or where nothing is past the next from today on."""
        for months in range(4):
            first = add_months(first_of_month(self.today), -months if self.past else months)
            found = date_or_none(first.year, first.month, number)
            if found is not None and (found <= self.today if self.past else found >= self.today):
                return day(found, Open.MONTH)
        return None

    def settled(self, atom: Atom) -> Atom:
        """An open expression read as lying behind (or, where nothing is past, before) the speaker."""
        if atom.open is Open.YEAR:
            if self.past and atom.start > self.today:
                return atom.moved(years=-1)
            return atom.moved(years=1) if not self.past and atom.end <= self.today else atom
        if atom.open is Open.WEEK:
            if self.past and atom.start > self.today:
                return atom.moved(days=-7)
            return atom.moved(days=7) if not self.past and atom.end <= self.today else atom
        return atom


NO_SUCH_DAY = Atom(date.min, date.min, Grain.DAY)  # 2月30日 is no day, and no 2月 either
Build = Callable[[re.Match[str], Now], Atom | None]
Rule = tuple[str, Build]


def rule(build: Build, *pattern: str) -> Rule:
    """What to make of each match of a pattern, which may come in pieces."""
    return "".join(pattern), build


def of(found: TimeRange, open_end: Open | None = None) -> Atom:
    """A stretch of time as a found expression."""
    return Atom(found.start, found.end, found.grain, open_end)


def day(when: date, open_end: Open | None = None) -> Atom:
    """A single day."""
    return Atom(when, when + ONE_DAY, Grain.DAY, open_end)


def part(whole: Atom, name: str) -> Atom:
    """The beginning, middle or end of a month (ten days each), week, quarter or year (a month; mid-year is two)."""
    start, end = whole.start, whole.end
    if whole.grain is Grain.MONTH:
        tenth, twentieth = start + timedelta(days=10), start + timedelta(days=20)
        bounds: Mapping[str, tuple[date, date]] = {
            "first": (start, tenth),
            "middle": (tenth, twentieth),
            "last": (twentieth, end),
            "first half": (start, start + timedelta(days=15)),
            "second half": (start + timedelta(days=15), end),
        }
    elif whole.grain is Grain.WEEK:
        bounds = {
            "first": (start, start + timedelta(days=2)),
            "middle": (start + timedelta(days=2), start + timedelta(days=4)),
            "last": (start + timedelta(days=4), end),
        }
    else:
        middle = add_months(start, 5) if whole.grain is Grain.YEAR else add_months(start, 1)
        length = 2 if whole.grain is Grain.YEAR else 1
        bounds = {
            "first": (start, add_months(start, 1)),
            "middle": (middle, add_months(middle, length)),
            "last": (add_months(end, -1), end),
        }
    found = bounds.get(name)
    return whole if found is None else Atom(found[0], found[1], Grain.RANGE)
