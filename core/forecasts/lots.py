"""Many series in lots: the same lots whichever engine works on them, so that all give the same forecast.

A lot is a cross-section of the series, not a stretch of their names. What is pooled over series (the width of
intervals, the effect of a plan, the likes of new series) is pooled within a lot, and over all where there is but one.
"""

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.forecasts.engine import Asked, fit_frame, forecast_frame
from core.forecasts.errors import EmptyHistory, MissingColumns

if TYPE_CHECKING:
    import pandas as pd

SIZE = 2_000


@dataclass(frozen=True, slots=True)
class Work:
    """What is done with each lot: a forecast of so many periods, or weights where there is no horizon."""

    asked: Asked
    horizon: int | None
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lot:
    """Some series as Parquet in base 64, text that any engine can carry; plan and weights may be empty."""

    number: int
    history: str
    plan: str
    weights: str


def lots_of(
    history: "pd.DataFrame", plan: "pd.DataFrame | None", weights: "pd.DataFrame | None", size: int
) -> Iterator[Lot]:
    """Every n-th series in the order of their names."""
    import pandas as pd

    if "unique_id" not in history.columns:
        raise MissingColumns(columns=["unique_id"])
    names = pd.Index(history["unique_id"].dropna().unique()).sort_values()
    if names.empty:
        raise EmptyHistory
    count = -(-len(names) // size)
    number = pd.Series(range(len(names)), index=names) % count
    split = [_split(frame, number) for frame in (history, plan, weights)]
    for lot in range(count):
        yield Lot(lot, *(to_text(parts[lot]) if lot in parts else "" for parts in split))


def _split(frame: "pd.DataFrame | None", number: "pd.Series[int]") -> "dict[int, pd.DataFrame]":
    if frame is None:
        return {}
    lots = frame["unique_id"].map(number)
    return {int(lot): rows for lot, rows in frame.groupby(lots, sort=True)}


def worked(lot: Lot, work: Work) -> "pd.DataFrame":
    """The lot's forecast, or its weights."""
    history = from_text(lot.history)
    if work.horizon is None:
        return fit_frame(history, work.asked, work.features)
    plan = from_text(lot.plan) if lot.plan else None
    weights = from_text(lot.weights) if lot.weights else None
    return forecast_frame(history, work.horizon, work.asked, future=plan, weights=weights)


def to_text(frame: "pd.DataFrame") -> str:
    """As Parquet in base 64."""
    held = io.BytesIO()
    frame.to_parquet(held, index=False)
    return base64.b64encode(held.getvalue()).decode()


def from_text(text: str) -> "pd.DataFrame":
    """What :func:`to_text` wrote."""
    import pandas as pd

    return pd.read_parquet(io.BytesIO(base64.b64decode(text)))
