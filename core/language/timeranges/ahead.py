"""Time that lies ahead: what a forecast is asked for. A bare 三个月 begins today, 春节前 ends as the feast begins."""

import re
from dataclasses import dataclass, replace
from datetime import date

from core.language.days import add_months, small_number
from core.language.normalise import folded
from core.language.periods import Grain, TimeRange, period
from core.language.timeranges.atoms import Now
from core.language.timeranges.chinese_words import COUNTED, NUMBER, UNITS
from core.language.timeranges.find import CONSIDERED, find_time_ranges

_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|couple"
DAYS_OF_A_MONTH = 30.4
_NUMBERED = re.compile(rf"{NUMBER}|半|half|month|week|quarter|year|(?<![a-z])(?:{_WORDS})(?![a-z])")
_BEFORE = re.compile(r"(?<![a-z])(?:before|until|till|by|up to|ahead of)(?: the)? $")
_UNTIL = re.compile(r" ?(?:[之以]?前|为止|止)(?!\d)")
_TO_ITS_END = re.compile(r"[底末]|end|eo[mqy]")
_REST = re.compile(
    r"(?:(?P<zh>今年|本年|本?年度|本季度?|这个?季度?|本月|这个?月)(?:还)?(?:剩下?|余下|剩余)的?"
    r"|(?<![a-z])(?:rest|remainder|balance) of (?:the|this) (?P<en>year|quarter|month))"
)
_COUNT = re.compile(
    rf"(?<![\d.第账])(?:(?P<half>半年|半个月)|(?P<count>{NUMBER}){COUNTED})(?!前|之前|以前|内有)"
    rf"|(?<![a-z\d.])(?P<number>\d{{1,3}}|an?|{_WORDS})[ -]"
    r"(?P<word>day|week|month|quarter|year)s?(?:'s?)?(?! ago)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class MonthsAhead:
    """Whole months that are meant, by their period's code; ``count``: so many from the next one on, as it was said."""

    code: str
    count: int | None = None


def find_time_ahead(text: str, today: date, fiscal_year_start: int = 1) -> TimeRange | None:
    """The first stretch of time that a message names and that hasn't passed; a bare count of months begins today."""
    found = _rest(text, today, fiscal_year_start) or _named(text, today, fiscal_year_start)
    return found or _counted(text, today, fiscal_year_start)


def find_months_ahead(text: str, today: date, fiscal_year_start: int = 1) -> MonthsAhead | None:
    """The same in whole months: those of which it holds the greater part, else the one that it is in."""
    found = find_time_ahead(text, today, fiscal_year_start)
    if found is None:
        return None
    if found.grain in {Grain.MONTH, Grain.QUARTER, Grain.HALF, Grain.YEAR}:
        return MonthsAhead(period(found, fiscal_year_start))
    count = _months_said(found, text, today)
    if count is not None:
        following = add_months(today.replace(day=1), 1)
        return MonthsAhead(_months_code(following, add_months(following, count - 1)), count)
    held = [month for month in _months_of(found) if 2 * _days_in(month, found) >= _length(month)]
    held = held or [max(_months_of(found), key=lambda month: _days_in(month, found))]
    return MonthsAhead(_months_code(held[0], held[-1]))


def _months_said(found: TimeRange, text: str, today: date) -> int | None:
    """Three, of 未来三个月 and of 90 days; None where an end was named: 年底前."""
    is_count = found.start == today and found.grain is Grain.RANGE and _NUMBERED.search(found.text.lower())
    if not is_count or _BEFORE.search(text[: found.span[0]].lower()) or _UNTIL.match(text, found.span[1]):
        return None
    return max(1, round((found.end - found.start).days / DAYS_OF_A_MONTH))


def _months_of(found: TimeRange) -> list[date]:
    months, month = [], found.start.replace(day=1)
    while month < found.end:
        months.append(month)
        month = add_months(month, 1)
    return months


def _length(month: date) -> int:
    return (add_months(month, 1) - month).days


def _days_in(month: date, found: TimeRange) -> int:
    return (min(add_months(month, 1), found.end) - max(month, found.start)).days


def _months_code(first: date, last: date) -> str:
    return f"{first:%Y-%m}" if first == last else f"{first:%Y-%m}..{last:%Y-%m}"


def _named(text: str, today: date, fiscal_year_start: int) -> TimeRange | None:
    for found in find_time_ranges(text, today, fiscal_year_start, past=False):
        if not found.comparison and found.end > today:
            return _up_to(found, text, today)
    return None


def _rest(text: str, today: date, fiscal_year_start: int) -> TimeRange | None:
    """今年剩下的, the rest of the quarter."""
    original = folded(text[:CONSIDERED])
    match = _REST.search(original.text)
    if match is None:
        return None
    word = match["en"] or {"年": "year", "季": "quarter", "月": "month"}[match["zh"].strip("本这个今度")[0]]
    whole = Now(today, fiscal_year_start, past=False).relative_unit(word, 0)
    return None if whole is None else _said(original.original, original.span(*match.span()), today, whole.end)


def _up_to(found: TimeRange, text: str, today: date) -> TimeRange:
    """春节前, before Christmas: from today until it begins; 年底前, until it ends."""
    start, end = found.span
    before = _BEFORE.search(text[:start].lower())
    if not (before or _UNTIL.match(text, end)) or found.start <= today:
        return found
    last = found.end if _TO_ITS_END.search(found.text.lower()) else found.start
    return replace(found, start=today, end=last, grain=Grain.RANGE)


def _counted(text: str, today: date, fiscal_year_start: int) -> TimeRange | None:
    original = folded(text[:CONSIDERED])
    match = _COUNT.search(original.text)
    if match is None:
        return None
    unit, count = _unit_and_count(match)
    rolling = Now(today, fiscal_year_start, past=False).rolling(unit, -count)
    return None if rolling is None else _said(original.original, original.span(*match.span()), today, rolling.end)


def _unit_and_count(match: re.Match[str]) -> tuple[str, int]:
    if match["half"]:
        return ("day", 15) if match["half"] == "半个月" else ("half", 1)
    word = match["count"] or match["number"]
    return match["word"] or UNITS[match["unit"]], 1 if word in {"a", "an"} else small_number(word) or 0


def _said(original: str, span: tuple[int, int], start: date, end: date) -> TimeRange:
    return TimeRange(start, end, Grain.RANGE, original[span[0] : span[1]], span)
