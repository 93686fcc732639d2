"""The same lots on this processor, on Dask or on Ray, through Fugue."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from logging import ERROR
from typing import TYPE_CHECKING, Any, Literal

from core.forecasts.errors import EngineMissing
from core.forecasts.lots import SIZE, Lot, Work, from_text, lots_of, to_text, worked

if TYPE_CHECKING:
    import pandas as pd

Engine = Literal["local", "dask", "ray"]
Progress = Callable[[int, int], None]
FIELDS = ("number", "history", "plan", "weights")
LIBRARY: Mapping[str, str] = {"dask": "fugue_dask", "ray": "fugue_ray"}


def work_on(
    history: "pd.DataFrame",
    work: Work,
    *,
    plan: "pd.DataFrame | None" = None,
    weights: "pd.DataFrame | None" = None,
    engine: Engine = "local",
    address: str | None = None,
    workers: int = 2,
    size: int = SIZE,
    progress: Progress = lambda done, whole: None,
) -> "pd.DataFrame":
    """Forecasts or weights of all series, in the order of their names; ``address`` is that of a running cluster."""
    import pandas as pd

    lots = list(lots_of(history, plan, weights, size))
    if engine == "local":
        found = list(_here(lots, work, progress))
    else:
        with _cluster(engine, address, workers) as cluster:
            found = _away(lots, work, cluster, progress)
    whole = pd.concat(found, ignore_index=True)
    return whole.sort_values("unique_id", kind="stable", ignore_index=True)


def _here(lots: Iterable[Lot], work: Work, progress: Progress) -> "Iterator[pd.DataFrame]":
    lots = list(lots)
    for done, lot in enumerate(lots, 1):
        yield worked(lot, work)
        progress(done, len(lots))


def _away(lots: "list[Lot]", work: Work, cluster: Any, progress: Progress) -> "list[pd.DataFrame]":
    """A row a lot goes out, a row a lot comes back: nothing is shuffled."""
    import pandas as pd
    from fugue import api

    fa: Any = api

    rows = pd.DataFrame([(lot.number, lot.history, lot.plan, lot.weights) for lot in lots], columns=list(FIELDS))

    def one_lot(frame: pd.DataFrame) -> pd.DataFrame:
        done = [
            (number, to_text(worked(Lot(int(number), history, plan, weights), work)))
            for number, history, plan, weights in frame[list(FIELDS)].itertuples(index=False, name=None)
        ]
        return pd.DataFrame(done, columns=["number", "found"])

    back = fa.transform(
        rows,
        one_lot,
        schema="number:long,found:str",
        partition={"num": len(lots)},
        engine=cluster,
        as_local=True,
    )
    progress(len(lots), len(lots))
    return [from_text(found) for found in fa.as_pandas(back).sort_values("number")["found"]]


@contextmanager
def _cluster(engine: Engine, address: str | None, workers: int) -> Iterator[Any]:
    """A cluster that runs, or one on this machine that ends with the work."""
    if find_spec(LIBRARY[engine]) is None or find_spec(engine) is None:
        raise EngineMissing(engine=engine, extra=engine)
    if engine == "dask":
        with _dask(address, workers) as client:
            yield client
    else:
        with _ray(address, workers):
            yield "ray"


@contextmanager
def _dask(address: str | None, workers: int) -> Iterator[Any]:
    import distributed

    make: Any = distributed

    if address:
        with make.Client(address) as client:
            yield client
        return
    with (
        make.LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=ERROR
        ) as cluster,
        make.Client(cluster) as client,
    ):
        yield client


@contextmanager
def _ray(address: str | None, workers: int) -> Iterator[None]:
    """Few cores want the simple shuffle and few of its tasks; the default waits for more workers than there are."""
    os.environ.setdefault("RAY_DATA_DEFAULT_SHUFFLE_STRATEGY", "sort_shuffle_pull_based")
    import ray

    ray.init(address=address, num_cpus=None if address else workers, include_dashboard=False, log_to_driver=False)
    try:
        yield
    finally:
        ray.shutdown()
