"""How a desk stands at a moment, in numbers: what waits, since when, and what has failed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.inbox.models import Inbound, InboundStatus, Outbound
from core.proposals.models import Proposal, Status
from core.webhooks.models import Delivery, DeliveryState

READ_BY_PULL = ("terminal", "api")
"""Channels whose readers have the answer with their question: nothing of theirs waits to be sent."""


@dataclass(frozen=True, slots=True)
class Standing:
    """``inbox_oldest`` in seconds, 0 where nothing waits; the outbox by channel and ``waiting`` or ``given_up``."""

    inbox_waiting: int
    inbox_oldest: float
    outbox: Mapping[tuple[str, str], int]
    proposals_open: int
    deliveries: Mapping[str, int]


async def standing(session: AsyncSession, at: datetime) -> Standing:
    """As the database has it now."""
    unanswered = select(func.count(), func.min(Inbound.received_at)).where(Inbound.status == InboundStatus.NEW)
    waiting, oldest = (await session.execute(unanswered)).one()
    unsent = (
        select(Outbound.channel, Outbound.given_up_at.is_not(None), func.count())
        .where(Outbound.sent_at.is_(None), Outbound.channel.not_in(READ_BY_PULL))
        .group_by(Outbound.channel, Outbound.given_up_at.is_not(None))
    )
    outbox = {
        (str(channel), "given_up" if lost else "waiting"): count
        for channel, lost, count in await session.execute(unsent)
    }
    open_ = select(func.count()).where(Proposal.status == Status.OPEN, Proposal.expires_at > at)
    untaken = [DeliveryState.WAITING, DeliveryState.GIVEN_UP]
    deliveries = select(Delivery.state, func.count()).where(Delivery.state.in_(untaken)).group_by(Delivery.state)
    return Standing(
        inbox_waiting=waiting,
        inbox_oldest=max(0.0, (at - oldest).total_seconds()) if waiting else 0.0,
        outbox=outbox,
        proposals_open=await session.scalar(open_) or 0,
        deliveries=dict.fromkeys(map(str, untaken), 0)
        | {str(state): count for state, count in await session.execute(deliveries)},
    )
