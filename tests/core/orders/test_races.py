"""Confirmations at the same moment: limits hold, numbers are unique, and what was refused left nothing behind."""

from decimal import Decimal

import pytest
from sqlalchemy import text

from core.conversations.models import Conversation
from core.db import Database
from core.orders import service as orders
from core.people.models import Person
from core.proposals.models import Proposal, Status
from core.proposals.service import Outcome, confirm
from tests.core.orders.market import CARRY_OUT, LATER, Market, add_all, invoice, stock_of, trade
from tests.core.orders.test_changing import cancellation
from tests.core.orders.test_changing import proposed as change_proposed
from tests.factories import NOW, TODAY, make_conversation
from tests.races import Act, race, results

pytestmark = pytest.mark.database


def pressing(market: Market, proposal: Proposal, by: str = "D001-buyer") -> Act[Outcome]:
    async def press(database: Database) -> Outcome:
        async with database.writes.begin() as session:
            return await confirm(session, market.actors[by], proposal.id, LATER, CARRY_OUT)

    return press


async def books(database: Database) -> tuple[int, int]:
    """How many orders, and the bottles promised; promises and reservations agree."""
    async with database.reads() as session:
        count = (await session.execute(text("SELECT count(*) FROM orders"))).scalar_one()
        reserved = (await session.execute(text("SELECT coalesce(sum(reserved), 0) FROM stock"))).scalar_one()
        promised = (await session.execute(text("SELECT coalesce(sum(bottles), 0) FROM reservations"))).scalar_one()
    assert int(reserved) == int(promised)
    return count, int(reserved)


async def test_two_orders_that_together_exceed_the_credit(
    database: Database, database_url: str, market: Market
) -> None:
    """6,000 of 10,000 each: one passes."""
    await market.set_dealer(database, buyer_limit=Decimal(9_000))
    proposals = [
        await market.proposed(database, ("T-500", 150), by="D001-buyer"),
        await market.proposed(database, ("W-550", 340), by="D001-owner"),
    ]
    acts = [pressing(market, proposals[0]), pressing(market, proposals[1], "D001-owner")]
    outcomes = results(await race(database_url, acts))
    assert sorted(outcome.status for outcome in outcomes) == [Status.DONE, Status.REFUSED]
    [refused] = [outcome.refusal for outcome in outcomes if outcome.refusal]
    assert refused[0] == "order.credit_short"
    assert (await books(database))[0] == 1


async def test_four_dealers_people_and_the_last_case(database: Database, database_url: str, market: Market) -> None:
    """Two dealers want the same 20 cases, twice each: two of the four orders of 10 pass."""
    async with database.writes.begin() as session:
        (await stock_of(session, market, "W-550")).on_hand = 24 * 20
    people = ["D001-buyer", "D002-buyer", "D001-owner", "D002-owner"]
    proposals = [
        await market.proposed(database, ("W-550", 10), ("T-500", 1), by=person, dealer=person[:4]) for person in people
    ]
    acts = [pressing(market, proposal, person) for proposal, person in zip(proposals, people, strict=True)]
    outcomes = results(await race(database_url, acts))
    statuses = sorted(outcome.status for outcome in outcomes)
    assert statuses == [Status.DONE, Status.DONE, Status.REFUSED, Status.REFUSED]
    assert {outcome.refusal[0] for outcome in outcomes if outcome.refusal} == {"order.short"}
    count, reserved = await books(database)
    assert (count, reserved) == (2, 2 * 24 * 11)


async def test_eight_at_once_get_eight_numbers_without_a_gap(
    database: Database, database_url: str, market: Market
) -> None:
    people = [f"{dealer}-{role}" for dealer in ("D001", "D002") for role in ("owner", "buyer")] * 2
    proposals = [
        await market.proposed(database, ("W-550", 1), ("T-500", 1), by=person, dealer=person[:4])
        for person in people[:4]
    ]
    for person in people[4:]:
        market.conversations = {**market.conversations, person: await another_conversation(database, market, person)}
        proposals.append(await market.proposed(database, ("T-500", 1), ("W-550", 1), by=person, dealer=person[:4]))
    acts = [pressing(market, proposal, person) for proposal, person in zip(proposals, people, strict=True)]
    outcomes = results(await race(database_url, acts))
    numbers = sorted(outcome.result["order"] for outcome in outcomes if outcome.result)
    assert numbers == [f"SO-20261120-{n:03d}" for n in range(1, 9)]
    assert (await books(database))[0] == 8


async def another_conversation(database: Database, market: Market, person: str) -> Conversation:
    async with database.writes.begin() as session:
        speaker = await session.get_one(Person, market.actors[person].person_id)
        return await make_conversation(session, speaker, channel="telegram")


async def test_a_confirmation_and_a_correction_of_the_stock(
    database: Database, database_url: str, market: Market
) -> None:
    """Whoever is first: never more promised than there is."""
    proposal = await market.proposed(database, ("W-550", 20))

    async def correct(own: Database) -> None:
        async with own.writes.begin() as session:
            stock = await stock_of(session, market, "W-550")
            locked = await session.get_one(type(stock), stock.id, with_for_update=True, populate_existing=True)
            if locked.reserved <= 24 * 10:
                locked.on_hand = 24 * 10

    await race(database_url, [pressing(market, proposal), correct])
    async with database.reads() as session:
        stock = await stock_of(session, market, "W-550")
    assert stock.reserved <= stock.on_hand
    assert (await books(database))[0] == (1 if stock.reserved else 0)


async def test_an_invoice_and_a_confirmation_never_lose_each_other(
    database: Database, database_url: str, market: Market
) -> None:
    """Shipping one order while another is confirmed: the credit is counted once, as order or as invoice."""
    await market.set_dealer(database, buyer_limit=Decimal(9_000))
    first = await market.order(database, ("T-500", 150))
    async with database.writes.begin() as session:
        await orders.advance(session, market.actors["operator"], first, "accepted", NOW)
    proposal = await market.proposed(database, ("T-500", 100))

    async def ship(own: Database) -> None:
        async with own.writes.begin() as session:
            await orders.advance(session, market.actors["operator"], first, "shipped", NOW)

    outcomes = await race(database_url, [pressing(market, proposal), ship])
    results(outcomes)
    assert (await books(database))[0] == 2
    async with database.reads() as session:
        draft = await market.draft(session, ("W-550", 1))
    assert [problem.key for problem in draft.problems] == ["order.credit_short"]


async def test_a_change_and_a_cancellation_of_one_order(database: Database, database_url: str, market: Market) -> None:
    number = await market.order(database, ("W-550", 20), ("T-500", 5))
    change = await change_proposed(database, market, number, ("T-500", 7), ("W-550", 10))
    ending = await cancellation(database, market, number, "D001-owner")
    outcomes = results(await race(database_url, [pressing(market, change), pressing(market, ending, "D001-owner")]))
    assert [outcome.status for outcome in outcomes] in (
        [Status.DONE, Status.SUPERSEDED],  # what would be cancelled is another order by now: it is shown again
        [Status.REFUSED, Status.DONE],
    )
    held = 24 * 17 if outcomes[0].status == Status.DONE else 0
    assert await books(database) == (1, held)


async def test_orders_in_opposite_order_of_lines_do_not_wait_for_each_other_forever(
    database: Database, database_url: str, market: Market
) -> None:
    forth = await market.proposed(database, ("W-550", 5), ("T-500", 5), ("T-500L", 5))
    back = await market.proposed(database, ("T-500L", 5), ("T-500", 5), ("W-550", 5), by="D002-buyer", dealer="D002")
    outcomes = results(await race(database_url, [pressing(market, forth), pressing(market, back, "D002-buyer")]))
    assert [outcome.status for outcome in outcomes] == [Status.DONE, Status.DONE]
    assert (await books(database))[1] == 24 * 30


async def test_a_refused_confirmation_leaves_everything_as_it_was(
    database: Database, database_url: str, market: Market
) -> None:
    proposal = await market.proposed(database, ("W-550", 20))
    await add_all(database, invoice(market.dealers["D001"], "9999", TODAY))
    before = await trade(database)
    outcomes = results(await race(database_url, [pressing(market, proposal), pressing(market, proposal)]))
    assert [outcome.status for outcome in outcomes] == [Status.REFUSED, Status.REFUSED]
    assert await trade(database) == before
