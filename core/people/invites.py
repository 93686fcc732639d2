"""One-time invites, and the accounts that they bind to people."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Permission, Role
from core.brand.service import current_at
from core.errors import NotFound, NotPermitted, Refused, Stale
from core.events.service import record
from core.people.actors import actor_for
from core.people.models import Identity, Invite, Person
from core.scope import may_see_dealer
from core.statements import changed_rows, upsert


async def invite(session: AsyncSession, actor: Actor, person_handle: str, now: datetime, ttl: timedelta) -> str:
    """A token that binds one account to the person, once, within ``ttl``; it is shown here and never again."""
    person = await _within_reach(session, actor, person_handle)
    _, day = await current_at(session, now)
    try:
        await actor_for(session, person, day)
    except NotPermitted as error:
        raise Refused("people.cannot_invite", name=person.name) from error
    token = secrets.token_urlsafe(24)
    session.add(
        Invite(
            person_id=person.id,
            token_hash=_hash(token),
            created_at=now,
            created_by=actor.handle,
            expires_at=now + ttl,
        )
    )
    await session.flush()
    record(session, actor, "person.invited", f"people:{person.handle}", at=now)
    return token


async def redeem(
    session: AsyncSession, channel: str, account: str, token: str, now: datetime, expires_at: datetime | None = None
) -> Person:
    """Bind the account to the invited person; used, expired, revoked and invented tokens look the same."""
    mine = (
        update(Invite)
        .where(
            Invite.token_hash == _hash(token),
            Invite.used_at.is_(None),
            Invite.revoked_at.is_(None),
            Invite.expires_at > now,
        )
        .values(used_at=now)
    )
    if not await changed_rows(session, mine):
        raise Stale("people.invite_stale")
    invited = select(Person).join(Invite, Invite.person_id == Person.id).where(Invite.token_hash == _hash(token))
    person = (await session.execute(invited)).scalar_one()
    _, day = await current_at(session, now)
    try:
        actor = await actor_for(session, person, day)
    except NotPermitted as error:
        raise Stale("people.invite_stale") from error
    await bind(session, actor, channel, account, person, now, expires_at)
    return person


async def bind(
    session: AsyncSession,
    actor: Actor,
    channel: str,
    account: str,
    person: Person,
    now: datetime,
    expires_at: datetime | None = None,
) -> Identity:
    """Let the account speak for the person from now on, whomever it spoke for before."""
    same = select(Identity).where(Identity.channel == channel, Identity.account == account)
    earlier = (await session.execute(same.with_for_update())).scalar_one_or_none()
    before = {"person": earlier.person_id, "revoked": earlier.revoked_at is not None} if earlier else None
    values = {
        "channel": channel,
        "account": account,
        "person_id": person.id,
        "created_at": now,
        "expires_at": expires_at,
        "revoked_at": None,
    }
    await upsert(session, Identity, ["channel", "account"], values)
    identity = (await session.execute(same.execution_options(populate_existing=True))).scalar_one()
    after = {"person": person.id, "channel": channel}
    record(session, actor, "identity.bound", f"identities:{identity.id}", at=now, before=before, after=after)
    return identity


async def revoke(session: AsyncSession, actor: Actor, whom: Identity | Person, now: datetime) -> int:
    """Take an account's voice away, or all of a person's with the invites that are out; their own, anybody may.

    Says how many accounts and invites it ended.
    """
    person_id = whom.id if isinstance(whom, Person) else whom.person_id
    if person_id != actor.person_id:
        person = await session.get_one(Person, person_id)
        await _within_reach(session, actor, person.handle)
    which = Identity.person_id == whom.id if isinstance(whom, Person) else Identity.id == whom.id
    accounts = update(Identity).where(which, Identity.revoked_at.is_(None)).values(revoked_at=now)
    ended = await changed_rows(session, accounts)
    if isinstance(whom, Person):
        invites = update(Invite).where(
            Invite.person_id == whom.id, Invite.used_at.is_(None), Invite.revoked_at.is_(None)
        )
        ended += await changed_rows(session, invites.values(revoked_at=now))
    subject = f"people:{whom.handle}" if isinstance(whom, Person) else f"identities:{whom.id}"
    record(session, actor, "identity.revoked", subject, at=now, after={"ended": ended})
    return ended


async def sign_out(session: AsyncSession, actor: Actor, channel: str, account: str, now: datetime) -> None:
    """End the account that the actor speaks from."""
    own = select(Identity).where(
        Identity.channel == channel, Identity.account == account, Identity.person_id == actor.person_id
    )
    identity = (await session.execute(own)).scalar_one_or_none()
    if identity is None or identity.revoked_at is not None:
        return
    identity.revoked_at = now
    record(session, actor, "identity.revoked", f"identities:{identity.id}", at=now, after={"ended": 1})
    await session.flush()


async def add_admin(session: AsyncSession, actor: Actor, handle: str, now: datetime) -> Person:
    """A brand's administrator, who needs an invite as everybody does."""
    person = Person(handle=handle, name=handle, role=Role.ADMIN, language="zh")
    session.add(person)
    await session.flush()
    record(session, actor, "person.added", f"people:{handle}", at=now, after={"role": Role.ADMIN})
    return person


async def _within_reach(session: AsyncSession, actor: Actor, handle: str) -> Person:
    """A person whose accounts the actor may bind and revoke: of a dealer in scope, or staff for those who see all.

    An administrator's account is bound by administrators only, or an inviter could become one.
    """
    if not actor.may(Permission.PEOPLE_INVITE):
        raise NotPermitted
    person = (await session.execute(select(Person).where(Person.handle == handle))).scalar_one_or_none()
    if person is None:
        raise NotFound("people.unknown", handle=handle)
    seen = actor.everywhere if person.dealer_id is None else await may_see_dealer(session, actor, person.dealer_id)
    if not seen:
        raise NotFound("people.unknown", handle=handle)
    if person.role == Role.ADMIN and actor.role is not Role.ADMIN:
        raise NotPermitted
    return person


def _hash(token: str) -> str:
    """Tokens are long and random, so a plain hash keeps them as well as a slow one would."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
