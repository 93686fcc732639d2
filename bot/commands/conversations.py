"""``qudao conversations``: what was said, for the operator; erased people's words are shut."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import click
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.common import run, settled
from core.brand import service as brands
from core.clock import at_local, system_clock
from core.conversations import records
from core.conversations.records import Entry, Wanted
from core.db import Database

T = TypeVar("T")
LINE = 100
MIDNIGHT = datetime.min.time()


@click.group("conversations")
def command() -> None:
    """Conversations, for the operator: search, show, export."""


def _narrowing(function: Callable[..., None]) -> Callable[..., None]:
    """The options that say which messages."""
    for option in (
        click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Up to this day."),
        click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="From this day on."),
        click.option("--channel", help="Only this channel, such as web, telegram or api."),
        click.option("--person", metavar="HANDLE", help="Only with this person."),
    ):
        function = option(function)
    return function


@command.command("search")
@click.argument("words")
@_narrowing
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
def search(words: str, limit: int, as_json: bool, **narrowed: Any) -> None:
    """Find messages with WORDS in them, the newest first."""

    async def found(session: AsyncSession) -> list[Entry]:
        return await records.search(session, await _wanted(session, words, **narrowed), limit)

    for entry in run(_read(found)):
        click.echo(json.dumps(entry.as_json(), ensure_ascii=False) if as_json else _line(entry))


@command.command("show")
@click.argument("conversation", type=click.UUID)
@click.option("--limit", default=40, show_default=True, type=click.IntRange(1, 10_000), help="The last messages.")
def show(conversation: UUID, limit: int) -> None:
    """Show what was said in CONVERSATION, with the tools that were called."""

    async def found(session: AsyncSession) -> list[Entry]:
        return await records.show(session, conversation, limit)

    for entry in run(_read(found)):
        click.echo(f"{entry.at:%Y-%m-%d %H:%M}  {'desk' if entry.by_desk else entry.person}")
        for call in entry.calls:
            click.echo(f"    {call['name']} {json.dumps(call['args'], ensure_ascii=False)}")
        click.echo("\n".join(f"    {line}" for line in entry.text.split("\n")))


@command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_narrowing
def export(file: Path, **narrowed: Any) -> None:
    """Write messages to FILE, a JSON object a line, oldest first."""

    async def written(session: AsyncSession) -> int:
        count = 0
        with file.open("w", encoding="utf-8") as out:
            async for entry in records.export(session, await _wanted(session, "", **narrowed)):
                out.write(json.dumps(entry.as_json(), ensure_ascii=False) + "\n")
                count += 1
        return count

    click.echo(f"{run(_read(written))} messages in {file}.")


async def _read(work: Callable[[AsyncSession], Awaitable[T]]) -> T:
    database = Database(settled().url)
    try:
        async with database.reads() as session:
            return await work(session)
    finally:
        await database.close()


async def _wanted(
    session: AsyncSession,
    words: str,
    person: str | None,
    channel: str | None,
    since: datetime | None,
    until: datetime | None,
) -> Wanted:
    """Days are the brand's."""
    brand, _ = await brands.current_at(session, system_clock())
    start = at_local(since.date(), MIDNIGHT, brand.zone) if since else None
    end = at_local(until.date() + timedelta(days=1), MIDNIGHT, brand.zone) if until else None
    return Wanted(words, person, channel, None, start, end)


def _line(entry: Entry) -> str:
    text = " ".join(entry.text.split())
    who = "desk" if entry.by_desk else entry.person
    shown = text if len(text) <= LINE else text[:LINE] + "…"
    return f"{entry.conversation}  {entry.at:%Y-%m-%d %H:%M}  {entry.channel:<9}{who:<14}{shown}"
