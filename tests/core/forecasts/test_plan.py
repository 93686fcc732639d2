"""What a known plan does to a forecast, and what it may not do."""

import numpy as np
import pandas as pd
import pytest

from core.forecasts import fit_weights, forecast
from core.forecasts.errors import IncompletePlan, MissingColumns
from core.forecasts.promotional import MULTIPLIED, multiplied
from tests.core.forecasts.series import monthly

HISTORY, AHEAD = 60, 6


def promoted(uid: str = "a", seed: int = 1, elasticity: float = -3.0) -> tuple[pd.DataFrame, pd.DataFrame]:
    draw = np.random.default_rng(seed)
    price = np.where(draw.random(HISTORY + AHEAD) < 0.3, 0.7, 1.0)
    price[-AHEAD:] = [1.0, 0.7, 1.0, 1.0, 0.7, 1.0]
    sales = 100 * price**elasticity * np.exp(0.05 * draw.standard_normal(HISTORY + AHEAD))
    whole = monthly(list(sales), uid).assign(price=price)
    return whole.iloc[:HISTORY], whole.iloc[HISTORY:]


def test_promoted_periods_sell_more() -> None:
    history, ahead = promoted()
    found = forecast(history, AHEAD, future=ahead.drop(columns="y"))
    assert set(found["method"]) == {"promotional"}
    assert np.allclose(found["mean"], ahead["y"], rtol=0.3)
    assert found["mean"].iloc[1] > 2 * found["mean"].iloc[0]
    assert found["hi-80"].iloc[1] > found["hi-80"].iloc[0]


def test_many_series_learn_together() -> None:
    pairs = [promoted(f"s{at:02d}", at) for at in range(17)]
    history, ahead = (pd.concat(part) for part in zip(*pairs, strict=True))
    found = forecast(history, AHEAD, future=ahead.drop(columns="y"))
    assert np.abs(found["mean"].to_numpy() / ahead["y"].to_numpy() - 1).mean() < 0.12
    pd.testing.assert_frame_equal(found, forecast(history, AHEAD, future=ahead.drop(columns="y")))


def test_after_a_promotion_less_is_bought() -> None:
    draw = np.random.default_rng(4)
    promoted_in = draw.random(HISTORY + AHEAD) < 0.3
    promoted_in[-AHEAD:] = [False, True, False, False, True, False]
    stocked = np.r_[False, promoted_in[:-1]]
    sales = 100 * np.where(promoted_in, 2.0, 1.0) * np.where(stocked, 0.5, 1.0)
    whole = monthly(list(sales), "a").assign(price=np.where(promoted_in, 0.7, 1.0))
    found = forecast(whole.iloc[:HISTORY], AHEAD, future=whole.iloc[HISTORY:].drop(columns="y"))
    mean = found["mean"].to_numpy()
    assert mean[2] < 0.7 * mean[3]
    assert mean[5] < 0.7 * mean[3]


def test_a_low_price_does_more_when_it_is_advertised() -> None:
    draw = np.random.default_rng(6)
    low, told = draw.random((2, HISTORY + AHEAD)) < 0.4
    low[-AHEAD:], told[-AHEAD:] = [False, True, False, True, True, False], [False, False, True, True, True, False]
    sales = 100 * np.where(low & told, 4.0, np.where(low, 1.3, 1.0))
    whole = monthly(list(sales), "a").assign(price=np.where(low, 0.7, 1.0), told=told.astype(float))
    found = forecast(whole.iloc[:HISTORY], AHEAD, future=whole.iloc[HISTORY:].drop(columns="y"))
    mean = found["mean"].to_numpy()
    assert mean[3] > 3.4 * mean[0]
    assert mean[1] < 1.6 * mean[0]
    assert mean[2] < 1.2 * mean[0]


def test_a_plan_of_many_columns_is_not_multiplied() -> None:
    few, many = np.ones((5, 2 * 3)), np.ones((5, 2 * (MULTIPLIED + 1)))
    assert multiplied(few).shape == (5, 6 + 3 + 3)
    assert multiplied(many).shape == many.shape


def test_kept_weights_serve_a_plan_too() -> None:
    history, ahead = promoted()
    weights = fit_weights(history, features=("price",))
    assert set(weights["route"]) == {"promotional"}
    plan = ahead.drop(columns="y")
    pd.testing.assert_frame_equal(
        forecast(history, AHEAD, future=plan, weights=weights), forecast(history, AHEAD, future=plan)
    )


def test_a_price_never_seen_does_not_carry_the_forecast_away() -> None:
    history, ahead = promoted()
    found = forecast(history, AHEAD, future=ahead.drop(columns="y").assign(price=0.01))
    assert found["mean"].max() < 2.5 * history["y"].max()


def test_a_plan_with_holes_is_refused() -> None:
    history, ahead = promoted()
    plan = ahead.drop(columns="y")
    for holed in (plan.iloc[:-1], plan.assign(price=plan["price"].where(plan["price"] > 0.8))):
        with pytest.raises(IncompletePlan) as caught:
            forecast(history, AHEAD, future=holed)
        assert caught.value.params == {"series": "a", "column": "price"}


def test_a_plan_of_what_the_history_lacks_is_refused() -> None:
    history, ahead = promoted()
    with pytest.raises(MissingColumns) as caught:
        forecast(history.drop(columns="price"), AHEAD, future=ahead.drop(columns="y"))
    assert caught.value.params == {"columns": ["price"]}


def test_series_without_a_plan_are_forecast_without() -> None:
    history, ahead = promoted()
    other, _ = promoted("b", 2)
    found = forecast(pd.concat([history, other]), AHEAD, future=ahead.drop(columns="y"))
    assert found.groupby("unique_id")["method"].first().to_dict() == {"a": "promotional", "b": "regular"}


def test_a_feature_that_never_moved_does_nothing() -> None:
    history, ahead = promoted()
    found = forecast(history.assign(price=1.0), AHEAD, future=ahead.drop(columns="y").assign(price=1.0))
    assert np.allclose(found["mean"], forecast(history.drop(columns="price"), AHEAD)["mean"], rtol=0.2)
