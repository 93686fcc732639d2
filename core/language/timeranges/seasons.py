"""Rules for seasons, and for feasts whose day the moon decides, in Chinese and English."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from core.language.days import add_months, year_number
from core.language.lunar import Feast, feast_day
from core.language.periods import Grain
from core.language.timeranges.atoms import Atom, Now, Open, Rule, rule
from core.language.timeranges.chinese_words import YEAR, said_year

_FEASTS: Mapping[str, tuple[Feast, int]] = {
    "春节": ("spring", 7), "过年": ("spring", 7), "清明": ("tombs", 3), "端午": ("dragon boat", 3),
    "中秋": ("mid-autumn", 3), "spring festival": ("spring", 7), "chinese new year": ("spring", 7),
    "lunar new year": ("spring", 7), "dragon boat": ("dragon boat", 3), "mid-autumn": ("mid-autumn", 3),
    "mid autumn": ("mid-autumn", 3),
}  # fmt: skip
_SEASONS: Mapping[str, int] = {
    "春": 3, "夏": 6, "秋": 9, "冬": 12, "旺": 6, "暑": 7, "spring": 3, "summer": 6, "autumn": 9, "winter": 12,
    "peak season": 6, "high season": 6,
}  # fmt: skip
_ENGLISH_YEARS: Mapping[str, int] = {"last": -1, "this": 0, "next": 1}
_AROUND = (-1, 0, 1)


def _feast(match: re.Match[str], now: Now) -> Atom | None:
    """The feast of a year that is named; else the latest that has begun, or where nothing is past the next."""
    feast, length = _FEASTS[match["feast"]]
    year = _year(match, now)
    years = [now.today.year + away for away in _AROUND] if year is None else [year]
    found = [_feast_days(first, length) for one in years if (first := feast_day(feast, one))]
    begun = [atom for atom in found if atom.start <= now.today]
    ahead = [atom for atom in found if atom.end > now.today]
    if year is not None:
        return next(iter(found), None)
    return max(begun, key=_start, default=None) if now.past else min(ahead, key=_start, default=None)


def _start(atom: Atom) -> date:
    return atom.start


def _feast_days(first: date, length: int) -> Atom:
    return Atom(first, first + timedelta(days=length), Grain.RANGE)


def _season(match: re.Match[str], now: Now) -> Atom | None:
    """Three months, of the summer holidays two; winter ends in the February after."""
    word = match["season"]
    first, year = _SEASONS[word], _year(match, now)
    start = date(year or now.today.year, first, 1)
    end = add_months(start, 2 if word == "暑" else 3)
    return Atom(start, end, Grain.RANGE, None if year else Open.YEAR)


def _year(match: re.Match[str], now: Now) -> int | None:
    groups = match.groupdict()
    if groups.get("rel"):
        return now.today.year + _ENGLISH_YEARS[groups["rel"]]
    if groups.get("after"):
        return year_number(groups["after"], now.today)
    return said_year(match, now, now.today.year) if "digits" in groups else None


NEEDED = re.compile(r"[春夏秋冬暑旺]|过年|清明|端午|spring|summer|autumn|winter|new year|dragon|season")
_AFTER = r"(?: (?:of |in )?(?P<after>20\d\d))?"
_REL = r"(?<![a-z])(?:(?P<rel>last|this|next)(?: year's)? )?(?:the )?"
RULES: tuple[Rule, ...] = (
    rule(_feast, rf"{YEAR}?(?<![一二三四五六七八九十\d])(?P<feast>春节|过年|清明|端午|中秋)(?:节|期间|假期|长假)*"),
    rule(
        _feast,
        rf"{_REL}(?P<feast>spring festival|(?:chinese|lunar) new year|dragon boat|mid[- ]autumn)(?: festival)?{_AFTER}",
    ),
    rule(_season, rf"{YEAR}?(?P<season>[春夏秋冬](?=[天季])|旺(?=季)|暑(?=[假期]))[天季假期](?:旺季|期间)?"),
    rule(_season, rf"{_REL}(?P<season>summer|autumn|winter|(?:peak|high) season)(?![a-z]){_AFTER}"),
)
