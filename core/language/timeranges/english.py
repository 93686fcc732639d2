"""Rules for time expressions in English, over folded text; where several match, the earliest and longest wins."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from core.language.days import ONE_DAY, WEEKDAYS, date_or_none, month_number, small_number, year_number
from core.language.periods import Grain
from core.language.timeranges.atoms import NO_SUCH_DAY, Atom, Now, Open, Rule, Shift, day, part, rule
from core.language.units import measure_after

_LONG = "january|february|march|april|june|july|august|september|october|november|december"
_SHORT = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![a-z])\.?"
_MAY = (
    r"(?:(?<=in )|(?<=of )|(?<=for )|(?<=since )|(?<=last )|(?<=this )|(?<=next )|(?<=from )|(?<=to )|(?<=until )"
    r"|(?<=by )|(?<=during )|(?<=and )|(?<=between )|(?<=early )|(?<=late )|(?<=mid )|(?<=mid-)|(?<=vs )|(?<=\d )"
    r"|(?<=th )|(?<=-))may"
    r"|may(?= ?(?:\d|'\d|to [a-z]{3}|- ?[a-z]{3}|sales|orders|figures)|'s)"
)
_MONTH = rf"(?P<month>(?<![a-z])(?:{_LONG}|{_SHORT}|{_MAY}))(?![a-z])"
_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_SHORT_WEEKDAYS = "mon|tues?|wed|thu(?:rs?)?|fri|sat|sun"
_NUMBER = (
    r"\d{1,4}|an?(?: couple(?: of)?)?|couple(?: of)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirty|sixty|ninety"
)
_UNIT = r"(?P<unit>day|week|month|quarter|year)s?(?![a-z])"
_YEAR = (
    r"(?:(?:,|'s)? ?(?:of |in )?(?P<digits>(?<!\d)(?:19|20)\d\d(?![\d/-])|'\d\d(?!\d)|fy ?(?:20)?\d\d(?!\d))"
    r"|(?:,? )?(?:of |in )?(?P<year>last year|this year|next year|the year before last|the previous year|the year)"
    r"(?:'s)?)"
)
_BEFORE = r"(?:(?P<digits0>(?<!\d)(?:fy ?)?(?:19|20)\d\d|fy ?\d\d)|(?P<year0>last year|this year|next year)(?:'s)?) ?"
_ORDINALS: Mapping[str, int] = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4,
}  # fmt: skip
_ORDINAL = rf"(?P<ordinal>{'|'.join(_ORDINALS)})"
_RELATIVE: Mapping[str, int] = {
    "this": 0,
    "current": 0,
    "last": -1,
    "previous": -1,
    "prior": -1,
    "next": 1,
    "coming": 1,
}
_REL = r"(?P<rel>this|current|last|previous|prior|next|coming)"
_PART = r"(?P<part>early|start of|beginning of|mid|middle of|late|end of)(?: |-)(?:in )?(?:the )?"
_PARTS: Mapping[str, str] = {
    "early": "first", "start of": "first", "beginning of": "first", "mid": "middle", "middle of": "middle",
    "late": "last", "end of": "last", "end": "last", "start": "first", "beginning": "first",
}  # fmt: skip
_YEARS: Mapping[str, int] = {
    "last year": -1, "the previous year": -1, "next year": 1, "the year before last": -2, "this year": 0, "the year": 0,
}  # fmt: skip


def _said_year(match: re.Match[str], now: Now, current: int) -> int | None:
    """The year that was said, counted from ``current``; None where none was, or none that is one."""
    groups = match.groupdict()
    if digits := groups.get("digits") or groups.get("digits0"):
        return year_number(digits, now.today)
    if word := groups.get("year") or groups.get("year0"):
        return current + _YEARS[word]
    return None


def _month_of(match: re.Match[str]) -> int:
    return month_number(match["month"].rstrip(".")) or 1


def _month(match: re.Match[str], now: Now) -> Atom | None:
    """October, last March, October 2025, early October, last year's October."""
    number, year = _month_of(match), _said_year(match, now, now.today.year)
    found = now.month(year or now.today.year, number, open_year=year is None)
    if match["rel"] and year is None:
        ahead, back = (number - now.today.month) % 12 or 12, (now.today.month - number) % 12 or 12
        found = now.relative_month({"next": ahead, "this": number - now.today.month}.get(match["rel"], -back))
    return part(now.settled(found), _PARTS[match["part"]]) if match["part"] else found


def _month_day(match: re.Match[str], now: Now) -> Atom | None:
    """Nov 25, 25th of November, October 1-15, Oct 1, 2025."""
    year, number = _said_year(match, now, now.today.year), _month_of(match)
    first = date_or_none(year or now.today.year, number, int(match["day"]))
    last = date_or_none(year or now.today.year, number, int(match["until"] or match["day"]))
    if first is None or last is None or last < first:
        return NO_SUCH_DAY
    return Atom(first, last + ONE_DAY, Grain.RANGE if match["until"] else Grain.DAY, None if year else Open.YEAR)


def _day_alone(match: re.Match[str], now: Now) -> Atom | None:
    return now.day_of_month(int(match["day"]))


def _quarter(match: re.Match[str], now: Now) -> Atom | None:
    groups = match.groupdict()
    number = int(groups["q"]) if groups["q"] else _ORDINALS[match["ordinal"]]
    year = _said_year(match, now, now.year)
    return now.fiscal(year if year is not None else now.year, 3 * number - 3, 3, Grain.QUARTER, open_year=year is None)


def _half(match: re.Match[str], now: Now) -> Atom | None:
    groups = match.groupdict()
    second = groups.get("h") == "2" or groups.get("ordinal") in {"second", "2nd", "final"}
    year = _said_year(match, now, now.year)
    return now.fiscal(year if year is not None else now.year, 6 * second, 6, Grain.HALF, open_year=year is None)


def _half_month(match: re.Match[str], now: Now) -> Atom | None:
    name = "second half" if match["ordinal"] in {"second", "2nd", "final"} else "first half"
    if match["month"]:
        return part(now.settled(now.month(now.today.year, _month_of(match), open_year=True)), name)
    return part(now.relative_month(_RELATIVE.get(match["rel"] or "this", 0)), name)


def _relative(match: re.Match[str], now: Now) -> Atom | None:
    """This month, last quarter, end of next week."""
    names = {"fy": "year", "half year": "half", "fiscal year": "year", "half-year": "half"}
    unit, count = names.get(match["unit"], match["unit"]), _RELATIVE[match["rel"] or "this"]
    if unit == "weekend":
        week = now.relative_week(count)
        return replace(week, start=week.start + timedelta(days=5), grain=Grain.RANGE)
    found = now.relative_unit(unit, count)
    return part(found, _PARTS[match["part"]]) if found and match["part"] else found


def _end_of(match: re.Match[str], now: Now) -> Atom | None:
    """Month-end, year end, end of month."""
    unit = match["unit"] or match["of"] or {"y": "year", "q": "quarter", "m": "month"}[match["letter"]]
    found = now.relative_unit(unit, 0)
    return part(found, "last") if found else None


def _before_last(match: re.Match[str], now: Now) -> Atom | None:
    return now.relative_unit(match["unit"], -2)


def _after_next(match: re.Match[str], now: Now) -> Atom | None:
    return now.relative_unit(match["unit"], 2)


def _weekday(match: re.Match[str], now: Now) -> Atom | None:
    """Friday; last Friday is the latest before today, next Friday is in the week after this one."""
    wanted, rel = WEEKDAYS[match["weekday"]], match["rel"]
    this_week = now.relative_week(0).start + timedelta(days=wanted)
    if rel == "last":
        return day(this_week - timedelta(days=7) if this_week >= now.today else this_week)
    if rel in {"next", "this"}:
        return day(this_week + timedelta(days=7 * (rel == "next")))
    return day(this_week, Open.WEEK)


def _rolling(match: re.Match[str], now: Now) -> Atom | None:
    count = _count(match["count"])
    ahead = match["lead"] in {"next", "coming", "following"} or (match["lead"] == "within" and not now.past)
    return now.rolling(match["unit"], -count if ahead else count)


def _count(word: str | None) -> int:
    if not word:
        return 1
    return 2 if "couple" in word else small_number(word.strip()) or 0


def _ago(match: re.Match[str], now: Now) -> Atom | None:
    count = _count(match["count"])
    return now.relative_unit(match["unit"], -count) if count < 400 else None


def _to_date(match: re.Match[str], now: Now) -> Atom | None:
    """YTD, month to date, so far this quarter."""
    groups = match.groupdict()
    word = groups.get("unit") or {"y": "year", "q": "quarter", "m": "month", "w": "week"}[match["letter"]]
    found = now.relative_unit(word, 0)
    return Atom(found.start, now.today + ONE_DAY, Grain.RANGE) if found else None


def _trailing_year(match: re.Match[str], now: Now) -> Atom | None:
    return now.rolling("month", 12)


def _day_word(match: re.Match[str], now: Now) -> Atom | None:
    counts = {"the day before yesterday": -2, "day before yesterday": -2, "yesterday": -1, "tomorrow": 1}
    return now.relative_unit("day", counts.get(match["word"], 2 if "after" in match["word"] else 0))


def _year(match: re.Match[str], now: Now) -> Atom | None:
    """2025, in 2025, FY25; 2025 cases are no year."""
    year = _said_year(match, now, now.year)
    if year is None or measure_after(match.string, match.end()) is not None:
        return None
    return now.fiscal(year, 0, 12, Grain.YEAR)


def _same_period(match: re.Match[str], now: Now) -> Atom | None:
    """The same period last year; without another range in sight, of the year so far."""
    years = 2 if match["when"] == "the year before last" else 1
    unit = match["unit"]
    if unit in {"month", "quarter", "week", "day"}:
        found = now.relative_unit(unit, 0)
        return replace(found, same=Shift(years=years)) if found else None
    start = now.fiscal(now.year, 0, 12, Grain.YEAR).start
    return Atom(start, now.today + ONE_DAY, Grain.RANGE, same=Shift(years=years))


NEEDED = re.compile(
    r"day|week|month|quarter|year|hal|jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec|[yqmw]td|ttm|ltm|eo[myq]|q[1-4]|[1-4]q|h[12]"
    r"|fy|tonight|tomorrow|20\d\d|\d(?:st|nd|rd|th)|same|(?:last|this|next|on) (?:mon|tue|wed|thu|fri|sat|sun)"
)
RULES: tuple[Rule, ...] = (
    rule(_month, rf"(?:{_BEFORE})?(?:{_PART}|(?P<rel>this|last|next|past) )?{_MONTH}(?:{_YEAR})?"),
    rule(
        _month_day,
        rf"{_MONTH} ?(?:the )?(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)",
        rf"(?: ?(?:-|to|through|until) ?(?P<until>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d))?(?:{_YEAR})?",
    ),
    rule(
        _month_day,
        r"(?<![\d.,-])(?:the )?(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?",
        r"(?: ?(?:-|to|through|until) ?(?P<until>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)?(?: of)? ?",
        rf"{_MONTH}(?:{_YEAR})?",
    ),
    rule(
        _day_alone, r"(?<![\d.,-])(?:on )?the (?P<day>3[01]|[12]?\d)(?:st|nd|rd|th)(?! (?:half|quarter|week|order|one))"
    ),
    rule(
        _quarter,
        rf"(?:{_BEFORE})?(?:(?:the )?{_ORDINAL} quarter|(?<![a-z])q(?P<q>[1-4])(?![\da-z]))(?:{_YEAR})?",
    ),
    rule(_quarter, r"(?<![\da-z])(?P<q>[1-4])q ?(?P<digits>(?:20)?\d\d)(?!\d)"),
    rule(
        _half,
        rf"(?:{_BEFORE})?(?:(?:the )?{_ORDINAL} half|(?<![a-z])h(?P<h>[12])(?![\da-z]))(?:{_YEAR})?",
    ),
    rule(
        _half_month,
        rf"(?:the )?{_ORDINAL} half of (?:(?:the |(?P<rel>this|last|next) )month|{_MONTH})",
    ),
    rule(
        _relative,
        rf"(?<![a-z])(?:{_PART})?(?:the )?{_REL} ",
        r"(?P<unit>day|weekend|week|month|quarter|half[ -]year|half|fiscal year|year|fy)(?![a-z])",
    ),
    rule(_relative, rf"(?<![a-z]){_PART}(?P<rel>)(?P<unit>week|month|quarter|year)(?![a-z])"),
    rule(
        _end_of,
        r"(?<![a-z])(?:(?P<unit>month|year|quarter)[- ]end|end of (?P<of>month|year|quarter)",
        r"|eo(?P<letter>[myq]))(?![a-z])",
    ),
    rule(_after_next, r"(?:the )?(?P<unit>week|month|quarter|year) after next(?![a-z])"),
    rule(_before_last, r"(?:the )?(?P<unit>week|month|quarter|year) before last(?![a-z])"),
    rule(_weekday, rf"(?<![a-z])(?:(?P<rel>last|this|next) |on )?(?P<weekday>{_WEEKDAYS})(?![a-z])"),
    rule(_weekday, rf"(?<![a-z])(?:(?P<rel>last|this|next)|on) (?P<weekday>{_SHORT_WEEKDAYS})(?![a-z])"),
    rule(
        _rolling,
        r"(?<![a-z])(?:in |over |during |for )?(?:the )?",
        r"(?P<lead>last|past|previous|trailing|latest|recent|preceding|within|next|coming|following)",
        r"(?: the (?:last|past))?",
        rf" (?P<count>{_NUMBER}) (?:calendar |full |whole )?{_UNIT}",
    ),
    rule(_rolling, rf"(?<![a-z])(?:the )?past (?P<lead>)(?P<count>){_UNIT}"),
    rule(_ago, rf"(?<![a-z\d.])(?P<count>{_NUMBER}) {_UNIT} ago(?![a-z])"),
    rule(_to_date, r"(?<![a-z])(?P<letter>[yqmw])td(?![a-z])"),
    rule(_to_date, r"(?<![a-z])(?P<unit>year|quarter|month|week)[- ]to[- ]date"),
    rule(_to_date, r"so far this (?P<unit>year|quarter|month|week)|this (?P<letter>y)ear so far"),
    rule(_trailing_year, r"(?<![a-z])(?:ltm|ttm)(?![a-z])"),
    rule(
        _day_word,
        r"(?<![a-z])(?P<word>(?:the )?day (?:before yesterday|after tomorrow)|yesterday|today|tonight|tomorrow)",
        r"(?![a-z])",
    ),
    rule(
        _year,
        r"(?<![a-z\d])(?:in |calendar year |fiscal year )?",
        r"(?:(?P<digits>(?<![\d.,:/$¥€£a-z-])20[1-3]\d)(?![\d%a-z元块]|[-/.:,]\d)|fy ?(?P<digits0>(?:20)?\d\d)(?!\d))",
    ),
    rule(
        _same_period,
        r"(?:the )?same (?P<unit>period|time|month|quarter|week|day|point)(?: of)?,? ",
        r"(?P<when>last year|a year ago|the year before last|the year before|the previous year|the prior year)",
    ),
    rule(_same_period, r"(?:the )?(?P<when>prior|previous|last)[- ]year (?P<unit>period)|(?:the )?year-ago period"),
)
