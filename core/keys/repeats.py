"""Requests that carry an ``Idempotency-Key``: the first is carried out, every later one gets the first's answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import QudaoError
from core.keys.models import KeptAnswer
from core.statements import changed_rows

KEPT_FOR = timedelta(days=7)
AT_WORK = timedelta(minutes=2)
"""A request that was begun and not answered for so long has died; the next one carries on in its place."""


class KeyReused(QudaoError):
    """The same Idempotency-Key came with another request."""

    key = "api.key_reused"


class StillAtWork(QudaoError):
    """The first request with this Idempotency-Key is being worked on; ``seconds`` until it is worth asking again."""

    key = "api.still_at_work"


@dataclass(frozen=True, slots=True)
class Begun:
    """A request that is ours to answer, or one that was answered (then with ``status``).

    ``name`` tells it from every other, one with the same key after this was forgotten included.
    """

    id: int
    name: str
    status: int | None = None
    body: dict[str, Any] | None = None


async def begin(session: AsyncSession, owner: str, request_key: str, fingerprint: str, at: datetime) -> Begun:
    """Take a request up, or find its first answer; KeyReused for another request, StillAtWork while it runs."""
    row = KeptAnswer(owner=owner, request_key=request_key, fingerprint=fingerprint, begun_at=at, until=at + AT_WORK)
    try:
        async with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return await _earlier(session, owner, request_key, fingerprint, at)
    return Begun(row.id, _name(row))


async def _earlier(session: AsyncSession, owner: str, request_key: str, fingerprint: str, at: datetime) -> Begun:
    same = select(KeptAnswer).where(KeptAnswer.owner == owner, KeptAnswer.request_key == request_key)
    row = (await session.execute(same.execution_options(populate_existing=True))).scalar_one()
    if row.fingerprint != fingerprint:
        raise KeyReused
    if row.status is not None:
        return Begun(row.id, _name(row), row.status, row.body)
    dead = update(KeptAnswer).where(KeptAnswer.id == row.id, KeptAnswer.status.is_(None), KeptAnswer.until <= at)
    if await changed_rows(session, dead.values(until=at + AT_WORK)):
        return Begun(row.id, _name(row))
    raise StillAtWork(seconds=1)


def _name(row: KeptAnswer) -> str:
    return f"{row.owner}:{row.request_key}:{row.id}:{row.begun_at:%Y-%m-%d}"


async def finish(session: AsyncSession, begun: Begun, status: int, body: dict[str, Any]) -> None:
    """Keep the answer."""
    mine = update(KeptAnswer).where(KeptAnswer.id == begun.id)
    await changed_rows(session, mine.values(status=status, body=body))


async def give_up(session: AsyncSession, begun: Begun, at: datetime) -> None:
    """A request broke off: sent again it is taken up at once, as the same one, for something of it may be done."""
    mine = update(KeptAnswer).where(KeptAnswer.id == begun.id, KeptAnswer.status.is_(None))
    await changed_rows(session, mine.values(until=at))


async def forget_old(session: AsyncSession, at: datetime) -> int:
    """Answers are kept for a week; says how many went."""
    return await changed_rows(session, delete(KeptAnswer).where(KeptAnswer.begun_at < at - KEPT_FOR))
