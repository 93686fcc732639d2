"""Stretches of time as figures belong to them: whole months of part of one, the years beside a day."""

import re
from datetime import date, timedelta

from core.language.days import add_months, add_years
from core.language.periods import Grain, TimeRange

CUT_OFF = re.compile(r"(?:截至|截止|到|至|as of|up to|until) ?$")
COMPARED = re.compile(r"(?<![a-z])(?:above|below|than|vs\.?|versus|against|compared (?:with|to)) ?$|[比较]$")
SINCE = re.compile(r"since|以来|至今|ago")
BARE_DAY = re.compile(r"\d{1,2} ?[日号]|the \d{1,2}(?:st|nd|rd|th)")
END_OF = re.compile(r"[底末]|end")
PAST_YEAR = re.compile(r"去年|上一?年|last year|a year ago")
OWN_YEAR = re.compile(r"20\d\d|[今去前明]年|(?:this|last|next) year")


def readings(time: TimeRange) -> list[tuple[date, date]]:
    """Its days; the whole month, quarter or year of one that isn't over; without a year, those beside it too."""
    spans = [(time.start, time.end)]
    for months in (1, 3, 12):
        whole = add_months(time.start, months)
        if (
            time.grain is Grain.RANGE
            and time.start.day == 1
            and time.end.day != 1
            and (time.start.month - 1) % months == 0
            and time.end < whole
        ):
            spans.append((time.start, whole))
    if BARE_DAY.fullmatch(time.text.strip()):
        return [(add_months(time.start, by), add_months(time.start, by) + timedelta(days=1)) for by in (-2, -1, 0, 1)]
    if OWN_YEAR.search(time.text) or time.grain is Grain.YEAR:
        return spans
    return [(add_years(start, by), add_years(end, by)) for by in (-1, 0, 1) for start, end in spans]


def periods_of(time: TimeRange, text: str = "") -> list[str]:
    """A stretch of time as something that figures belong to; a day up to which they are counted is none."""
    if time.comparison or (time.grain is Grain.DAY and CUT_OFF.search(text[: time.span[0]])):
        return []
    year = f"year:{time.start.year}"
    if PAST_YEAR.fullmatch(time.text):
        return [] if COMPARED.search(text[: time.span[0]]) else [year]
    if SINCE.search(f"{text[: time.span[0]][-8:]}{time.text}"):
        return []
    if time.grain is Grain.RANGE and END_OF.search(time.text):
        last = time.end - timedelta(days=1)
        return [f"day:{last.isoformat()}/{time.end.isoformat()}"]
    kind = "day" if time.grain is Grain.DAY else "period"
    named = [f"{kind}:{start.isoformat()}/{end.isoformat()}" for start, end in readings(time)]
    return [*named, year] if kind == "period" and OWN_YEAR.search(time.text) else named


def wider(names: frozenset[str]) -> frozenset[str]:
    """The stretches that hold another one that is named too: the quarter, where one of its months is told of."""
    spans = {name: tuple(name.removeprefix("period:").split("/")) for name in names if name.startswith("period:")}
    return frozenset(
        name
        for name, (start, end) in spans.items()
        for first, last in spans.values()
        if start <= first and last <= end and (first, last) != (start, end)
    )


def stretch_of(start: date, end: date) -> set[str]:
    """A stretch that a figure belongs to for certain; the month of which it is the first part goes by its name too."""
    month = add_months(start, 1) if start.day == 1 else end
    return {f"period:{start.isoformat()}/{last.isoformat()}" for last in (end, max(end, month))}
