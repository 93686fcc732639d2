"""Forecasts beside the usual methods, on any history in long form (``unique_id, ds, y``; Parquet or CSV).

    python -m benchmarks.forecast FILE --horizon H --season S [--future COLUMNS] [--freq MS] [--json]

Rows whose ``split`` is ``test`` are hidden; without that column, the last H periods of the calendar. Errors are of the
first H hidden periods, where something was written. ``--hide N`` drops the hidden rows and hides the N periods before
them instead, to develop on without seeing the test. AutoARIMA is slow: it is run on ``--sample`` series, with ours on
the same ones beside it.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.figures import Figure
from benchmarks.forecast_figures import REFERENCE, Column, figures
from benchmarks.forecast_naive2 import naive2
from core.errors import QudaoError
from core.forecasts import fit_weights, forecast
from core.forecasts.arrays import Floats, quietly
from core.forecasts.frames import Panel, read_history
from core.forecasts.members import run
from core.forecasts.periods import periods_of
from core.words import Catalogues

METHODS = (REFERENCE, "SeasonalNaive", "MA3", "MA12", "AutoETS", "AutoTheta")
SLOW = "AutoARIMA"
KEYS: Sequence[str] = ("unique_id", "ds")


@dataclass(frozen=True)
class Task:
    """A history, what came after it, and the plan known for it."""

    name: str
    train: pd.DataFrame
    test: pd.DataFrame
    plan: pd.DataFrame | None
    horizon: int
    season: int
    freq: str


def load(file: Path) -> pd.DataFrame:
    frame = pd.read_csv(file) if file.suffix == ".csv" else pd.read_parquet(file)
    frame["ds"] = pd.to_datetime(frame["ds"])
    return frame.sort_values(list(KEYS), kind="stable").reset_index(drop=True)


def task_of(file: Path, given: argparse.Namespace) -> Task:
    """Cut by ``split``, or by the calendar; a series that has nothing before the cut is left out."""
    frame = load(file)
    periods = periods_of(given.freq, pd.DatetimeIndex(frame["ds"]))
    frame["period"] = periods.numbers(pd.DatetimeIndex(frame["ds"]))
    hidden = frame["split"].eq("test") if "split" in frame else frame["period"] > frame["period"].max() - given.horizon
    if given.hide:
        frame = frame[~hidden]
        ends = frame.groupby("unique_id")["period"].transform("max") if "split" in frame else frame["period"].max()
        hidden = frame["period"] > ends - given.hide
    train, test = frame[~hidden & frame["y"].notna()], frame[hidden]
    last = train.groupby("unique_id")["period"].max()
    ahead = test["period"] - test["unique_id"].map(last)
    test = test[(ahead >= 1) & (ahead <= given.horizon)]
    columns = [name for name in given.future.split(",") if name]
    plan = _plan(frame, last, columns, given.horizon, given.freq) if columns else None
    kept = [*KEYS, "y"]
    test = test[test["y"].notna()][kept]
    return Task(file.stem, train[kept + columns], test, plan, given.horizon, given.season, given.freq)


def _plan(frame: pd.DataFrame, last: "pd.Series[int]", columns: Sequence[str], horizon: int, freq: str) -> pd.DataFrame:
    """The columns for each period of the horizon; where the file has no row, as in the period before."""
    grid = pd.DataFrame(
        [(uid, end + step) for uid, end in last.items() for step in range(horizon + 1)], columns=["unique_id", "period"]
    )
    told = frame[["unique_id", "period", *columns]].groupby(["unique_id", "period"], as_index=False).mean()
    plan = grid.merge(told, how="left", on=["unique_id", "period"])
    plan[list(columns)] = plan.groupby("unique_id")[list(columns)].ffill()
    periods = periods_of(freq, pd.DatetimeIndex(frame["ds"]))
    return plan.assign(ds=periods.dates(plan["period"].to_numpy())).drop(columns="period")


def columns_of(task: Task, methods: Sequence[str], *, lstm: bool) -> Iterator[Column]:
    """Ours with cross-validation, with the network where asked, with kept weights (warm), without the plan, and each
    method.
    """
    series = task.train["unique_id"].nunique()
    told = task.train[[*KEYS, "y"]]
    forecast(told[told["unique_id"] == told["unique_id"].iloc[0]], 1, freq=task.freq)  # pays the imports
    started = time.process_time()
    own = forecast(task.train, task.horizon, future=task.plan, freq=task.freq, season=task.season)
    yield Column("qudao", own, _each(started, series))
    if lstm:
        started = time.process_time()
        networked = forecast(task.train, task.horizon, future=task.plan, freq=task.freq, season=task.season, lstm=True)
        yield Column("qudao with lstm", networked, _each(started, series))
    features = [name for name in task.train.columns if name not in told.columns]
    weights = fit_weights(task.train, features=features, freq=task.freq, season=task.season)
    started = time.process_time()
    forecast(task.train, task.horizon, future=task.plan, weights=weights, freq=task.freq, season=task.season)
    yield Column("qudao, kept weights", None, _each(started, series))
    if task.plan is not None:
        started = time.process_time()
        yield Column(
            "qudao without plan",
            forecast(told, task.horizon, freq=task.freq, season=task.season),
            _each(started, series),
        )
    for method in methods:
        started = time.process_time()
        yield Column(method, alone(task, method), _each(started, series))


def _each(started: float, series: int) -> float:
    return 1000 * (time.process_time() - started) / series


def alone(task: Task, method: str) -> pd.DataFrame:
    """One method on the same clean series, without intervals."""
    with quietly():
        panel: Panel = read_history(task.train[[*KEYS, "y"]], task.freq)
        means = [_said(method, each.values, task.horizon, task.season) for each in panel.series]
    numbers = np.concatenate([each.last + 1 + np.arange(task.horizon) for each in panel.series])
    names = np.repeat([each.uid for each in panel.series], task.horizon)
    return pd.DataFrame({"unique_id": names, "ds": panel.periods.dates(numbers), "mean": np.concatenate(means)})


def _said(method: str, values: Floats, steps: int, season: int) -> Floats:
    return naive2(values, steps, season) if method == REFERENCE else run([method], values, steps, season)[method]


def sampled(task: Task, count: int) -> Task:
    """Every so many-th series."""
    names = task.train["unique_id"].unique()
    some = set(names[:: max(1, len(names) // count)][:count])
    plan = task.plan
    return replace(
        task,
        name=f"{task.name}, sample",
        train=task.train[task.train["unique_id"].isin(some)],
        test=task.test[task.test["unique_id"].isin(some)],
        plan=None if plan is None else plan[plan["unique_id"].isin(some)],
    )


def main() -> int:
    given = _arguments()
    try:
        task = task_of(given.file, given)
        own = list(columns_of(task, METHODS, lstm=given.lstm))
        found = figures(task.name, task.train, task.test, task.season, own)
        if given.sample:
            few = sampled(task, given.sample)
            names = set(few.train["unique_id"])
            same = [each.of(names) for each in own if each.frame is not None]
            slow = Column(SLOW, alone(few, SLOW), 0.0)
            found += figures(few.name, few.train, few.test, few.season, [*same, slow])
    except QudaoError as error:
        print(Catalogues().words("en").error(error), file=sys.stderr)
        return 1
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        print(table(found))
    return 0


def table(found: Sequence[Figure]) -> str:
    frame = pd.DataFrame(found).pivot_table(
        index=["dataset", "method"], columns="metric", values="value", sort=False, dropna=False
    )
    return frame.dropna(how="all").to_string(float_format=lambda value: f"{value:.3f}", na_rep="")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.forecast", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("file", type=Path, help="Parquet or CSV: unique_id, ds, y, perhaps split and columns of a plan")
    parser.add_argument("--horizon", type=int, required=True, help="periods ahead")
    parser.add_argument("--season", type=int, required=True, help="periods in a season")
    parser.add_argument("--future", default="", help="columns that are known ahead, comma-separated")
    parser.add_argument("--freq", default="MS", help="as pandas calls it (default: MS)")
    parser.add_argument("--hide", type=int, default=0, help="measure on so many periods before the test instead")
    parser.add_argument("--sample", type=int, default=100, help="series for AutoARIMA (default: 100; 0 for none)")
    parser.add_argument("--lstm", action="store_true", help="ours with a network that learns from all series, too")
    parser.add_argument("--json", action="store_true", help="for machines")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
