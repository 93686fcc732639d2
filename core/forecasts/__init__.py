"""Forecasts of many series at once, from a frame to a frame: regular, short, intermittent, promotional and new ones.

    forecast(history, 3)                      the next three months of each series
    forecast(history, 8, freq="W", future=plan)   with a known plan of prices, promotions, holidays
    fit_weights(history)                      what a nightly job keeps for ``forecast(…, weights=…)``
    backtest(history, 3, windows=4)           how far off it would have been

Nothing heavy is imported before the first call.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["fit_weights", "forecast"]

LEVELS = (80, 95)


def forecast(
    history: "pd.DataFrame",
    horizon: int,
    *,
    freq: str = "MS",
    season: int | None = None,
    level: Sequence[float] = LEVELS,
    weights: "pd.DataFrame | None" = None,
    gaps: Literal["auto", "zero", "unknown"] = "auto",
) -> "pd.DataFrame":
    """The next ``horizon`` periods after the last one of each series.

    ``history`` is long: ``unique_id, ds, y``, one row a period; columns of words (category, region, tier) say which
    series are alike. ``season`` is the number of periods in one; that of ``freq`` when absent. ``weights`` come from
    :func:`fit_weights`; series that aren't in them are cross-validated now. ``gaps`` says whether a period without a
    row means that nothing was sold.

    Returns ``unique_id, ds, mean``, ``lo-`` and ``hi-`` for each level, ``method`` (the route, and what was mended in
    the history: ``regular: returns``) and ``confidence`` (high, medium, low). No value is negative.
    """
    from core.forecasts.engine import forecast_frame

    return forecast_frame(history, horizon, freq=freq, season=season, level=level, weights=weights, gaps=gaps)


def fit_weights(
    history: "pd.DataFrame",
    *,
    freq: str = "MS",
    season: int | None = None,
    gaps: Literal["auto", "zero", "unknown"] = "auto",
) -> "pd.DataFrame":
    """How the methods are mixed for each series (``unique_id, route, member, weight``) and how wide its errors are."""
    from core.forecasts.engine import fit_frame

    return fit_frame(history, freq=freq, season=season, gaps=gaps)
