"""Who may see a proposal, press it, or take it back."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Permission
from core.errors import NotFound, NotPermitted
from core.proposals.models import Proposal
from core.scope import dealers_of


def within_scope(actor: Actor) -> ColumnElement[bool]:
    """Proposals about dealers that the actor sees; one about no dealer is the brand's, or its proposer's own."""
    own = Proposal.proposer_id == actor.person_id
    about_none = Proposal.dealer_id.is_(None)
    brands = about_none if actor.dealer_id is None else about_none & own
    scope = dealers_of(actor)
    return or_(brands, Proposal.dealer_id.in_(scope) if scope is not None else true())


async def find(session: AsyncSession, actor: Actor, proposal_id: UUID) -> Proposal:
    """The proposal as the database has it now; foreign and missing look the same."""
    seen = select(Proposal).where(Proposal.id == proposal_id, within_scope(actor))
    found = await session.execute(seen.execution_options(populate_existing=True))
    proposal = found.scalar_one_or_none()
    if proposal is None:
        raise NotFound("proposals.not_found")
    return proposal


def may_press(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor's yes counts, within scope."""
    allowed = actor.person_id is not None and actor.may(proposal.permission)
    return allowed and (proposal.proposer_may or proposal.proposer_id != actor.person_id)


def check_press(actor: Actor, proposal: Proposal) -> None:
    """NotPermitted, with a reason, where the actor's yes doesn't count."""
    if not actor.presses:
        raise NotPermitted("keys.no_confirm")
    if may_press(actor, proposal):
        return
    if actor.may(proposal.permission) and proposal.proposer_id == actor.person_id:
        raise NotPermitted("proposals.another_must")
    if proposal.permission == Permission.ORDERS_APPROVE and proposal.proposer_id == actor.person_id:
        raise NotPermitted("proposals.above_limit")
    raise NotPermitted("proposals.no_press")


async def check(session: AsyncSession, actor: Actor, proposal_id: UUID) -> None:
    """NotPermitted, with a reason, where a press of this proposal wouldn't count; nothing is pressed."""
    check_press(actor, await find(session, actor, proposal_id))
