"""Making proposals and taking them back."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.errors import NotPermitted
from core.events.service import record
from core.proposals.drafts import Draft
from core.proposals.models import Proposal, Status
from core.proposals.rights import find, may_press
from core.statements import changed_rows


async def propose(
    session: AsyncSession,
    actor: Actor,
    draft: Draft,
    *,
    conversation: UUID,
    turn_id: UUID,
    call_index: int,
    at: datetime,
    beside: bool = False,
    apart_by: str = "",
) -> Proposal:
    """Store what is to be confirmed; a repeated call of a turn finds its first proposal.

    It supersedes what the proposer could have confirmed alone in this conversation; where ``apart_by`` names a part of
    the payload, not what is of the same kind and differs in it, as several files of one message do. What waits for
    others stays: they have been asked, and only they, or a cancellation, end it. ``beside``: nothing is superseded; for
    programs, which confirm by id, so that several may be open there at once (no word confirms while they are).
    """
    if actor.person_id is None:
        raise NotPermitted
    same = select(Proposal).where(Proposal.turn_id == turn_id, Proposal.call_index == call_index)
    if found := (await session.execute(same)).scalar_one_or_none():
        return found
    proposal = make(
        draft,
        uuid4(),
        proposer_id=actor.person_id,
        conversation=conversation,
        turn_id=turn_id,
        call_index=call_index,
        at=at,
    )
    try:
        async with session.begin_nested():
            if not beside:
                await _supersede_own(session, actor, proposal, at, apart_by)
            session.add(proposal)
    except IntegrityError:
        return (await session.execute(same.execution_options(populate_existing=True))).scalar_one()
    return proposal


def make(
    draft: Draft, id_: UUID, *, proposer_id: int, conversation: UUID, turn_id: UUID, call_index: int, at: datetime
) -> Proposal:
    """A draft as a row."""
    return Proposal(
        id=id_,
        kind=draft.kind,
        payload=dict(draft.payload),
        proposer_id=proposer_id,
        dealer_id=draft.dealer_id,
        conversation_id=conversation,
        turn_id=turn_id,
        call_index=call_index,
        permission=str(draft.permission),
        approvers=draft.approvers,
        proposer_may=draft.proposer_may,
        amount=draft.amount,
        currency=draft.currency,
        created_at=at,
        expires_at=at + draft.lifetime,
    )


async def cancel(session: AsyncSession, actor: Actor, proposal_id: UUID, at: datetime) -> Proposal:
    """Take a proposal back (its proposer) or turn it down (whoever may press); one already decided stays as it is.

    By a key it takes the scope ``propose``, whichever way it comes in.
    """
    proposal = await find(session, actor, proposal_id)
    if not actor.takes_back:
        raise NotPermitted("keys.no_scope", scope="propose")
    if proposal.proposer_id != actor.person_id and not (actor.presses and may_press(actor, proposal)):
        raise NotPermitted("proposals.no_press")
    status = Status.CANCELLED if proposal.expires_at > at else Status.EXPIRED
    if await close(session, Proposal.id == proposal_id, status, at, decided_by=actor.person_id):
        record(session, actor, f"proposal.{status}", f"proposals:{proposal_id}", at=at)
    return await find(session, actor, proposal_id)


async def expire(session: AsyncSession, at: datetime) -> int:
    """Close what nobody confirmed in time; says how many."""
    return await close(session, Proposal.expires_at <= at, Status.EXPIRED, at)


async def close(session: AsyncSession, which: ColumnElement[bool], status: Status, at: datetime, **values: Any) -> int:
    """Move open proposals to ``status``; says how many it caught open."""
    caught = update(Proposal).where(which, Proposal.status == Status.OPEN)
    return await changed_rows(session, caught.values(status=status, decided_at=at, **values))


async def _supersede_own(session: AsyncSession, actor: Actor, new: Proposal, at: datetime, apart_by: str) -> None:
    """Before the new row is written, so that no lock on a dealer's row is held while waiting for a proposal's."""
    theirs = select(Proposal).where(
        Proposal.conversation_id == new.conversation_id,
        Proposal.proposer_id == actor.person_id,
        Proposal.status == Status.OPEN,
    )
    for old in (await session.execute(theirs.order_by(Proposal.id))).scalars():
        apart = bool(apart_by) and old.kind == new.kind and old.payload.get(apart_by) != new.payload[apart_by]
        if old.approvers == 1 and may_press(actor, old) and not apart:
            await close(session, Proposal.id == old.id, Status.SUPERSEDED, at, outcome={"replaced_by": str(new.id)})
            await session.refresh(old)
