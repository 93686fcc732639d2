"""An order that hasn't shipped changes or ends with all that it held."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from core.db import Database
from core.errors import BadInput, NotFound, Refused
from core.events.models import Event
from core.orders import service as orders
from core.proposals.models import Proposal, Status
from tests.core.orders.market import Market, add_all, asked, invoice, promotion, stock_of, trade
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.database


async def drafted(
    database: Database, market: Market, number: str | None, *lines: object, by: str = "D001-buyer", **wish: object
) -> orders.OrderDraft:
    made = orders.Wish(asked(lines) if lines else None, **wish)  # type: ignore[arg-type]
    async with database.reads() as session:
        return await orders.draft_change(session, market.actors[by], number, made, TODAY, NOW)


async def proposed(
    database: Database, market: Market, number: str | None, *lines: object, by: str = "D001-buyer", **wish: object
) -> Proposal:
    draft = await drafted(database, market, number, *lines, by=by, **wish)
    assert draft.fine, draft.refusal()
    async with database.writes.begin() as session:
        return await market.propose(session, orders.as_proposal(draft, orders.CHANGE), by)


async def cancellation(database: Database, market: Market, number: str | None, by: str = "D001-buyer") -> Proposal:
    async with database.writes.begin() as session:
        draft = await orders.draft_cancellation(session, market.actors[by], number, "数量有误")
        return await market.propose(session, draft, by)


async def reserved(database: Database, market: Market, sku: str) -> int:
    async with database.reads() as session:
        return (await stock_of(session, market, sku)).reserved


async def test_a_change_rebooks_lines_stock_and_amount(database: Database, market: Market) -> None:
    await add_all(database, promotion(market, "P1", "free_units", "W-550", buy_cases=10, free_cases=1))
    number = await market.order(database, ("W-550", 20), remark="下午送")
    proposal = await proposed(database, market, number, ("W-550", 9), ("T-500", 3), ship_to="S2")
    assert (await market.press(database, proposal)).status == Status.DONE
    async with database.reads() as session:
        found = await orders.status(session, market.actors["D001-buyer"], number)
        event = (await session.execute(select(Event).where(Event.kind == "order.changed"))).scalar_one()
    assert [(line.quantity, line.is_free) for line in found.order.lines] == [(9, False), (3, False)]
    assert (found.order.amount, found.order.remark, found.order.state) == (Decimal(282), "下午送", "submitted")
    assert found.ship_to is not None
    assert found.ship_to.code == "S2"
    assert await reserved(database, market, "W-550") == 9 * 24
    assert await reserved(database, market, "T-500") == 3 * 24
    assert event.before is not None
    assert event.after is not None
    assert (event.before["amount"], event.before["lines"]) == ("360", [["W-550", "20", "case"]])
    assert event.after["lines"] == [["W-550", 9, "case"], ["T-500", 3, "case"]]


async def test_only_the_address_changes_where_only_that_is_said(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 20))
    await market.press(database, await proposed(database, market, None, ship_to="浦东店"))
    async with database.reads() as session:
        found = await orders.status(session, market.actors["D001-buyer"], number)
    assert found.ship_to is not None
    assert (found.ship_to.code, found.order.amount) == ("S2", Decimal(360))


async def test_its_own_stock_and_credit_are_there_for_a_change(database: Database, market: Market) -> None:
    number = await market.order(database, ("T-500", 120))
    async with database.writes.begin() as session:
        (await stock_of(session, market, "T-500")).on_hand = 24 * 130
    await add_all(database, invoice(market.dealers["D001"], "4800", TODAY))
    proposal = await proposed(database, market, number, ("T-500", 130), by="D001-owner")
    assert (await market.press(database, proposal, "D001-owner")).status == Status.DONE
    draft = await drafted(database, market, number, ("T-500", 131))
    assert [short.able for short in draft.shortages] == [130]
    assert [problem.key for problem in draft.problems] == ["order.credit_short"]


async def test_a_smaller_order_is_possible_on_hold(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 20))
    await add_all(database, invoice(market.dealers["D001"], "100", TODAY.replace(month=10)))
    assert (await drafted(database, market, number, ("W-550", 19))).fine
    assert not (await drafted(database, market, number, ("W-550", 21))).fine


async def test_nothing_new_is_no_change(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 20))
    with pytest.raises(Refused, match=r"order.nothing_changes"):
        await drafted(database, market, number, ("W-550", 20))


async def test_an_order_that_changed_meanwhile_is_shown_afresh(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 20))
    slow = await proposed(database, market, number, ("W-550", 40))
    quick = await proposed(database, market, number, ship_to="S2", by="D001-owner")
    assert (await market.press(database, quick, "D001-owner")).status == Status.DONE
    before = await trade(database)
    assert (await market.press(database, slow)).status == Status.SUPERSEDED
    assert await trade(database) == before


async def test_an_order_that_became_another_is_not_cancelled_by_an_old_press(
    database: Database, market: Market
) -> None:
    number = await market.order(database, ("W-550", 20))
    old = await cancellation(database, market, number)
    await market.press(database, await proposed(database, market, number, ("W-550", 40)))
    before = await trade(database)
    outcome = await market.press(database, old)
    assert outcome.status == Status.SUPERSEDED
    assert await trade(database) == before
    assert outcome.replacement is not None
    assert outcome.replacement.amount == Decimal(720)
    assert (await market.press(database, outcome.replacement)).status == Status.DONE


@pytest.mark.parametrize(
    ("cases", "state"),
    [(100, "awaiting_payment"), (10, "accepted"), (9, "accepted")],
    ids=["dearer", "same", "cheaper"],
)
async def test_a_paid_order_that_gets_dearer_waits_for_the_rest(
    database: Database, market: Market, cases: int, state: str
) -> None:
    buyer = "D040-buyer"
    number = await market.order(database, ("W-550", 10), by=buyer, dealer="D040")
    async with database.writes.begin() as session:
        await orders.advance(session, market.actors["operator"], number, "accepted", NOW)
    wish = proposed(database, market, number, ("W-550", cases), by=buyer, remark="下午送")
    assert (await market.press(database, await wish, buyer)).status == Status.DONE
    async with database.reads() as session:
        order = (await orders.status(session, market.actors[buyer], number)).order
    assert (order.state, order.amount) == (state, Decimal(18 * cases))


async def test_a_change_above_a_limit_that_was_lowered_meanwhile_waits_for_the_owner(
    database: Database, market: Market
) -> None:
    number = await market.order(database, ("T-500", 10))
    proposal = await proposed(database, market, number, ("T-500", 100))
    await market.set_dealer(database, buyer_limit=Decimal(100))
    outcome = await market.press(database, proposal)
    assert outcome.status == Status.SUPERSEDED
    assert outcome.replacement is not None
    assert (outcome.replacement.permission, outcome.replacement.proposer_may) == ("orders.approve", False)
    assert (await market.press(database, outcome.replacement, "D001-owner")).status == Status.DONE


async def test_what_shipped_is_neither_changed_nor_cancelled(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 20))
    change = await proposed(database, market, number, ("W-550", 10))
    ending = await cancellation(database, market, number, "D001-owner")
    async with database.writes.begin() as session:
        for state in ("accepted", "shipped"):
            await orders.advance(session, market.actors["operator"], number, state, NOW)
    before = await trade(database)
    refusals = [(await market.press(database, change)).refusal]
    refusals.append((await market.press(database, ending, "D001-owner")).refusal)
    assert [refusal[0] for refusal in refusals if refusal] == ["order.cannot_change", "order.cannot_cancel"]
    assert await trade(database) == before
    with pytest.raises(Refused, match=r"order.cannot_change"):
        await drafted(database, market, number, ("W-550", 10))


async def test_cancelling_frees_stock_and_credit(database: Database, market: Market) -> None:
    number = await market.order(database, ("T-500", 120), ("W-550", 10))
    outcome = await market.press(database, await cancellation(database, market, None))
    assert outcome.status == Status.DONE
    assert await reserved(database, market, "T-500") == await reserved(database, market, "W-550") == 0
    async with database.reads() as session:
        order = (await orders.status(session, market.actors["D001-buyer"], number)).order
        open_now = await orders.open_orders(session, market.actors["D001-buyer"], order.dealer_id, "CNY")
    assert (order.state, order.reason, open_now) == ("cancelled", "数量有误", Decimal(0))


async def test_anothers_order_is_as_missing(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 20))
    with pytest.raises(NotFound):
        await drafted(database, market, number, ("W-550", 10), by="D002-buyer")
    with pytest.raises(NotFound):
        await cancellation(database, market, number, "D002-buyer")


async def test_a_rep_names_the_order_and_the_dealer_presses(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 20))
    with pytest.raises(BadInput, match=r"order.which"):
        await cancellation(database, market, None, "rep-east")
    proposal = await cancellation(database, market, number, "rep-east")
    assert proposal.proposer_may is False
    assert (await market.press(database, proposal)).status == Status.DONE
