"""Messages out: written in the transaction of the turn that says them, sent afterwards, tried again when that fails."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from core.actor import Actor
from core.events.service import record
from core.inbox.models import Outbound
from core.statements import changed_rows, insert_new

MAX_SENDS = 12
LONGEST_WAIT = timedelta(hours=1)
ERROR_KEPT = 300
THAT_ASK = ("web", "terminal", "api")
"""Channels whose readers fetch what is new for them: nothing of theirs is ever stuck."""


async def send(
    session: AsyncSession,
    channel: str,
    chat: str,
    dedupe: str,
    payload: dict[str, Any],
    at: datetime,
    inbound_id: int | None = None,
) -> Outbound:
    """Put something on its way to a chat; the same ``dedupe`` again finds the first."""
    values = {
        "channel": channel, "chat": chat, "dedupe": dedupe, "payload": payload, "created_at": at,
        "inbound_id": inbound_id,
    }  # fmt: skip
    if message := await insert_new(session, Outbound, values):
        return message
    return (await session.execute(select(Outbound).where(Outbound.dedupe == dedupe))).scalar_one()


async def waiting(session: AsyncSession, channel: str, at: datetime, limit: int = 50) -> Sequence[Outbound]:
    """What is due to be sent, oldest first; one that is to be tried again holds up what follows it in its chat."""
    earlier = aliased(Outbound)
    behind = exists().where(
        earlier.channel == Outbound.channel,
        earlier.chat == Outbound.chat,
        earlier.id < Outbound.id,
        earlier.sent_at.is_(None),
        earlier.given_up_at.is_(None),
        earlier.next_try_at > at,
    )
    due = select(Outbound).where(Outbound.channel == channel, _due(at), ~behind).order_by(Outbound.id).limit(limit)
    return (await session.execute(due)).scalars().all()


async def take_to_send(
    session: AsyncSession, channel: str, at: datetime, lease_for: timedelta, limit: int = 50
) -> Sequence[Outbound]:
    """What is due, kept from other senders for ``lease_for``: a sender that dies leaves it to be tried again."""
    taken = []
    for message in await waiting(session, channel, at, limit):
        mine = update(Outbound).where(Outbound.id == message.id, _due(at)).values(next_try_at=at + lease_for)
        if await changed_rows(session, mine):
            taken.append(message)
    return taken


async def give_back(session: AsyncSession, outbound_ids: Sequence[int]) -> None:
    """Let go of what was taken and not tried; what stands before it in its chat goes first as ever."""
    taken = update(Outbound).where(Outbound.id.in_(outbound_ids), Outbound.sent_at.is_(None))
    await changed_rows(session, taken.values(next_try_at=None))


async def shown_in_part(session: AsyncSession, outbound_id: int, parts: int, until: datetime) -> None:
    """So many of its messages are there; the sender keeps it until ``until``. A later try goes on behind them."""
    mine = update(Outbound).where(Outbound.id == outbound_id)
    await changed_rows(session, mine.values(parts=parts, unsure=None, next_try_at=until))


async def sent(session: AsyncSession, outbound_id: int, at: datetime) -> None:
    """The channel has taken it."""
    done = update(Outbound).where(Outbound.id == outbound_id, Outbound.sent_at.is_(None))
    await changed_rows(session, done.values(sent_at=at, attempts=Outbound.attempts + 1))


async def failed(
    session: AsyncSession,
    outbound_id: int,
    at: datetime,
    retry_in: timedelta,
    error: str | None = None,
    *,
    unsure: bool = False,
) -> None:
    """Try again after ``retry_in``, doubled with each failure up to an hour; given up for good after ``MAX_SENDS``.

    ``unsure``: it may have been shown although the channel didn't say so.
    """
    row = select(Outbound).where(Outbound.id == outbound_id).with_for_update()
    message = (await session.execute(row.execution_options(populate_existing=True))).scalar_one()
    message.attempts += 1
    message.error = error[:ERROR_KEPT] if error else message.error
    message.unsure = unsure or None
    message.next_try_at = at + max(retry_in, min(retry_in * 2 ** (message.attempts - 1), LONGEST_WAIT))
    if message.attempts >= MAX_SENDS:
        message.given_up_at = at
    await session.flush()


async def give_up(session: AsyncSession, outbound_id: int, at: datetime, error: str) -> None:
    """It can never be sent: the reader left, or the channel refuses it for what it is."""
    message = update(Outbound).where(Outbound.id == outbound_id, Outbound.sent_at.is_(None))
    values = {"given_up_at": at, "error": error[:ERROR_KEPT], "attempts": Outbound.attempts + 1}
    await changed_rows(session, message.values(**values))


async def retry(session: AsyncSession, actor: Actor, outbound_ids: Sequence[int], at: datetime) -> int:
    """Try these again at once, given up or not; says how many there were to try."""
    waits = update(Outbound).where(
        Outbound.id.in_(outbound_ids), Outbound.sent_at.is_(None), Outbound.channel.not_in(THAT_ASK)
    )
    number = await changed_rows(session, waits.values(given_up_at=None, next_try_at=None, attempts=0))
    _note(session, actor, "outbox.retried", outbound_ids, at)
    return number


async def drop(session: AsyncSession, actor: Actor, outbound_ids: Sequence[int], at: datetime) -> int:
    """Give these up for good; says how many still waited."""
    waits = update(Outbound).where(
        Outbound.id.in_(outbound_ids), Outbound.sent_at.is_(None), Outbound.given_up_at.is_(None)
    )
    number = await changed_rows(session, waits.values(given_up_at=at, error=f"dropped by {actor.handle}"))
    _note(session, actor, "outbox.dropped", outbound_ids, at)
    return number


def _note(session: AsyncSession, actor: Actor, kind: str, outbound_ids: Sequence[int], at: datetime) -> None:
    for one in outbound_ids:
        record(session, actor, kind, f"outbox:{one}", at=at)


async def moved(session: AsyncSession, channel: str, old: str, new: str) -> None:
    """The channel gave a chat another id: what waits goes there."""
    waits = update(Outbound).where(Outbound.channel == channel, Outbound.chat == old, Outbound.sent_at.is_(None))
    await changed_rows(session, waits.values(chat=new, next_try_at=None))


async def stuck(
    session: AsyncSession, *, given_up: bool, channel: str | None = None, limit: int = 100
) -> Sequence[Outbound]:
    """What still waits, or what was given up, oldest first; of channels that the desk sends to, not those that ask."""
    found = select(Outbound).where(Outbound.sent_at.is_(None), Outbound.channel.not_in(THAT_ASK))
    found = found.where(Outbound.given_up_at.is_not(None) if given_up else Outbound.given_up_at.is_(None))
    if channel is not None:
        found = found.where(Outbound.channel == channel)
    return (await session.execute(found.order_by(Outbound.id).limit(limit))).scalars().all()


async def since(session: AsyncSession, channel: str, chat: str, after_id: int, limit: int = 200) -> Sequence[Outbound]:
    """What a chat was told after ``after_id``, oldest first.

    Ids of a turn's own messages come in order; one written to the chat from elsewhere may appear late under a lower id
    on a server, so a stream looks back a few seconds and leaves out the ids that it has shown.
    """
    after = select(Outbound).where(Outbound.channel == channel, Outbound.chat == chat, Outbound.id > after_id)
    return (await session.execute(after.order_by(Outbound.id).limit(limit))).scalars().all()


async def shown(session: AsyncSession, channel: str, chat: str, up_to: int, at: datetime) -> None:
    """The reader has everything of the chat up to the message with id ``up_to``."""
    read = update(Outbound).where(
        Outbound.channel == channel, Outbound.chat == chat, Outbound.id <= up_to, Outbound.sent_at.is_(None)
    )
    await changed_rows(session, read.values(sent_at=at))


async def answer_to(session: AsyncSession, inbound_id: int) -> Outbound | None:
    """What the desk said to a message that came in; None while it is unanswered."""
    answer = select(Outbound).where(Outbound.inbound_id == inbound_id).order_by(Outbound.id).limit(1)
    return (await session.execute(answer)).scalar_one_or_none()


async def latest(session: AsyncSession, channel: str, limit: int, chat: str | None = None) -> list[tuple[int, str]]:
    """Id and chat of the last messages of a channel, or of one chat of it, oldest first."""
    last = select(Outbound.id, Outbound.chat).where(Outbound.channel == channel)
    if chat is not None:
        last = last.where(Outbound.chat == chat)
    rows = (await session.execute(last.order_by(Outbound.id.desc()).limit(limit))).all()
    return [(row.id, row.chat) for row in reversed(rows)]


def _due(at: datetime) -> ColumnElement[bool]:
    open_ = and_(Outbound.sent_at.is_(None), Outbound.given_up_at.is_(None))
    return and_(open_, or_(Outbound.next_try_at.is_(None), Outbound.next_try_at <= at))
