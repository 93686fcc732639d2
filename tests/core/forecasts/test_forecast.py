"""What a forecast promises, whatever the series."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.forecasts import fit_weights, forecast
from tests.core.forecasts.series import monthly, seasonal, several, sparse

COLUMNS = ["unique_id", "ds", "mean", "lo-80", "hi-80", "lo-95", "hi-95", "method", "confidence"]


def test_columns_dates_and_order() -> None:
    found = forecast(several(2), 3)
    assert list(found.columns) == COLUMNS
    assert found["unique_id"].tolist() == ["s0"] * 3 + ["s1"] * 3
    assert found["ds"].tolist()[:3] == list(pd.date_range("2027-01-01", periods=3, freq="MS"))
    assert set(found["confidence"]) <= {"high", "medium", "low"}


def test_intervals_hold_the_mean_and_one_another() -> None:
    found = forecast(several(), 18)
    assert (found["lo-95"] <= found["lo-80"]).all()
    assert (found["lo-80"] <= found["mean"]).all()
    assert (found["mean"] <= found["hi-80"]).all()
    assert (found["hi-80"] <= found["hi-95"]).all()


def test_other_levels() -> None:
    found = forecast(monthly(seasonal()), 2, level=(50, 99))
    assert [name for name in found.columns if name.startswith(("lo", "hi"))] == ["lo-50", "hi-50", "lo-99", "hi-99"]
    assert (found["lo-99"] < found["lo-50"]).all()


@pytest.mark.parametrize(
    ("values", "route"),
    [
        (seasonal(48), "regular"),
        (seasonal(24), "short"),
        (seasonal(9), "brief"),
        (sparse(), "intermittent"),
        ([5.0, 7.0], "analogue"),
        ([4.0] * 20, "constant"),
        ([0.0] * 20, "zero"),
    ],
)
def test_routes(values: list[float], route: str) -> None:
    assert set(forecast(monthly(values), 3)["method"]) == {route}


def test_season_is_foreseen() -> None:
    found = forecast(monthly(seasonal(60)), 12)
    assert found["mean"].iloc[:6].mean() > 1.3 * found["mean"].iloc[6:].mean()


def test_a_perfect_season_goes_on() -> None:
    season = 100 + 60 * np.sin(2 * np.pi * np.arange(12) / 12)
    found = forecast(monthly(list(np.resize(season, 60))), 12)
    assert np.allclose(found["mean"], season, rtol=0.05)


def test_same_twice() -> None:
    history = several()
    pd.testing.assert_frame_equal(forecast(history, 6), forecast(history, 6))


def test_order_of_rows_is_irrelevant() -> None:
    history = several()
    pd.testing.assert_frame_equal(forecast(history, 6), forecast(history.sample(frac=1, random_state=3), 6))


def test_kept_weights_give_what_fresh_ones_give() -> None:
    history = pd.concat([several(), monthly(sparse(), "x"), monthly([3.0], "y")])
    weights = fit_weights(history)
    pd.testing.assert_frame_equal(forecast(history, 6), forecast(history, 6, weights=weights))
    assert np.allclose(weights[weights["route"] != "intermittent"].groupby("unique_id")["weight"].sum(), 1)


def test_kept_weights_serve_a_single_series() -> None:
    history = several()
    weights = fit_weights(history)
    one = forecast(history[history["unique_id"] == "s2"], 6, weights=weights)
    whole = forecast(history, 6, weights=weights)
    pd.testing.assert_frame_equal(one, whole[whole["unique_id"] == "s2"].reset_index(drop=True))


def test_longest_horizon_stays_within_what_was_seen() -> None:
    growth = [10 * 1.08**at for at in range(60)]
    found = forecast(pd.concat([monthly(growth), several()]), 600)
    assert np.isfinite(found.select_dtypes("number")).all().all()
    assert found["mean"].max() <= 3 * max(growth[-1], 2e4)


def test_new_series_sells_as_its_likes_do() -> None:
    likes = [
        monthly(seasonal(36, level, at), f"{kind}{at}").assign(category=kind)
        for kind, level in (("tea", 1000.0), ("water", 10.0))
        for at in range(5)
    ]
    new = [monthly([900.0], "new-tea", "2025-12-01").assign(category="tea")]
    new += [monthly([12.0], "new-water", "2025-12-01").assign(category="water")]
    found = forecast(pd.concat(likes + new), 12)
    tea = found[found["unique_id"] == "new-tea"]
    water = found[found["unique_id"] == "new-water"]
    assert {*tea["confidence"], *water["confidence"]} == {"low"}
    assert tea["mean"].mean() > 20 * water["mean"].mean()
    assert tea["mean"].iloc[:6].mean() > tea["mean"].iloc[6:].mean()


def test_what_was_never_sold_begins_with_its_first_row() -> None:
    likes = pd.concat([monthly(seasonal(36, 50.0, at), f"s{at}").assign(category="tea") for at in range(4)])
    new = monthly([np.nan], "new", "2026-03-01").assign(category="tea")
    found = forecast(pd.concat([likes, new]), 2)
    launched = found[found["unique_id"] == "new"]
    assert launched["ds"].tolist() == [pd.Timestamp("2026-03-01"), pd.Timestamp("2026-04-01")]
    assert launched["mean"].between(25, 100).all()
    assert set(launched["confidence"]) == {"low"}


def test_likes_that_sell_no_more_say_little_but_a_number() -> None:
    dying = [monthly([5.0, 3.0, 4.0, 9.0, 2.0] + [0.0] * 60, f"s{at}") for at in range(3)]
    new = monthly([2.0], "new", "2028-05-01")
    found = forecast(pd.concat([*dying, new]), 3)
    assert np.isfinite(found.select_dtypes("number")).all().all()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.floats(0, 1000, allow_subnormal=False).map(lambda y: round(y, 2)), min_size=1, max_size=60),
    st.sampled_from([1e-3, 0.1, 7.0, 1e6]),
)
def test_scale_of_sales_is_scale_of_forecast(values: list[float], factor: float) -> None:
    plain = forecast(monthly(values), 6).select_dtypes("number")
    scaled = forecast(monthly([value * factor for value in values]), 6).select_dtypes("number")
    assert np.allclose(scaled, plain * factor, rtol=0.01, atol=1e-6 * factor * max(values))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.floats(-1e6, 1e12)), min_size=1, max_size=60).filter(
        lambda values: any(value is not None for value in values)
    ),
    st.integers(1, 40),
)
def test_never_negative_never_without_a_number(values: list[float | None], horizon: int) -> None:
    found = forecast(monthly([np.nan if value is None else value for value in values]), horizon)
    numbers = found.select_dtypes("number")
    assert len(found) == horizon
    assert np.isfinite(numbers).all().all()
    assert (numbers >= 0).all().all()


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    asked = "import sys, core.forecasts; print({'pandas', 'statsforecast', 'lightgbm', 'scipy'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
