"""Receivers and their deliveries, in the caller's transaction."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.dealers.service import resolve
from core.errors import NotFound, Refused
from core.events.models import Event
from core.events.service import record
from core.sealing import seal
from core.statements import changed_rows
from core.webhooks import addresses, rules
from core.webhooks.models import Delivery, DeliveryState, Webhook

PROBLEM = 200
KEPT_FOR = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """A receiver to be made; ``dealer``: only what is about this dealer."""

    name: str
    url: str
    kinds: tuple[str, ...]
    dealer: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is ours to try now; ``sealed_secret`` as the database keeps it."""

    id: UUID
    url: str
    sealed_secret: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """A receiver, and how many deliveries stand how; ``problem`` is what was wrong last."""

    webhook: Webhook
    waiting: int
    delivered: int
    given_up: int
    problem: str | None


async def make(session: AsyncSession, actor: Actor, new: NewWebhook, at: datetime, *, key: str) -> str:
    """The secret that signs, which is shown here and never again. What happens from now on is told.

    ``key`` is the installation's, which seals it.
    """
    kinds, url = rules.check_kinds(new.kinds), addresses.check_url(new.url)
    if (await session.execute(select(Webhook.id).where(Webhook.name == new.name))).first():
        raise Refused("webhooks.exists", name=new.name)
    dealer = await resolve(session, actor, new.dealer) if new.dealer else None
    secret = rules.SECRET + base64.b64encode(secrets.token_bytes(32)).decode()
    last = await session.scalar(select(func.max(Event.id))) or 0
    session.add(
        Webhook(
            name=new.name, url=url, kinds=kinds, sealed_secret=seal(secret, key),
            dealer_id=dealer.id if dealer else None, floor=last, mark=last, marked_at=at, created_at=at,
            created_by=actor.handle,
        )
    )  # fmt: skip
    await session.flush()
    record(session, actor, "webhook.made", f"webhooks:{new.name}", at=at, after={"kinds": kinds})
    return secret


async def end(session: AsyncSession, actor: Actor, name: str, at: datetime) -> None:
    """Stop telling a receiver; what still waited is given up."""
    webhook = await find(session, name)
    mine = update(Webhook).where(Webhook.id == webhook.id, Webhook.ended_at.is_(None))
    mine = mine.values(ended_at=at, sealed_secret=None)
    if await changed_rows(session, mine):
        waiting = update(Delivery).where(Delivery.webhook_id == webhook.id, _is(DeliveryState.WAITING))
        await changed_rows(session, waiting.values(state=DeliveryState.GIVEN_UP, problem="ended", done_at=at))
        record(session, actor, "webhook.ended", f"webhooks:{name}", at=at)


async def find(session: AsyncSession, name: str) -> Webhook:
    """The receiver of this name."""
    webhook = (await session.execute(select(Webhook).where(Webhook.name == name))).scalar_one_or_none()
    if webhook is None:
        raise NotFound("webhooks.unknown", name=name[:64])
    return webhook


async def standings(session: AsyncSession) -> Sequence[Standing]:
    """Every receiver, the newest first."""

    def counted(state: DeliveryState) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((_is(state), 1), else_=0)), 0)

    counts = select(Delivery.webhook_id, *(counted(state) for state in DeliveryState)).group_by(Delivery.webhook_id)
    by_webhook = {row[0]: tuple(int(one) for one in row[1:]) for row in await session.execute(counts)}
    found = []
    for webhook in (await session.execute(select(Webhook).order_by(Webhook.id.desc()))).scalars():
        wrong = (
            select(Delivery.problem)
            .where(Delivery.webhook_id == webhook.id, Delivery.problem.is_not(None))
            .order_by(Delivery.created_at.desc())
            .limit(1)
        )
        waiting, delivered, given_up, _ = by_webhook.get(webhook.id, (0, 0, 0, 0))
        found.append(Standing(webhook, waiting, delivered, given_up, await session.scalar(wrong)))
    return found


async def are_any(session: AsyncSession) -> bool:
    """Whether anybody is told of anything."""
    return (await session.execute(select(Webhook.id).where(Webhook.ended_at.is_(None)).limit(1))).first() is not None


async def forget_old(session: AsyncSession, at: datetime) -> int:
    """Deliveries that were taken are kept for a month; says how many went. Those given up stay."""
    done = Delivery.state.in_([DeliveryState.DELIVERED, DeliveryState.SKIPPED])
    return await changed_rows(session, delete(Delivery).where(done, Delivery.created_at < at - KEPT_FOR))


async def take(session: AsyncSession, at: datetime, lease_for: timedelta, limit: int = 20) -> list[Due]:
    """What is due, kept from other senders for ``lease_for``: a sender that dies leaves it to be tried again."""
    due = (
        select(Delivery.id, Delivery.next_try_at, Delivery.payload, Webhook.url, Webhook.sealed_secret)
        .join(Webhook, Webhook.id == Delivery.webhook_id)
        .where(_is(DeliveryState.WAITING), Delivery.next_try_at <= at, Webhook.ended_at.is_(None))
        .order_by(Delivery.next_try_at)
        .limit(limit)
    )
    taken = []
    for row in (await session.execute(due)).all():
        mine = update(Delivery).where(
            Delivery.id == row.id, _is(DeliveryState.WAITING), Delivery.next_try_at == row.next_try_at
        )
        if await changed_rows(session, mine.values(next_try_at=at + lease_for)):
            taken.append(Due(row.id, row.url, row.sealed_secret or "", row.payload))
    return taken


async def add_test(session: AsyncSession, name: str, at: datetime, lease_for: timedelta) -> Due:
    """A delivery that tells of nothing, for its maker to send at once."""
    webhook = await find(session, name)
    if webhook.ended_at is not None:
        raise Refused("webhooks.ended", name=name)
    payload = {"type": "ping", "timestamp": at.isoformat(), "data": {"webhook": name}}
    row = Delivery(id=uuid4(), webhook_id=webhook.id, payload=payload, created_at=at, next_try_at=at + lease_for)
    session.add(row)
    await session.flush()
    return Due(row.id, webhook.url, webhook.sealed_secret or "", payload)


async def delivered(session: AsyncSession, delivery_id: UUID, answered: int, at: datetime) -> None:
    """The receiver has taken it."""
    row = update(Delivery).where(Delivery.id == delivery_id, _is(DeliveryState.WAITING))
    done = {"state": DeliveryState.DELIVERED, "answered": answered, "problem": None, "done_at": at}
    await changed_rows(session, row.values(**done, attempts=Delivery.attempts + 1))


async def failed(session: AsyncSession, delivery_id: UUID, answered: int | None, problem: str, at: datetime) -> None:
    """Try again later, or give it up after the last try, where an operator sees it."""
    mine = select(Delivery).where(Delivery.id == delivery_id, _is(DeliveryState.WAITING)).with_for_update()
    row = (await session.execute(mine.execution_options(populate_existing=True))).scalar_one_or_none()
    if row is None:
        return
    row.attempts += 1
    row.answered, row.problem = answered, problem[:PROBLEM]
    wait = rules.wait_after(row.attempts)
    if wait is None:
        row.state, row.done_at = DeliveryState.GIVEN_UP, at
    else:
        row.next_try_at = at + wait
    await session.flush()


async def redeliver(session: AsyncSession, actor: Actor, name: str, delivery_id: UUID | None, at: datetime) -> int:
    """Send again: one delivery, or all that were given up; says how many."""
    webhook = await find(session, name)
    if webhook.ended_at is not None:
        raise Refused("webhooks.ended", name=name)
    which = Delivery.id == delivery_id if delivery_id else _is(DeliveryState.GIVEN_UP)
    again = update(Delivery).where(Delivery.webhook_id == webhook.id, which)
    fresh = {"state": DeliveryState.WAITING, "attempts": 0, "next_try_at": at, "done_at": None}
    count = await changed_rows(session, again.values(**fresh))
    if delivery_id is not None and not count:
        raise NotFound
    record(session, actor, "webhook.redelivered", f"webhooks:{name}", at=at, after={"count": count})
    return count


async def troubled(session: AsyncSession, name: str, limit: int = 20) -> Sequence[Delivery]:
    """A receiver's deliveries that wait after a failure or were given up, the newest first."""
    webhook = await find(session, name)
    wrong = or_(_is(DeliveryState.GIVEN_UP), (_is(DeliveryState.WAITING)) & (Delivery.attempts > 0))
    rows = select(Delivery).where(Delivery.webhook_id == webhook.id, wrong)
    return (await session.execute(rows.order_by(Delivery.created_at.desc()).limit(limit))).scalars().all()


def _is(state: DeliveryState) -> ColumnElement[bool]:
    return Delivery.state == state
