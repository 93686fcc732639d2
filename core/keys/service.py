"""Keys made, shown, checked and ended. A secret is 256 random bits, so its plain SHA-256 keeps it well enough."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.brand.service import current_at
from core.errors import BadInput, NotFound
from core.events.service import record
from core.keys.models import AccessKey
from core.keys.scopes import FOR_PEOPLE, FOR_SERVICES, Scope, narrowed, service_actor
from core.people.actors import actor_for
from core.people.models import Person
from core.statements import changed_rows

WRITTEN = re.compile(r"qd_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who stands behind a key: which key it is, what it is for, and the actor, read again for each request."""

    key_id: int
    prefix: str
    actor: Actor
    scopes: frozenset[Scope]
    expires_at: datetime | None
    last_used_at: datetime | None

    @property
    def owner(self) -> str:
        """Whose requests these are, over all keys of a person."""
        return self.actor.handle


@dataclass(frozen=True, slots=True)
class NewKey:
    """What is to be made; ``person`` is a handle, without one the key is a service's, called ``name``."""

    name: str
    person: str | None
    scopes: frozenset[Scope]
    expires_at: datetime | None = None


async def make(session: AsyncSession, actor: Actor, new: NewKey, at: datetime) -> str:
    """The key, which is shown here and never again; its person must be able to act today."""
    allowed = FOR_SERVICES if new.person is None else FOR_PEOPLE
    if not new.scopes or not new.scopes <= allowed:
        raise BadInput("keys.scopes", scopes=", ".join(sorted(new.scopes - allowed)) or "–")
    person = await _person(session, new.person, at) if new.person is not None else None
    prefix, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    key = AccessKey(
        prefix=prefix,
        secret_hash=_hash(secret),
        name=new.name[:100],
        person_id=person.id if person else None,
        scopes=sorted(new.scopes),
        created_at=at,
        created_by=actor.handle,
        expires_at=new.expires_at,
    )
    session.add(key)
    await session.flush()
    record(session, actor, "key.made", f"access_keys:{prefix}", at=at, after={"scopes": sorted(new.scopes)})
    return f"qd_{prefix}_{secret}"


async def check(session: AsyncSession, token: str, now: datetime) -> Caller | None:
    """Who shows this key; None where it is none of ours, revoked or run out. NotPermitted for one who left."""
    written = WRITTEN.fullmatch(token)
    prefix, secret = written.groups() if written else ("", "")
    key = await _find(session, prefix)
    same = secrets.compare_digest(_hash(secret), key.secret_hash if key else _hash(""))
    return await _caller(session, key, now) if key is not None and same else None


async def actor_of(session: AsyncSession, prefix: str, now: datetime) -> Actor | None:
    """The person behind a key that was checked when the message came in, as they are now; None where it has ended."""
    key = await _find(session, prefix)
    caller = await _caller(session, key, now) if key is not None else None
    return caller.actor if caller is not None else None


async def note_use(session: AsyncSession, caller: Caller, at: datetime) -> None:
    """Remember that it was used, once a minute at most."""
    used = update(AccessKey).where(AccessKey.id == caller.key_id).values(last_used_at=at)
    await changed_rows(session, used)


def is_to_note(caller: Caller, now: datetime) -> bool:
    """Whether the last use was noted so long ago that this one counts."""
    return caller.last_used_at is None or now - caller.last_used_at >= NOTED_EVERY


async def listed(session: AsyncSession) -> Sequence[tuple[AccessKey, str | None]]:
    """Every key with its person's handle, the newest first."""
    rows = select(AccessKey, Person.handle).outerjoin(Person, Person.id == AccessKey.person_id)
    return [(key, handle) for key, handle in await session.execute(rows.order_by(AccessKey.id.desc()))]


async def revoke(session: AsyncSession, actor: Actor, prefix: str, at: datetime) -> None:
    """End a key from its next request on; ended already, it stays as it was."""
    key = await _find(session, prefix.removeprefix("qd_").partition("_")[0])
    if key is None:
        raise NotFound("keys.unknown")
    mine = update(AccessKey).where(AccessKey.id == key.id, AccessKey.revoked_at.is_(None)).values(revoked_at=at)
    if await changed_rows(session, mine):
        record(session, actor, "key.revoked", f"access_keys:{key.prefix}", at=at)


async def _find(session: AsyncSession, prefix: str) -> AccessKey | None:
    named = select(AccessKey).where(AccessKey.prefix == prefix)
    return (await session.execute(named)).scalar_one_or_none()


async def _caller(session: AsyncSession, key: AccessKey, now: datetime) -> Caller | None:
    if key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= now):
        return None
    scopes = frozenset(Scope(scope) for scope in key.scopes)
    if key.person_id is None:
        actor = service_actor(key.name, scopes)
    else:
        _, day = await current_at(session, now)
        actor = narrowed(await actor_for(session, await session.get_one(Person, key.person_id), day), scopes)
    return Caller(key.id, key.prefix, actor, scopes, key.expires_at, key.last_used_at)


async def _person(session: AsyncSession, handle: str, at: datetime) -> Person:
    person = (await session.execute(select(Person).where(Person.handle == handle))).scalar_one_or_none()
    if person is None:
        raise NotFound("people.unknown", handle=handle)
    _, day = await current_at(session, at)
    await actor_for(session, person, day)
    return person


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
