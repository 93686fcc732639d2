"""An authenticator that a person sets up themselves: begun, its secret shown once, in force after a right code."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.errors import QudaoError, Refused
from core.events.service import record
from core.people.factors import MOST_WRONG, Proof, as_code, factor_of, is_of_step, step_of, uri_of
from core.people.models import Enrolment, Factor, Person
from core.sealing import seal, unseal
from core.statements import changed_rows, upsert

LASTS = timedelta(minutes=10)
REPEATED = timedelta(minutes=15)
"""For so long the code that finished an enrolment finds that it is finished: its turn may be thought a second time."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What the person types into their authenticator, and the same as an otpauth URI."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Finished:
    """The authenticator counts from now on; ``shown_as`` is the message with its secret, where it can be taken back."""

    shown_as: str = ""


async def begin(session: AsyncSession, actor: Actor, now: datetime, *, key: str) -> UUID:
    """Make a secret, in place of any that was begun; an authenticator that the person has goes on counting.

    The caller has made sure that it may be replaced.
    """
    import pyotp

    made = uuid4()
    values = {
        "id": made,
        "person_id": actor.person_id,
        "secret": seal(pyotp.random_base32(), key),
        "begun_at": now,
        "expires_at": now + LASTS,
        "wrong": 0,
        "shown_at": None,
        "shown_as": None,
    }
    await upsert(session, Enrolment, ["person_id"], values)
    record(session, actor, "factor.begun", f"people:{actor.handle}", at=now)
    return made


async def reveal(session: AsyncSession, enrolment_id: UUID, at: datetime, *, key: str, issuer: str) -> Secret | None:
    """The secret, until it was shown; None from then on, and where the enrolment is over."""
    waiting = (
        select(Enrolment.secret, Person.handle)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.id == enrolment_id, Enrolment.shown_at.is_(None), Enrolment.expires_at > at)
    )
    row = (await session.execute(waiting)).one_or_none()
    if row is None:
        return None
    secret = unseal(row.secret, key)
    return Secret(secret, uri_of(secret, row.handle, issuer))


async def shown(session: AsyncSession, enrolment_id: UUID, at: datetime, shown_as: str | None = None) -> None:
    """The person has seen the secret."""
    mine = update(Enrolment).where(Enrolment.id == enrolment_id)
    await changed_rows(session, mine.values(shown_at=at, shown_as=shown_as))


async def finish(session: AsyncSession, actor: Actor, proof: Proof, at: datetime) -> Finished | QudaoError:
    """Let the authenticator count where the code is right; else why not. The caller commits in both cases.

    The row is locked, so that of several tries at once each is counted.
    """
    mine = select(Enrolment).where(Enrolment.person_id == actor.person_id).with_for_update()
    begun = (await session.execute(mine.execution_options(populate_existing=True))).scalar_one_or_none()
    if begun is None or begun.expires_at <= at:
        return Finished() if await _was_finished(session, actor, proof, at) else Refused("enrol.expired")
    step = step_of(unseal(begun.secret, proof.key), as_code(proof.code), at)
    if step is None:
        begun.wrong += 1
        await session.flush()
        if begun.wrong < MOST_WRONG:
            return Refused("enrol.wrong", left=MOST_WRONG - begun.wrong)
        await forget(session, begun.person_id)
        return Refused("enrol.failed")
    values = {
        "person_id": begun.person_id,
        "secret": begun.secret,
        "enrolled_at": at,
        "enrolled_by": actor.handle,
        "last_step": step,
        "wrong": 0,
        "locked_at": None,
    }
    await upsert(session, Factor, ["person_id"], values)
    shown_as = begun.shown_as or ""
    await forget(session, begun.person_id)
    record(session, actor, "factor.enrolled", f"people:{actor.handle}", at=at)
    return Finished(shown_as)


async def forget(session: AsyncSession, person_id: int) -> None:
    """Nothing is begun any more."""
    await changed_rows(session, delete(Enrolment).where(Enrolment.person_id == person_id))


async def _was_finished(session: AsyncSession, actor: Actor, proof: Proof, at: datetime) -> bool:
    """Whether this very code has just let the person's authenticator count."""
    factor = await factor_of(session, actor.person_id) if actor.person_id is not None else None
    if factor is None or factor.enrolled_by != actor.handle or at - factor.enrolled_at > REPEATED:
        return False
    return is_of_step(unseal(factor.secret, proof.key), factor.last_step, as_code(proof.code))
