"""A long frame made into clean series: one number a period, from the first to the last, none missing.

What is mended is noted on the series: ``netted`` (several rows a period were added), ``returns`` (a negative sum became
zero), ``filled`` (unknown periods), ``outlier`` (a value beyond all reason was drawn in).
"""

import itertools
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.forecasts.arrays import Floats, Ints
from core.forecasts.cleaning import Gaps, clipped, filled, tamed, with_silence
from core.forecasts.errors import (
    EmptyHistory,
    MissingColumns,
    UnreadableDates,
    UnreadableNumbers,
    WrongFrequency,
)
from core.forecasts.periods import Periods, periods_of

if TYPE_CHECKING:
    import pandas as pd

KEYS = ("unique_id", "ds")
COARSER = 3
"""Dates that are never nearer than so many periods belong to a coarser frequency."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One series without gaps; ``first`` is the number of its first period.

    ``told`` is what was written, NaN where nothing was: forecasts are measured against it.
    """

    uid: Hashable
    first: int
    values: Floats
    told: Floats
    notes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    features: Floats | None = None

    @property
    def last(self) -> int:
        """The number of its last period."""
        return self.first + len(self.values) - 1

    @property
    def active(self) -> Floats:
        """From the first period that isn't zero."""
        begun = np.flatnonzero(self.values)
        return self.values[begun[0] :] if len(begun) else self.values[:0]

    def until(self, length: int) -> "Series":
        """Only the first ``length`` periods."""
        features = None if self.features is None else self.features[:length]
        return replace(self, values=self.values[:length], told=self.told[:length], features=features)


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """All series of a history on one line of periods."""

    periods: Periods
    series: Sequence[Series]
    features: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def read_history(history: "pd.DataFrame", freq: str, gaps: Gaps = "auto", features: Sequence[str] = ()) -> Panel:
    """The clean series of a history, in the order of their names; ``features`` are columns that a plan goes on with."""
    frame = dated(history, ("unique_id", "ds", "y"))
    frame["y"] = numeric(frame, "y")
    frame = frame[frame["unique_id"].notna() & frame["ds"].notna()]
    if frame["y"].notna().sum() == 0:
        raise EmptyHistory
    groups = tuple(group_columns(frame, features))
    periods = periods_of(freq, _index(frame))
    frame["period"] = periods.numbers(_index(frame))
    for name in features:
        frame[name] = numeric(frame, name)
    frame = frame.sort_values(["unique_id", "period", "ds"], kind="stable")
    _check_spacing(frame, freq, gaps)
    return Panel(periods, list(_each(frame, gaps, features, groups)), tuple(features), groups)


def _each(frame: "pd.DataFrame", gaps: Gaps, features: Sequence[str], groups: Sequence[str]) -> Iterator[Series]:
    """Cut where the name changes; a series without any number is new, and begins with its first row."""
    uids = frame["unique_id"].to_numpy(dtype=object)
    numbers = frame["period"].to_numpy(dtype=np.int64)
    values = frame["y"].to_numpy(dtype=np.float64)
    columns = frame[list(features)].to_numpy(dtype=np.float64)
    labels = frame[list(groups)].astype(str).to_numpy(dtype=object)
    starts = np.flatnonzero(np.r_[True, uids[1:] != uids[:-1]])
    for start, end in itertools.pairwise([*starts.tolist(), len(uids)]):
        if np.isnan(values[start:end]).all():
            nothing = values[:0]
            yield Series(uids[start], int(numbers[start]), nothing, nothing, (), tuple(labels[end - 1]))
            continue
        rows = Rows(numbers[start:end], values[start:end], columns[start:end])
        yield _series(uids[start], rows, gaps, tuple(labels[end - 1]))


def features_of(series: Series) -> Floats:
    """The features of the active periods."""
    assert series.features is not None
    return series.features[len(series.values) - len(series.active) :]


def dated(frame: "pd.DataFrame", needed: Sequence[str]) -> "pd.DataFrame":
    """A copy with real dates. A time zone is dropped: the wall clock of the zone given is the date that counts."""
    import pandas as pd

    if missing := [name for name in needed if name not in frame.columns]:
        raise MissingColumns(columns=missing)
    frame = frame.copy()
    if frame.empty:
        raise EmptyHistory
    try:
        dates = pd.Series(pd.to_datetime(frame["ds"]), index=frame.index)
        if getattr(dates.dt, "tz", None) is not None:
            dates = dates.dt.tz_localize(None)
    except (ValueError, TypeError, AttributeError) as error:
        raise UnreadableDates(column="ds", example=str(frame["ds"].iloc[0])) from error
    frame["ds"] = dates.astype("datetime64[ns]")
    return frame


def numeric(frame: "pd.DataFrame", column: str) -> "pd.Series[float]":
    """The column as numbers; NaN stays unknown, words and infinity are refused."""
    import pandas as pd

    numbers = pd.to_numeric(frame[column], errors="coerce").astype("float64")
    wrong = (numbers.isna() & frame[column].notna()) | np.isinf(numbers)
    if wrong.any():
        raise UnreadableNumbers(column=column, example=str(frame.loc[wrong, column].iloc[0]))
    return numbers


def group_columns(frame: "pd.DataFrame", features: Sequence[str]) -> list[str]:
    """Columns of words, such as category, region or tier: series that share them are alike."""
    import pandas as pd

    return [
        name
        for name in frame.columns
        if name not in {*KEYS, "y", "split", *features}
        and not pd.api.types.is_numeric_dtype(frame[name])
        and not pd.api.types.is_datetime64_any_dtype(frame[name])
    ]


def _index(frame: "pd.DataFrame") -> "pd.DatetimeIndex":
    import pandas as pd

    return pd.DatetimeIndex(frame["ds"])


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What was written of one series, in the order of its periods."""

    numbers: Ints
    values: Floats
    columns: Floats


def _series(uid: Hashable, rows: Rows, gaps: Gaps, labels: tuple[str, ...]) -> Series:
    notes: list[str] = []
    first = int(rows.numbers[0])
    line, plan = _on_grid(rows, notes)
    seen = np.zeros(len(line), dtype=np.bool_)
    seen[rows.numbers - first] = True
    known = np.flatnonzero(~np.isnan(line))
    inside = slice(int(known[0]), int(known[-1]) + 1)
    sold = clipped(line[inside], notes)
    told = with_silence(sold, seen[inside], gaps)
    values = tamed(filled(told, notes), notes)
    features = plan[inside] if plan.shape[1] else None
    return Series(uid, first + inside.start, values, told, tuple(notes), labels, features)


def _on_grid(rows: Rows, notes: list[str]) -> tuple[Floats, Floats]:
    """One row a period: sales and returns of one period are added, features averaged."""
    at = rows.numbers - rows.numbers[0]
    length = int(at[-1]) + 1
    if len(at) == length and (np.diff(at) == 1).all():
        return rows.values, rows.columns
    told = ~np.isnan(rows.values)
    if len(np.unique(at[told])) < told.sum():
        notes.append("netted")
    line = np.full(length, np.nan)
    line[at[told]] = 0.0
    np.add.at(line, at[told], rows.values[told])
    plan = [_means(at, column, length) for column in rows.columns.T]
    return line, np.stack(plan, axis=1) if plan else np.empty((length, 0))


def _means(at: Ints, column: Floats, length: int) -> Floats:
    told = ~np.isnan(column)
    sums = np.bincount(at[told], weights=column[told], minlength=length)
    counts = np.bincount(at[told], minlength=length)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def _check_spacing(frame: "pd.DataFrame", freq: str, gaps: Gaps) -> None:
    """Dates much nearer or, where nothing was said of gaps, much farther than the frequency were meant otherwise."""
    same = frame["unique_id"].eq(frame["unique_id"].shift())
    steps = np.diff(frame["period"].to_numpy(), prepend=0)[same.to_numpy()]
    apart = np.diff(frame["ds"].to_numpy(dtype="datetime64[ns]").astype(np.int64), prepend=0)[same.to_numpy()]
    crowded = float(((steps == 0) & (apart > 0)).mean()) if len(steps) else 0.0
    onward = steps[steps > 0]
    far = gaps == "auto" and len(onward) >= 3 and onward.min() >= COARSER
    if crowded > 0.5 or far:
        raise WrongFrequency(freq=freq, series=str(frame["unique_id"].iloc[0]))
