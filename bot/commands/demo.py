"""``qudao demo``: the demo brand."""

import time
from datetime import date, datetime

import click

from bot.commands.common import configured, run
from core import migrations
from core.clock import business_day, system_clock
from core.db import Database
from core.demo.build import build
from knowledge.demo import publish_demo_documents

ZONE = "Asia/Shanghai"


@click.command("demo")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day of trade; today when absent.")
@click.option("--seed", default=1, show_default=True)
def command(until: datetime | None, seed: int) -> None:
    """Fill an empty database with the demo brand; refuses one that holds a real brand."""
    last = until.date() if until else business_day(system_clock(), ZONE)
    run(_make(last, seed))


async def _make(until: date, seed: int) -> None:
    settings = configured()
    started = time.perf_counter()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    await migrations.upgrade(settings.url)
    database = Database(settings.url)
    try:
        await build(database, until=until, seed=seed, progress=lambda words: click.echo(f"  {words}"))
        await publish_demo_documents(database, progress=lambda words: click.echo(f"  {words}"))
    finally:
        await database.close()
    click.echo(f"The demo brand is ready ({time.perf_counter() - started:.1f} s).")
