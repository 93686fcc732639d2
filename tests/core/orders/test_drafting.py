"""A draft is priced, checked, and says all that stands in its way at once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.db import Database
from core.errors import BadInput
from core.orders import service as orders
from tests.core.orders.market import Market, add_all, invoice, open_market, promotion, stock_of, trade
from tests.factories import TODAY, make_order

pytestmark = pytest.mark.database


def keys(draft: orders.OrderDraft) -> list[str]:
    return [problem.key for problem in draft.problems]


async def test_a_draft_shows_amount_free_cases_and_the_credit_left(database: Database, market: Market) -> None:
    await add_all(
        database,
        promotion(market, "P1", "free_units", "W-550", buy_cases=10, free_cases=1),
        promotion(market, "P2", "threshold", threshold=Decimal(500), discount=Decimal(50)),
        invoice(market.dealers["D001"], "1000", TODAY + timedelta(days=3)),
    )
    async with database.reads() as session:
        draft = await market.draft(session, ("W-550", 30), ("T-500", 2))
    assert draft.fine
    assert (draft.priced.goods, draft.priced.discount, draft.amount) == (Decimal(620), Decimal(50), Decimal(570))
    assert [(line.product_id, line.cases) for line in draft.priced.free] == [(market.products["W-550"].id, 3)]
    assert draft.payload()["credit_left"] == "8430"
    assert draft.payload()["free"][0]["cases"] == 3


async def test_the_same_product_twice_is_one_line(database: Database, market: Market) -> None:
    async with database.reads() as session:
        draft = await market.draft(session, ("W-550", 10), ("w-550", 24, "bottle"), ("W-550", 1, "pallet"))
    [line] = draft.lines
    assert (line.cases, line.quantity, line.unit) == (61, 61, "case")


async def test_everything_wrong_is_said_at_once(database: Database, market: Market) -> None:
    async with database.reads() as session:
        draft = await market.draft(
            session, ("X-1", 5), ("W-550", 0), ("T-500", "1.5"), ("T-500L", "NaN"),
            ship_to="火星", wanted_on=TODAY - timedelta(days=1),
        )  # fmt: skip
    assert keys(draft) == [
        "product.unknown", "order.quantity_not_positive", "order.whole_cases", "order.quantity_not_positive",
        "order.wanted_in_past", "order.unknown_ship_to",
    ]  # fmt: skip
    assert not draft.fine


@pytest.mark.parametrize("quantity", [0, -1, "-0.5", "Infinity"])
async def test_a_quantity_is_above_nothing(database: Database, market: Market, quantity: object) -> None:
    async with database.reads() as session:
        assert keys(await market.draft(session, ("W-550", quantity))) == ["order.quantity_not_positive"]


async def test_no_lines_is_no_order(database: Database, market: Market) -> None:
    async with database.reads() as session:
        with pytest.raises(BadInput, match=r"order.no_lines"):
            await market.draft(session)


async def test_a_shortage_says_what_is_there_until_when_and_what_else(database: Database, market: Market) -> None:
    await add_all(database, promotion(market, "P1", "free_units", "T-500", buy_cases=10, free_cases=1))
    async with database.writes.begin() as session:
        stock = await stock_of(session, market, "T-500")
        stock.reserved, stock.next_arrival = 24 * 380, date(2026, 11, 24)
    async with database.reads() as session:
        draft = await market.draft(session, ("T-500", 40))
    [short] = draft.shortages
    assert (short.wanted, short.able, short.until) == (40, 19, date(2026, 11, 24))
    assert [one.product.sku for one in short.instead] == ["T-500L"]


async def test_an_order_of_all_the_credit_is_fine_and_a_cent_more_is_short(database: Database, market: Market) -> None:
    await add_all(database, invoice(market.dealers["D001"], "9100", TODAY + timedelta(days=3)))
    async with database.reads() as session:
        assert (await market.draft(session, ("W-550", 50))).fine
        draft = await market.draft(session, ("W-550", 51))
    assert keys(draft) == ["order.credit_short"]
    assert draft.problems[0].params["short"].value == 18


async def test_orders_not_yet_invoiced_use_credit(database: Database, market: Market) -> None:
    async with database.writes.begin() as session:
        await make_order(session, market.dealers["D001"], {market.products["W-550"].id: 500})
        await make_order(session, market.dealers["D001"], {market.products["W-550"].id: 500}, state="cancelled")
    async with database.reads() as session:
        draft = await market.draft(session, ("W-550", 100))
    assert draft.problems[0].params["left"].value == 1000


async def test_a_temporary_line_counts_to_its_last_day(database: Database, market: Market) -> None:
    await market.set_dealer(database, temporary_credit=Decimal(5_000), temporary_until=TODAY)
    async with database.reads() as session:
        assert (await market.draft(session, ("T-500", 375))).fine
        tomorrow = TODAY + timedelta(days=1)
        assert keys(await market.draft(session, ("T-500", 375), day=tomorrow)) == ["order.credit_short"]


async def test_more_than_fifteen_days_overdue_holds_orders(database: Database, market: Market) -> None:
    await add_all(database, invoice(market.dealers["D001"], "100", TODAY - timedelta(days=15)))
    async with database.reads() as session:
        assert (await market.draft(session, ("W-550", 10))).fine
        draft = await market.draft(session, ("W-550", 10), day=TODAY + timedelta(days=1))
    assert keys(draft) == ["order.on_hold"]
    assert draft.problems[0].params["days"] == 16


async def test_minimum_of_a_product_and_of_an_order(database: Database) -> None:
    market = await open_market(database, minimum_order_cases=30)
    async with database.writes.begin() as session:
        (await session.merge(market.products["T-500"])).minimum_cases = 5
    async with database.reads() as session:
        assert keys(await market.draft(session, ("W-550", 26), ("T-500", 4))) == ["order.below_minimum"]
        assert keys(await market.draft(session, ("W-550", 24), ("T-500", 5))) == ["order.below_order_minimum"]
        assert (await market.draft(session, ("W-550", 25), ("T-500", 5))).fine


async def test_above_the_buyers_limit_the_owner_presses(database: Database, market: Market) -> None:
    async with database.reads() as session:
        within = await market.draft(session, ("T-500", 125))
        above = await market.draft(session, ("T-500", 126))
        owners = await market.draft(session, ("T-500", 126), by="D001-owner")
        reps = await market.draft(session, ("T-500", 125), by="rep-east")
    assert (within.amount, within.permission, within.proposer_may) == (Decimal(5000), "orders.confirm", True)
    assert (above.permission, above.proposer_may) == ("orders.approve", False)
    assert (owners.permission, owners.proposer_may) == ("orders.approve", True)
    assert (reps.permission, reps.proposer_may) == ("orders.confirm", False)


async def test_who_pays_first_needs_no_credit(database: Database, market: Market) -> None:
    async with database.reads() as session:
        draft = await market.draft(session, ("W-550", 50), by="D040-buyer", dealer="D040")
    assert draft.fine
    assert draft.payload()["credit_left"] is None


async def test_a_dealer_that_ended_orders_nothing(database: Database, market: Market) -> None:
    await market.set_dealer(database, stage="on_hold")
    async with database.reads() as session:
        assert keys(await market.draft(session, ("W-550", 10))) == ["order.dealer_inactive"]


async def test_ship_to_by_code_name_or_part_and_the_usual_one_without(database: Database, market: Market) -> None:
    async with database.reads() as session:
        for named in ("S2", "s2", "浦东店", "浦东", "Place S2"):
            draft = await market.draft(session, ("W-550", 10), ship_to=named)
            assert draft.ship_to is not None
            assert (draft.ship_to.code, draft.ship_to_by_habit) == ("S2", False)
        draft = await market.draft(session, ("W-550", 10))
    assert draft.ship_to is not None
    assert (draft.ship_to.code, draft.ship_to_by_habit) == ("S1", True)


async def test_drafting_changes_nothing(database: Database, market: Market) -> None:
    before = await trade(database)
    async with database.writes.begin() as session:
        await market.draft(session, ("W-550", 10), ("T-500", 9999))
    assert await trade(database) == before
