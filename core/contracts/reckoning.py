"""Numbers and dates as contracts write them: 三百万元, RMB 3,000,000, 二〇二六年一月一日, 1 January 2026."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from core.language.chinese_numbers import read as read_chinese

DIGITS = "零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
NUMBER = rf"(?:\d[\d,，]{{0,24}}(?:\.\d{{1,12}})?|[{DIGITS}]{{1,24}})"
"""No number of a contract is longer; without a bound a page of digits would take minutes."""
_CAPITAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟○两", "一二三四五六七八九十百千零二")
_SCALES: Mapping[str, int] = {"亿": 10**8, "万": 10**4, "千": 10**3, "百": 100}
_MONTHS: Mapping[str, int] = {
    name: at
    for at, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
_CHINESE_DATE = re.compile(
    rf"(?P<y>\d{{4}}|[二〇○零一三四五六七八九]{{4}})\s*年\s*(?P<m>\d{{1,2}}|[{DIGITS}]{{1,3}})\s*月\s*(?"
    rf"P<d>\d{{1,2}}|[{DIGITS}]{{1,3}})\s*[日号]"
)
_ISO_DATE = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_NAMES = "|".join(f"{name}|{name[:3]}" for name in _MONTHS)
_ENGLISH_DATE = re.compile(
    rf"(?:(?P<m>{_NAMES})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+day)?(?:\s+of)?\s+(?P<m2>{_NAMES})\.?,?\s+(?P<y2>\d{{4}}))",
    re.IGNORECASE,
)


def number(text: str) -> Decimal | None:
    """The value of a number written in digits or in Chinese; None where it is none."""
    plain = text.replace(",", "").replace("，", "").strip()
    try:
        return Decimal(plain)
    except InvalidOperation:
        pass
    mixed = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([亿万千百])", plain)
    if mixed:
        return Decimal(mixed.group(1)) * _SCALES[mixed.group(2)]
    whole, point, rest = plain.partition("点")
    if point and rest:
        return _with_point(whole, rest)
    found = read_chinese(plain.translate(_CAPITAL))
    return found.value if found is not None else None


def _with_point(whole: str, rest: str) -> Decimal | None:
    """二点五."""
    before, after = number(whole), [number(digit) for digit in rest]
    if before is None or any(digit is None for digit in after):
        return None
    return Decimal(f"{before}.{''.join(str(digit) for digit in after)}")


def dates(text: str) -> Iterator[tuple[int, int, date]]:
    """Start, end and value of each date that is written out, in order."""
    found = []
    for pattern in (_CHINESE_DATE, _ISO_DATE, _ENGLISH_DATE):
        for match in pattern.finditer(text):
            value = _date({name.rstrip("2"): part for name, part in match.groupdict().items() if part})
            if value is not None:
                found.append((match.start(), match.end(), value))
    yield from sorted(found)


def _date(parts: Mapping[str, str]) -> date | None:
    year = parts["y"]
    written = (
        year if year.isdigit() else "".join(str("零一二三四五六七八九".index(c)) for c in re.sub("[〇○]", "零", year))
    )
    month, day = _MONTHS.get(_month_name(parts["m"])) or number(parts["m"]), number(parts["d"])
    try:
        return date(int(written), int(month or 0), int(day or 0))
    except ValueError:
        return None


def _month_name(text: str) -> str:
    return next((name for name in _MONTHS if len(text) >= 3 and name.startswith(text.lower())), "")


def plain_decimal(value: Decimal) -> str:
    """Without an exponent or zeros at the end."""
    return f"{value.normalize():f}"
