"""The calendar: months added, weeks begun, fiscal years; and the words for its parts."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from core.language import chinese_numbers

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1990, 2100
MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTHS: Mapping[str, int] = (
    {name: at for at, name in enumerate(MONTH_NAMES, 1)}
    | {name[:3]: at for at, name in enumerate(MONTH_NAMES, 1)}
    | {"sept": 9, "元": 1, "正": 1}
)
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CALENDAR = frozenset((*MONTH_NAMES, *_DAY_NAMES))
WEEKDAYS: Mapping[str, int] = (
    {name: at for at, name in enumerate(_DAY_NAMES)}
    | {name[:3]: at for at, name in enumerate(_DAY_NAMES)}
    | {"tues": 1, "thur": 3, "thurs": 3}
    | {char: at for at, char in enumerate("一二三四五六日")}
    | {char: at for at, char in enumerate("123456")}
    | {"天": 6, "7": 6}
)
_ENGLISH: Mapping[str, int] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "couple": 2, "first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4,
    "thirty": 30, "sixty": 60, "ninety": 90, "fourteen": 14, "fifteen": 15, "eighteen": 18,
}  # fmt: skip


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes the 28th."""
    return add_months(day, 12 * years)


def first_of_month(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def fiscal_year(day: date, start_month: int) -> int:
    """The number of the fiscal year that a day is in: the calendar year in which that fiscal year starts."""
    return day.year if day.month >= start_month else day.year - 1


def in_fiscal_year(year: int, start_month: int, months: int = 0) -> date:
    """The first day of a fiscal year, or so many months later."""
    return add_months(date(year, start_month, 1), months)


def month_number(word: str) -> int | None:
    """1 to 12 for 十一, 11, nov, november; None for anything else."""
    number = MONTHS.get(word) or small_number(word)
    return number if number is not None and 1 <= number <= 12 else None


def small_number(word: str) -> int | None:
    """A whole number written in digits, Chinese or as an English word."""
    if word in _ENGLISH:
        return _ENGLISH[word]
    if word.isdecimal() and len(word) <= 8:
        return int(word)
    reading = chinese_numbers.read(word)
    return None if reading is None or reading.upper is not None or reading.value % 1 else int(reading.value)


def year_number(word: str, today: date) -> int | None:
    """2026 for 2026, 26, '26, fy26 and 二〇二六; None where it is no year of ours."""
    digits = word.removeprefix("fy").strip(" '年")
    number = small_number(digits)
    if number is not None and number < 100 and len(digits) == 2:
        number += today.year // 100 * 100
    return number if number is not None and FIRST_YEAR <= number < LAST_YEAR else None


def date_or_none(year: int, month: int, day: int) -> date | None:
    """The date, where there is such a day and its year is one of ours."""
    if not (FIRST_YEAR <= year < LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)
