"""Rules for months, quarters and years in Chinese, over folded text."""

import re
from dataclasses import replace

from core.language.days import ONE_DAY, date_or_none, month_number, small_number
from core.language.periods import Grain
from core.language.timeranges.atoms import NO_SUCH_DAY, Atom, Now, Rule, part, rule
from core.language.timeranges.chinese_words import (
    DAYS,
    MONTH,
    NUMBER,
    PART,
    PARTS,
    RELATIVE,
    UNITS_AWAY,
    YEAR,
    said_year,
)


def _month(match: re.Match[str], now: Now) -> Atom | None:
    """去年12月, 9到11月, 10月底, 11月1号, 11月1-15号."""
    year, number = said_year(match, now, now.today.year), month_number(match["month"])
    if number is None or (match["digits"] and year is None):
        return None
    found = now.month(year or now.today.year, number, open_year=year is None)
    if match["day"]:
        return _days(match, found)
    if match["from"]:
        return _from_month(match, now, found)
    return part(now.settled(found), PARTS[match["part"]]) if match["part"] else found


def _from_month(match: re.Match[str], now: Now, last: Atom) -> Atom | None:
    """From one month to another; 11月到1月 goes into the next year, and back by one where that hasn't come."""
    number = month_number(match["from"])
    if number is None:
        return None
    first = now.settled(replace(now.month(last.start.year, number), open=last.open))
    until = first.moved(months=(last.start.month - number) % 12)
    if now.past and last.open and last.start.month < number and until.start > now.today:
        first, until = first.moved(years=-1), until.moved(years=-1)
    return Atom(first.start, until.end, Grain.RANGE)


def _months_in_a_row(match: re.Match[str], now: Now) -> Atom | None:
    """七八九三个月, 7、8、9月: from the first to the last, where none between is left out."""
    year, named = said_year(match, now, now.today.year), EACH_MONTH.findall(match["run"])
    numbers = [month_number(one) for one in named]
    first, last = numbers[0], numbers[-1]
    if first is None or last is None or first == last or numbers != list(range(first, last + 1)):
        return None
    if (match["digits"] and year is None) or (match["count"] and small_number(match["count"]) != len(named)):
        return None
    begun = now.settled(now.month(year or now.today.year, first, open_year=year is None))
    found = Atom(begun.start, begun.moved(months=last - first).end, Grain.RANGE)
    quarters = (now.fiscal(begun.start.year, 3 * place, 3, Grain.QUARTER) for place in range(4))
    return next((one for one in quarters if (one.start, one.end) == (found.start, found.end)), found)


EACH_MONTH = re.compile(r"1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十]")


def _days(match: re.Match[str], month: Atom) -> Atom | None:
    """1号, 1-15号; 25号到5号 ends in the month after."""
    number, until = small_number(match["day"]), small_number(match["until"] or match["day"])
    if number is None or until is None:
        return None
    later = month.moved(months=1) if until < number else month
    first = date_or_none(month.start.year, month.start.month, number)
    last = date_or_none(later.start.year, later.start.month, until)
    if first is None or last is None:
        return NO_SUCH_DAY
    return Atom(first, last + ONE_DAY, Grain.RANGE if match["until"] else Grain.DAY, month.open)


def _relative_month(match: re.Match[str], now: Now) -> Atom | None:
    found = now.relative_month(UNITS_AWAY[match["rel"]])
    if match["day"]:
        return _days(match, found)
    if match["half"]:
        return part(found, "first half" if match["half"] == "上" else "second half")
    return part(found, PARTS[match["part"]]) if match["part"] else found


def _part_of_this_month(match: re.Match[str], now: Now) -> Atom | None:
    if match["half"]:
        return part(now.relative_month(0), "first half" if match["half"] == "上" else "second half")
    return part(now.relative_month(0), PARTS[match["part"] or match["tenth"]])


def _day_alone(match: re.Match[str], now: Now) -> Atom | None:
    number = small_number(match["day"])
    if number is None:
        return None
    found = now.day_of_month(number)
    until = small_number(match["until"]) if match["until"] else None
    if until is None or found is None:
        return found
    last = date_or_none(found.start.year, found.start.month, until)
    return replace(found, end=last + ONE_DAY, grain=Grain.RANGE) if last and last >= found.start else None


def _quarter(match: re.Match[str], now: Now) -> Atom | None:
    year, number = said_year(match, now, now.year), small_number(match["quarter"] or match["q"] or match["short"])
    if number is None or (match["digits"] and year is None):
        return None
    found = now.fiscal(year or now.year, 3 * number - 3, 3, Grain.QUARTER, open_year=year is None)
    return part(now.settled(found), PARTS[match["part"]]) if match["part"] else found


def _first_quarters(match: re.Match[str], now: Now) -> Atom | None:
    """今年前三季度, 去年前10个月."""
    year, count = said_year(match, now, now.year), small_number(match["count"])
    months = count * (3 if match["unit"] else 1) if count else 0
    if not 0 < months < 12 or (match["digits"] and year is None):
        return None
    return now.fiscal(year or now.year, 0, months, Grain.RANGE, open_year=year is None)


def _half(match: re.Match[str], now: Now) -> Atom | None:
    year = said_year(match, now, now.year)
    if match["digits"] and year is None:
        return None
    second = match["half"] == "下" or match["h"] == "2"
    return now.fiscal(year or now.year, 6 * second, 6, Grain.HALF, open_year=year is None)


def _year(match: re.Match[str], now: Now) -> Atom | None:
    year = said_year(match, now, now.year)
    if year is None or (match["digits"] and len(match["digits"]) == 2 and abs(year - now.year) > 10):
        return None
    found = now.fiscal(year, 0, 12, Grain.YEAR)
    return part(found, PARTS[match["part"]]) if match["part"] else found


def _part_of_this_year(match: re.Match[str], now: Now) -> Atom | None:
    found = now.fiscal(now.year, 0, 12, Grain.YEAR)
    return part(found, PARTS[match["part"]]) if match["part"] else found


def _part_of_this_quarter(match: re.Match[str], now: Now) -> Atom | None:
    found = now.relative_unit("quarter", 0)
    return part(found, PARTS[match["part"]]) if found else None


def _relative_quarter(match: re.Match[str], now: Now) -> Atom | None:
    found = now.relative_unit("quarter", UNITS_AWAY[match["rel"]])
    return part(found, PARTS[match["part"]]) if found and match["part"] else found


def _relative_half(match: re.Match[str], now: Now) -> Atom | None:
    return now.relative_unit("half", UNITS_AWAY[match["rel"]])


NEEDED = re.compile(r"[年月日号季旬半]|[qh][1-4]|[1-4]q")
RULES: tuple[Rule, ...] = (
    rule(
        _months_in_a_row,
        rf"{YEAR}?(?<![\d.第一二三四五六七八九十])(?P<run>[一二三四五六七八九十]{{2,4}}|{MONTH}(?:月?[、,]{MONTH}){{1,4}})",
        r"(?:(?:这|那|的)?(?P<count>[2-5两二三四五])个月|月(?:份)?)(?!\d)",
    ),
    rule(
        _month,
        rf"{YEAR}?(?<![\d.])(?:(?P<from>{MONTH})(?:月份?)?(?:-|~|到|至))?(?P<month>{MONTH})月(?!饼)",
        rf"(?:{DAYS}|份?的?{PART}|份)?",
    ),
    rule(_relative_month, rf"{RELATIVE}月(?!饼)(?:的?{DAYS}|份?的?(?:{PART}|(?P<half>[上下])半月)|份)?"),
    rule(
        _part_of_this_month,
        rf"(?<![个\d一二三四五六七八九十])(?:月{PART}|(?P<tenth>[上中下]旬)|(?P<half>[上下])半个?月)",
    ),
    rule(_day_alone, rf"(?<![\d月.第一二三四五六七八九十]){DAYS}"),
    rule(
        _quarter,
        rf"{YEAR}?(?:第?(?P<quarter>[1-4一二三四])(?:季度|(?<=第.)季)|(?<![a-z])q(?P<q>[1-4])(?![\da-z])",
        rf"|(?<![\da-z])(?P<short>[1-4])q(?![\da-z]))(?:{PART})?",
    ),
    rule(_first_quarters, rf"{YEAR}?的?[前头](?P<count>[23二两三])个?(?P<unit>季度?)"),
    rule(_first_quarters, rf"{YEAR}的?(?:前|头)(?P<count>{NUMBER})个?月(?P<unit>)"),
    rule(_half, rf"{YEAR}?(?:(?P<half>[上下])半年度?|(?<![a-z])h(?P<h>[12])(?![\da-z]))"),
    rule(_year, rf"{YEAR}(?:全年|整年|年?{PART})?"),
    rule(_part_of_this_year, rf"(?<![\d去今前明后当本一二三四五六七八九十])(?:年{PART}|[全整]年(?!龄))"),
    rule(_part_of_this_quarter, rf"(?<![\d本上下一二三四这当])季度?{PART}"),
    rule(_relative_quarter, rf"{RELATIVE}季度?(?:的?{PART})?"),
    rule(_relative_half, r"(?P<rel>上|这)一?个半年"),
)
