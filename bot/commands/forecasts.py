"""``qudao forecasts refresh``: computes and stores what a server does by night."""

from datetime import date

import click

from bot.commands.common import clock_of, run, settled
from core.brand import service as brands
from core.db import Database
from core.forecasts import running
from core.forecasts.foreseeing import nightly

ZONE = "Asia/Shanghai"


@click.group("forecasts")
def command() -> None:
    """Forecasts of demand, for the operator."""


@command.command("refresh")
@click.option("--again", is_flag=True, help="Also where the day's run is done already.")
@click.option("--today", metavar="DATE", help="The day that counts as today.")
def refresh(again: bool, today: str | None) -> None:
    """Forecast every product of every dealer and region, and store it; the first run also replays six months."""
    stored = run(_refresh(again=again, today=today))
    click.echo("Done before, today; --again does it once more." if stored is None else f"Stored {stored} forecasts.")


async def _refresh(*, again: bool, today: str | None) -> int | None:
    database = Database(settled().url)
    now = clock_of(today, ZONE)()
    try:
        async with database.reads() as session:
            _, day = await brands.current_at(session, now)
        return await running.refresh(database, day, now, engine=nightly(), again=again, tell=_tell)
    finally:
        await database.close()


def _tell(start: date, done: int, whole: int) -> None:
    """On the error stream, where it is in nobody's way."""
    click.echo(f"Forecasting from {start:%Y-%m} on, {done + 1} of {whole} …", err=True)
