"""How long, in days: 「15天」, 「两周」, 「三个半月」, "10 days", "two weeks", "a month"."""

import re
from collections.abc import Mapping

from core.language import chinese_numbers

A_MONTH = 30
_UNITS: Mapping[str, int] = {"天": 1, "周": 7, "星期": 7, "礼拜": 7, "月": A_MONTH}
_UNITS_EN: Mapping[str, int] = {"day": 1, "week": 7, "fortnight": 14, "month": A_MONTH}
_COUNTS_EN: Mapping[str, int] = {
    "a": 1, "an": 1, "one": 1, "couple of": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30,
    "sixty": 60, "ninety": 90,
}  # fmt: skip
_CHINESE = re.compile(
    r"(?<![第这本上下每\d.])(?P<count>\d{1,3}|[一二两三四五六七八九十百]+|半) ?"
    r"(?:(?P<unit>天|周|星期|礼拜)|个(?P<half>半)?(?P<long>月|星期|礼拜))(?!度)"
)
_ENGLISH = re.compile(
    r"(?<![a-z0-9.])(?P<count>\d{1,3}|" + "|".join(sorted(_COUNTS_EN, key=len, reverse=True)) + r")[ -]"
    r"(?P<unit>day|week|fortnight|month)s?(?![a-z])"
)


def find_days(text: str) -> int | None:
    """The first length of time that a folded text names, in days; a month counts thirty, half of one fifteen."""
    if found := _CHINESE.search(text):
        days = _UNITS[found["unit"] or found["long"]]
        if found["count"] == "半":
            return max(1, days // 2)
        read = chinese_numbers.read(found["count"])
        return int(read.value * days) + (days // 2 if found["half"] else 0) if read else None
    found = _ENGLISH.search(text)
    if found is None:
        return None
    count = int(found["count"]) if found["count"].isdecimal() else _COUNTS_EN[found["count"]]
    return count * _UNITS_EN[found["unit"]]
