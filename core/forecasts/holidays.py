"""Days of a period that are holidays, as columns for a history and its plan.

The lunar calendar moves the Chinese New Year between January and February, so that a month of the year alone says too
little of it. Dates come from the ``holidays`` library: of a country as its law has them, the lunar ones from tables.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from core.forecasts.arrays import Floats
from core.forecasts.errors import UnknownCountry
from core.forecasts.frames import dated
from core.forecasts.periods import Periods, periods_of

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("public_holidays", "before_new_year", "lunar_festivals")
BEFORE_NEW_YEAR = 21
"""Dealers stock up so many days before the Chinese New Year."""


def with_holidays(frame: "pd.DataFrame", country: str, freq: str = "MS") -> "pd.DataFrame":
    """The frame (``unique_id, ds`` …) with a share of days for each of :data:`COLUMNS`.

    ``public_holidays`` are the country's; ``before_new_year`` the three weeks before the Chinese New Year;
    ``lunar_festivals`` the New Year's week, Dragon Boat and Mid-Autumn.
    """
    import pandas as pd

    frame = dated(frame, ("unique_id", "ds"))
    dates = pd.DatetimeIndex(frame["ds"])
    periods = periods_of(freq, dates)
    numbers = periods.numbers(dates)
    first, last = int(numbers.min()), int(numbers.max())
    counts = _shares(periods, first, last, country)
    for which, name in enumerate(COLUMNS):
        frame[name] = counts[numbers - first, which]
    return frame


def _shares(periods: Periods, first: int, last: int, country: str) -> Floats:
    """Of each period from first to last, the share of its days."""
    import pandas as pd

    starts = replace(periods, at_end=False).dates(np.arange(first, last + 2))
    days = pd.date_range(starts[0], starts[-1], inclusive="left")
    which = np.searchsorted(starts.to_numpy(), days.to_numpy(), side="right") - 1
    kinds = _kinds(range(days[0].year, days[-1].year + 2), country)
    counts = np.zeros((last - first + 1, len(COLUMNS)))
    for column, holidays in enumerate(kinds):
        hit = np.array([day.date() in holidays for day in days])
        np.add.at(counts[:, column], which[hit], 1.0)
    length = np.bincount(which, minlength=last - first + 1)[:, None]
    return np.asarray(counts / np.maximum(length, 1), dtype=np.float64)


def _kinds(years: range, country: str) -> tuple[set[date], set[date], set[date]]:
    from holidays import country_holidays
    from holidays.calendars.chinese import _ChineseLunisolar

    try:
        public = set(country_holidays(country, years=years))
    except NotImplementedError as error:
        raise UnknownCountry(country=country) from error
    moon = _ChineseLunisolar()
    new_years = [found for year in years if (found := moon.lunar_new_year_date(year)[0])]
    others = [day for year in years for day in (moon.dragon_boat_date(year)[0], moon.mid_autumn_date(year)[0]) if day]
    before = {day - timedelta(days=back) for day in new_years for back in range(1, BEFORE_NEW_YEAR + 1)}
    week = {day + timedelta(days=on) for day in new_years for on in range(7)}
    return public, before, week | set(others)


def with_calendar(
    history: "pd.DataFrame", plan: "pd.DataFrame | None", horizon: int, freq: str, country: str
) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """Both with the holidays of a country; without a plan, one of nothing else."""
    history = with_holidays(history, country, freq)
    return history, with_holidays(ahead(history, horizon, freq) if plan is None else plan, country, freq)


def ahead(history: "pd.DataFrame", horizon: int, freq: str) -> "pd.DataFrame":
    """The next periods of each series, as far as they can be read from its last date."""
    import pandas as pd

    dates = pd.DatetimeIndex(history["ds"])
    periods = periods_of(freq, dates)
    told = history.assign(period=periods.numbers(dates))
    if "y" in told:
        told = told[told["y"].notna()]
    last = told.groupby("unique_id", sort=False)["period"].max()
    numbers = np.add.outer(last.to_numpy(dtype=np.int64), np.arange(1, horizon + 1)).ravel()
    return pd.DataFrame({"unique_id": np.repeat(last.index.to_numpy(), horizon), "ds": periods.dates(numbers)})
