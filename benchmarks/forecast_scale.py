"""Many series on one engine: how long, how much memory, and whether what comes back is what this processor gives.

    python -m benchmarks.forecast_scale --series N --engine dask [--weights cached|cv] [--workers 2] [--json]

Monthly series are made from a seed: of two to six years, seasonal, growing, uneven, one in five mostly zeros. With
``cached`` the weights of the first 2,000 are fitted before the clock starts, and every further series is given those of
its twin among them, which has its length and kind. ``--sample`` series are forecast again on this processor, in the
lots that the engine had them in. Memory is the largest sum over this process and all that it began, sampled twice a
second.
"""

import argparse
import json
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.figures import Figure
from core.forecasts.arrays import Floats
from core.forecasts.engine import Asked
from core.forecasts.engines import work_on
from core.forecasts.lots import SIZE, Work, lots_of, worked

TWINS = 2_000
HORIZON = 3
END = pd.Period("2026-10", freq="M")
PAGE = 4_096


def one_series(number: int, seed: int) -> Floats:
    """Its length and kind are those of its twin; its course is its own."""
    kind = np.random.default_rng((seed, number % TWINS))
    length, sparse = int(kind.integers(24, 73)), kind.random() < 0.2
    own = np.random.default_rng((seed, number, 1))
    at = np.arange(length)
    season = 1 + own.uniform(0, 0.4) * np.sin(2 * np.pi * (at + own.integers(12)) / 12)
    level = own.lognormal(5, 1) * (1 + own.normal(0, 0.01)) ** at
    sold = level * season * own.lognormal(0, 0.2, length)
    return np.asarray(np.round(sold * (own.random(length) < 0.4) if sparse else sold), dtype=np.float64)


def synthetic(count: int, seed: int) -> pd.DataFrame:
    values = [one_series(number, seed) for number in range(count)]
    lengths = np.array([len(each) for each in values])
    months = pd.period_range(end=END, periods=int(lengths.max()), freq="M").to_timestamp().to_numpy()
    return pd.DataFrame(
        {
            "unique_id": np.repeat([name(number) for number in range(count)], lengths),
            "ds": np.concatenate([months[-length:] for length in lengths]),
            "y": np.concatenate(values),
        }
    )


def name(number: int) -> str:
    return f"s{number:07d}"


def of_twins(weights: pd.DataFrame, count: int) -> pd.DataFrame:
    """The weights of the first series, given to all of their kind."""
    number = weights["unique_id"].str[1:].astype(int)
    copies = [
        weights[own].assign(unique_id=[name(at) for at in number[own] + start])
        for start in range(0, count, TWINS)
        if (own := number + start < count).any()
    ]
    return pd.concat(copies, ignore_index=True)


@contextmanager
def memory() -> Iterator[list[float]]:
    """The most that this process and all below it held at once, in megabytes, once it has ended."""
    most, ended = [0.0], threading.Event()

    def look() -> None:
        while not ended.wait(0.5):
            most[0] = max(most[0], _held() / 1e6)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        ended.set()
        watcher.join()


def _held() -> int:
    """Resident bytes of this process and its descendants."""
    parents: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            sizes[int(folder.name)] = int((folder / "statm").read_text().split()[1]) * PAGE
        except (OSError, IndexError):
            continue
        parents.setdefault(parent, []).append(int(folder.name))
    total, waiting = 0, [int(Path("/proc/self").resolve().name)]
    while waiting:
        process = waiting.pop()
        total += sizes.get(process, 0)
        waiting += parents.get(process, [])
    return total


def furthest(found: pd.DataFrame, history: pd.DataFrame, weights: pd.DataFrame | None, sample: int) -> float:
    """The largest relative difference of any number from the same lots on this processor."""
    off, seen = 0.0, 0
    for lot in lots_of(history, None, weights, SIZE):
        here = worked(lot, Work(Asked(), HORIZON))
        there = found[found["unique_id"].isin(set(here["unique_id"]))].reset_index(drop=True)
        here = here.sort_values("unique_id", kind="stable", ignore_index=True)
        numbers = [column for column in here if str(column).startswith(("mean", "lo-", "hi-"))]
        pd.testing.assert_frame_equal(here.drop(columns=numbers), there.drop(columns=numbers))
        one, other = here[numbers].to_numpy(), there[numbers].to_numpy()
        off = max(off, float((np.abs(one - other) / np.maximum(np.abs(one), 1.0)).max()))
        seen += here["unique_id"].nunique()
        if seen >= sample:
            break
    return off


def measured(given: argparse.Namespace) -> list[Figure]:
    history = synthetic(given.series, given.seed)
    weights = None
    if given.weights == "cached":
        twins = history[history["unique_id"] < name(TWINS)]
        weights = of_twins(work_on(twins, Work(Asked(), None)), given.series)
    begun = time.perf_counter()
    with memory() as most:
        found = work_on(history, Work(Asked(), HORIZON), weights=weights, engine=given.engine, workers=given.workers)
    seconds = time.perf_counter() - begun
    values = {
        "seconds": seconds,
        "ms a series": 1000 * seconds / given.series,
        "memory MB": most[0],
        "rows": float(len(found)),
    }
    if given.sample:
        values["furthest from local"] = furthest(found, history, weights, given.sample)
    dataset, method = f"{given.series} series", f"{given.engine}, {given.weights}"
    return [Figure(dataset=dataset, method=method, metric=metric, value=value) for metric, value in values.items()]


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, required=True)
    parser.add_argument("--engine", choices=["local", "dask", "ray"], default="dask")
    parser.add_argument("--weights", choices=["cached", "cv"], default="cached")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--sample", type=int, default=2_000, help="series forecast again here (default: 2000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(given)
    found = measured(asked)
    print(json.dumps(found) if asked.json else "\n".join(f"{one['metric']:22}{one['value']:14,.3f}" for one in found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
