"""What waits for whom, and when a word is enough."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Permission, Role
from core.db import Database
from core.people.models import Person
from core.people.service import actor_for
from core.proposals.models import Proposal, Status
from core.proposals.service import approvers_of, cancel, confirm, needs, open_for_word, propose, waiting_for
from tests.core.proposals.desk import Office, open_office
from tests.factories import NOW, TODAY, make_dealer, make_person, make_region

pytestmark = pytest.mark.database
SOON = NOW + timedelta(minutes=1)


@pytest.fixture
async def office(database: Database) -> Office:
    return await open_office(database)


def handles(people: Iterable[Person]) -> set[str]:
    return {person.handle for person in people}


async def by_word(
    session: AsyncSession, office: Office, proposal: Proposal, text: str = "好的", who: str = "D001-buyer", **at: Any
) -> Proposal | None:
    moment = at.get("at", SOON)
    return await open_for_word(session, office.actors[who], proposal.id, text, moment, office.brand)


async def test_a_word_confirms_the_one_open_proposal_that_was_shown_last(session: AsyncSession, office: Office) -> None:
    proposal = await office.propose(session)
    found = await by_word(session, office, proposal)
    assert found is proposal
    for text in ("嗯", "收到", "行，但改成20箱", ""):
        assert await by_word(session, office, proposal, text) is None


async def test_a_word_is_too_late_after_half_an_hour(session: AsyncSession, office: Office) -> None:
    proposal = await office.propose(session)
    late = NOW + timedelta(minutes=30)
    assert await by_word(session, office, proposal, at=late - timedelta(microseconds=1)) is proposal
    assert await by_word(session, office, proposal, at=late) is None


@pytest.mark.parametrize(
    ("amount", "currency", "enough"),
    [("4999.99", "CNY", True), ("5000", "CNY", False), ("600000", "CNY", False), ("10", "USD", False)],
)
async def test_a_word_is_enough_below_the_brands_limit(
    session: AsyncSession, office: Office, amount: str, currency: str, *, enough: bool
) -> None:
    proposal = await office.propose(session, office.draft(amount=Decimal(amount), currency=currency))
    assert (await by_word(session, office, proposal) is proposal) is enough
    assert (needs(proposal, office.brand) == "word") is enough


async def test_a_word_means_nothing_beside_another_open_proposal(session: AsyncSession, office: Office) -> None:
    first = await office.propose(session, office.draft(approvers=2))
    second = await office.propose(session)
    assert await by_word(session, office, second) is None
    await cancel(session, office.actors["D001-buyer"], first.id, SOON)
    assert await by_word(session, office, second) is second


async def test_a_word_does_not_reach_what_is_superseded_decided_or_foreign(
    session: AsyncSession, office: Office
) -> None:
    old = await office.propose(session)
    new = await office.propose(session)
    assert await by_word(session, office, old) is None
    assert await by_word(session, office, new, who="D002-buyer") is None
    await confirm(session, office.actors["D001-buyer"], new.id, SOON, office.carry_out)
    assert await by_word(session, office, new) is None
    missing = await open_for_word(session, office.actors["D001-buyer"], uuid4(), "好", SOON, office.brand)
    assert missing is None


async def test_the_proposers_word_is_none_where_another_must_confirm(session: AsyncSession, office: Office) -> None:
    for_owner = await office.propose(session, office.draft(permission=Permission.ORDERS_APPROVE))
    assert await by_word(session, office, for_owner) is None
    assert await by_word(session, office, for_owner, who="D001-owner") is for_owner


async def test_each_is_shown_what_waits_for_them(session: AsyncSession, office: Office) -> None:
    own = await office.propose(session)
    for_owner = await office.propose(session, office.draft(permission=Permission.ORDERS_APPROVE), by="D001-buyer-2")
    from_rep = await office.propose(session, office.draft(proposer_may=False), by="rep-east")
    document = await propose(
        session,
        office.actors["trainer"],
        office.draft(kind="document", permission=Permission.DOCUMENTS_PUBLISH, dealer_id=None, proposer_may=False),
        conversation=office.conversations["trainer"].id,
        turn_id=uuid4(),
        call_index=0,
        at=NOW,
    )
    expected = {
        "D001-owner": {own.id, for_owner.id, from_rep.id},
        "D001-buyer": {own.id, from_rep.id},
        "D002-buyer": set(),
        "rep-east": set(),
        "trainer": set(),
        "operator": {document.id},
    }
    for handle, waiting in expected.items():
        found = await waiting_for(session, office.actors[handle], SOON)
        assert {proposal.id for proposal in found} == waiting, handle
    assert await waiting_for(session, office.actors["D001-owner"], NOW + timedelta(days=1)) == []


async def test_what_one_has_pressed_waits_for_the_other(session: AsyncSession, office: Office) -> None:
    proposal = await office.propose(session, office.draft(approvers=2))
    await confirm(session, office.actors["D001-buyer"], proposal.id, SOON, office.carry_out)
    assert list(await waiting_for(session, office.actors["D001-buyer"], SOON)) == []
    assert list(await waiting_for(session, office.actors["D001-buyer-2"], SOON)) == [proposal]
    assert handles(await approvers_of(session, proposal)) == {"D001-owner", "D001-buyer-2"}


async def test_a_dealers_own_proposal_without_a_dealer_is_not_its_neighbours(
    session: AsyncSession, office: Office
) -> None:
    proposal = await office.propose(session, office.draft(dealer_id=None))
    assert list(await waiting_for(session, office.actors["D001-buyer"], SOON)) == [proposal]
    assert list(await waiting_for(session, office.actors["D002-buyer"], SOON)) == []


async def test_approvers_are_those_who_may_press_and_still_work_there(session: AsyncSession, office: Office) -> None:
    dealer_id = office.dealer.id
    gone = {"active_until": TODAY}
    await make_person(session, "D001-gone", Role.BUYER, dealer_id=dealer_id, **gone)
    await make_person(session, "D001-erased", Role.BUYER, dealer_id=dealer_id, erased_at=NOW)
    await make_person(session, "D001-receiver", None, dealer_id=dealer_id)
    proposal = await office.propose(session)
    assert handles(await approvers_of(session, proposal)) == {"D001-owner", "D001-buyer", "D001-buyer-2"}
    from_rep = await office.propose(session, office.draft(proposer_may=False), by="D001-owner")
    assert handles(await approvers_of(session, from_rep)) == {"D001-buyer", "D001-buyer-2"}
    for_owner = await office.propose(session, office.draft(permission=Permission.ORDERS_APPROVE))
    assert handles(await approvers_of(session, for_owner)) == {"D001-owner"}


async def test_approvers_of_a_regions_matter_are_of_that_region(session: AsyncSession, office: Office) -> None:
    west = await make_region(session, "WEST")
    there = await make_dealer(session, west, "D900")
    rep_west = await make_person(session, "rep-west", Role.REP, region_id=west.id)
    draft = office.draft(permission=Permission.SALES_READ, dealer_id=there.id)
    office.actors = {**office.actors, "rep-west": await actor_for(session, rep_west, TODAY)}
    office.conversations = {**office.conversations, "rep-west": office.conversations["operator"]}
    proposal = await office.propose(session, draft, by="rep-west")
    assert handles(await approvers_of(session, proposal)) == {"rep-west"}
    assert proposal.status == Status.OPEN
