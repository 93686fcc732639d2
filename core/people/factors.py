"""The second factor: six digits from a person's authenticator (TOTP, RFC 6238), each good for once."""

import hmac
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.errors import NotFound, QudaoError, Refused
from core.events.service import record
from core.people.models import Enrolment, Factor, Person
from core.sealing import seal, unseal
from core.statements import changed_rows, upsert

STEP_SECONDS = 30
WINDOW = 1
"""Steps before and after the current one whose code is taken too: clocks of phones differ."""
MOST_WRONG = 5
CODE = re.compile(r"\d{6}")
NEARLY_A_CODE = re.compile(r"\d{4,8}")


@dataclass(frozen=True, slots=True)
class Proof:
    """What a person gives beside a press: the code, and the installation's key that opens the stored secret."""

    code: str = field(repr=False)
    key: str = field(default="", repr=False)


def as_code(text: str) -> str:
    """The six digits of a message that is nothing else (full-width digits, spaces and dashes allowed); else empty."""
    digits = _digits(text)
    return digits if CODE.fullmatch(digits) else ""


def nearly_a_code(text: str) -> bool:
    """Whether a message looks like a code, mistyped perhaps: such a message is not kept."""
    return NEARLY_A_CODE.fullmatch(_digits(text)) is not None


def _digits(text: str) -> str:
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text))


async def enrol(
    session: AsyncSession, actor: Actor, person: Person, now: datetime, *, key: str, issuer: str, secret: str = ""
) -> str:
    """Give the person an authenticator in place of any before; returns the otpauth URI, shown here and never again."""
    import pyotp

    secret = secret or pyotp.random_base32()
    values = {
        "person_id": person.id,
        "secret": seal(secret, key),
        "enrolled_at": now,
        "enrolled_by": actor.handle,
        "last_step": 0,
        "wrong": 0,
        "locked_at": None,
    }
    await upsert(session, Factor, ["person_id"], values)
    await _forget_begun(session, person)
    record(session, actor, "factor.enrolled", f"people:{person.handle}", at=now)
    return uri_of(secret, person.handle, issuer)


def uri_of(secret: str, handle: str, issuer: str) -> str:
    """What authenticators read as a QR code."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=handle, issuer_name=issuer)


async def _forget_begun(session: AsyncSession, person: Person) -> None:
    """What the operator says counts, and not what the person has begun meanwhile."""
    await changed_rows(session, delete(Enrolment).where(Enrolment.person_id == person.id))


async def unlock(session: AsyncSession, actor: Actor, person: Person, now: datetime) -> None:
    """Let a locked authenticator be tried again; NotFound where there is none."""
    open_ = update(Factor).where(Factor.person_id == person.id).values(wrong=0, locked_at=None)
    if not await changed_rows(session, open_):
        raise NotFound("factor.none", handle=person.handle)
    record(session, actor, "factor.unlocked", f"people:{person.handle}", at=now)


async def remove(session: AsyncSession, actor: Actor, person: Person, now: datetime) -> None:
    """Take the authenticator away; NotFound where there is none."""
    if not await changed_rows(session, delete(Factor).where(Factor.person_id == person.id)):
        raise NotFound("factor.none", handle=person.handle)
    await _forget_begun(session, person)
    record(session, actor, "factor.removed", f"people:{person.handle}", at=now)


async def factor_of(session: AsyncSession, person_id: int) -> Factor | None:
    """A person's authenticator."""
    return (await session.execute(select(Factor).where(Factor.person_id == person_id))).scalar_one_or_none()


async def prove(session: AsyncSession, actor: Actor, proof: Proof | None, at: datetime) -> QudaoError | None:
    """Use up a code; None where it was good, else why not. The caller commits in both cases: wrong codes are counted.

    The row is locked, so that of several tries with one code exactly one is taken.
    """
    mine = select(Factor).where(Factor.person_id == actor.person_id).with_for_update()
    factor = (await session.execute(mine.execution_options(populate_existing=True))).scalar_one_or_none()
    if factor is None:
        return Refused("factor.not_enrolled")
    if factor.locked_at is not None:
        return Refused("factor.locked")
    if proof is None or not proof.code:
        return Refused("factor.needed")
    step = step_of(unseal(factor.secret, proof.key), as_code(proof.code), at)
    if step is None:
        return await _wrong(session, actor, factor, at)
    if step <= factor.last_step:
        return Refused("factor.used")
    factor.last_step, factor.wrong = step, 0
    await session.flush()
    return None


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The step whose code this is, the newest first; every candidate is compared, in constant time."""
    import pyotp

    totp, now = pyotp.TOTP(secret, interval=STEP_SECONDS), int(at.timestamp()) // STEP_SECONDS
    fits = [step for step in range(now + WINDOW, now - WINDOW - 1, -1) if _same(totp.generate_otp(step), code)]
    return fits[0] if fits else None


def is_of_step(secret: str, step: int, code: str) -> bool:
    """Whether this is the code of that step."""
    import pyotp

    return _same(pyotp.TOTP(secret, interval=STEP_SECONDS).generate_otp(step), code)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


async def _wrong(session: AsyncSession, actor: Actor, factor: Factor, at: datetime) -> QudaoError:
    factor.wrong += 1
    left = MOST_WRONG - factor.wrong
    after: dict[str, Any] = {"wrong": factor.wrong}
    if left <= 0:
        factor.locked_at = at
    await session.flush()
    kind = "factor.wrong" if left > 0 else "factor.locked"
    record(session, actor, kind, f"people:{actor.handle}", at=at, after=after)
    return Refused("factor.wrong", left=left) if left > 0 else Refused("factor.locked")
