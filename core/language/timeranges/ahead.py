"""Time that lies ahead: what a forecast is asked for. A bare 三个月 begins today, 春节前 ends as the feast begins."""

import re
from dataclasses import replace
from datetime import date

from core.language.days import small_number
from core.language.normalise import folded
from core.language.periods import Grain, TimeRange
from core.language.timeranges.atoms import Now
from core.language.timeranges.chinese_words import COUNTED, NUMBER, UNITS
from core.language.timeranges.find import CONSIDERED, find_time_ranges

_BEFORE = re.compile(r"(?<![a-z])(?:before|until|till|by|up to|ahead of)(?: the)? $")
_UNTIL = re.compile(r" ?(?:[之以]?前|为止|止)(?!\d)")
_TO_ITS_END = re.compile(r"[底末]|end|eo[mqy]")
_REST = re.compile(
    r"(?:(?P<zh>今年|本年|本?年度|本季度?|这个?季度?|本月|这个?月)(?:还)?(?:剩下?|余下|剩余)的?"
    r"|(?<![a-z])(?:rest|remainder|balance) of (?:the|this) (?P<en>year|quarter|month))"
)
_COUNT = re.compile(
    rf"(?<![\d.第账])(?:(?P<half>半年|半个月)|(?P<count>{NUMBER}){COUNTED})(?!前|之前|以前|内有)"
    r"|(?<![a-z\d.])(?P<number>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -]"
    r"(?P<word>day|week|month|quarter|year)s?(?:'s?)?(?! ago)(?![a-z])"
)


def find_time_ahead(text: str, today: date, fiscal_year_start: int = 1) -> TimeRange | None:
    """The first stretch of time that a message names and that hasn't passed; a bare count of months begins today."""
    rest = _rest(text, today, fiscal_year_start)
    if rest is not None:
        return rest
    for found in find_time_ranges(text, today, fiscal_year_start, past=False):
        if not found.comparison and found.end > today:
            return _up_to(found, text, today)
    return _counted(text, today, fiscal_year_start)


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
