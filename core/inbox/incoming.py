"""Messages in: stored once, claimed in order within a lane, and finished only by whoever holds the lane's lease."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.inbox.models import Inbound, InboundStatus, Lease
from core.statements import changed_rows, insert_new

MAX_ATTEMPTS = 5
"""A message that was claimed more often than this made its workers fail; it is answered with an apology."""

CANDIDATES = 20


class LostLease(Exception):
    """Another worker took the lane over; the transaction that sees this rolls back."""


async def receive(
    session: AsyncSession,
    channel: str,
    external_id: str,
    lane: str,
    account: str,
    payload: dict[str, Any],
    at: datetime,
) -> tuple[Inbound, bool]:
    """Store a message as the channel delivered it; a repeated delivery finds the first. Says whether it is new."""
    values = {
        "channel": channel, "external_id": external_id, "lane": lane, "account": account, "payload": payload,
        "received_at": at,
    }  # fmt: skip
    if message := await insert_new(session, Inbound, values):
        return message, True
    same = select(Inbound).where(Inbound.channel == channel, Inbound.external_id == external_id)
    return (await session.execute(same)).scalar_one(), False


async def claim(session: AsyncSession, token: UUID, at: datetime, lease_for: timedelta) -> Inbound | None:
    """Lease the lane of the oldest message that nobody is at work on; the caller commits before it starts to think."""
    at_work = exists().where(Lease.lane == Inbound.lane, Lease.until > at)
    oldest = (
        select(Inbound.lane).where(Inbound.status == InboundStatus.NEW, ~at_work).order_by(Inbound.id).limit(CANDIDATES)
    )
    for lane in dict.fromkeys((await session.execute(oldest)).scalars()):
        if not await _take(session, lane, token, at, lease_for):
            continue
        first = select(Inbound).where(Inbound.lane == lane, Inbound.status == InboundStatus.NEW)
        if message := await _start(session, first.order_by(Inbound.id).limit(1)):
            return message
        await release(session, lane, token)
    return None


async def claim_one(
    session: AsyncSession, inbound: Inbound, token: UUID, at: datetime, lease_for: timedelta
) -> Inbound | None:
    """Lease the lane for this very message, whatever waits before it; None while another is at work there.

    For a command that answers its own message under its own clock; also None where the message was answered already.
    """
    if not await _take(session, inbound.lane, token, at, lease_for):
        return None
    own = select(Inbound).where(Inbound.id == inbound.id, Inbound.status == InboundStatus.NEW)
    if message := await _start(session, own):
        return message
    await release(session, inbound.lane, token)
    return None


async def claim_first(
    session: AsyncSession, lane: str, token: UUID, at: datetime, lease_for: timedelta
) -> Inbound | None:
    """Lease the lane for what waits longest in it; None while another is at work there, or where nothing waits.

    For a caller who waits for an answer of the lane: what was said before is answered before.
    """
    if not await _take(session, lane, token, at, lease_for):
        return None
    first = select(Inbound).where(Inbound.lane == lane, Inbound.status == InboundStatus.NEW).order_by(Inbound.id)
    if message := await _start(session, first.limit(1)):
        return message
    await release(session, lane, token)
    return None


async def unanswered(session: AsyncSession, lane: str) -> Sequence[Inbound]:
    """What waits in a lane, oldest first."""
    new = select(Inbound).where(Inbound.lane == lane, Inbound.status == InboundStatus.NEW).order_by(Inbound.id)
    return (await session.execute(new)).scalars().all()


async def renew(session: AsyncSession, lane: str, token: UUID, until: datetime) -> None:
    """Keep the lane for longer; LostLease where it is another's by now."""
    kept = update(Lease).where(Lease.lane == lane, Lease.token == token).values(until=until)
    if not await changed_rows(session, kept):
        raise LostLease(lane)


async def release(session: AsyncSession, lane: str, token: UUID) -> None:
    """Give the lane back unanswered, so that the next claim needn't wait for the lease to run out."""
    await changed_rows(session, delete(Lease).where(Lease.lane == lane, Lease.token == token))


async def finish(session: AsyncSession, inbound: Inbound, token: UUID, at: datetime) -> None:
    """Give the lane back and mark the message as answered, in the transaction that saves its turn.

    LostLease where the lane is another's by now. Called first in that transaction, it also
    holds off a take-over; called later, the two may deadlock, which ends one of them.
    """
    mine = delete(Lease).where(Lease.lane == inbound.lane, Lease.token == token)
    if not await changed_rows(session, mine):
        raise LostLease(inbound.lane)
    answered = (
        update(Inbound)
        .where(Inbound.id == inbound.id, Inbound.status == InboundStatus.NEW)
        .values(status=InboundStatus.DONE, done_at=at)
    )
    if not await changed_rows(session, answered):
        raise LostLease(inbound.lane)


async def forget_words(session: AsyncSession, inbound: Inbound) -> None:
    """Blank what was said, once it was a secret that has served: nothing of it stays."""
    blank = {**inbound.payload, "text": "", "code": ""}
    await changed_rows(session, update(Inbound).where(Inbound.id == inbound.id).values(payload=blank))


async def _take(session: AsyncSession, lane: str, token: UUID, at: datetime, lease_for: timedelta) -> bool:
    """Take over a lease that ran out, else write a new one; False where the lane is at work."""
    over = update(Lease).where(Lease.lane == lane, Lease.until <= at).values(token=token, until=at + lease_for)
    if await changed_rows(session, over):
        return True
    lease = {"lane": lane, "token": token, "until": at + lease_for}
    return await insert_new(session, Lease, lease) is not None


async def _start(session: AsyncSession, which: Any) -> Inbound | None:
    """Read the message under the lease, and count the attempt: one that ends in a crash has been counted."""
    message: Inbound | None = (
        await session.execute(which.execution_options(populate_existing=True))
    ).scalar_one_or_none()
    if message is not None:
        message.attempts += 1
        await session.flush()
    return message
