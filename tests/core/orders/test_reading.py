"""Orders as their people see them, and what a dealer usually orders."""

from datetime import date
from decimal import Decimal

import pytest

from core.db import Database
from core.errors import BadInput, NotFound
from core.orders import service as orders
from tests.core.orders.market import Market
from tests.factories import make_order

pytestmark = pytest.mark.database


async def test_the_latest_order_without_a_number(database: Database, market: Market) -> None:
    await market.order(database, ("W-550", 20))
    second = await market.order(database, ("T-500", 2))
    async with database.reads() as session:
        found = await orders.status(session, market.actors["D001-buyer"], None)
        by_number = await orders.status(session, market.actors["rep-east"], f" {second.lower()} ")
    assert found.order.number == by_number.order.number == second
    assert (found.cases, found.eta) == (2, None)


async def test_foreign_and_missing_orders_look_the_same(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 20))
    async with database.reads() as session:
        with pytest.raises(NotFound) as foreign:
            await orders.status(session, market.actors["D002-buyer"], number)
        with pytest.raises(NotFound) as missing:
            await orders.status(session, market.actors["D002-buyer"], "SO-20261120-777")
        with pytest.raises(NotFound, match=r"order.none_yet"):
            await orders.status(session, market.actors["D002-buyer"], None)
    assert foreign.value.message_key == missing.value.message_key


async def test_a_list_is_of_ones_own_scope_and_sums_what_counts(database: Database, market: Market) -> None:
    async with database.writes.begin() as session:
        product = market.products["W-550"].id
        await make_order(session, market.dealers["D001"], {product: 10}, placed_on=date(2026, 10, 31))
        await make_order(session, market.dealers["D001"], {product: 20}, state="cancelled")
        await make_order(session, market.dealers["D002"], {product: 30})
        await make_order(session, market.dealers["D040"], {product: 40})
    october = {"start": date(2026, 10, 1), "end": date(2026, 11, 1)}
    async with database.reads() as session:
        listed, total, sums = await orders.list_orders(session, market.actors["D001-buyer"])
        assert (len(listed), total, sums) == (2, 2, {"CNY": Decimal(180)})
        _, total, sums = await orders.list_orders(session, market.actors["rep-east"], limit=1)
        assert (total, sums) == (3, {"CNY": Decimal(720)})
        _, total, _ = await orders.list_orders(session, market.actors["rep-east"], **october)  # type: ignore[arg-type]
        assert total == 1
        _, total, sums = await orders.list_orders(session, market.actors["D001-buyer"], state="cancelled")
        assert (total, sums) == (1, {"CNY": Decimal(360)})
        foreign = market.dealers["D040"].id
        assert (await orders.list_orders(session, market.actors["rep-east"], dealer_id=foreign))[1] == 0
        with pytest.raises(BadInput, match=r"order.unknown_state"):
            await orders.list_orders(session, market.actors["D001-buyer"], state="lost")


async def test_habits_are_what_recent_orders_have_in_common(database: Database, market: Market) -> None:
    for quantity in (10, 20, 20):
        await market.order(database, ("W-550", quantity), ship_to="S2")
    last = await market.order(database, ("T-500", 2), ("W-550", 48, "bottle"), ship_to="S1")
    async with database.reads() as session:
        usual = await orders.habits(session, market.actors["D001-buyer"], market.dealers["D001"].id)
        strangers = await orders.habits(session, market.actors["D002-buyer"], market.dealers["D001"].id)
    water = usual.of("W-550")
    assert water is not None
    assert (water.unit, water.quantity, water.times) == ("case", 20, 4)
    assert [one.sku for one in usual.usual] == ["W-550", "T-500"]
    assert (usual.ship_to, usual.recent[0]) == ("S2", last)
    assert usual.last_lines == (
        {"sku": "T-500", "quantity": 2, "unit": "case"},
        {"sku": "W-550", "quantity": 48, "unit": "bottle"},
    )
    assert usual.amounts.keys() == set(usual.recent)
    assert usual.amounts[last] > 0
    assert strangers == orders.Habits()


async def test_the_usual_unit_and_address_are_filled_in_and_marked(database: Database, market: Market) -> None:
    for _ in range(2):
        await market.order(database, ("W-550", 1, "pallet"), ship_to="S2")
    async with database.reads() as session:
        draft = await market.draft(session, ("W-550", 2, None))
    [line] = draft.lines
    assert (line.unit, line.cases, line.by_habit) == ("pallet", 100, True)
    assert draft.ship_to is not None
    assert (draft.ship_to.code, draft.ship_to_by_habit) == ("S2", True)
