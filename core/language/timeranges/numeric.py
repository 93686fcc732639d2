"""Rules for dates in digits alone: 2026-10-15, 20261015, 10/2026, 9.1-9.15, 11/25."""

import re

from core.language.days import ONE_DAY, add_years, date_or_none
from core.language.periods import Grain
from core.language.timeranges.atoms import NO_SUCH_DAY, Atom, Now, Open, Rule, day, rule

_HAN = re.compile(r"[\u4e00-\u9fff]")


def _full_date(match: re.Match[str], now: Now) -> Atom | None:
    found = date_or_none(int(match["y"]), int(match["m"]), int(match["d"]))
    return day(found) if found else NO_SUCH_DAY


def _month(match: re.Match[str], now: Now) -> Atom | None:
    return (
        now.month(int(match["y"]), int(match["m"]))
        if date_or_none(int(match["y"]), int(match["m"]), 1)
        else NO_SUCH_DAY
    )


def _month_and_day(match: re.Match[str], now: Now) -> Atom | None:
    """11/25; of 3/4 the month comes first only in Chinese, elsewhere it may be either and is neither."""
    first, second = int(match["a"]), int(match["b"])
    if first > 12 >= second:
        first, second = second, first
    elif second <= 12 and first != second and not _HAN.search(match.string):
        return None
    found = date_or_none(now.today.year, first, second)
    return day(found, Open.YEAR) if found else None


def _from_day_to_day(match: re.Match[str], now: Now) -> Atom | None:
    """9.1-9.15, month first."""
    first = date_or_none(now.today.year, int(match["m"]), int(match["d"]))
    last = date_or_none(now.today.year, int(match["m2"]), int(match["d2"]))
    if first is None or last is None:
        return NO_SUCH_DAY
    start = now.settled(day(first, Open.YEAR)).start
    end = add_years(last, start.year - first.year + (last < first))
    if now.past and last < first and end > now.today:
        start, end = add_years(start, -1), add_years(end, -1)
    return Atom(start, end + ONE_DAY, Grain.RANGE)


_M, _D = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
NEEDED = re.compile(r"\d[-/.年]\d|20\d{6}")
RULES: tuple[Rule, ...] = (
    rule(_full_date, r"(?<!\d)(?P<y>(?:19|20)\d{2})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})(?:[日号]|(?!\d))"),
    rule(_full_date, r"(?<![\da-z-])(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?![\da-z-])"),
    rule(_month, rf"(?<![\w/.-])(?P<y>(?:19|20)\d{{2}})[-/](?P<m>{_M})(?![\d/.-]\d)(?!\d)"),
    rule(_month, rf"(?<![\d/.-])(?P<m>{_M})[/-](?P<y>(?:19|20)\d{{2}})(?![\d/.-])"),
    rule(
        _from_day_to_day,
        rf"(?<![\w/.-])(?P<m>{_M})(?P<s>[./])(?P<d>{_D}) ?(?:-|~|到|至|to) ?(?P<m2>{_M})(?P=s)(?P<d2>{_D})",
        r"(?![\d./%元块箱件瓶万])",
    ),
    rule(_month_and_day, r"(?<![\d/.-])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/.-])"),
)
