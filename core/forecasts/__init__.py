"""Forecasts of many series at once, from a frame to a frame: regular, short, intermittent, promotional and new ones.

    forecast(history, 3)                          the next three months of each series
    forecast(history, 8, freq="W", future=plan)   with a known plan of prices, promotions, holidays
    fit_weights(history)                          what a nightly job keeps for ``forecast(…, weights=…)``
    backtest(history, 3, windows=4)               how far off it would have been

Nothing heavy is imported before the first call.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["backtest", "fit_weights", "forecast"]

LEVELS = (80, 95)


def forecast(
    history: "pd.DataFrame",
    horizon: int,
    *,
    freq: str = "MS",
    season: int | None = None,
    level: Sequence[float] = LEVELS,
    future: "pd.DataFrame | None" = None,
    seed: int = 0,
    weights: "pd.DataFrame | None" = None,
    gaps: Literal["auto", "zero", "unknown"] = "auto",
    lstm: bool = False,
) -> "pd.DataFrame":
    """The next ``horizon`` periods after the last one of each series.

    ``history`` is long: ``unique_id, ds, y``, one row a period; columns of words (category, region, tier) say which
    series are alike. A series without any number is new, and forecast from its first row on by its likes. ``future`` is
    the known plan: ``unique_id, ds`` and columns of numbers (price, promotion, holiday) that the history has too; a
    series that it leaves out is forecast without. ``season`` is the number of periods in one; that of ``freq`` when
    absent. ``weights`` come from :func:`fit_weights`; series that aren't in them are
    cross-validated now. ``gaps`` says whether a period without a row means that nothing was sold. ``lstm`` trains a
    network on all series together (minutes; the extra ``qudao[lstm]``) and mixes it in where cross-validation says that
    it helps, but not into series with kept weights; ``method`` then says ``regular+lstm``.

    Returns ``unique_id, ds, mean``, ``lo-`` and ``hi-`` for each level, ``method`` (the route, and what was mended in
    the history: ``regular: returns``) and ``confidence`` (high, medium, low). No value is negative.
    """
    from core.forecasts.engine import Asked, forecast_frame

    return forecast_frame(
        history, horizon, Asked(freq, season, tuple(level), seed, gaps, lstm), future=future, weights=weights
    )


def fit_weights(
    history: "pd.DataFrame",
    *,
    freq: str = "MS",
    season: int | None = None,
    features: Sequence[str] = (),
    seed: int = 0,
    gaps: Literal["auto", "zero", "unknown"] = "auto",
) -> "pd.DataFrame":
    """How the methods are mixed for each series (``unique_id, route, member, weight``) and how wide its errors are.

    ``features`` are the columns of a plan, where one will be given.
    """
    from core.forecasts.engine import Asked, fit_frame

    return fit_frame(history, Asked(freq, season, (), seed, gaps), features)


def backtest(
    history: "pd.DataFrame",
    horizon: int,
    windows: int = 4,
    *,
    freq: str = "MS",
    season: int | None = None,
    step: int | None = None,
    features: Sequence[str] = (),
    methods: Sequence[str] = (),
    seed: int = 0,
    gaps: Literal["auto", "zero", "unknown"] = "auto",
) -> "pd.DataFrame":
    """How far off the forecast would have been, over the last windows of each series.

    Windows are ``step`` periods apart (``horizon`` when absent). ``features`` are columns that are known ahead.
    ``methods`` are measured beside the forecast: SeasonalNaive, MA3, MA12, SES, Theta, DynamicOptimizedTheta, CES,
    Median, SBA, TSB, IMAPA, AutoETS, AutoTheta, AutoARIMA.

    Returns ``unique_id, method, wape, mase, rmsse, bias, coverage_80, coverage_95``; ``method`` is the route of the
    forecast (regular, short, …) or the name of one beside it, without intervals. NaN where a figure has no meaning.
    """
    from core.forecasts.backtesting import backtest_frame
    from core.forecasts.engine import Asked

    asked = Asked(freq, season, (), seed, gaps)
    return backtest_frame(history, horizon, windows, asked, step=step, features=features, methods=methods)
