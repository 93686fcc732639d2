"""The fading mean: its memory is as long as it says, and a plan leans on it where sales only vary."""

import numpy as np
import pytest

from core.forecasts.arrays import Floats
from core.forecasts.fading import HALF_LIFE, FadingMean
from core.forecasts.mixing import fit
from core.forecasts.routing import Route


def test_after_a_half_life_a_period_counts_half() -> None:
    late, early = np.zeros((2, 3 * HALF_LIFE))
    late[-1], early[-1 - HALF_LIFE] = 1.0, 1.0
    model = FadingMean(1)
    assert np.allclose(model.forecast(late, 4)["mean"], 2 * model.forecast(early, 4)["mean"])
    assert np.allclose(model.forecast(np.full(30, 7.0), 4)["mean"], [7.0] * 4)


def test_a_season_goes_on_from_where_the_history_ends() -> None:
    season = 1 + 0.4 * np.sin(2 * np.pi * np.arange(12) / 12)
    ahead = FadingMean(12).forecast(np.resize(season, 67), 12)["mean"]
    assert np.abs(ahead / np.roll(season, -7) - 1).max() < 0.03


def test_two_noisy_seasons_are_no_season() -> None:
    values = 100 * np.exp(0.5 * np.random.default_rng(3).standard_normal(30))
    assert np.ptp(FadingMean(12).forecast(values, 12)["mean"]) == 0


@pytest.mark.parametrize(("growth", "leans"), [(1.0, True), (1.04, False)])
def test_a_plan_leans_on_it_where_sales_only_vary(growth: float, leans: bool) -> None:
    noise = np.exp(0.1 * np.random.default_rng(2).standard_normal(100))
    sold: Floats = np.asarray(100 * growth ** np.arange(100) * noise, dtype=np.float64)
    weights = fit(sold, Route.PROMOTIONAL, 12).weights
    assert (max(weights, key=lambda name: weights[name]) == "FadingMean") is leans
