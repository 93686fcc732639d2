"""What waits for whom, and whether a word is enough."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import PERMISSIONS, Actor, Permission
from core.brand.models import Brand
from core.brand.service import current_at, signs_with_code
from core.errors import NotPermitted
from core.people.actors import actor_for
from core.people.models import Person
from core.proposals import rules
from core.proposals.models import Press, Proposal, Status
from core.proposals.rights import may_press, within_scope
from core.scope import may_see_dealer

A_WORD_IS_FRESH = timedelta(minutes=30)
NEVER_BY_WORD = frozenset({str(Permission.CONTRACTS_SIGN)})  # nobody signs a contract by saying "ok"


def needs(proposal: Proposal, brand: Brand) -> rules.Strength:
    """How strong a confirmation this one takes."""
    if proposal.permission in NEVER_BY_WORD:
        return "second_factor" if signs_with_code(brand) else "button"
    same_currency = proposal.currency in {None, brand.currency}
    return rules.strength(proposal.amount, brand.word_limit, brand.button_limit, same_currency=same_currency)


async def waiting_for(session: AsyncSession, actor: Actor, at: datetime) -> Sequence[Proposal]:
    """Open proposals that the actor may press and hasn't, oldest first."""
    if actor.person_id is None:
        return []
    pressed = exists().where(Press.proposal_id == Proposal.id, Press.person_id == actor.person_id)
    found = await session.execute(
        select(Proposal)
        .where(
            Proposal.status == Status.OPEN,
            Proposal.expires_at > at,
            Proposal.permission.in_([str(permission) for permission in sorted(actor.permissions)]),
            or_(Proposal.proposer_may, Proposal.proposer_id != actor.person_id),
            within_scope(actor),
            ~pressed,
        )
        .order_by(Proposal.created_at, Proposal.id)
    )
    return found.scalars().all()


async def of_turn(session: AsyncSession, actor: Actor, turn_id: UUID) -> Sequence[Proposal]:
    """What the actor proposed in a turn, in order."""
    made = select(Proposal).where(Proposal.turn_id == turn_id, Proposal.proposer_id == actor.person_id)
    return (await session.execute(made.order_by(Proposal.call_index))).scalars().all()


async def statuses(session: AsyncSession, proposal_ids: Iterable[UUID], at: datetime) -> dict[UUID, Status]:
    """Where each stands; one past its time counts as expired though nobody has swept it yet."""
    found = select(Proposal.id, Proposal.status, Proposal.expires_at).where(Proposal.id.in_(list(proposal_ids)))
    return {
        row.id: Status.EXPIRED if row.status == Status.OPEN and row.expires_at <= at else Status(row.status)
        for row in await session.execute(found)
    }


async def open_for_word(
    session: AsyncSession, actor: Actor, proposal_id: UUID, text: str, at: datetime, brand: Brand
) -> Proposal | None:
    """The proposal that was shown last, where this message, as a whole, may confirm it; else None.

    It must be open and the actor's to press, the only one of its conversation, under 30 minutes old and below the
    brand's limit for words.
    """
    if not rules.confirms(text):
        return None
    waiting = await waiting_for(session, actor, at)
    proposal = next((one for one in waiting if one.id == proposal_id), None)
    if proposal is None or at - proposal.created_at >= A_WORD_IS_FRESH or needs(proposal, brand) != "word":
        return None
    beside = [one for one in waiting if one.conversation_id == proposal.conversation_id and one is not proposal]
    return None if beside else proposal


async def approvers_of(session: AsyncSession, proposal: Proposal, day: date | None = None) -> list[Person]:
    """Whoever may press it and hasn't, on ``day`` (that of the proposal, when absent): those whom to ask."""
    if day is None:
        _, day = await current_at(session, proposal.created_at)
    roles = [str(role) for role, permissions in PERMISSIONS.items() if proposal.permission in permissions]
    pressed = exists().where(Press.proposal_id == proposal.id, Press.person_id == Person.id)
    people = select(Person).where(
        Person.role.in_(roles),
        Person.erased_at.is_(None),
        or_(Person.dealer_id.is_(None), Person.dealer_id == proposal.dealer_id),
        ~pressed,
    )
    able = []
    for person in (await session.execute(people.order_by(Person.id))).scalars():
        try:
            actor = await actor_for(session, person, day)
        except NotPermitted:
            continue
        seen = proposal.dealer_id is None or await may_see_dealer(session, actor, proposal.dealer_id)
        if seen and may_press(actor, proposal):
            able.append(person)
    return able
