"""What is foreseen of one series, and as rows of a frame."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from core.forecasts.arrays import Floats, Ints
from core.forecasts.intervals import Spread
from core.forecasts.periods import Periods
from core.forecasts.routing import Route

if TYPE_CHECKING:
    import pandas as pd


class Confidence(StrEnum):
    """How much a forecast deserves to be relied on."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """The periods from ``first`` on; ``bound`` gives the value that isn't exceeded with a probability."""

    uid: Hashable
    first: int
    mean: Floats
    bounds: Callable[[float], tuple[Floats, Floats]]
    method: str
    confidence: Confidence


def around(mean: Floats, scale: float, spread: Spread, season: int) -> Callable[[float], tuple[Floats, Floats]]:
    """Bounds that grow with the periods ahead, for two seasons."""
    steps = np.minimum(np.arange(1, len(mean) + 1), 2 * max(season, 12)).astype(np.float64)

    def bounds(share: float) -> tuple[Floats, Floats]:
        low, high = spread.at((1 - share) / 2), spread.at((1 + share) / 2)
        wide = scale * steps ** spread.power((1 + share) / 2)
        return np.clip(mean + low * wide, 0, mean), np.maximum(mean + high * wide, mean)

    return bounds


def from_zero(mean: Floats, scale: float, spread: Spread) -> Callable[[float], tuple[Floats, Floats]]:
    """Bounds of a series of mostly zeros: from zero up, so that the share lies below the upper one."""

    def bounds(share: float) -> tuple[Floats, Floats]:
        return np.zeros_like(mean), np.maximum(np.full_like(mean, scale * spread.at(share)), 0)

    return bounds


def exactly(mean: Floats) -> Callable[[float], tuple[Floats, Floats]]:
    """No spread at all: the series never moved."""
    return lambda _: (mean, mean)


def described(route: Route, notes: Sequence[str]) -> str:
    """``regular``, or ``regular: returns, filled`` where the history was mended."""
    return f"{route}: {', '.join(notes)}" if notes else str(route)


def confidence_of(route: Route, active: Floats, scale: float, notes: Sequence[str]) -> Confidence:
    """By the length of the history, and by how far off a period usually is against its level."""
    level = float(active[-12:].mean()) if len(active) else 0.0
    off = scale / level if level > 0 else 1.0
    if route in {Route.ANALOGUE, Route.ZERO, Route.BRIEF} or off > 0.6:
        return Confidence.LOW
    if route in {Route.SHORT, Route.INTERMITTENT} or off > 0.25 or "outlier" in notes:
        return Confidence.MEDIUM
    return Confidence.HIGH


def to_frame(outlooks: Sequence[Outlook], periods: Periods, level: Sequence[float]) -> "pd.DataFrame":
    """All series below one another: ``unique_id, ds, mean, lo-…, hi-…, method, confidence``."""
    import pandas as pd

    sizes = [len(each.mean) for each in outlooks]
    numbers: Ints = np.concatenate(
        [np.arange(each.first, each.first + size) for each, size in zip(outlooks, sizes, strict=True)]
    )
    columns: dict[str, object] = {
        "unique_id": np.repeat(pd.Series([each.uid for each in outlooks]).to_numpy(), sizes),
        "ds": periods.dates(numbers),
        "mean": np.concatenate([each.mean for each in outlooks]),
    }
    for share in level:
        bounds = [each.bounds(share / 100) for each in outlooks]
        columns[f"lo-{share:g}"] = np.concatenate([low for low, _ in bounds])
        columns[f"hi-{share:g}"] = np.concatenate([high for _, high in bounds])
    columns["method"] = np.repeat([each.method for each in outlooks], sizes)
    columns["confidence"] = np.repeat([str(each.confidence) for each in outlooks], sizes)
    return pd.DataFrame(columns)
