"""An order moves on as the rules say; what leaves is taken off lots and stock and is invoiced."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.accounts.models import Invoice, InvoiceLine
from core.actor import system
from core.db import Database
from core.errors import BadInput, NotFound, NotPermitted, Refused
from core.orders import service as orders
from core.orders.models import ShipmentLine
from core.products.models import Lot
from core.scope import visible
from tests.core.orders.market import Market, add_all, promotion, stock_of, trade
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.database
EVERYONE = system("test")


async def advance(
    database: Database,
    market: Market,
    number: str,
    *states: str,
    by: str = "operator",
    detail: orders.Detail | None = None,
) -> None:
    for state in states:
        async with database.writes.begin() as session:
            await orders.advance(session, market.actors[by], number, state, NOW, detail)


async def invoices(database: Database) -> list[Invoice]:
    async with database.reads() as session:
        mine = select(Invoice).where(visible(EVERYONE, Invoice)).order_by(Invoice.id)
        return list((await session.execute(mine)).scalars())


async def test_an_order_ships_from_the_first_lot_to_expire_and_is_invoiced(database: Database, market: Market) -> None:
    await add_all(
        database,
        promotion(market, "P1", "free_units", "W-550", buy_cases=10, free_cases=1),
        promotion(market, "P2", "threshold", threshold=Decimal(1000), discount=Decimal("99.99")),
    )
    number = await market.order(database, ("W-550", 110), ("T-500", 50))
    truck = orders.Truck("顺捷物流", "SJ1", TODAY + timedelta(days=3))
    await advance(database, market, number, "accepted")
    await advance(database, market, number, "shipped", detail=orders.Detail(truck=truck))
    async with database.reads() as session:
        found = await orders.status(session, market.actors["D001-buyer"], number)
        water = await stock_of(session, market, "W-550")
        mine = select(ShipmentLine).where(visible(EVERYONE, ShipmentLine)).order_by(ShipmentLine.id)
        sent = [(line.lot_number, line.bottles // 24) for line in (await session.execute(mine)).scalars()]
        lots = {lot.number: lot.on_hand // 24 for lot in (await session.execute(select(Lot))).scalars()}
    assert found.order.state == "shipped"
    [shipment] = found.order.shipments
    assert (shipment.carrier, shipment.eta, shipment.number) == (
        "顺捷物流",
        TODAY + timedelta(days=3),
        f"SH-{number[3:]}-1",
    )
    assert sent == [("W-550-A", 100), ("W-550-B", 10), ("T-500-A", 50), ("W-550-B", 11)]
    assert (lots["W-550-A"], lots["W-550-B"], lots["T-500-A"]) == (0, 479, 50)
    assert (water.on_hand, water.reserved) == (24 * (600 - 121), 0)
    [bill] = await invoices(database)
    assert (bill.amount, bill.due_on) == (found.order.amount, TODAY + timedelta(days=30))
    assert found.order.amount == Decimal("3880.01")


async def test_parts_of_an_order_are_invoiced_to_the_cent(database: Database, market: Market) -> None:
    await add_all(database, promotion(market, "P2", "threshold", threshold=Decimal(1), discount=Decimal("0.01")))
    number = await market.order(database, ("W-550", 7), ("T-500", 3))
    await advance(database, market, number, "accepted")
    await advance(database, market, number, "part_shipped", detail=orders.Detail(cases={"W-550": 2, "T-500": 1}))
    async with database.reads() as session:
        found = await orders.status(session, market.actors["D001-buyer"], number)
        water = await stock_of(session, market, "W-550")
        left = await orders.open_orders(session, EVERYONE, found.order.dealer_id, "CNY")
    assert found.order.state == "part_shipped"
    assert water.reserved == 5 * 24
    [first] = await invoices(database)
    assert left == found.order.amount - first.amount
    await advance(database, market, number, "shipped", "received", "closed")
    bills = await invoices(database)
    assert sum(bill.amount for bill in bills) == found.order.amount
    assert [bill.number for bill in bills] == [f"INV-{number}-1", f"INV-{number}-2"]
    async with database.reads() as session:
        mine = select(InvoiceLine).where(visible(EVERYONE, InvoiceLine))
        assert sum(line.bottles for line in (await session.execute(mine)).scalars()) == 240
        found = await orders.status(session, market.actors["D001-buyer"], number)
    assert found.order.state == "closed"
    assert all(shipment.received_on == TODAY for shipment in found.order.shipments)


@pytest.mark.parametrize("lines", [(("W-550", 5), ("T-500", 3)), (("W-550", 4),)])
async def test_a_part_without_a_list_leaves_something_for_later(
    database: Database, market: Market, lines: tuple[tuple[str, int], ...]
) -> None:
    number = await market.order(database, *lines)
    await advance(database, market, number, "accepted", "part_shipped")
    async with database.reads() as session:
        found = await orders.status(session, market.actors["D001-buyer"], number)
        assert found.order.state == "part_shipped"
        assert 0 < found.shipped(found.order.shipments[0]) < found.cases


async def shipped(database: Database, market: Market, number: str) -> list[tuple[bool, int]]:
    """Whether free, and cases, of each line on a truck, in the order in which they were taken."""
    async with database.reads() as session:
        lines = {
            line.id: line.is_free
            for line in (await orders.status(session, market.actors["D001-buyer"], number)).order.lines
        }
        mine = select(ShipmentLine).where(visible(EVERYONE, ShipmentLine)).order_by(ShipmentLine.id)
        sent = (await session.execute(mine)).scalars()
        return [(lines[line.order_line_id], line.bottles // 24) for line in sent]


async def test_a_part_is_no_more_than_told_free_goods_among_it(database: Database, market: Market) -> None:
    await add_all(database, promotion(market, "P1", "free_units", "W-550", buy_cases=10, free_cases=2))
    number = await market.order(database, ("W-550", 20))
    await advance(database, market, number, "accepted")
    await advance(database, market, number, "part_shipped", detail=orders.Detail(cases={"W-550": 22}))
    assert await shipped(database, market, number) == [(False, 20), (True, 2)]
    await advance(database, market, number, "shipped")
    assert await shipped(database, market, number) == [(False, 20), (True, 2), (True, 2)]


async def test_paid_cases_leave_before_free_ones(database: Database, market: Market) -> None:
    await add_all(database, promotion(market, "P1", "free_units", "W-550", buy_cases=10, free_cases=2))
    number = await market.order(database, ("W-550", 20))
    await advance(database, market, number, "accepted")
    await advance(database, market, number, "part_shipped", detail=orders.Detail(cases={"W-550": 3}))
    assert await shipped(database, market, number) == [(False, 3)]


@pytest.mark.parametrize(
    ("cases", "refusal"),
    [
        ({"T-500": -3}, "order.quantity_not_positive"),
        ({"W-550": 2, "T-500": 0}, "order.quantity_not_positive"),
        ({"T-500": 3, "X-1": 1}, "order.not_waiting"),
        ({"T-500L": 1}, "order.not_waiting"),
    ],
)
async def test_a_part_that_makes_no_sense_is_refused(
    database: Database, market: Market, cases: dict[str, int], refusal: str
) -> None:
    number = await market.order(database, ("W-550", 20), ("T-500", 5))
    await advance(database, market, number, "accepted")
    before = await trade(database)
    with pytest.raises(BadInput, match=refusal):
        await advance(database, market, number, "part_shipped", detail=orders.Detail(cases=cases))
    assert await trade(database) == before


@pytest.mark.parametrize("state", ["rejected", "cancelled"])
async def test_an_end_frees_what_was_held(database: Database, market: Market, state: str) -> None:
    number = await market.order(database, ("W-550", 20))
    await advance(database, market, number, state, detail=orders.Detail(reason="许可证已到期"))
    async with database.reads() as session:
        found = await orders.status(session, market.actors["D001-buyer"], number)
        stock = await stock_of(session, market, "W-550")
    assert (found.order.state, found.order.reason, stock.reserved) == (state, "许可证已到期", 0)


async def test_a_rejection_gives_its_reason(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 20))
    before = await trade(database)
    with pytest.raises(BadInput, match=r"order.reason_needed"):
        await advance(database, market, number, "rejected")
    assert await trade(database) == before


async def test_only_who_may_moves_orders_and_only_where_they_can_go(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 20))
    before = await trade(database)
    with pytest.raises(NotPermitted):
        await advance(database, market, number, "accepted", by="D001-owner")
    with pytest.raises(Refused, match=r"order.cannot_move"):
        await advance(database, market, number, "shipped")
    with pytest.raises(BadInput, match=r"order.unknown_state"):
        await advance(database, market, number, "lost")
    with pytest.raises(NotFound):
        await advance(database, market, "SO-20261120-999", "accepted")
    assert await trade(database) == before


async def test_an_order_kept_elsewhere_is_moved_there(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 20))
    async with database.writes.begin() as session:
        (await orders.status(session, EVERYONE, number)).order.master = "erp"
    with pytest.raises(Refused, match=r"order.not_master"):
        await advance(database, market, number, "accepted")


async def test_expired_lots_never_leave(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 20))
    await advance(database, market, number, "accepted")
    async with database.writes.begin() as session:
        for lot in (await session.execute(select(Lot).where(Lot.number.startswith("W-550")))).scalars():
            lot.expires_on = date(2026, 11, 20)
    before = await trade(database)
    with pytest.raises(Refused, match=r"order.lots_short"):
        await advance(database, market, number, "shipped")
    assert await trade(database) == before
