"""``qudao people``: who may speak with the desk, for the operator of the machine."""

import re
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import TypeVar

import click
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.common import run, settled
from core.actor import Actor, Role, system
from core.brand import service as brands
from core.clock import system_clock
from core.db import Database
from core.dealers import service as dealers
from core.people import factors, registry
from core.people import service as people
from core.people.registry import Card, NewPerson
from core.words import LOCALES

T = TypeVar("T")
Work = Callable[[AsyncSession, Actor, datetime], Awaitable[T]]
ROLES = click.Choice([str(role) for role in Role])
HANDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@click.group("people")
def command() -> None:
    """People, their accounts and authenticators."""


@command.command("list")
@click.argument("words", default="")
@click.option("--role", type=ROLES)
@click.option("--dealer", metavar="CODE", help="Only this dealer's.")
def list_(words: str, role: str | None, dealer: str | None) -> None:
    """List people; WORDS stand in the handle or the name."""

    async def work(session: AsyncSession, actor: Actor, _: datetime) -> list[str]:
        dealer_id = (await dealers.resolve(session, actor, dealer)).id if dealer else None
        wanted = Role(role) if role else None
        found = await registry.listed(session, words=words, role=wanted, dealer_id=dealer_id)
        return [f"{one.handle:<20}{one.role or '':<10}{one.name}{_ended(one.active_until)}" for one in found]

    click.echo("\n".join(_do(work)) or "Nobody.")


@command.command("show")
@click.argument("handle")
def show(handle: str) -> None:
    """Show HANDLE with their accounts and whether they have an authenticator."""

    async def work(session: AsyncSession, _: Actor, __: datetime) -> Card:
        return await registry.card(session, handle)

    shown = _do(work)
    person, factor = shown.person, shown.factor
    click.echo(f"{person.handle}  {person.name}  {person.role}  {person.language}{_ended(person.active_until)}")
    for one in shown.accounts:
        state = f"taken away {one.revoked_at:%Y-%m-%d}" if one.revoked_at else f"since {one.created_at:%Y-%m-%d}"
        click.echo(f"  {one.channel:<10}{one.account:<24.24}{state}")
    if factor is None:
        click.echo("  no authenticator")
    else:
        locked = f", locked since {factor.locked_at:%Y-%m-%d %H:%M} UTC" if factor.locked_at else ""
        click.echo(f"  authenticator since {factor.enrolled_at:%Y-%m-%d} by {factor.enrolled_by}{locked}")


@command.command("add")
@click.argument("handle")
@click.option("--name", required=True)
@click.option("--role", required=True, type=ROLES)
@click.option("--dealer", metavar="CODE", help="For an owner or a buyer.")
@click.option("--region", metavar="CODE", help="For a rep.")
@click.option("--language", type=click.Choice(list(LOCALES)), default="zh", show_default=True)
def add(handle: str, name: str, role: str, dealer: str | None, region: str | None, language: str) -> None:
    """Add HANDLE; `qudao invite HANDLE` lets them in."""
    if not HANDLE.fullmatch(handle):
        raise click.BadParameter("letters, digits, dots, dashes and underscores", param_hint="HANDLE")

    async def work(session: AsyncSession, actor: Actor, now: datetime) -> None:
        dealer_id = (await dealers.resolve(session, actor, dealer)).id if dealer else None
        region_id = await dealers.region_id(session, region) if region else None
        await registry.add(session, actor, NewPerson(handle, name, Role(role), language, dealer_id, region_id), now)

    _do(work)
    click.echo(f"{handle} added as {role}. `qudao invite {handle}` lets them in.")


@command.command("role")
@click.argument("handle")
@click.argument("role", type=ROLES)
def change_role(handle: str, role: str) -> None:
    """Give HANDLE another ROLE, from their next message on."""

    async def work(session: AsyncSession, actor: Actor, now: datetime) -> None:
        await registry.change_role(session, actor, handle, Role(role), now)

    _do(work)
    click.echo(f"{handle} is {role} now.")


@command.command("end")
@click.argument("handle")
@click.option("--from", "day", type=click.DateTime(["%Y-%m-%d"]), help="The first day without them; today when absent.")
def end(handle: str, day: datetime | None) -> None:
    """End HANDLE's access; from today on, their accounts and open invites end at once."""

    async def work(session: AsyncSession, actor: Actor, now: datetime) -> int:
        _, today = await brands.current_at(session, now)
        return await registry.end(session, actor, handle, day.date() if day else today, today, now)

    click.echo(f"{handle} ended; {_do(work)} accounts and invites taken away.")


@command.command("bind")
@click.argument("handle")
@click.argument("channel")
@click.argument("account")
def bind(handle: str, channel: str, account: str) -> None:
    """Let ACCOUNT of CHANNEL (such as a Telegram user id) speak for HANDLE, without an invite."""

    async def work(session: AsyncSession, actor: Actor, now: datetime) -> None:
        await people.bind(session, actor, channel, account, await registry.find(session, handle), now)

    _do(work)
    click.echo(f"{channel} {account} speaks for {handle}.")


@command.command("unbind")
@click.argument("handle")
@click.argument("channel")
@click.argument("account", default="")
def unbind(handle: str, channel: str, account: str) -> None:
    """Take an account of CHANNEL away from HANDLE; all of that channel where ACCOUNT is left out."""

    async def work(session: AsyncSession, actor: Actor, now: datetime) -> int:
        return await registry.unbind(session, actor, handle, channel, account, now)

    click.echo(f"{_do(work)} taken away.")


@command.command("second-factor")
@click.argument("handle")
@click.option("--unlock", is_flag=True, help="Let a locked one be tried again.")
@click.option("--remove", is_flag=True, help="Take it away.")
def second_factor(handle: str, unlock: bool, remove: bool) -> None:
    """Enrol an authenticator for HANDLE and print its otpauth URI, once; any they had before no longer counts."""
    key = settled().sealing_key

    async def work(session: AsyncSession, actor: Actor, now: datetime) -> str:
        person = await registry.find(session, handle)
        if unlock:
            await factors.unlock(session, actor, person, now)
            return f"{handle} may try again."
        if remove:
            await factors.remove(session, actor, person, now)
            return f"{handle} has no authenticator any more."
        brand, _ = await brands.current_at(session, now)
        return await factors.enrol(session, actor, person, now, key=key, issuer=brand.name_en)

    click.echo(_do(work))
    if not key and not (unlock or remove):
        click.echo("QUDAO_SECRET_KEY is not set: the secret lies in the database as it is.", err=True)


def _ended(day: date | None) -> str:
    return f"  (until {day})" if day else ""


def _do(work: Work[T]) -> T:
    return run(_within(work))


async def _within(work: Work[T]) -> T:
    """In one transaction, as the operator of the machine."""
    database = Database(settled().url)
    try:
        async with database.writes.begin() as session:
            return await work(session, system("cli"), system_clock())
    finally:
        await database.close()
