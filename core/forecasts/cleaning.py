"""Values of one series mended: returns, gaps, outliers."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.forecasts.arrays import Floats

Gaps = Literal["auto", "zero", "unknown"]

SPARSE = 0.2
"""Where no zero was ever written and more than this share of periods is absent, absent means nothing was sold."""
DUST = 1e-100
"""Less than this is nothing: its square couldn't be computed."""
BEYOND = 100.0
"""A value so many times above everything else that is usual is no demand."""


def clipped(values: Floats, notes: list[str]) -> Floats:
    """What was returned beyond what was sold is no demand: a negative net is zero."""
    if (values < 0).any():
        notes.append("returns")
    return np.where(values < DUST, 0.0, values)


def with_silence(values: Floats, seen: NDArray[np.bool_], gaps: Gaps) -> Floats:
    """Periods without a row (not ``seen``) are zero where absent means that nothing was sold, else still unknown."""
    absent = np.isnan(values) & ~seen
    if not absent.any():
        return values
    told = values[~np.isnan(values)]
    silent = gaps == "zero" or (gaps == "auto" and absent.mean() > SPARSE and bool((told > 0).all()))
    return np.where(absent, 0.0, values) if silent else values


def filled(values: Floats, notes: list[str]) -> Floats:
    """Unknown periods lie on a straight line between their neighbours."""
    unknown = np.isnan(values)
    if not unknown.any():
        return values
    notes.append("filled")
    at = np.arange(len(values))
    return np.asarray(np.interp(at, at[~unknown], values[~unknown]), dtype=np.float64)


def tamed(values: Floats, notes: list[str]) -> Floats:
    """A value far beyond any other (a slip of keys, a test order) is drawn in to the largest usual one."""
    sold = values[values > 0]
    if len(sold) < 4:
        return values
    centre = np.median(np.log(sold))
    spread = np.median(np.abs(np.log(sold) - centre))
    limit = np.exp(centre + max(np.log(BEYOND), 12.0 * spread))
    wild = values > limit
    if not wild.any() or wild.sum() > max(1.0, 0.02 * len(sold)):
        return values
    notes.append("outlier")
    return np.where(wild, values[~wild].max(), values)
