"""The damped trend without a season: its indices are kept where they are sure and shrunk where they are noise."""

import numpy as np

from core.forecasts.damped import SeasonlessDamped, shrunk_indices

SEASON = 1 + 0.4 * np.sin(2 * np.pi * np.arange(12) / 12)


def noisy(years: int, share: float, seed: int = 1, *, flat: bool = False) -> np.ndarray:
    draw = np.random.default_rng(seed)
    season = np.ones(12) if flat else SEASON
    return 100 * np.resize(season, 12 * years) * (1 + share * draw.standard_normal(12 * years))


def test_a_sure_season_is_kept() -> None:
    assert np.abs(shrunk_indices(noisy(6, 0.01), 12) - SEASON).max() < 0.03


def test_indices_that_are_noise_are_nearly_one() -> None:
    far, raw = 0.0, 0.0
    for seed in range(20):
        values = noisy(5, 0.2, seed, flat=True)
        monthly = values.reshape(5, 12).mean(axis=0) / values.mean()
        far += float(np.abs(shrunk_indices(values, 12) - 1).mean())
        raw += float(np.abs(monthly - 1).mean())
    assert far < 0.5 * raw


def test_two_seasons_are_needed() -> None:
    assert (shrunk_indices(noisy(2, 0.01), 12) == 1).all()
    assert (shrunk_indices(noisy(2, 0.01), 1) == 1).all()


def test_an_odd_season_is_found_in_its_place() -> None:
    week = np.array([0.5, 0.8, 1.0, 1.0, 1.1, 1.3, 1.3])
    assert np.abs(shrunk_indices(np.resize(week, 7 * 8), 7) - week).max() < 0.01


def test_the_season_goes_on_from_where_the_history_ends() -> None:
    values = noisy(6, 0.01)[:-5]
    ahead = SeasonlessDamped(12).forecast(values, 5)["mean"]
    assert np.abs(ahead / (100 * SEASON[-5:]) - 1).max() < 0.1
