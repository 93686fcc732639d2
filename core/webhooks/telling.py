"""From events to deliveries: each event that a receiver wants becomes one delivery, whatever happens in between."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.models import Invoice
from core.actor import system
from core.dealers.models import Dealer
from core.events.models import Event
from core.orders.models import Order
from core.proposals.models import Proposal
from core.scope import visible
from core.statements import upsert
from core.webhooks import rules
from core.webhooks.models import Delivery, DeliveryState, Webhook

SETTLED_AFTER = timedelta(minutes=10)
"""A transaction that commits its event later than this after a younger event was seen would be overlooked; none runs
that long. Ids are given out before the commit, so the last id seen is no line behind which nothing comes."""

AT_A_TIME = 500
NAMES: Mapping[str, str] = {"orders": "order", "invoices": "invoice", "proposals": "proposal", "documents": "document"}


async def tell(session: AsyncSession, at: datetime) -> int:
    """Make deliveries of what has happened; says how many. Two that do so at once make each one once."""
    live = select(Webhook).where(Webhook.ended_at.is_(None)).order_by(Webhook.id)
    made = 0
    for webhook in (await session.execute(live)).scalars().all():
        events = await _untold(session, webhook)
        for event in events:
            made += await _deliver(session, webhook, event, at)
        if len(events) < AT_A_TIME and at - webhook.marked_at >= SETTLED_AFTER:
            webhook.floor = webhook.mark
            webhook.mark = await session.scalar(select(func.max(Event.id))) or 0
            webhook.marked_at = at
    await session.flush()
    return made


async def _untold(session: AsyncSession, webhook: Webhook) -> Sequence[Event]:
    told = exists().where(Delivery.webhook_id == webhook.id, Delivery.event_id == Event.id)
    after = select(Event).where(Event.id > webhook.floor, _wanted(webhook.kinds), ~told)
    return (await session.execute(after.order_by(Event.id).limit(AT_A_TIME))).scalars().all()


def _wanted(kinds: Sequence[str]) -> ColumnElement[bool]:
    """Kinds as ``rules.check_kinds`` lets them in."""
    domains = list(rules.TOLD) if "*" in kinds else [kind[:-2] for kind in kinds if kind.endswith(".*")]
    return or_(Event.kind.in_(kinds), *(Event.kind.startswith(f"{domain}.") for domain in domains))


async def _deliver(session: AsyncSession, webhook: Webhook, event: Event, at: datetime) -> bool:
    dealer = await _dealer(session, event)
    skipped = webhook.dealer_id is not None and (dealer is None or dealer.id != webhook.dealer_id)
    values: dict[str, Any] = {
        "id": uuid4(),
        "webhook_id": webhook.id,
        "event_id": event.id,
        "payload": _payload(event, dealer),
        "state": DeliveryState.SKIPPED if skipped else DeliveryState.WAITING,
        "created_at": at,
        "next_try_at": at,
        "attempts": 0,
    }
    await upsert(session, Delivery, ["webhook_id", "event_id"], values, keep=True)
    return not skipped


def _payload(event: Event, dealer: Dealer | None) -> dict[str, Any]:
    table, _, key = event.subject.partition(":")
    data: dict[str, Any] = {"event": event.id, **({NAMES[table]: key} if table in NAMES else {})}
    if dealer is not None:
        data |= {"dealer": dealer.code, "currency": dealer.currency}
    return {"type": event.kind, "timestamp": event.at.isoformat(), "data": data | rules.told(event.kind, event.after)}


async def _dealer(session: AsyncSession, event: Event) -> Dealer | None:
    """Whom it is about, if anybody."""
    everywhere = system("webhooks")
    table, _, key = event.subject.partition(":")
    dealer_id: int | None = None
    match table:
        case "orders":
            named = select(Order.dealer_id).where(visible(everywhere, Order), Order.number == key)
            dealer_id = await session.scalar(named)
        case "invoices":
            named = select(Invoice.dealer_id).where(visible(everywhere, Invoice), Invoice.number == key)
            dealer_id = await session.scalar(named)
        case "proposals":
            dealer_id = await session.scalar(select(Proposal.dealer_id).where(Proposal.id == UUID(key)))
    if dealer_id is None:
        return None
    found = select(Dealer).where(visible(everywhere, Dealer), Dealer.id == dealer_id)
    return (await session.execute(found)).scalar_one_or_none()
