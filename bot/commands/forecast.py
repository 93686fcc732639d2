"""``qudao forecast``: the next periods of every series in a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.commands.common import refuse
from core.errors import QudaoError
from core.forecasts.errors import UnknownFile

if TYPE_CHECKING:
    import pandas as pd

    from core.forecasts.lots import Work

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, path_type=Path)


@click.command("forecast")
@click.argument("file", type=FILE)
@click.option("--out", type=NEW, required=True, help="Where to, as Parquet or CSV.")
@click.option("--horizon", type=int, required=True, help="So many periods ahead.")
@click.option("--freq", default="MS", show_default=True, help="How far apart periods are, as pandas calls it.")
@click.option("--season", type=int, help="Periods in a season; that of the frequency when absent.")
@click.option("--plan", type=FILE, help="What is known ahead: unique_id, ds and columns of numbers.")
@click.option("--holidays", metavar="COUNTRY", help="Take a country's holidays (such as CN) as known ahead.")
@click.option("--weights", type=FILE, help="Weights kept from an earlier run: nothing is cross-validated.")
@click.option("--keep-weights", type=NEW, help="Fit weights first and keep them here.")
@click.option("--engine", type=click.Choice(["local", "dask", "ray"]), default="local", show_default=True)
@click.option("--address", help="The scheduler of a running cluster; without it one is begun on this machine.")
@click.option("--workers", type=click.IntRange(1, 256), default=2, show_default=True, help="Of a cluster begun here.")
@click.option("--lot", type=click.IntRange(1), default=2_000, show_default=True, help="Series worked on at once.")
@click.option("--lstm", is_flag=True, help="With a network that learns from each lot (qudao[lstm]), where it helps.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the trees that learn a plan's effect.")
def command(file: Path, out: Path, **given: Any) -> None:
    """Forecast every series of FILE (Parquet or CSV: unique_id, ds, y, and the columns of a plan)."""
    try:
        _check_kind(out)
        found = _forecast(read(file), given)
        write(found, out)
    except QudaoError as error:
        refuse(error)
    click.echo(f"{found['unique_id'].nunique()} series, {len(found)} rows: {out}")


def read(file: Path) -> "pd.DataFrame":
    """A table of either kind."""
    import pandas as pd

    _check_kind(file)
    return pd.read_csv(file) if file.suffix == ".csv" else pd.read_parquet(file)


def write(frame: "pd.DataFrame", file: Path) -> None:
    """A table of the kind that the name says."""
    if file.suffix == ".csv":
        frame.to_csv(file, index=False)
    else:
        frame.to_parquet(file, index=False)


def _check_kind(file: Path) -> None:
    if file.suffix not in {".csv", ".parquet"}:
        raise UnknownFile(name=file.name)


def _forecast(history: "pd.DataFrame", given: dict[str, Any]) -> "pd.DataFrame":
    from core.forecasts.asking import check
    from core.forecasts.engine import Asked
    from core.forecasts.holidays import with_calendar
    from core.forecasts.lots import Work
    from core.forecasts.plans import planned_columns

    check(given["horizon"], ())
    plan = read(given["plan"]) if given["plan"] else None
    if given["holidays"]:
        history, plan = with_calendar(history, plan, given["horizon"], given["freq"], given["holidays"])
    asked = Asked(given["freq"], given["season"], seed=given["seed"], lstm=given["lstm"])
    weights = read(given["weights"]) if given["weights"] else None
    if given["keep_weights"]:
        weights = _work(history, Work(asked, None, planned_columns(history, plan)), given, what="weights")
        write(weights, given["keep_weights"])
    return _work(history, Work(asked, given["horizon"]), given, plan, weights)


def _work(
    history: "pd.DataFrame",
    work: "Work",
    given: dict[str, Any],
    plan: "pd.DataFrame | None" = None,
    weights: "pd.DataFrame | None" = None,
    what: str = "forecasts",
) -> "pd.DataFrame":
    from core.forecasts.engines import work_on

    return work_on(
        history,
        work,
        plan=plan,
        weights=weights,
        engine=given["engine"],
        address=given["address"],
        workers=given["workers"],
        size=given["lot"],
        progress=lambda done, whole: click.echo(f"  {what}: lot {done} of {whole}", err=True),
    )
