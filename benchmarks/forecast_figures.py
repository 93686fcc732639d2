"""Figures of forecasts against what came: per series and averaged, or over all periods at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.forecasts.metrics import coverage, naive_errors

REFERENCE = "Naive2"


@dataclass(frozen=True)
class Column:
    """A method's forecasts, and what they cost in milliseconds of CPU a series."""

    method: str
    frame: pd.DataFrame | None
    cost: float

    def of(self, names: Collection[Any]) -> "Column":
        """Of some series only."""
        assert self.frame is not None
        return Column(self.method, self.frame[self.frame["unique_id"].isin(names)], 0.0)


def figures(dataset: str, train: pd.DataFrame, test: pd.DataFrame, season: int, columns: Sequence[Column]) -> list[Any]:
    """All metrics of all methods; MASE and sMAPE are averaged over series, OWA is the mean of both over Naive2's."""
    scales = pd.Series(
        {uid: float(np.abs(naive_errors(y.to_numpy(), season)).mean()) for uid, y in train.groupby("unique_id")["y"]}
    )
    found: list[Any] = []
    measured = {each.method: _measured(each.frame, test, scales) for each in columns if each.frame is not None}
    naive = measured.get(REFERENCE, {})
    for each in columns:
        values = dict(measured.get(each.method, {}))
        if naive and values:
            values["OWA"] = (values["MASE"] / naive["MASE"] + values["sMAPE"] / naive["sMAPE"]) / 2
        if each.cost:
            values["ms"] = each.cost
        found += [
            {"dataset": dataset, "method": each.method, "metric": name, "value": value}
            for name, value in values.items()
        ]
    return found


def _of_a_series(both: pd.DataFrame) -> float:
    """The mean of each series' own, as ``backtest`` tells it; WAPE alone is of all sales together."""
    sums = both.groupby("unique_id")[["off", "y"]].sum()
    sold = sums[sums["y"] > 0]
    return float((sold["off"] / sold["y"]).mean())


def _measured(frame: pd.DataFrame, test: pd.DataFrame, scales: "pd.Series[float]") -> dict[str, float]:
    both = test.merge(frame, on=["unique_id", "ds"])
    sold, mean = both["y"].to_numpy(dtype=float), both["mean"].to_numpy(dtype=float)
    off = np.abs(sold - mean)
    total = np.abs(sold) + np.abs(mean)
    both = both.assign(off=off, smape=200 * off / np.where(total > 0, total, 1.0))
    scaled = both.groupby("unique_id")["off"].mean() / scales[scales > 0]
    values = {
        "MASE": float(scaled.mean()),
        "sMAPE": float(both.groupby("unique_id")["smape"].mean().mean()),
        "WAPE": float(off.sum() / sold.sum()),
        "WAPE of a series": _of_a_series(both),
        "RMSE": float(np.sqrt((off**2).mean())),
        "bias": float(mean.sum() / sold.sum() - 1),
    }
    for level in (80, 95):
        if f"lo-{level}" in both:
            low, high = both[f"lo-{level}"].to_numpy(dtype=float), both[f"hi-{level}"].to_numpy(dtype=float)
            values[f"in {level}"] = coverage(sold, low, high)
            values[f"width {level}"] = float((high - low).sum() / sold.sum())
    return values
