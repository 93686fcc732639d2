"""Naive2, as the M competitions have it: the last value, once a season that passes a test is taken out."""

import numpy as np

from core.forecasts.arrays import Floats

SURE = 1.645
"""Of an autocorrelation at the season's lag, in its standard errors: one-sided 95 %, as the competitions had it."""


def naive2(values: Floats, steps: int, season: int) -> Floats:
    shape = _season(values, season) if _is_seasonal(values, season) else np.ones(season)
    at = np.arange(len(values), len(values) + steps) % season
    return np.asarray(values[-1] / shape[(len(values) - 1) % season] * shape[at], dtype=np.float64)


def _is_seasonal(values: Floats, season: int) -> bool:
    """Whether a season's lag is autocorrelated beyond chance; two seasons can't tell."""
    if season < 2 or len(values) < 3 * season or np.ptp(values) == 0:
        return False
    off = values - values.mean()
    alike = np.array([(off[lag:] * off[:-lag]).sum() for lag in range(1, season + 1)]) / (off**2).sum()
    return bool(abs(alike[-1]) > SURE * np.sqrt((1 + 2 * (alike[:-1] ** 2).sum()) / len(values)))


def _season(values: Floats, season: int) -> Floats:
    """Shares by place: the mean of each value over the centred mean of a season around it; their mean is one."""
    kernel = np.r_[0.5, np.ones(season - 1), 0.5] / season if season % 2 == 0 else np.ones(season) / season
    half = len(kernel) // 2
    course = np.convolve(values, kernel, mode="valid")
    inside = values[half : len(values) - half]
    share = np.where(course > 0, inside / np.where(course > 0, course, 1.0), 1.0)
    places = (half + np.arange(len(share))) % season
    means = np.array([share[places == place].mean() for place in range(season)])
    return np.asarray(np.maximum(means / means.mean(), 0.01), dtype=np.float64)
