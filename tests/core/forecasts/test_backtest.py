"""What is said of a forecast's error holds."""

import numpy as np
import pandas as pd
import pytest

from core.forecasts import backtest, errors, metrics
from tests.core.forecasts.series import monthly, seasonal, several, sparse

COLUMNS = ["unique_id", "method", "wape", "mase", "rmsse", "bias", "coverage_80", "coverage_95"]


def test_a_row_for_each_series_and_method() -> None:
    found = backtest(several(3), 3, windows=2, methods=("SeasonalNaive", "MA3"))
    assert list(found.columns) == COLUMNS
    assert found["unique_id"].tolist() == ["s0"] * 3 + ["s1"] * 3 + ["s2"] * 3
    assert found["method"].tolist() == ["short", "SeasonalNaive", "MA3"] * 3 or set(found["method"]) == {
        "regular",
        "SeasonalNaive",
        "MA3",
    }
    assert found.loc[found["method"] == "MA3", "coverage_80"].isna().all()


def test_seasonal_sales_are_foreseen_better_than_by_their_mean() -> None:
    found = backtest(several(), 3, windows=4, methods=("MA12",))
    ours, mean = found[found["method"] != "MA12"], found[found["method"] == "MA12"]
    assert ours["wape"].mean() < 0.6 * mean["wape"].mean()
    assert ours["coverage_95"].mean() > ours["coverage_80"].mean() > 0.6


def test_hidden_periods_stay_hidden() -> None:
    history = monthly(seasonal())
    spoilt = history.assign(y=history["y"].where(history.index < 45, 1e4))
    calm, wild = backtest(history, 3, windows=1), backtest(spoilt, 3, windows=1)
    assert calm["wape"].iloc[0] < 0.2
    assert wild["wape"].iloc[0] > 0.9
    assert wild["bias"].iloc[0] < -0.9


def test_unknown_periods_are_not_measured() -> None:
    history = monthly(seasonal())
    holed = history.assign(y=history["y"].where(history.index != 46))
    assert backtest(holed, 3, windows=1)["mase"].notna().all()


def test_nothing_sold_gives_no_share_of_it() -> None:
    found = backtest(monthly([0.0] * 30), 3, windows=2)
    assert found["wape"].isna().all()
    assert found["coverage_80"].tolist() == [1.0]


def test_a_history_too_short_is_refused() -> None:
    with pytest.raises(errors.HistoryTooShort) as caught:
        backtest(monthly(seasonal(6)), 3, windows=1)
    assert caught.value.params == {"needed": 7, "found": 6}


def test_young_series_are_left_out_of_old_windows() -> None:
    both = pd.concat([monthly(seasonal(48)), monthly(seasonal(10), "young", "2026-03-01")])
    assert set(backtest(both, 3, windows=4)["unique_id"]) == {"a", "young"}


def test_plan_known_ahead_helps() -> None:
    draw = np.random.default_rng(3)
    price = np.where(draw.random(80) < 0.3, 0.7, 1.0)
    sales = 100 * price**-3 * np.exp(0.1 * draw.standard_normal(80))
    history = monthly(list(sales)).assign(price=price)
    with_plan = backtest(history, 6, windows=2, features=("price",))
    without = backtest(history, 6, windows=2)
    assert with_plan["method"].tolist() == ["promotional"]
    assert with_plan["wape"].iloc[0] < 0.5 * without["wape"].iloc[0]


def test_intermittent_rate_has_little_bias() -> None:
    many = pd.concat([monthly(sparse(60, at), f"s{at}") for at in range(30)])
    found = backtest(many, 12, windows=2)
    assert set(found["method"]) == {"intermittent"}
    assert abs(found["bias"].median()) < 0.25


def test_figures_by_hand() -> None:
    sold, mean = np.array([10.0, 0.0, 30.0]), np.array([12.0, 0.0, 24.0])
    history = np.array([1.0, 2.0, 4.0, 7.0])
    assert metrics.wape(sold, mean) == pytest.approx(0.2)
    assert metrics.bias(sold, mean) == pytest.approx(-0.1)
    assert metrics.mase(sold, mean, history, 1) == pytest.approx((8 / 3) / 2)
    assert metrics.mase(sold, mean, history, 3) == pytest.approx((8 / 3) / 6)
    assert metrics.rmsse(sold, mean, history, 1) == pytest.approx(((40 / 3) / (14 / 3)) ** 0.5)
    assert metrics.smape(sold, mean) == pytest.approx(200 * (2 / 22 + 6 / 54) / 3)
    assert metrics.coverage(sold, sold, sold) == 1
