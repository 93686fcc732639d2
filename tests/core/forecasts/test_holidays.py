"""Holidays by the moon and by the law, as columns."""

import numpy as np
import pandas as pd
import pytest

from core.forecasts import forecast
from core.forecasts.errors import UnknownCountry
from core.forecasts.holidays import with_calendar, with_holidays
from tests.core.forecasts.series import monthly


def test_new_year_moves_with_the_moon() -> None:
    marked = with_holidays(monthly([1.0] * 48, start="2023-01-01"), "CN").set_index("ds")["before_new_year"]
    assert marked["2023-01-01"] == pytest.approx(21 / 31)  # the New Year was the 22nd of January
    assert marked["2024-01-01"] == pytest.approx(12 / 31)  # the 10th of February: from the 20th of January
    assert marked["2025-06-01"] == 0


def test_public_holidays_are_the_countrys() -> None:
    history = monthly([1.0] * 12, start="2025-01-01")
    july = [
        with_holidays(history, country).set_index("ds")["public_holidays"]["2025-07-01"] for country in ("US", "CN")
    ]
    assert july == [pytest.approx(1 / 31), 0]


def test_weeks_are_counted_whole() -> None:
    weeks = monthly([1.0] * 10).assign(ds=pd.date_range("2025-01-16", periods=10, freq="W-THU"))
    assert with_holidays(weeks, "CN", freq="W")["lunar_festivals"].max() > 0.8


def test_unknown_country_is_refused() -> None:
    with pytest.raises(UnknownCountry):
        with_holidays(monthly([1.0]), "XX")


def test_stocking_up_before_the_new_year_is_foreseen_in_its_month() -> None:
    draw = np.random.default_rng(1)
    plain = monthly([100.0] * 72, start="2019-01-01")
    share = with_holidays(plain, "CN")["before_new_year"].to_numpy()
    history = plain.assign(y=100 * np.exp(1.2 * share + 0.03 * draw.standard_normal(72)))
    marked, plan = with_calendar(history, None, 3, "MS", "CN")
    found = forecast(marked, 3, future=plan).set_index("ds")["mean"]
    assert found["2025-01-01"] > 1.5 * found["2025-03-01"]  # the New Year of 2025 was the 29th of January
