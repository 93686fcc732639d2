"""The single methods that a forecast is mixed from, each from Nixtla's statsforecast or made of one.

A series is divided by its own mean before a method sees it, so that ten times the sales give ten times the forecast.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np

from core.forecasts.arrays import Floats
from core.forecasts.damped import SeasonlessDamped
from core.forecasts.fading import FadingMean

MEDIAN = "Median"
OF_MEDIAN = ("Theta", "DynamicOptimizedTheta", "CES")
SEASONS_AHEAD = 2
"""Further ahead the last season repeats: no trend is known for longer, and none may run away."""
HIGHEST = 3.0
"""No forecast exceeds so many times the largest value of the last seasons."""
DIGITS = 10


@cache
def models() -> Mapping[str, Callable[[int], Any]]:
    """Each method by the season's length; imported on first use, which takes a second or two."""
    from statsforecast import models as nixtla

    return {
        "SeasonalNaive": nixtla.SeasonalNaive,
        "MA3": lambda _: nixtla.WindowAverage(3),
        "MA12": lambda _: nixtla.WindowAverage(12),
        "SES": lambda _: nixtla.SimpleExponentialSmoothingOptimized(),
        "Theta": nixtla.Theta,
        "DynamicOptimizedTheta": nixtla.DynamicOptimizedTheta,
        "CES": nixtla.AutoCES,
        "SeasonlessDamped": SeasonlessDamped,
        "FadingMean": FadingMean,
        "SBA": lambda _: nixtla.CrostonSBA(),
        "TSB": lambda _: nixtla.TSB(alpha_d=0.2, alpha_p=0.1),
        "IMAPA": lambda _: nixtla.IMAPA(),
        "AutoETS": nixtla.AutoETS,
        "AutoTheta": nixtla.AutoTheta,
        "AutoARIMA": lambda season: nixtla.AutoARIMA(season_length=season),
    }


def run(names: Iterable[str], values: Floats, steps: int, season: int) -> dict[str, Floats]:
    """The next ``steps`` periods by each method, never negative and never far above what was seen."""
    names = list(names)
    needed = {*names} - {MEDIAN} | ({*OF_MEDIAN} if MEDIAN in names else set())
    scale = float(values.mean()) or 1.0
    scaled = np.round(values / scale, DIGITS)
    ahead = min(steps, SEASONS_AHEAD * max(season, 12))
    limit = HIGHEST * float(scaled[-3 * max(season, 12) :].max())
    found = {name: _extended(np.clip(_one(name, scaled, ahead, season), 0, limit), steps, season) for name in needed}
    if MEDIAN in names:
        found[MEDIAN] = np.median([found[name] for name in OF_MEDIAN], axis=0)
    return {name: found[name] * scale for name in names}


def _one(name: str, values: Floats, steps: int, season: int) -> Floats:
    """What can't be computed (too short a series, no convergence) is the recent mean."""
    usual = np.full(steps, values[-12:].mean())
    if len(values) < 5 or np.ptp(values) == 0:
        return usual
    try:
        ahead: Floats = models()[name](season).forecast(y=values, h=steps)["mean"]
    except Exception:  # noqa: BLE001 - statsforecast raises a bare one where no model can be fitted, as to a perfect season
        return usual
    return np.asarray(np.where(np.isfinite(ahead), ahead, usual), dtype=np.float64)


def _extended(ahead: Floats, steps: int, season: int) -> Floats:
    if len(ahead) >= steps:
        return ahead
    rest: Floats = np.resize(ahead[-season:], steps - len(ahead))
    return np.concatenate([ahead, rest])
