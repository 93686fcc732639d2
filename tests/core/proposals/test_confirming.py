"""A press carries out once, by whoever may, or explains why not."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Permission
from core.db import Database
from core.errors import NotFound, NotPermitted, Refused
from core.events.models import Event
from core.proposals.models import Press, Proposal, Status
from core.proposals.service import Changed, cancel, confirm, expire, propose
from tests.core.proposals.desk import Office, open_office
from tests.factories import NOW, TODAY, make_order

pytestmark = pytest.mark.database
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
async def office(database: Database) -> Office:
    return await open_office(database)


async def orders(session: AsyncSession) -> int:
    count: int = (await session.execute(text("SELECT count(*) FROM orders"))).scalar_one()
    return count


async def test_a_press_carries_out_and_says_what_came_of_it(session: AsyncSession, office: Office) -> None:
    proposal = await office.propose(session)
    outcome = await confirm(session, office.actors["D001-buyer"], proposal.id, LATER, office.carry_out)
    assert outcome.status is Status.DONE
    assert outcome.first
    assert outcome.result is not None
    assert outcome.result["amount"] == Decimal("1800.00")
    assert outcome.result["on"] == TODAY
    assert (outcome.proposal.decided_by, outcome.proposal.decided_at) == (office.people["D001-buyer"].id, LATER)
    assert await orders(session) == 1


async def test_a_second_press_returns_the_first_outcome_and_places_no_second_order(
    session: AsyncSession, office: Office
) -> None:
    proposal = await office.propose(session)
    first = await confirm(session, office.actors["D001-buyer"], proposal.id, LATER, office.carry_out)
    for presser in ("D001-buyer", "D001-buyer-2", "D001-owner"):
        again = await confirm(session, office.actors[presser], proposal.id, LATER + timedelta(days=9), office.carry_out)
        assert (again.status, again.result, again.first) == (Status.DONE, first.result, False)
    assert await orders(session) == 1


@pytest.mark.parametrize(("presser", "refusal"), [("D002-buyer", NotFound), ("rep-east", NotPermitted)])
async def test_whoever_may_not_press_changes_nothing(
    session: AsyncSession, office: Office, presser: str, refusal: type[Exception]
) -> None:
    proposal = await office.propose(session)
    with pytest.raises(refusal):
        await confirm(session, office.actors[presser], proposal.id, LATER, office.carry_out)
    with pytest.raises(refusal):
        await cancel(session, office.actors[presser], proposal.id, LATER)
    await session.refresh(proposal)
    assert proposal.status == Status.OPEN
    assert await orders(session) == 0
    assert (await session.execute(select(func.count()).select_from(Press))).scalar_one() == 0


async def test_a_foreign_proposal_looks_as_one_that_is_not_there(session: AsyncSession, office: Office) -> None:
    proposal = await office.propose(session)
    seen = []
    for proposal_id in (proposal.id, uuid4()):
        with pytest.raises(NotFound) as caught:
            await confirm(session, office.actors["D002-buyer"], proposal_id, LATER, office.carry_out)
        seen.append((caught.value.message_key, caught.value.params))
    assert seen[0] == seen[1]


async def test_the_proposer_does_not_count_where_another_must_confirm(session: AsyncSession, office: Office) -> None:
    draft = office.draft(permission=Permission.ORDERS_APPROVE, proposer_may=False)
    proposal = await office.propose(session, draft, by="D001-owner")
    with pytest.raises(NotPermitted, match="another_must"):
        await confirm(session, office.actors["D001-owner"], proposal.id, LATER, office.carry_out)
    assert await orders(session) == 0


async def test_a_rep_drafts_and_the_dealer_confirms(session: AsyncSession, office: Office) -> None:
    proposal = await office.propose(session, office.draft(proposer_may=False), by="rep-east")
    outcome = await confirm(session, office.actors["D001-owner"], proposal.id, LATER, office.carry_out)
    assert outcome.status is Status.DONE
    events = (await session.execute(select(Event).where(Event.kind == "proposal.done"))).scalars().all()
    assert [(event.actor, event.on_behalf_of) for event in events] == [("D001-owner", "rep-east")]


async def test_two_approvers_mean_two_people(session: AsyncSession, office: Office) -> None:
    proposal = await office.propose(session, office.draft(approvers=2))
    buyer, second = office.actors["D001-buyer"], office.actors["D001-buyer-2"]
    one = await confirm(session, buyer, proposal.id, LATER, office.carry_out)
    assert (one.status, one.waiting_for, one.first) == (Status.OPEN, 1, True)
    same = await confirm(session, buyer, proposal.id, LATER, office.carry_out)
    assert (same.status, same.waiting_for, same.first) == (Status.OPEN, 1, False)
    assert await orders(session) == 0
    two = await confirm(session, second, proposal.id, LATER, office.carry_out)
    assert (two.status, two.waiting_for, two.first) == (Status.DONE, 0, True)
    assert await orders(session) == 1


async def test_an_expired_proposal_is_not_carried_out(session: AsyncSession, office: Office) -> None:
    proposal = await office.propose(session, office.draft(lifetime=timedelta(hours=1)))
    at = NOW + timedelta(hours=1)
    outcome = await confirm(session, office.actors["D001-buyer"], proposal.id, at, office.carry_out)
    assert (outcome.status, outcome.first) == (Status.EXPIRED, False)
    assert await orders(session) == 0


async def test_expire_closes_what_ran_out_and_nothing_else(session: AsyncSession, office: Office) -> None:
    short = await office.propose(session, office.draft(lifetime=timedelta(hours=1)), by="D001-buyer-2")
    long = await office.propose(session)
    assert await expire(session, NOW + timedelta(hours=1)) == 1
    await session.refresh(short)
    await session.refresh(long)
    assert (short.status, long.status) == (Status.EXPIRED, Status.OPEN)


async def test_a_refusal_is_kept_with_its_figures_and_undoes_what_was_begun(
    session: AsyncSession, office: Office
) -> None:
    proposal = await office.propose(session)

    async def too_dear(inside: AsyncSession, *_: Any) -> dict[str, Any]:
        await make_order(inside, office.dealer)
        raise Refused("orders.credit", short=Decimal("3200.00"), until=date(2026, 12, 1))

    expected = ("orders.credit", {"short": Decimal("3200.00"), "until": date(2026, 12, 1)})
    first = await confirm(session, office.actors["D001-buyer"], proposal.id, LATER, {"order": too_dear})
    assert (first.status, first.refusal, first.first) == (Status.REFUSED, expected, True)
    again = await confirm(session, office.actors["D001-buyer"], proposal.id, LATER, office.carry_out)
    assert (again.status, again.refusal, again.first) == (Status.REFUSED, expected, False)
    assert await orders(session) == 0


async def test_a_change_gives_a_fresh_proposal_that_nobody_has_pressed(session: AsyncSession, office: Office) -> None:
    proposal = await office.propose(session)

    async def dearer(inside: AsyncSession, *_: Any) -> dict[str, Any]:
        await make_order(inside, office.dealer)
        raise Changed(office.draft(amount=Decimal(1900), payload={"lines": []}))

    first = await confirm(session, office.actors["D001-owner"], proposal.id, LATER, {"order": dearer})
    assert (first.status, first.first) == (Status.SUPERSEDED, True)
    fresh = first.replacement
    assert fresh is not None
    assert (fresh.status, fresh.amount, fresh.proposer_id) == (Status.OPEN, Decimal(1900), proposal.proposer_id)
    assert await orders(session) == 0
    again = await confirm(session, office.actors["D001-owner"], proposal.id, LATER, office.carry_out)
    assert again.replacement is not None
    assert (again.replacement.id, again.first) == (fresh.id, False)
    done = await confirm(session, office.actors["D001-owner"], fresh.id, LATER, office.carry_out)
    assert done.status is Status.DONE
    assert await orders(session) == 1


async def test_a_bug_leaves_the_proposal_open(session: AsyncSession, office: Office) -> None:
    proposal = await office.propose(session)

    async def broken(inside: AsyncSession, *_: Any) -> dict[str, Any]:
        await make_order(inside, office.dealer)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await confirm(session, office.actors["D001-buyer"], proposal.id, LATER, {"order": broken})
    await session.refresh(proposal)
    assert proposal.status == Status.OPEN
    assert await orders(session) == 0
    outcome = await confirm(session, office.actors["D001-buyer"], proposal.id, LATER, office.carry_out)
    assert outcome.status is Status.DONE


async def test_a_cancelled_proposal_can_not_be_confirmed(session: AsyncSession, office: Office) -> None:
    proposal = await office.propose(session)
    cancelled = await cancel(session, office.actors["D001-buyer"], proposal.id, LATER)
    assert cancelled.status == Status.CANCELLED
    outcome = await confirm(session, office.actors["D001-buyer"], proposal.id, LATER, office.carry_out)
    assert (outcome.status, outcome.first) == (Status.CANCELLED, False)
    assert await orders(session) == 0


async def test_a_repeated_turn_finds_its_proposal(session: AsyncSession, office: Office) -> None:
    conversation, turn = office.conversations["D001-buyer"].id, uuid4()
    made = [
        await propose(
            session,
            office.actors["D001-buyer"],
            office.draft(),
            conversation=conversation,
            turn_id=turn,
            call_index=0,
            at=NOW,
        )
        for _ in range(2)
    ]
    assert made[0].id == made[1].id
    assert made[0].status == Status.OPEN
    assert (await session.execute(select(func.count()).select_from(Proposal))).scalar_one() == 1


async def test_a_new_proposal_supersedes_the_own_one_and_none_that_waits_for_others(
    session: AsyncSession, office: Office
) -> None:
    own = await office.propose(session)
    for_owner = await office.propose(session, office.draft(permission=Permission.ORDERS_APPROVE))
    for_two = await office.propose(session, office.draft(approvers=2))
    for_another = await office.propose(session, office.draft(proposer_may=False))
    colleague = await office.propose(session, by="D001-buyer-2")
    newest = await office.propose(session)
    for proposal in (own, for_owner, for_two, for_another, colleague, newest):
        await session.refresh(proposal)
    assert own.status == Status.SUPERSEDED
    statuses = {proposal.status for proposal in (for_owner, for_two, for_another, colleague, newest)}
    assert statuses == {Status.OPEN}


async def test_the_newer_one_supersedes_the_own_even_where_it_waits_for_others(
    session: AsyncSession, office: Office
) -> None:
    own = await office.propose(session)
    await office.propose(session, office.draft(permission=Permission.ORDERS_APPROVE))
    await session.refresh(own)
    assert own.status == Status.SUPERSEDED
