"""``qudao demo``: the demo brand."""

import time
from datetime import date, datetime

import click

from bot.commands.common import configured, run
from core import migrations
from core.clock import business_day, system_clock
from core.db import Database
from core.demo.build import DemoSummary, build
from core.errors import Refused
from knowledge.demo import publish_demo_documents

ZONE = "Asia/Shanghai"


@click.command("demo")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day of trade; today when absent.")
@click.option("--seed", type=int, help="Another demo of the same shape; 1 when absent.")
def command(until: datetime | None, seed: int | None) -> None:
    """Fill an empty database with the demo brand; refuses one that holds a real brand, or another demo."""
    run(_make(until.date() if until else None, seed))


async def _make(until: date | None, seed: int | None) -> None:
    settings = configured()
    started = time.perf_counter()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    await migrations.upgrade(settings.url)
    database = Database(settings.url)
    try:
        last = until or business_day(system_clock(), ZONE)
        made = await build(database, until=last, seed=1 if seed is None else seed, progress=_say)
        _check(made, until, seed)
        await publish_demo_documents(database, progress=_say)
    finally:
        await database.close()
    if made.built:
        click.echo(f"The demo brand is ready ({time.perf_counter() - started:.1f} s).")
    else:
        click.echo(
            f"The demo brand{f' up to {made.until}' if made.until else ''} is there already; it was left as it is."
        )


def _check(made: DemoSummary, until: date | None, seed: int | None) -> None:
    """Refused where another demo was asked for than the one that is there."""
    if made.until is None or made.built:
        return
    if until not in {None, made.until} or seed not in {None, made.seed}:
        raise Refused("demo.another", until=str(made.until), seed=str(made.seed))


def _say(words: str) -> None:
    click.echo(f"  {words}")
