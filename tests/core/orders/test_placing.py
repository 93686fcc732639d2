"""A confirmed order is placed once, as it was shown, or not at all."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, select

from core.actor import Actor, system
from core.db import Database
from core.events.models import Event
from core.orders import service as orders
from core.orders.models import Counter, Reservation
from core.policy import supersede
from core.products.models import Price
from core.proposals.models import Proposal, Status
from core.scope import visible
from tests.core.orders.market import LATER, Market, add_all, invoice, promotion, stock_of, trade
from tests.factories import LONG_AGO, NOW, TODAY

pytestmark = pytest.mark.database
EVERYONE: Actor = system("test")


async def raise_price(database: Database, market: Market, sku: str, amount: str) -> None:
    async with database.writes.begin() as session:
        mine = select(Price).where(Price.product_id == market.products[sku].id, Price.superseded_at.is_(None))
        old = (await session.execute(mine)).scalar_one()
        await supersede(session, Price, old.id, NOW)
        new = Price(
            product_id=old.product_id,
            amount=Decimal(amount),
            currency="CNY",
            valid_from=LONG_AGO.date(),
            recorded_at=NOW,
        )
        session.add(new)


async def test_an_order_is_placed_as_it_was_shown(database: Database, market: Market) -> None:
    await add_all(
        database,
        promotion(market, "P1", "free_units", "W-550", buy_cases=10, free_cases=1, counts_for_rebate=True),
        promotion(market, "P2", "threshold", category="tea", threshold=Decimal(400), discount=Decimal(30)),
    )
    number = await market.order(database, ("W-550", 20), ("T-500", 240, "bottle"), remark="下午送", wanted_on=TODAY)
    assert number == "SO-20261120-001"
    async with database.reads() as session:
        found = await orders.status(session, market.actors["D001-buyer"], number)
        water = await stock_of(session, market, "W-550")
        tea = await stock_of(session, market, "T-500")
        held = (await session.execute(select(Reservation).where(visible(EVERYONE, Reservation)))).scalars().all()
    order = found.order
    assert (order.state, order.amount, order.discount) == ("submitted", Decimal(730), Decimal(30))
    assert (order.remark, order.wanted_on, order.placed_on) == ("下午送", TODAY, TODAY)
    lines = [
        (line.quantity, line.unit, line.bottles, line.price, line.is_free, line.counts_for_rebate)
        for line in order.lines
    ]
    assert lines == [
        (20, "case", 480, Decimal(18), False, True),
        (240, "bottle", 240, Decimal(40), False, False),
        (2, "case", 48, Decimal(0), True, True),
    ]
    assert (water.reserved, tea.reserved) == (528, 240)
    assert sorted(one.bottles for one in held) == [48, 240, 480]


async def test_placing_is_written_down(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 20))
    async with database.reads() as session:
        mine = select(Event).where(Event.kind == "order.placed")
        event = (await session.execute(mine)).scalar_one()
    assert (event.actor, event.subject) == ("D001-buyer", f"orders:{number}")
    assert event.after is not None
    assert event.after["lines"] == [["W-550", 20, "case"]]


async def test_a_second_press_places_no_second_order(database: Database, market: Market) -> None:
    proposal = await market.proposed(database, ("W-550", 20))
    first = await market.press(database, proposal)
    before = await trade(database)
    second = await market.press(database, proposal)
    assert (first.result, second.first) == (second.result, False)
    assert await trade(database) == before


async def test_who_pays_first_waits_for_the_money(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 20), by="D040-buyer", dealer="D040")
    async with database.reads() as session:
        assert (await orders.status(session, market.actors["D040-buyer"], number)).order.state == "awaiting_payment"


async def test_the_owner_confirms_what_the_buyer_may_not(database: Database, market: Market) -> None:
    proposal = await market.proposed(database, ("T-500", 200))
    outcome = await market.press(database, proposal, "D001-owner")
    assert outcome.status == Status.DONE
    async with database.reads() as session:
        order = (await orders.status(session, market.actors["D001-owner"], None)).order
    assert (order.placed_by, order.confirmed_by) == (proposal.proposer_id, market.actors["D001-owner"].person_id)


async def test_a_reps_draft_is_placed_by_the_dealer(database: Database, market: Market) -> None:
    proposal = await market.proposed(database, ("W-550", 20), by="rep-east")
    assert (await market.press(database, proposal, "D001-buyer")).status == Status.DONE


async def refused(database: Database, market: Market, proposal: Proposal, key: str) -> dict[str, Any]:
    before = await trade(database)
    outcome = await market.press(database, proposal)
    assert outcome.status == Status.REFUSED
    assert outcome.refusal is not None
    assert outcome.refusal[0] == key
    assert await trade(database) == before
    return outcome.refusal[1]


async def test_stock_that_went_meanwhile_refuses_and_changes_nothing(database: Database, market: Market) -> None:
    proposal = await market.proposed(database, ("W-550", 20))
    async with database.writes.begin() as session:
        (await stock_of(session, market, "W-550")).on_hand = 24 * 19
    params = await refused(database, market, proposal, "order.short")
    assert (params["wanted"], params["able"]) == (20, 19)


async def test_credit_that_went_meanwhile_refuses_and_changes_nothing(database: Database, market: Market) -> None:
    proposal = await market.proposed(database, ("W-550", 20))
    await add_all(database, invoice(market.dealers["D001"], "9700", TODAY))
    params = await refused(database, market, proposal, "order.credit_short")
    assert params["short"].value == 60
    again = await market.press(database, proposal)
    assert again.refusal == ("order.credit_short", params)


async def test_a_new_price_is_shown_afresh_and_changes_nothing(database: Database, market: Market) -> None:
    proposal = await market.proposed(database, ("W-550", 20))
    await raise_price(database, market, "W-550", "19.00")
    before = await trade(database)
    outcome = await market.press(database, proposal)
    assert outcome.status == Status.SUPERSEDED
    assert await trade(database) == before
    assert outcome.replacement is not None
    assert outcome.replacement.amount == 380
    assert (await market.press(database, outcome.replacement)).status == Status.DONE


async def test_a_promotion_that_ended_is_shown_afresh(database: Database, market: Market) -> None:
    offer = promotion(market, "P1", "free_units", "W-550", buy_cases=10, free_cases=1)
    await add_all(database, offer)
    proposal = await market.proposed(database, ("W-550", 20))
    async with database.writes.begin() as session:
        (await session.merge(offer)).superseded_at = NOW
    outcome = await market.press(database, proposal)
    assert outcome.replacement is not None
    assert outcome.replacement.payload["free"] == []


async def test_a_dearer_replacement_above_the_limit_waits_for_the_owner(database: Database, market: Market) -> None:
    proposal = await market.proposed(database, ("T-500", 125))
    await raise_price(database, market, "T-500", "40.01")
    outcome = await market.press(database, proposal)
    assert outcome.replacement is not None
    assert outcome.replacement.permission == "orders.approve"


async def test_numbers_go_on_from_orders_that_were_brought_in(database: Database, market: Market) -> None:
    first = await market.order(database, ("W-550", 1))
    async with database.writes.begin() as session:
        order = (await orders.status(session, market.actors["D001-buyer"], first)).order
        order.number = "SO-20261120-041"
        await session.execute(delete(Counter))
    assert await market.order(database, ("W-550", 1)) == "SO-20261120-042"


async def test_the_number_is_of_the_brands_day(database: Database, market: Market) -> None:
    proposal = await market.proposed(database, ("W-550", 20))
    outcome = await market.press(database, proposal, at=LATER.replace(hour=16))
    assert outcome.result is not None
    assert outcome.result["order"].startswith("SO-20261121-")


async def test_an_order_above_a_limit_that_was_lowered_meanwhile_waits_for_the_owner(
    database: Database, market: Market
) -> None:
    proposal = await market.proposed(database, ("T-500", 100))
    await market.set_dealer(database, buyer_limit=Decimal(100))
    before = await trade(database)
    outcome = await market.press(database, proposal)
    assert outcome.status == Status.SUPERSEDED
    assert await trade(database) == before
    assert outcome.replacement is not None
    assert (outcome.replacement.permission, outcome.replacement.proposer_may) == ("orders.approve", False)
    assert (await market.press(database, outcome.replacement, "D001-owner")).status == Status.DONE


async def test_who_proposed_may_no_more_of_what_took_its_place_than_before(database: Database, market: Market) -> None:
    proposal = await market.proposed(database, ("T-500", 10), by="rep-east", dealer="D001")
    await raise_price(database, market, "T-500", "41")
    outcome = await market.press(database, proposal, "D001-buyer")
    assert outcome.replacement is not None
    assert (outcome.replacement.proposer_id, outcome.replacement.proposer_may) == (proposal.proposer_id, False)


async def test_a_unit_that_was_taken_by_habit_is_no_difference(database: Database, market: Market) -> None:
    for _ in range(2):
        await market.order(database, ("W-550", 1, "pallet"))
    proposal = await market.proposed(database, ("W-550", 1, None))
    assert proposal.payload["lines"][0]["by_habit"]
    assert (await market.press(database, proposal)).status == Status.DONE
