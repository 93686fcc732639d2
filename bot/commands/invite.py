"""``qudao invite``: a one-time right to bind an account, to sign in on the web page, or to begin on Telegram."""

import asyncio
from datetime import timedelta

import click

from bot.commands.common import run, settled
from bot.links import sign_in_link, telegram_link
from core.actor import system
from core.clock import system_clock
from core.db import Database
from core.people import service as people
from core.settings import Settings

PATIENCE_SECONDS = 5


@click.command("invite")
@click.argument("person")
@click.option("--hours", default=72, show_default=True, help="How long it can be used.")
def command(person: str, hours: int) -> None:
    """Make an invite for PERSON (a handle such as D001-buyer) and print its code and its links, once."""
    settings = settled()
    token = run(_invite(settings, person, timedelta(hours=hours)))
    click.echo(f"Code: {token}\nLink: {sign_in_link(settings, token)}")
    if settings.telegram_token is None:
        return
    username = asyncio.run(_bot_name(settings))
    if username:
        click.echo(f"Telegram: {telegram_link(username, token)}")
    else:
        click.echo("Telegram can't be reached, so its link isn't known: send /start CODE to the bot instead.", err=True)


async def _invite(settings: Settings, person: str, ttl: timedelta) -> str:
    database = Database(settings.url)
    try:
        async with database.writes.begin() as session:
            return await people.invite(session, system("cli"), person, system_clock(), ttl)
    finally:
        await database.close()


async def _bot_name(settings: Settings) -> str:
    """What Telegram calls the bot; empty where it doesn't answer."""
    from telegram.error import TelegramError

    from bot.channels.telegram.client import open_bot

    bot = open_bot(settings)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await bot.initialize()
            return bot.bot.username or ""
    except (TelegramError, TimeoutError):
        return ""
    finally:
        await bot.shutdown()
