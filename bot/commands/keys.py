"""``qudao keys``: keys for programs that speak for a person, or for a service of the brand's own."""

from datetime import datetime, timedelta

import click

from bot.commands.common import run, settled
from core.actor import system
from core.clock import system_clock
from core.db import Database
from core.keys import service as keys
from core.keys.models import AccessKey
from core.keys.scopes import FOR_PEOPLE, FOR_SERVICES, Scope
from core.keys.service import NewKey


@click.group("keys")
def command() -> None:
    """Keys for programs: REST, the OpenAI protocol, MCP."""


@command.command("new")
@click.argument("person", required=False)
@click.option("--service", metavar="NAME", help="A key of a program of the brand's own, which speaks for nobody.")
@click.option("--scope", "scopes", multiple=True, type=click.Choice([str(scope) for scope in Scope]),
              help="What it may be used for, several times; a person's key is for everything when absent.")  # fmt: skip
@click.option("--name", default="", help="What it is for, for the list.")
@click.option("--days", type=click.IntRange(1, 3650), help="After how many days it ends; never when absent.")
def new(person: str | None, service: str | None, scopes: tuple[str, ...], name: str, days: int | None) -> None:
    """Make a key that acts as PERSON (a handle such as D001-buyer) and print it, once.

    A service's key reads what its scopes name, of the whole brand, and can't propose, confirm or speak.
    """
    if (person is None) == (service is None):
        raise click.UsageError("name a PERSON, or a program with --service NAME")
    if service is not None and not scopes:
        raise click.UsageError(f"say with --scope what {service} may do: {', '.join(sorted(FOR_SERVICES))}")
    chosen = frozenset(Scope(scope) for scope in scopes) or FOR_PEOPLE
    token = run(_new(service or name or str(person), person, chosen, timedelta(days=days) if days else None))
    click.echo(token)
    click.echo("It is shown this once. Send it as: Authorization: Bearer KEY", err=True)


async def _new(name: str, person: str | None, scopes: frozenset[Scope], lasts: timedelta | None) -> str:
    now = system_clock()
    database = Database(settled().url)
    try:
        async with database.writes.begin() as session:
            wanted = NewKey(name, person, scopes, now + lasts if lasts else None)
            return await keys.make(session, system("cli"), wanted, now)
    finally:
        await database.close()


@command.command("list")
def list_() -> None:
    """List keys by their first letters: whose, their name, until when, when last used, and for what."""
    for line in run(_lines()):
        click.echo(line)


async def _lines() -> list[str]:
    now = system_clock()
    database = Database(settled().url)
    try:
        async with database.reads() as session:
            rows = await keys.listed(session)
    finally:
        await database.close()
    return [_line(key, handle, now) for key, handle in rows]


def _line(key: AccessKey, handle: str | None, now: datetime) -> str:
    state = "revoked" if key.revoked_at else "ended" if key.expires_at and key.expires_at <= now else "alive"
    until = f"until {key.expires_at:%Y-%m-%d}" if key.expires_at else "no end"
    used = f"used {key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never used"
    whose = handle or "service"
    return f"qd_{key.prefix}  {state:<8}{whose:<16}{key.name:<20}  {until:<18}{used:<23}{' '.join(key.scopes)}"


@command.command("revoke")
@click.argument("key")
def revoke(key: str) -> None:
    """End KEY, named by its first letters (qd_…), from its next request on."""
    run(_revoke(key))
    click.echo("Revoked.")


async def _revoke(prefix: str) -> None:
    database = Database(settled().url)
    try:
        async with database.writes.begin() as session:
            await keys.revoke(session, system("cli"), prefix, system_clock())
    finally:
        await database.close()
