"""A known plan (price, promotion, holidays) beside the history that it goes on from."""

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from core.forecasts.arrays import Floats
from core.forecasts.errors import IncompletePlan, MissingColumns
from core.forecasts.frames import KEYS, Panel, dated, numeric
from core.forecasts.periods import Periods

if TYPE_CHECKING:
    import pandas as pd


def planned_columns(history: "pd.DataFrame", future: "pd.DataFrame | None") -> tuple[str, ...]:
    """The columns of numbers that the plan has; the history must have them too."""
    import pandas as pd

    if future is None:
        return ()
    names = [
        str(name)
        for name in future.columns
        if name not in {*KEYS, "y", "split"} and pd.api.types.is_numeric_dtype(future[name])
    ]
    if missing := [name for name in names if name not in history.columns]:
        raise MissingColumns(columns=missing)
    return tuple(names)


def read_plan(future: "pd.DataFrame", panel: Panel, horizon: int) -> dict[Hashable, Floats]:
    """Of each series that the plan knows, a row of features for each period of the horizon."""
    frame = dated(future, KEYS)
    for name in panel.features:
        frame[name] = numeric(frame, name)
    frame["period"] = numbers_of(frame, panel.periods)
    asked = {each.uid: each.last + 1 for each in panel.series}
    frame["step"] = frame["period"] - frame["unique_id"].map(asked)
    frame = frame[(frame["step"] >= 0) & (frame["step"] < horizon)]
    means = frame.groupby(["unique_id", "step"], sort=True, observed=True)[list(panel.features)].mean()
    return {
        uid: _whole(uid, rows.droplevel(0), panel.features, horizon) for uid, rows in means.groupby(level=0, sort=False)
    }


def numbers_of(frame: "pd.DataFrame", periods: Periods) -> "pd.Series[int]":
    """The period of each row."""
    import pandas as pd

    return pd.Series(periods.numbers(pd.DatetimeIndex(frame["ds"])), index=frame.index)


def _whole(uid: Hashable, rows: "pd.DataFrame", features: tuple[str, ...], horizon: int) -> Floats:
    """A plan that ends early, or leaves a value open, is no plan."""
    values = rows.reindex(range(horizon)).to_numpy(dtype=np.float64)
    holes = np.isnan(values).any(axis=0)
    if holes.any():
        raise IncompletePlan(series=str(uid), column=features[int(np.flatnonzero(holes)[0])])
    return values


def usable(panel: Panel, plan: Mapping[Hashable, Floats]) -> set[Hashable]:
    """The series whose features were ever known."""
    return {
        each.uid
        for each in panel.series
        if each.uid in plan and each.features is not None and np.isfinite(each.features).any()
    }
