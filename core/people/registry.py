"""People as an operator keeps them: found, added, changed, ended, and the accounts that speak for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Permission, Role
from core.errors import BadInput, NotFound, NotPermitted
from core.events.service import record
from core.people.actors import DEALER_ROLES, REGION_ROLES
from core.people.factors import factor_of
from core.people.invites import revoke
from core.people.models import Factor, Identity, Person


@dataclass(frozen=True, slots=True)
class Card:
    """A person with the accounts that speak for them and their authenticator."""

    person: Person
    accounts: Sequence[Identity]
    factor: Factor | None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What has to be known of somebody new; a dealer's roles need a dealer, a rep a region."""

    handle: str
    name: str
    role: Role
    language: str = "zh"
    dealer_id: int | None = None
    region_id: int | None = None
    phone: str | None = None


async def find(session: AsyncSession, handle: str) -> Person:
    """The person that a command names; NotFound where there is none."""
    person = (await session.execute(select(Person).where(Person.handle == handle))).scalar_one_or_none()
    if person is None:
        raise NotFound("people.unknown", handle=handle)
    return person


async def listed(
    session: AsyncSession, *, words: str = "", role: Role | None = None, dealer_id: int | None = None, limit: int = 200
) -> Sequence[Person]:
    """Those with a role, by handle; ``words`` stand in the handle or the name."""
    found = select(Person).where(Person.role.is_not(None))
    if words:
        found = found.where(
            or_(Person.handle.contains(words, autoescape=True), Person.name.contains(words, autoescape=True))
        )
    if role is not None:
        found = found.where(Person.role == role)
    if dealer_id is not None:
        found = found.where(Person.dealer_id == dealer_id)
    return (await session.execute(found.order_by(Person.handle).limit(limit))).scalars().all()


async def card(session: AsyncSession, handle: str) -> Card:
    """All that an operator may want to see of a person."""
    person = await find(session, handle)
    theirs = select(Identity).where(Identity.person_id == person.id).order_by(Identity.id)
    accounts = (await session.execute(theirs)).scalars().all()
    return Card(person, accounts, await factor_of(session, person.id))


async def add(session: AsyncSession, actor: Actor, new: NewPerson, now: datetime) -> Person:
    """Somebody new, who can do nothing before an invite; BadInput where the handle is taken or the role doesn't fit."""
    _may(actor, new.role)
    if (await session.execute(select(Person.id).where(Person.handle == new.handle))).first() is not None:
        raise BadInput("people.taken", handle=new.handle)
    _fits(new.role, new.dealer_id, new.region_id)
    person = Person(
        handle=new.handle,
        name=new.name,
        role=new.role,
        language=new.language,
        dealer_id=new.dealer_id,
        region_id=new.region_id,
        phone=new.phone,
    )
    session.add(person)
    await session.flush()
    record(session, actor, "person.added", f"people:{new.handle}", at=now, after={"role": new.role})
    return person


async def change_role(session: AsyncSession, actor: Actor, handle: str, role: Role, now: datetime) -> Person:
    """Another role, from the next message on."""
    person = await find(session, handle)
    _may(actor, role, Role(person.role) if person.role else None)
    _fits(role, person.dealer_id, person.region_id)
    before, person.role = person.role, role
    await session.flush()
    record(session, actor, "person.role", f"people:{handle}", at=now, before={"role": before}, after={"role": role})
    return person


async def end(session: AsyncSession, actor: Actor, handle: str, day: date, today: date, now: datetime) -> int:
    """The first day without them; from today on, their accounts and invites end at once. Says how many of these."""
    person = await find(session, handle)
    _may(actor, Role(person.role) if person.role else None)
    before, person.active_until = person.active_until, day
    await session.flush()
    was = {"active_until": before.isoformat() if before else None}
    record(
        session, actor, "person.ended", f"people:{handle}", at=now, before=was, after={"active_until": day.isoformat()}
    )
    return await revoke(session, actor, person, now) if day <= today else 0


async def unbind(session: AsyncSession, actor: Actor, handle: str, channel: str, account: str, now: datetime) -> int:
    """Take accounts of a channel away, all of them where ``account`` is empty. Says how many."""
    person = await find(session, handle)
    theirs = select(Identity).where(
        Identity.person_id == person.id, Identity.channel == channel, Identity.revoked_at.is_(None)
    )
    if account:
        theirs = theirs.where(Identity.account == account)
    return sum([await revoke(session, actor, one, now) for one in (await session.execute(theirs)).scalars().all()])


def _may(actor: Actor, *roles: Role | None) -> None:
    """An administrator is made and ended by administrators only."""
    if not actor.may(Permission.PEOPLE_INVITE) or (Role.ADMIN in roles and actor.role is not Role.ADMIN):
        raise NotPermitted


def _fits(role: Role, dealer_id: int | None, region_id: int | None) -> None:
    if (role in DEALER_ROLES) != (dealer_id is not None):
        raise BadInput("people.needs_dealer" if role in DEALER_ROLES else "people.no_dealer")
    if role in REGION_ROLES and region_id is None:
        raise BadInput("people.needs_region")
