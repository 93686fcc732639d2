"""``qudao outbox``: what waits to be sent, what failed and why, for the operator."""

from collections.abc import Sequence

import click

from bot.commands.common import run, settled
from core.actor import system
from core.clock import system_clock
from core.db import Database
from core.inbox import service as inbox
from core.inbox.models import Outbound
from core.replies import Reply

SHOWN = 60


@click.group("outbox")
def command() -> None:
    """Messages on their way out. The web page and the terminal fetch theirs, so nothing of those waits here."""


@command.command("list")
@click.option("--failed", is_flag=True, help="What was given up, instead of what still waits.")
@click.option("--channel", help="Only this channel's.")
def list_(failed: bool, channel: str | None) -> None:
    """List what waits, or what was given up: id, channel, chat, tries, next try, why, and how it begins."""
    found = run(_stuck(failed, channel))
    for one in found:
        begins = Reply.from_json(one.payload["reply"]).plain().replace("\n", " ")[:SHOWN]
        due = "" if failed else f"  next {one.next_try_at:%Y-%m-%d %H:%M:%S}" if one.next_try_at else "  due"
        click.echo(f"{one.id}  {one.channel} {one.chat}  tries {one.attempts}{due}")
        click.echo(f"    {one.error or 'not tried yet'}\n    {begins}")
    if not found:
        click.echo("Nothing was given up." if failed else "Nothing waits.")


@command.command("retry")
@click.argument("ids", nargs=-1, type=int)
@click.option("--failed", is_flag=True, help="Everything that was given up.")
def retry(ids: tuple[int, ...], failed: bool) -> None:
    """Try messages again at once, by their IDS; the running desk sends them within a second or so."""
    if not ids and not failed:
        raise click.UsageError("name messages, or say --failed")
    click.echo(f"{run(_retry(ids, failed))} to be tried again.")


@command.command("drop")
@click.argument("ids", nargs=-1, type=int, required=True)
def drop(ids: tuple[int, ...]) -> None:
    """Give messages up for good, by their IDS; they stay in the conversation's record."""
    click.echo(f"{run(_drop(ids))} dropped.")


async def _stuck(failed: bool, channel: str | None) -> Sequence[Outbound]:
    database = Database(settled().url)
    try:
        async with database.reads() as session:
            return await inbox.stuck(session, given_up=failed, channel=channel)
    finally:
        await database.close()


async def _retry(ids: Sequence[int], failed: bool) -> int:
    database = Database(settled().url)
    try:
        async with database.writes.begin() as session:
            given_up = [one.id for one in await inbox.stuck(session, given_up=True)] if failed else []
            number = await inbox.retry(session, system("cli"), [*ids, *given_up], system_clock())
            return number if failed else _checked(number, ids)
    finally:
        await database.close()


async def _drop(ids: Sequence[int]) -> int:
    database = Database(settled().url)
    try:
        async with database.writes.begin() as session:
            return _checked(await inbox.drop(session, system("cli"), ids, system_clock()), ids)
    finally:
        await database.close()


def _checked(number: int, ids: Sequence[int]) -> int:
    """Raised within the transaction, so that nothing is done where a message was named that there isn't."""
    if number < len(set(ids)):
        named = ", ".join(map(str, sorted(set(ids))))
        few = f"Of messages {named} only {number} are" if number else f"Message {named} isn't"
        raise click.ClickException(
            f"{few} in the outbox and not sent or dropped yet; nothing was changed. "
            "`qudao outbox list` shows what waits, with --failed what was given up."
        )
    return number
