"""``qudao webhooks``: who is told of events by HTTP."""

import sys
from uuid import UUID

import click

from bot.app import open_desk
from bot.commands.common import run, settled
from bot.webhooks import Sender
from core.actor import system
from core.clock import system_clock
from core.db import Database
from core.webhooks import service as webhooks
from core.webhooks.service import NewWebhook


@click.group("webhooks")
def command() -> None:
    """Receivers of events: signed, tried again, given up where nobody answers."""


@command.command("new")
@click.argument("name")
@click.argument("url")
@click.option(
    "--kind", "kinds", multiple=True, required=True, metavar="KIND",
    help="order.placed, order.*, invoice.*, proposal.*, document.*, handoff.* or *; several times.",
)  # fmt: skip
@click.option("--dealer", metavar="CODE", help="Only what is about this dealer.")
def new(name: str, url: str, kinds: tuple[str, ...], dealer: str | None) -> None:
    """Tell URL (https, or this machine) of events from now on; prints the secret that signs, once."""
    click.echo(run(_new(NewWebhook(name[:64], url, kinds, dealer))))
    click.echo("It is shown this once; the receiver checks signatures with it.", err=True)
    if not settled().sealing_key:
        click.echo("QUDAO_SECRET_KEY is not set: the secret lies in the database as it is.", err=True)


async def _new(wanted: NewWebhook) -> str:
    settings = settled()
    database = Database(settings.url)
    try:
        async with database.writes.begin() as session:
            return await webhooks.make(session, system("cli"), wanted, system_clock(), key=settings.sealing_key)
    finally:
        await database.close()


@command.command("list")
@click.argument("name", required=False)
def list_(name: str | None) -> None:
    """List receivers and how their deliveries stand; with NAME, the deliveries of one that are in trouble."""
    for line in run(_troubled(name) if name else _lines()):
        click.echo(line)


async def _lines() -> list[str]:
    database = Database(settled().url)
    try:
        async with database.reads() as session:
            standings = await webhooks.standings(session)
    finally:
        await database.close()
    return [
        f"{one.webhook.name:<20}{'ended' if one.webhook.ended_at else 'alive':<8}{' '.join(one.webhook.kinds):<24}"
        f"{one.delivered} delivered, {one.waiting} waiting, {one.given_up} given up  {one.webhook.url}"
        + (f"  last problem: {one.problem}" if one.problem else "")
        for one in standings
    ]


async def _troubled(name: str) -> list[str]:
    database = Database(settled().url)
    try:
        async with database.reads() as session:
            rows = await webhooks.troubled(session, name)
    finally:
        await database.close()
    return [
        f"{row.id}  {row.state:<10}{row.payload['type']:<20}{row.attempts} tries  {row.problem or ''}" for row in rows
    ]


@command.command("end")
@click.argument("name")
def end(name: str) -> None:
    """Stop telling NAME; what still waits for it is given up."""
    run(_end(name))
    click.echo("Ended.")


async def _end(name: str) -> None:
    database = Database(settled().url)
    try:
        async with database.writes.begin() as session:
            await webhooks.end(session, system("cli"), name, system_clock())
    finally:
        await database.close()


@command.command("test")
@click.argument("name")
def test(name: str) -> None:
    """Send NAME a ping now and say how it went; exits with 1 where it wasn't taken."""
    problem = run(_test(name))
    click.echo(f"Not taken: {problem}" if problem else "Taken.")
    sys.exit(1 if problem else 0)


async def _test(name: str) -> str:
    async with open_desk(settled()) as desk:
        return await Sender(desk).test(name)


@command.command("redeliver")
@click.argument("name")
@click.argument("delivery", required=False, type=click.UUID)
def redeliver(name: str, delivery: UUID | None) -> None:
    """Send DELIVERY again, or all that were given up for NAME; the running desk does it within seconds."""
    click.echo(f"{run(_redeliver(name, delivery))} to be sent again.")


async def _redeliver(name: str, delivery: UUID | None) -> int:
    database = Database(settled().url)
    try:
        async with database.writes.begin() as session:
            return await webhooks.redeliver(session, system("cli"), name, delivery, system_clock())
    finally:
        await database.close()
