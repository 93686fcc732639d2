"""From when to when a contract runs, and for how long."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from core.contracts.reckoning import NUMBER, dates, number

_LENGTH = rf"(?P<n>{NUMBER})\s*(?:[（(][^）)]*[）)]\s*)?(?P<u>周?年|个月|months?|years?)"
_SPELT = re.compile(_LENGTH, re.IGNORECASE)
_TERM = (
    re.compile(
        rf"(?:期限|有效期|合同期|协议期|合作期|授权期|磋商期|洽谈期|年限|term)[^。；\n]{{0,24}}?{_LENGTH}",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:为期|期间为|(?:签署|签订|订立|生效|盖章)(?:之)?日起(?:算)?)\s*{_LENGTH}", re.IGNORECASE),
    re.compile(rf"(?:一经[签盖]|合同|协议)[^。；\n]{{0,10}}有效{_LENGTH}", re.IGNORECASE),
)
_BETWEEN = re.compile(r"至|到|—|–|-|~|～|止|until|\bto\b|through|起", re.IGNORECASE)
_UNTIL = re.compile(r"^\s*(?:日)?(?:二十四时|24时)?[）)]?\s*(?:止|为止|届满|期满|到期|终止)")
_OF_THE_TERM = re.compile(
    r"期限|有效期|合同期|协议期|合作期|授权期|起止|年限|分销时间|经销时间|合作时间|自|从|由|term|commenc|effective|from",
    re.IGNORECASE,
)
_SOMETHING_ELSE = re.compile(r"考核|促销|活动|期间[，,]|谈判|试用|开业|交货|保修|洽谈|计算期|统计")
_BEGINS = re.compile(
    r"^\s*(?:[（(][^）)]{0,12}[）)])?\s*(?:零时|0时)?\s*(?:起|开始|生效|订立|签订|签署|签于|（[“\"]?生效日)|effective",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:签[署订约]|订立|盖章|生效)(?:的)?(?:日期|时间|日|于)?\s*[：:于为]?\s*$|(?:于|on|as of)\s*$", re.IGNORECASE
)
_FAR, _NEAR, _LONG = 60, 30, 150
_LAST_WORDS = 60

Found = tuple[int, int, date]


def duration(text: str) -> tuple[date | None, date | None, int | None]:
    """First day, last day and months, as far as the text says or they follow."""
    found = list(dates(text))
    start, end = _period(text, found)
    months = _months(text, start, end)
    if start is None:
        start = _beginning(text, found)
    if end is None:
        end = next(
            (value for _, ends, value in found if _UNTIL.match(text[ends : ends + 8]) and _later(start, value)), None
        )
        months = _between(start, end) if start and end else months
    return start, end, months


def _later(start: date | None, end: date) -> bool:
    return start is not None and start < end


def _period(text: str, found: list[Found]) -> tuple[date | None, date | None]:
    """The pair of dates that looks most like the contract's term, else a date with a length."""
    pairs = list(_pairs(text, found))
    if pairs:
        _, first, last = max(pairs, key=lambda pair: pair[0])
        return first, last
    for begins, ends, value in found:
        term = _SPELT.search(text, ends, ends + _NEAR)
        if term and _OF_THE_TERM.search(text[max(0, begins - 16) : begins] + text[ends : ends + 2].replace("起", "自")):
            months = _in_months(term)
            if months:
                return value, months_later(value, months)
    return None, None


def _pairs(text: str, found: list[Found]) -> Iterator[tuple[int, date, date]]:
    """Each with how much speaks for it."""
    for (begins, ends, first), (starts, stops, last) in pairwise(found):
        between, before = text[ends:starts], text[max(0, begins - _NEAR) : begins]
        if not (first < last and len(between) <= _FAR and "\n\n" not in between and _BETWEEN.search(between)):
            continue
        until = bool(re.search("至|到|—|–|-|~|～|until|to|through", between)) or bool(
            _UNTIL.match(text[stops : stops + 8])
        )
        if until:
            named = bool(_OF_THE_TERM.search(before))
            long = (last - first).days >= _LONG
            other = bool(_SOMETHING_ELSE.search(before + text[stops : stops + 6]))
            yield 2 * named + 3 * long - 4 * other, first, last


def _beginning(text: str, found: list[Found]) -> date | None:
    """The day from which it holds, else the one on which it was signed."""
    for _, ends, value in found:
        if _BEGINS.match(text[ends : ends + 20]):
            return value
    for begins, _, value in found:
        if _SIGNED.search(text[max(0, begins - 16) : begins]):
            return value
    last = found[-1] if found else None
    return last[2] if last and len(text.rstrip()) - last[1] < _LAST_WORDS else None


def _months(text: str, start: date | None, end: date | None) -> int | None:
    if start is not None and end is not None:
        return _between(start, end)
    for pattern in _TERM:
        for term in pattern.finditer(text):
            if months := _in_months(term):
                return months
    return None


def _between(start: date, end: date) -> int:
    after = end + timedelta(days=1)
    return (after.year - start.year) * 12 + after.month - start.month + (1 if after.day - start.day > 15 else 0)


def _in_months(term: re.Match[str]) -> int | None:
    value = number(term["n"])
    if value is None or not 0 < value <= 120:
        return None
    return int(value * (12 if "年" in term["u"] or term["u"].lower().startswith("year") else 1))


def months_later(start: date, months: int) -> date:
    """The last day of so many months."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last_days = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last_days)) - timedelta(days=1)
