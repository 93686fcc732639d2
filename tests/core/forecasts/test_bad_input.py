"""Histories as they come: refused in words, or mended and said so."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.errors import QudaoError
from core.forecasts import errors, forecast
from core.words import Catalogues
from tests.core.forecasts.series import monthly, seasonal


def refused(history: pd.DataFrame, horizon: Any = 3, **options: Any) -> QudaoError:
    with pytest.raises(errors.ForecastInput) as caught:
        forecast(history, horizon, **options)
    assert Catalogues().words("en").error(caught.value)
    return caught.value


def test_missing_columns_are_named() -> None:
    assert refused(monthly([1.0]).drop(columns="y")).params == {"columns": ["y"]}


@pytest.mark.parametrize("history", [monthly([]), monthly([np.nan, np.nan])])
def test_empty_history_is_refused(history: pd.DataFrame) -> None:
    assert isinstance(refused(history), errors.EmptyHistory)


def test_words_for_dates_and_numbers_are_refused() -> None:
    assert isinstance(refused(monthly([1.0]).assign(ds="soon")), errors.UnreadableDates)
    assert refused(monthly([1.0]).assign(y="many")).params["example"] == "many"
    assert isinstance(refused(monthly([1.0, np.inf])), errors.UnreadableNumbers)


def test_frequencies_that_are_none_and_dates_that_are_spaced_otherwise() -> None:
    assert isinstance(refused(monthly(seasonal()), freq="fortnight"), errors.UnknownFrequency)
    assert isinstance(refused(monthly(seasonal()), freq="D"), errors.WrongFrequency)
    daily = monthly(seasonal()).assign(ds=pd.date_range("2023-01-01", periods=48, freq="D"))
    assert isinstance(refused(daily, freq="MS"), errors.WrongFrequency)


@pytest.mark.parametrize("horizon", [0, -1, 1.5, "3", None, 10**9])
def test_horizons_that_are_none(horizon: Any) -> None:
    assert isinstance(refused(monthly(seasonal()), horizon), errors.BadHorizon)


def test_levels_that_are_none() -> None:
    assert isinstance(refused(monthly(seasonal()), level=(80, 100)), errors.BadLevel)


def test_one_point_is_carried_on_with_low_confidence() -> None:
    found = forecast(monthly([7.0]), 2)
    assert found["mean"].tolist() == [7.0, 7.0]
    assert set(found["confidence"]) == {"low"}


def test_constant_and_zero_stay_so() -> None:
    assert forecast(monthly([4.0] * 24), 2)["mean"].tolist() == [4.0, 4.0]
    zero = forecast(monthly([0.0] * 24), 2)
    assert zero["hi-95"].tolist() == [0.0, 0.0]
    assert set(zero["confidence"]) == {"low"}


def test_gaps_and_unknown_values_are_filled_and_said_so() -> None:
    whole = monthly(seasonal())
    for holed in (whole.drop(index=[20, 21]), whole.assign(y=whole["y"].where(whole.index != 20))):
        found = forecast(holed, 3)
        assert set(found["method"]) == {"regular: filled"}
        assert np.allclose(found["mean"], forecast(whole, 3)["mean"], rtol=0.2)


def test_months_without_a_row_can_mean_that_nothing_was_sold() -> None:
    sold = monthly(seasonal()).iloc[::4]
    assert forecast(sold, 1, gaps="zero")["mean"].iloc[0] < 60 < forecast(sold, 1, gaps="unknown")["mean"].iloc[0]


def test_rows_of_one_month_are_netted() -> None:
    whole = monthly(seasonal())
    halves = pd.concat([whole.assign(y=whole["y"] + 10), whole.assign(y=-10.0)])
    found = forecast(halves, 3)
    assert set(found["method"]) == {"regular: netted"}
    assert np.allclose(found["mean"], forecast(whole, 3)["mean"])


def test_returns_beyond_sales_are_no_demand() -> None:
    values = seasonal()
    values[30] = -500.0
    found = forecast(monthly(values), 3)
    assert set(found["method"]) == {"regular: returns"}
    assert found["mean"].min() > 50


def test_a_slip_of_keys_does_not_carry_the_forecast_away() -> None:
    values = seasonal()
    values[40] = 1e12
    found = forecast(monthly(values), 3)
    assert set(found["method"]) == {"regular: outlier"}
    assert found["hi-95"].max() < 1000
    assert "high" not in set(found["confidence"])


def test_time_zones_are_dropped_by_the_clock_on_the_wall() -> None:
    whole = monthly(seasonal())
    found = forecast(whole.assign(ds=whole["ds"].dt.tz_localize("Asia/Shanghai")), 3)
    pd.testing.assert_frame_equal(found, forecast(whole, 3))


def test_dates_by_the_end_of_the_month() -> None:
    whole = monthly(seasonal())
    found = forecast(whole.assign(ds=whole["ds"] + pd.offsets.MonthEnd(0)), 1, freq="ME")
    assert found["ds"].tolist() == [pd.Timestamp("2027-01-31")]


def test_weeks_keep_their_weekday() -> None:
    weeks = monthly(seasonal()).assign(ds=pd.date_range("2025-01-02", periods=48, freq="W-THU"))
    assert forecast(weeks, 1, freq="W")["ds"].tolist() == [pd.Timestamp("2025-12-04")]


def test_numbers_as_names_stay_numbers() -> None:
    assert forecast(monthly(seasonal()).assign(unique_id=7), 1)["unique_id"].tolist() == [7]
