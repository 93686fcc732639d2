"""Presses at the same moment, and processes that die between two steps: one order, or none and the proposal open."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from core import faults
from core.actor import Actor, system
from core.db import Database
from core.dealers.models import Dealer
from core.errors import Refused
from core.orders.models import Order
from core.proposals.models import Press, Proposal, Status
from core.proposals.service import CarryOut, Outcome, cancel, confirm, propose
from core.scope import visible
from tests.core.proposals.desk import Office, open_office
from tests.factories import NOW, make_order
from tests.races import Act, race, results

pytestmark = pytest.mark.database
LATER = NOW + timedelta(minutes=5)


class Killed(BaseException):
    """A process that dies; nothing may catch it."""


@pytest.fixture
async def office(database: Database) -> Office:
    return await open_office(database)


async def proposed(database: Database, office: Office, by: str = "D001-buyer", **changes: Any) -> UUID:
    async with database.writes.begin() as session:
        return (await office.propose(session, office.draft(**changes), by=by)).id


async def counted(database: Database) -> int:
    async with database.reads() as session:
        count: int = (await session.execute(text("SELECT count(*) FROM orders"))).scalar_one()
        return count


async def status_of(database: Database, proposal_id: UUID) -> str:
    async with database.reads() as session:
        return (await session.get_one(Proposal, proposal_id)).status


def pressing(
    office: Office, presser: str, proposal_id: UUID, carry_out: dict[str, CarryOut] | None = None
) -> Act[Outcome]:
    async def press(database: Database) -> Outcome:
        async with database.writes.begin() as session:
            return await confirm(session, office.actors[presser], proposal_id, LATER, carry_out or office.carry_out)

    return press


async def test_eight_presses_at_once_place_one_order(database: Database, office: Office) -> None:
    proposal_id = await proposed(database, office)
    pressers = ["D001-buyer", "D001-buyer", "D001-owner", "D001-buyer-2"] * 2
    outcomes = results(await race(database.url, [pressing(office, one, proposal_id) for one in pressers]))
    assert await counted(database) == 1
    assert len(office.carried) == 1
    assert [outcome.first for outcome in outcomes].count(True) == 1
    assert {outcome.status for outcome in outcomes} == {Status.DONE}
    assert len({str(outcome.result) for outcome in outcomes}) == 1


async def test_two_approvers_at_once_complete_it_once(database: Database, office: Office) -> None:
    proposal_id = await proposed(database, office, approvers=2)
    pressers = ["D001-buyer", "D001-buyer-2"] * 3
    outcomes = results(await race(database.url, [pressing(office, one, proposal_id) for one in pressers]))
    assert await counted(database) == 1
    assert [outcome.first for outcome in outcomes if outcome.status is Status.DONE].count(True) == 1
    assert await status_of(database, proposal_id) == Status.DONE
    async with database.reads() as session:
        assert (await session.execute(select(func.count()).select_from(Press))).scalar_one() == 2


async def test_a_press_and_a_cancellation_at_once_have_one_winner(database: Database, office: Office) -> None:
    async def take_back(rival: Database) -> Status:
        async with rival.writes.begin() as session:
            return Status((await cancel(session, office.actors["D001-buyer"], proposal_id, LATER)).status)

    for _ in range(5):
        before = await counted(database)
        proposal_id = await proposed(database, office)
        press = pressing(office, "D001-owner", proposal_id)
        pressed, _cancelled = results(await race(database.url, [press, take_back]))
        assert isinstance(pressed, Outcome)
        placed = await counted(database) - before
        assert placed == (1 if await status_of(database, proposal_id) == Status.DONE else 0)
        assert pressed.status is (Status.DONE if placed else Status.CANCELLED)


async def test_different_proposals_that_exceed_a_limit_together_are_not_all_carried_out(
    database: Database, office: Office
) -> None:
    """Each is within the limit of three orders; the limit is looked at under the dealer's lock."""

    async def within_limit(session: AsyncSession, _: Actor, proposal: Proposal, _at: Any) -> dict[str, Any]:
        everyone = system("test")
        locked = select(Dealer).where(visible(everyone, Dealer), Dealer.id == office.dealer.id).with_for_update()
        await session.execute(locked)
        taken = select(func.count()).select_from(Order).where(visible(everyone, Order))
        if (await session.execute(taken)).scalar_one() >= 3:
            raise Refused("orders.credit")
        return {"order": (await make_order(session, office.dealer, proposal_id=proposal.id)).number}

    proposals = [await proposed(database, office, approvers=1, proposer_may=False, by="rep-east") for _ in range(6)]
    presses = [pressing(office, "D001-owner", one, {"order": within_limit}) for one in proposals]
    outcomes = results(await race(database.url, presses))
    assert sorted(outcome.status for outcome in outcomes) == [Status.DONE] * 3 + [Status.REFUSED] * 3
    assert await counted(database) == 3


async def test_a_press_and_a_newer_proposal_at_once_do_not_block_each_other(database: Database, office: Office) -> None:
    async def newer(rival: Database) -> None:
        async with rival.writes.begin() as session:
            await office.propose(session)

    async def lock_then_order(session: AsyncSession, _: Actor, proposal: Proposal, _at: Any) -> dict[str, Any]:
        everyone = system("test")
        locked = select(Dealer).where(visible(everyone, Dealer), Dealer.id == office.dealer.id).with_for_update()
        await session.execute(locked)
        return {"order": (await make_order(session, office.dealer, proposal_id=proposal.id)).number}

    for _ in range(10):
        before = await counted(database)
        proposal_id = await proposed(database, office)
        press = pressing(office, "D001-buyer", proposal_id, {"order": lock_then_order})
        outcomes = results(await race(database.url, [press, newer]))
        assert isinstance(outcomes[0], Outcome)
        assert outcomes[0].status in {Status.DONE, Status.SUPERSEDED}
        assert await counted(database) - before == (1 if outcomes[0].status is Status.DONE else 0)


async def test_a_turn_repeated_at_once_makes_one_open_proposal(database: Database, office: Office) -> None:
    turn = uuid4()

    async def repeat(rival: Database) -> UUID:
        async with rival.writes.begin() as session:
            made = await propose(
                session,
                office.actors["D001-buyer"],
                office.draft(),
                conversation=office.conversations["D001-buyer"].id,
                turn_id=turn,
                call_index=0,
                at=NOW,
            )
            return made.id

    ids = results(await race(database.url, [repeat] * 6))
    assert len(set(ids)) == 1
    assert await status_of(database, ids[0]) == Status.OPEN


@pytest.mark.parametrize("where", ["proposals.claimed", "test.order_written", "proposals.carried_out"])
async def test_a_crash_before_the_commit_leaves_the_proposal_open(
    database: Database, office: Office, where: str
) -> None:
    proposal_id = await proposed(database, office)

    def die(point: str) -> None:
        if point == where:
            raise Killed

    press = pressing(office, "D001-buyer", proposal_id)
    with faults.arm(die), pytest.raises(Killed):
        await press(database)
    assert await status_of(database, proposal_id) == Status.OPEN
    assert await counted(database) == 0
    assert (await press(database)).first
    assert await counted(database) == 1


async def test_a_crash_after_the_commit_is_answered_with_the_first_outcome(database: Database, office: Office) -> None:
    proposal_id = await proposed(database, office)
    press = pressing(office, "D001-buyer", proposal_id)
    lost = await press(database)
    again = await press(database)
    assert (again.result, again.first) == (lost.result, False)
    assert again.result is not None
    assert again.result["amount"] == Decimal("1800.00")
    assert await counted(database) == 1
