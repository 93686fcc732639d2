"""How far off forecasts were, each figure free of the unit of sales.

None, or NaN in a frame, where a figure has no meaning: an error against no sales at all.
"""

import numpy as np

from core.forecasts.arrays import Floats


def wape(sold: Floats, mean: Floats) -> float:
    """Sum of absolute errors over sum of sales."""
    return over(float(np.abs(sold - mean).sum()), float(sold.sum()))


def mase(sold: Floats, mean: Floats, history: Floats, season: int) -> float:
    """Mean absolute error over that of the seasonal naive forecast within the history."""
    return over(float(np.abs(sold - mean).mean()), float(np.abs(naive_errors(history, season)).mean()))


def rmsse(sold: Floats, mean: Floats, history: Floats, season: int) -> float:
    """The same with squares, and the root of both."""
    return float(np.sqrt(over(float(((sold - mean) ** 2).mean()), float((naive_errors(history, season) ** 2).mean()))))


def bias(sold: Floats, mean: Floats) -> float:
    """Total forecast over total sold, less one: positive is too much."""
    return over(float((mean - sold).sum()), float(sold.sum()))


def smape(sold: Floats, mean: Floats) -> float:
    """Symmetric mean absolute percentage error, 0 to 200; zero forecast for zero sold is no error."""
    total = np.abs(sold) + np.abs(mean)
    return float(200 * np.mean(np.abs(sold - mean) / np.where(total > 0, total, 1.0)))


def coverage(sold: Floats, low: Floats, high: Floats) -> float:
    """The share of periods within the interval, its ends included."""
    slack = 1e-9 * np.maximum(np.abs(sold), 1.0)
    return float(np.mean((sold >= low - slack) & (sold <= high + slack)))


def naive_errors(history: Floats, season: int) -> Floats:
    """Of the value one season before; of the value before, where the history is no longer than a season."""
    lag = season if len(history) > season else 1
    return np.asarray(history[lag:] - history[:-lag], dtype=np.float64)


def over(value: float, by: float) -> float:
    """NaN where there is nothing to measure against."""
    return value / by if by > 0 else float("nan")
