"""A mean of the whole history in which a period counts the less the longer ago it was; its season is set aside."""

import numpy as np

from core.forecasts.arrays import Floats
from core.forecasts.damped import shrunk_indices

HALF_LIFE = 26
"""So many periods ago counts half: what a plan's effect leaves is noisy, and a long memory evens it out."""
SEASONS = 3
"""Fewer seasons than this tell a noisy series nothing of its season."""


class FadingMean:
    """As a model of statsforecast's is called: ``forecast(y, h)["mean"]``, ``h`` periods."""

    def __init__(self, season: int) -> None:
        self.season = max(season, 1)

    def forecast(self, y: Floats, h: int) -> dict[str, Floats]:
        """One level for every period ahead, in the season."""
        known = len(y) >= SEASONS * self.season
        indices = shrunk_indices(y, self.season) if known else np.ones(self.season)
        plain = y / indices[np.arange(len(y)) % self.season]
        level = np.average(plain, weights=0.5 ** (np.arange(len(y))[::-1] / HALF_LIFE))
        return {"mean": level * indices[np.arange(len(y), len(y) + h) % self.season]}
