"""A damped trend on a series whose season was taken out, by seasonal indices that are shrunk as far as they are noise.

A month's index is the mean of few years, and the fewer and the more uneven they are, the nearer to 1 it is taken: by
the James-Stein rule of Miller and Williams, "Shrinkage estimators of time series seasonal factors" (2003).
"""

from typing import Any

import numpy as np

from core.forecasts.arrays import Floats, Ints

SMALLEST, LARGEST = 0.05, 20.0
"""No index is further from 1: a season that is nearly empty isn't divided by."""


class SeasonlessDamped:
    """As a model of statsforecast's is called: ``forecast(y, h)["mean"]``, ``h`` periods."""

    def __init__(self, season: int) -> None:
        self.season = max(season, 1)

    def forecast(self, y: Floats, h: int) -> dict[str, Floats]:
        """``y`` has a value a period; ValueError and the like where it is too short for three parameters."""
        from statsforecast.models import AutoETS

        indices = shrunk_indices(y, self.season)
        plain = y / indices[np.arange(len(y)) % self.season]
        model: Any = AutoETS(season_length=1, model="AAN", damped=True)
        ahead: Floats = model.forecast(y=plain, h=h)["mean"]
        return {"mean": ahead * indices[np.arange(len(y), len(y) + h) % self.season]}


def shrunk_indices(values: Floats, season: int) -> Floats:
    """What each place in the season multiplies by, first the one of the first value; ones below two whole seasons."""
    flat: Floats = np.ones(season)
    if season < 2 or len(values) < 2 * season + 2:
        return flat
    ratios, places = _ratios(values, season)
    by_place = [ratios[places == place] for place in range(season)]
    if any(len(found) < 1 for found in by_place):
        return flat
    indices = np.array([found.mean() for found in by_place])
    indices /= indices.mean()
    uneven = [found.var(ddof=1) / len(found) for found in by_place if len(found) > 1]
    if not uneven:
        return flat
    noise = float(np.mean(uneven))
    signal = max(float(np.sum((indices - 1) ** 2)) / (season - 1) - noise, 0.0)
    kept = signal / (signal + noise) if signal + noise > 0 else 0.0
    return np.clip(1 + kept * (indices - 1), SMALLEST, LARGEST)


def _ratios(values: Floats, season: int) -> tuple[Floats, Ints]:
    """Each value over the mean of the season around it, and its place in the season."""
    half = season // 2
    weights = np.ones(season) if season % 2 else np.r_[0.5, np.ones(season - 1), 0.5]
    level = np.convolve(values, weights / season, "valid")
    at = np.arange(half, half + len(level))
    usable = level > 0
    return values[at[usable]] / level[usable], at[usable] % season
