"""Values of one series mended: returns, gaps, outliers."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.forecasts.arrays import Floats

SPARSE = 0.2
"""Where no zero was ever written and more than this share of periods is absent, absent means nothing was sold."""
BEYOND = 100.0
"""A value so many times above everything else that is usual is no demand."""


def clipped(values: Floats, notes: list[str]) -> Floats:
    """What was returned beyond what was sold is no demand: a negative net is zero."""
    if not (values < 0).any():
        return values
    notes.append("returns")
    return np.where(values < 0, 0.0, values)


def filled(
    values: Floats, seen: NDArray[np.bool_], gaps: Literal["auto", "zero", "unknown"], notes: list[str]
) -> Floats:
    """Unknown periods by a straight line between their neighbours; absent ones as ``gaps`` says."""
    unknown = np.isnan(values)
    if not unknown.any():
        return values
    notes.append("filled")
    absent = unknown & ~seen
    told = values[~unknown]
    silent = gaps == "zero" or (gaps == "auto" and absent.mean() > SPARSE and (told > 0).all())
    values = np.where(absent, 0.0, values) if silent else values.copy()
    unknown = np.isnan(values)
    if unknown.any():
        at = np.arange(len(values))
        values[unknown] = np.interp(at[unknown], at[~unknown], values[~unknown])
    return values


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
