"""``qudao orders advance``: moves orders along where Qudao is their master."""

import click

from bot.commands.common import clock_of, run, settled
from core.actor import system
from core.db import Database
from core.orders import service as orders
from core.orders.advancing import Detail
from core.orders.models import OrderState

ZONE = "Asia/Shanghai"


@click.group("orders")
def command() -> None:
    """Orders, for the operator."""


@command.command("advance")
@click.argument("number")
@click.argument("state", type=click.Choice([str(state) for state in OrderState]))
@click.option("--reason", default="", help="Why, for a rejection or a cancellation.")
@click.option("--today", metavar="DATE", help="The day that counts as today.")
def advance(number: str, state: str, reason: str, today: str | None) -> None:
    """Move order NUMBER to STATE; refused where the state machine has no such step."""
    run(_advance(number, state, reason, today))
    click.echo(f"{number}: {state}")


async def _advance(number: str, state: str, reason: str, today: str | None) -> None:
    database = Database(settled().url)
    now = clock_of(today, ZONE)()
    try:
        async with database.writes.begin() as session:
            await orders.advance(session, system("cli"), number, state, now, Detail(reason=reason or None))
    finally:
        await database.close()
