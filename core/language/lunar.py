"""Feasts whose day the moon decides: when they begin."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

Feast = Literal["spring", "tombs", "dragon boat", "mid-autumn"]

# Year, Spring Festival, Dragon Boat and Mid-Autumn Festival: month and day.
_DAYS = """
2016 0208 0609 0915 | 2017 0128 0530 1004 | 2018 0216 0618 0924 | 2019 0205 0607 0913 | 2020 0125 0625 1001
2021 0212 0614 0921 | 2022 0201 0603 0910 | 2023 0122 0622 0929 | 2024 0210 0610 0917 | 2025 0129 0531 1006
2026 0217 0619 0925 | 2027 0206 0609 0915 | 2028 0126 0528 1003 | 2029 0213 0616 0922 | 2030 0203 0605 0912
2031 0123 0624 1001 | 2032 0211 0612 0919 | 2033 0131 0601 0908 | 2034 0219 0620 0927 | 2035 0208 0610 0916
2036 0128 0530 1004 | 2037 0215 0618 0924 | 2038 0204 0607 0913 | 2039 0124 0527 1002 | 2040 0212 0614 0920
2041 0201 0603 0910 | 2042 0122 0622 0928 | 2043 0210 0611 0917 | 2044 0130 0531 1005 | 2045 0217 0619 0925
2046 0206 0608 0915 | 2047 0126 0529 1004 | 2048 0214 0615 0922 | 2049 0202 0604 0911 | 2050 0123 0623 0930
2051 0211 0613 0919 | 2052 0201 0601 0907 | 2053 0219 0620 0926 | 2054 0208 0610 0916 | 2055 0128 0530 1005
2056 0215 0617 0924 | 2057 0204 0606 0913 | 2058 0124 0625 1002 | 2059 0212 0614 0921 | 2060 0202 0603 0909
2061 0121 0622 0928 | 2062 0209 0611 0917 | 2063 0129 0601 1006 | 2064 0217 0619 0925 | 2065 0205 0608 0915
"""
_FEASTS: tuple[Feast, ...] = ("spring", "dragon boat", "mid-autumn")
_CENTURY = 2000


def _table() -> Mapping[tuple[Feast, int], date]:
    rows = [row.split() for line in _DAYS.split("\n") for row in line.split("|") if row.strip()]
    return {
        (feast, int(year)): date(int(year), int(day[:2]), int(day[2:]))
        for year, *days in rows
        for feast, day in zip(_FEASTS, days, strict=True)
    }


_KNOWN = _table()


def feast_day(feast: Feast, year: int) -> date | None:
    """The first day of a feast; None for years that the calendar isn't known of."""
    if feast == "tombs" and _CENTURY < year < _CENTURY + 100:
        short = year - _CENTURY
        return date(year, 4, int(short * 0.2422 + 4.81) - short // 4)  # the sun's 15th degree, by the century's rule
    return _KNOWN.get((feast, year))
