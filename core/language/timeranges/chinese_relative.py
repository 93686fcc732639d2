"""Rules for weeks, days, rolling stretches, holidays and the same period of another year in Chinese."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from core.language.days import ONE_DAY, WEEKDAYS, date_or_none, small_number
from core.language.periods import Grain
from core.language.timeranges.atoms import Atom, Now, Open, Rule, Shift, day, part, rule
from core.language.timeranges.chinese_words import (
    COUNTED,
    NOW,
    NUMBER,
    PART,
    PARTS,
    RELATIVE,
    UNIT,
    UNITS,
    UNITS_AWAY,
    YEAR,
    said_year,
)

_DAYS: Mapping[str, int] = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3,
}  # fmt: skip
_FEASTS: Mapping[str, tuple[int, int, int]] = {
    "双十一": (11, 11, 1), "双11": (11, 11, 1), "双十二": (12, 12, 1), "双12": (12, 12, 1), "国庆": (10, 1, 7),
    "十一": (10, 1, 7), "五一": (5, 1, 5), "元旦": (1, 1, 1), "618": (6, 18, 1),
}  # fmt: skip
_AHEAD = frozenset({"未来", "接下来", "今后", "往后", "后面", "接下去", "以后"})


def _relative_week(match: re.Match[str], now: Now) -> Atom | None:
    week = now.relative_week(UNITS_AWAY[match["rel"]])
    name = match["weekday"]
    if not name:
        return part(week, PARTS[match["part"]]) if match["part"] else week
    if name == "末":
        return replace(week, start=week.start + timedelta(days=5), grain=Grain.RANGE)
    return day(week.start + timedelta(days=WEEKDAYS[name]))


def _weekday(match: re.Match[str], now: Now) -> Atom | None:
    week = now.relative_week(0)
    if match["weekday"] == "末":
        return replace(week, start=week.start + timedelta(days=5), grain=Grain.RANGE, open=Open.WEEK)
    return day(week.start + timedelta(days=WEEKDAYS[match["weekday"]]), Open.WEEK)


def _day_word(match: re.Match[str], now: Now) -> Atom | None:
    return now.relative_unit("day", _DAYS[match["word"]])


def _rolling(match: re.Match[str], now: Now) -> Atom | None:
    """近30天, 过去三个月, 最近半年; 前一周 is the week before this one, 未来N天 begin with today."""
    ahead = match["lead"] in _AHEAD or (not match["lead"] and not now.past)
    if match["half"]:
        unit, count = ("day", 15) if match["half"] == "半个月" else ("half", 1)
    else:
        unit, count = UNITS[match["unit"].removeprefix("自然")], small_number(match["count"]) or 0
    if match["lead"] in {"前", "上"} and count == 1:
        return now.relative_unit(unit, -1)
    return now.rolling(unit, -count if ahead else count)


def _ago(match: re.Match[str], now: Now) -> Atom | None:
    if match["half"]:
        return now.relative_month(-6)
    count = small_number(match["count"])
    return now.relative_unit(UNITS[match["unit"].removeprefix("自然")], -count) if count and count < 400 else None


def _to_date(match: re.Match[str], now: Now) -> Atom | None:
    """年初至今, 本月累计: from the unit's first day up to and with today."""
    unit = next(name for name in ("year", "quarter", "month", "week") if match[name])
    found = now.relative_unit(unit, 0)
    return Atom(found.start, now.today + ONE_DAY, Grain.RANGE) if found else None


def _same_period(match: re.Match[str], now: Now) -> Atom | None:
    lead = match["lead"] or "去年"
    shift = {"上月": Shift(months=1), "上个月": Shift(months=1), "上周": Shift(weeks=1), "前年": Shift(years=2)}
    unit = "month" if shift.get(lead, Shift()).months else "week" if lead == "上周" else "year"
    found = _to_date_of(now, unit)
    return replace(found, same=shift.get(lead, Shift(years=1))) if found else None


def _to_date_of(now: Now, unit: str) -> Atom | None:
    found = now.relative_unit(unit, 0)
    return Atom(found.start, now.today + ONE_DAY, Grain.RANGE) if found else None


def _same_unit(match: re.Match[str], now: Now) -> Atom | None:
    """去年同月, 去年的今天."""
    unit = {"月": "month", "季": "quarter", "周": "week", "天": "day", "日": "day"}[match["unit"][0]]
    found = now.relative_unit(unit, 0)
    return replace(found, same=Shift(years=2 if match["lead"] == "前年" else 1)) if found else None


def _feast(match: re.Match[str], now: Now) -> Atom | None:
    year = said_year(match, now, now.today.year)
    month, number, length = _FEASTS[match["feast"]]
    first = date_or_none(year or now.today.year, month, number)
    if first is None or (match["digits"] and year is None):
        return None
    grain = Grain.DAY if length == 1 else Grain.RANGE
    return Atom(first, first + timedelta(days=length), grain, None if year else Open.YEAR)


NEEDED = re.compile(r"[年月日号天周期拜季旦庆半早晚时]|双十|双1|五一|十一|618|今儿|昨儿|明儿|这会儿")
RULES: tuple[Rule, ...] = (
    rule(_relative_week, rf"{RELATIVE}(?:周|星期|礼拜)(?:(?P<weekday>[一二三四五六日天1-6末])(?![0-9.箱个])|{PART})?"),
    rule(_weekday, r"(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末1-6])(?![\d.箱个])"),
    rule(_day_word, r"(?P<word>大前|前|昨|今|当|明|大后|后)(?:天|日|儿(?!童))"),
    rule(_day_word, r"(?P<word>昨|今|明)[早晚]"),
    rule(
        _rolling,
        r"(?P<lead>最?近|过去|前|这|此前|之前|往前|未来|接下来|今后|往后|后面|接下去|以后)的?",
        rf"(?:(?P<half>半个月|半年)|(?P<count>{NUMBER})多?个?{UNIT})(?:以?来|[之以]?内|里|间)?",
    ),
    rule(
        _rolling,
        rf"(?<![\d.第])(?P<lead>)(?:(?P<half>半个月|半年)|(?P<count>{NUMBER}){COUNTED})(?:以?来|[之以]?内)",
    ),
    rule(_ago, rf"(?<![\d.第])(?:(?P<half>半年)|(?P<count>{NUMBER}){COUNTED})[之以]?前"),
    rule(
        _to_date,
        rf"(?:(?P<year>年初|(?:今年|本年度?|年)(?={NOW}))|(?P<quarter>季初|本季度?(?={NOW}))",
        rf"|(?P<month>月初|[本当]月(?={NOW}))|(?P<week>周初|本周(?={NOW}))){NOW}",
    ),
    rule(
        _same_period,
        r"(?P<lead>去年|前年|上年|上个?月|上周)?的?(?:同期|同一时期|(?<=[年月周的])(?:此时|这个?时候|这会儿))",
    ),
    rule(_same_unit, r"(?P<lead>去年|前年|上年)的?(?:同(?:一个?)?|这个?|本|当|今)(?P<unit>月|季度?|周|天|日)"),
    rule(
        _feast,
        rf"{YEAR}?(?<![一二三四五六七八九十\d])(?P<feast>双十[一二]|双1[12]|国庆|十一(?=放?假|期间|长假|黄金周)|元旦",
        r"|五一(?![一二三四五六七八九十百千万箱件瓶])|618(?=大促|活动|期间))(?:节|期间|假期|长假|黄金周|大促|活动)*",
    ),
)
