"""From a person to what they may do and whose rows they may touch."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import PERMISSIONS, Actor, Role
from core.brand.service import current_at
from core.errors import NotFound, NotPermitted
from core.people.models import Identity, Person
from core.scope import path_of_region, standing

DEALER_ROLES = frozenset({Role.OWNER, Role.BUYER})
REGION_ROLES = frozenset({Role.REP})


async def actor_for(session: AsyncSession, person: Person, day: date) -> Actor:
    """The person as an Actor on a business day; NotPermitted for one who left, was erased, or whose dealer ended.

    A dealer's person sees that dealer, one with a region sees it and all below, other staff see the brand. A role that
    belongs to a dealer or a region sees nothing without one.
    """
    if person.role is None or not is_active(person, day):
        raise NotPermitted("people.not_active")
    role = Role(person.role)
    code = path = None
    if person.dealer_id is not None:
        dealer = await standing(session, person.dealer_id, day)
        if dealer.ended:
            raise NotPermitted("people.dealer_ended")
        code = dealer.code
    elif role in DEALER_ROLES:
        raise NotPermitted("people.not_active")
    elif person.region_id is not None:
        path = await path_of_region(session, person.region_id)
    return Actor(
        person_id=person.id,
        handle=person.handle,
        name=person.name,
        role=role,
        language=person.language,
        dealer_id=person.dealer_id,
        dealer_code=code,
        region_path=path,
        everywhere=code is None and path is None and role not in REGION_ROLES,
        permissions=PERMISSIONS[role],
    )


async def actor_by_handle(session: AsyncSession, handle: str, day: date) -> Actor:
    """The person whom a command names; NotFound where there is none."""
    person = (await session.execute(select(Person).where(Person.handle == handle))).scalar_one_or_none()
    if person is None:
        raise NotFound("people.unknown", handle=handle)
    return await actor_for(session, person, day)


async def actor_by_account(session: AsyncSession, channel: str, account: str, now: datetime) -> Actor | None:
    """The person whom a channel's account speaks for; None where it is bound to nobody, revoked or run out."""
    bound = (
        select(Person, Identity.expires_at)
        .join_from(Identity, Person, Identity.person_id == Person.id)
        .where(Identity.channel == channel, Identity.account == account, Identity.revoked_at.is_(None))
    )
    row = (await session.execute(bound)).one_or_none()
    if row is None or (row.expires_at is not None and row.expires_at <= now):
        return None
    _, day = await current_at(session, now)
    return await actor_for(session, row.Person, day)


async def accounts_of(
    session: AsyncSession, person_id: int, channels: Iterable[str], now: datetime
) -> list[tuple[str, str]]:
    """The accounts that speak for a person on these channels, each with its channel."""
    theirs = select(Identity.channel, Identity.account).where(
        Identity.person_id == person_id,
        Identity.channel.in_(list(channels)),
        Identity.revoked_at.is_(None),
        or_(Identity.expires_at.is_(None), Identity.expires_at > now),
    )
    return [(row.channel, row.account) for row in await session.execute(theirs.order_by(Identity.id))]


def is_active(person: Person, day: date) -> bool:
    """Neither erased nor past ``active_until``, which is the first day without them."""
    return person.erased_at is None and (person.active_until is None or person.active_until > day)
