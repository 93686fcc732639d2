"""``qudao invite``: a one-time right to bind an account, or to sign in on the web page."""

from datetime import timedelta

import click

from bot.commands.common import run, settled
from bot.links import sign_in_link
from core.actor import system
from core.clock import system_clock
from core.db import Database
from core.people import service as people


@click.command("invite")
@click.argument("person")
@click.option("--hours", default=72, show_default=True, help="How long it can be used.")
def command(person: str, hours: int) -> None:
    """Make an invite for PERSON (a handle such as D001-buyer) and print its code and its sign-in link, once."""
    token = run(_invite(person, timedelta(hours=hours)))
    click.echo(f"Code: {token}\nLink: {sign_in_link(settled(), token)}")


async def _invite(person: str, ttl: timedelta) -> str:
    database = Database(settled().url)
    try:
        async with database.writes.begin() as session:
            return await people.invite(session, system("cli"), person, system_clock(), ttl)
    finally:
        await database.close()
