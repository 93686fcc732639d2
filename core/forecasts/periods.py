"""Periods on a line: dates to whole numbers and back, for one frequency."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.forecasts.arrays import Ints
from core.forecasts.errors import UnknownFrequency

if TYPE_CHECKING:
    import pandas as pd

SEASONS: Mapping[str, int] = {"Y": 1, "Q": 4, "M": 12, "W": 52, "D": 7, "B": 5, "h": 24}
WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
SHORT: Mapping[str, str] = {"YS": "Y", "YE": "Y", "QS": "Q", "QE": "Q", "MS": "M", "ME": "M", "H": "h"}


@dataclass(frozen=True, slots=True)
class Periods:
    """A frequency: ``rule`` as pandas calls its periods, and whether a period is dated by its last day."""

    rule: str
    at_end: bool

    @property
    def season(self) -> int:
        """How many periods a usual season has."""
        return SEASONS[self.rule.partition("-")[0]]

    def numbers(self, dates: "pd.DatetimeIndex") -> Ints:
        """The period of each date, counted from an arbitrary one."""
        return dates.to_period(self.rule).astype("int64").to_numpy(dtype=np.int64)

    def dates(self, numbers: Ints) -> "pd.DatetimeIndex":
        """How these periods are dated in a frame."""
        import pandas as pd

        index = pd.PeriodIndex.from_ordinals(numbers, freq=self.rule)  # type: ignore[attr-defined]
        return pd.DatetimeIndex(index.end_time.normalize() if self.at_end else index.start_time)


def periods_of(freq: str, dates: "pd.DatetimeIndex") -> Periods:
    """The frequency by its pandas name; a week begins on the weekday that most dates have."""
    name, _, anchor = freq.partition("-")
    rule = SHORT.get(name, name)
    if rule not in SEASONS:
        raise UnknownFrequency(freq=freq)
    if rule == "W":
        first = int(dates.weekday.value_counts().idxmax())
        return Periods(f"W-{WEEKDAYS[(first - 1) % 7]}", at_end=False)
    if rule in {"Q", "Y"} and anchor:
        rule = f"{rule}-{_last_month(anchor) if name.endswith('S') else anchor}"
    return Periods(rule, at_end=name in {"YE", "QE", "ME"})


def _last_month(first: str) -> str:
    """A year that begins in April ends in March."""
    months = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
    if first not in months:
        raise UnknownFrequency(freq=first)
    return months[(months.index(first) - 1) % 12]
