"""Thirty months of trade that add up: every figure of the demo is worked out again from the rows beneath it."""

from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.models import Invoice, InvoiceLine, Payment
from core.actor import system
from core.db import Database
from core.dealers.models import Dealer, Region
from core.orders.models import Order, OrderLine, OrderState, Reservation, Shipment, ShipmentLine
from core.products.models import Lot, PackUnit, Price, Product, Stock
from core.sales.models import SellThrough
from core.scope import visible
from tests.conftest import DEMO_UNTIL

ACTOR = system("test")
HOLDING = {OrderState.SUBMITTED, OrderState.AWAITING_PAYMENT, OrderState.ACCEPTED, OrderState.PART_SHIPPED}
GONE = {OrderState.SHIPPED, OrderState.RECEIVED, OrderState.CLOSED}
NEVER = {OrderState.REJECTED, OrderState.CANCELLED}


@pytest.fixture
async def demo(demo_database: Database) -> AsyncIterator[AsyncSession]:
    async with demo_database.reads() as session:
        yield session


async def test_thirty_months_of_orders_of_a_moderate_size(demo: AsyncSession) -> None:
    placed = (await demo.execute(select(Order.placed_on).where(visible(ACTOR, Order)))).scalars().all()
    assert (min(placed).replace(day=1), max(placed)) == (date(2024, 5, 1), DEMO_UNTIL)
    assert 5_000 <= len(placed) <= 8_000
    lines = await demo.scalar(select(func.count()).select_from(OrderLine).where(visible(ACTOR, OrderLine)))
    assert 25_000 <= (lines or 0) <= 45_000


async def test_an_order_costs_what_its_lines_cost_less_its_discount(demo: AsyncSession) -> None:
    goods = (
        select(OrderLine.order_id, func.sum(OrderLine.amount).label("goods"))
        .where(visible(ACTOR, OrderLine))
        .group_by(OrderLine.order_id)
        .subquery()
    )
    wrong = select(Order.number).join(goods, goods.c.order_id == Order.id).where(visible(ACTOR, Order))
    assert (await demo.execute(wrong.where(goods.c.goods != Order.amount + Order.discount))).all() == []
    lines = select(OrderLine).where(visible(ACTOR, OrderLine))
    for line in (await demo.execute(lines)).scalars():
        cases = line.quantity * (60 if line.unit == "pallet" else 1)
        assert line.amount == line.price * cases
        assert line.is_free == (line.amount == 0)
        assert line.price == line.price.quantize(Decimal("0.01"))


async def test_numbers_count_the_days_orders_in_order_of_time(demo: AsyncSession) -> None:
    rows = await demo.execute(
        select(Order.number, Order.placed_on).where(visible(ACTOR, Order)).order_by(Order.placed_at, Order.id)
    )
    for day, orders in groupby(rows, key=lambda row: row.placed_on):
        numbers = [row.number for row in orders]
        assert numbers == [f"SO-{day:%Y%m%d}-{count:03d}" for count in range(1, len(numbers) + 1)]


async def test_every_line_holds_whole_cases_and_at_least_the_minimum(demo: AsyncSession) -> None:
    rows = await demo.execute(
        select(OrderLine, PackUnit.bottles, Product.minimum_cases)
        .join(Product, Product.id == OrderLine.product_id)
        .join(PackUnit, (PackUnit.product_id == Product.id) & (PackUnit.unit == OrderLine.unit))
        .where(visible(ACTOR, OrderLine))
    )
    packs = select(PackUnit.product_id, PackUnit.bottles).where(PackUnit.unit == "case")
    case = {product: bottles for product, bottles in await demo.execute(packs)}  # noqa: C416 - a Row isn't a pair
    cases: dict[int, int] = defaultdict(int)
    for line, unit, minimum in rows:
        assert line.bottles == line.quantity * unit
        assert line.bottles % case[line.product_id] == 0
        if not line.is_free:
            cases[line.order_id] += line.bottles // case[line.product_id]
            assert line.bottles // case[line.product_id] >= minimum
    assert min(cases.values()) >= 30


async def test_a_line_copies_a_price_that_held_on_its_day(demo: AsyncSession) -> None:
    rows = await demo.execute(
        select(Order.placed_on, OrderLine, Price)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Price, Price.id == OrderLine.price_id)
        .where(visible(ACTOR, Order), visible(ACTOR, OrderLine))
    )
    seen = 0
    for day, line, price in rows:
        seen += 1
        assert price.valid_from <= day
        assert price.valid_to is None or day < price.valid_to
        assert price.product_id == line.product_id
        assert line.quantity * (60 if line.unit == "pallet" else 1) >= price.from_cases
        assert line.price == price.amount if line.promotion_id is None else line.price < price.amount
    assert seen > 25_000


async def test_what_shipped_was_invoiced_the_same_day_and_nothing_else(demo: AsyncSession) -> None:
    shipped = await demo.execute(
        select(Shipment.order_id, Shipment.shipped_on, func.sum(ShipmentLine.bottles))
        .join(ShipmentLine, ShipmentLine.shipment_id == Shipment.id)
        .where(visible(ACTOR, Shipment), visible(ACTOR, ShipmentLine))
        .group_by(Shipment.id, Shipment.order_id, Shipment.shipped_on)
    )
    invoiced = await demo.execute(
        select(Invoice.order_id, Invoice.issued_on, func.sum(InvoiceLine.bottles))
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .where(visible(ACTOR, Invoice), visible(ACTOR, InvoiceLine), Invoice.amount > 0)
        .group_by(Invoice.id, Invoice.order_id, Invoice.issued_on)
    )
    assert sorted(map(tuple, shipped)) == sorted(map(tuple, invoiced))


async def test_an_invoice_is_the_sum_of_its_lines_and_orders_are_invoiced_to_the_cent(demo: AsyncSession) -> None:
    lines = (
        select(InvoiceLine.invoice_id, func.sum(InvoiceLine.amount).label("amount"))
        .where(visible(ACTOR, InvoiceLine))
        .group_by(InvoiceLine.invoice_id)
        .subquery()
    )
    unequal = select(Invoice.number).join(lines, lines.c.invoice_id == Invoice.id)
    assert (await demo.execute(unequal.where(visible(ACTOR, Invoice), lines.c.amount != Invoice.amount))).all() == []
    rows = await demo.execute(
        select(Order.state, Order.amount, func.sum(Invoice.amount))
        .outerjoin(Invoice, (Invoice.order_id == Order.id) & visible(ACTOR, Invoice) & (Invoice.amount > 0))
        .where(visible(ACTOR, Order))
        .group_by(Order.id, Order.state, Order.amount)
    )
    for state, amount, invoiced in rows:
        if state in GONE:
            assert invoiced == amount
        elif state == OrderState.PART_SHIPPED:
            assert 0 < invoiced < amount
        else:
            assert invoiced is None


async def test_invoices_fall_due_by_the_dealers_terms(demo: AsyncSession) -> None:
    rows = await demo.execute(
        select(Invoice.issued_on, Invoice.due_on, Dealer.terms)
        .join(Dealer, Dealer.id == Invoice.dealer_id)
        .where(visible(ACTOR, Invoice), visible(ACTOR, Dealer))
    )
    for issued, due, terms in rows:
        month_end = (issued.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        assert due == (issued if terms == "prepaid" else month_end + timedelta(days=30))


async def test_free_special_and_barrel_lines_are_told_apart_for_the_rebate(demo: AsyncSession) -> None:
    rows = await demo.execute(select(InvoiceLine).where(visible(ACTOR, InvoiceLine)))
    free = [line for line in rows.scalars() if line.amount == 0]
    assert free
    assert not any(line.counts_for_rebate for line in free)
    special = select(OrderLine.counts_for_rebate).where(
        visible(ACTOR, OrderLine), OrderLine.promotion_id.is_not(None), OrderLine.is_free.is_(False)
    )
    assert set((await demo.execute(special)).scalars()) == {False}


async def test_states_fit_what_shipped_arrived_and_was_paid(demo: AsyncSession) -> None:
    rows = await demo.execute(
        select(Order.id, Order.state, Shipment.received_on, Shipment.shipped_on, Shipment.eta)
        .outerjoin(Shipment, (Shipment.order_id == Order.id) & visible(ACTOR, Shipment))
        .where(visible(ACTOR, Order))
    )
    states: dict[str, int] = defaultdict(int)
    for _, state, received, shipped, eta in rows:
        states[state] += 1
        assert (shipped is None) == (state in NEVER | HOLDING - {OrderState.PART_SHIPPED})
        if shipped is not None:
            assert shipped < DEMO_UNTIL
            assert shipped <= eta
        if state in {OrderState.RECEIVED, OrderState.CLOSED}:
            assert received is not None
            assert received < DEMO_UNTIL
    assert set(states) == set(OrderState)
    assert states["closed"] > sum(states.values()) * 0.9


async def test_what_is_reserved_is_what_open_orders_wait_for(demo: AsyncSession) -> None:
    lines = await demo.execute(
        select(OrderLine.id, OrderLine.bottles, OrderLine.product_id, Order.state, Region.warehouse)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Dealer, Dealer.id == Order.dealer_id)
        .join(Region, Region.id == Dealer.region_id)
        .where(visible(ACTOR, OrderLine), visible(ACTOR, Order), visible(ACTOR, Dealer), Order.state.in_(HOLDING))
    )
    shipped_lines = select(ShipmentLine.order_line_id).where(visible(ACTOR, ShipmentLine))
    shipped = set((await demo.execute(shipped_lines)).scalars())
    stock = {(row.product_id, row.warehouse): row for row in (await demo.execute(select(Stock))).scalars()}
    waiting = {
        line: (bottles, stock[product, warehouse].id)
        for line, bottles, product, _, warehouse in lines
        if line not in shipped
    }
    reservations = (await demo.execute(select(Reservation).where(visible(ACTOR, Reservation)))).scalars().all()
    assert {row.order_line_id: (row.bottles, row.stock_id) for row in reservations} == waiting
    held: dict[int, int] = defaultdict(int)
    for bottles, stock_id in waiting.values():
        held[stock_id] += bottles
    assert {row.id: row.reserved for row in stock.values() if row.reserved} == dict(held)
    assert all(row.on_hand >= row.reserved for row in stock.values())


async def test_lots_make_up_the_stock(demo: AsyncSession) -> None:
    lots: dict[tuple[int, str], int] = defaultdict(int)
    rows = (await demo.execute(select(Lot))).scalars().all()
    for lot in rows:
        lots[lot.product_id, lot.warehouse] += lot.on_hand
        assert lot.on_hand >= 0
        assert lot.produced_on < DEMO_UNTIL < lot.expires_on
    stock = (await demo.execute(select(Stock))).scalars()
    assert {(row.product_id, row.warehouse): row.on_hand for row in stock} == lots
    tied = select(ShipmentLine).join(Lot, Lot.id == ShipmentLine.lot_id).where(visible(ACTOR, ShipmentLine))
    named = {lot.id: lot.number for lot in rows}
    found = (await demo.execute(tied)).scalars().all()
    assert found
    assert all(line.lot_number == named[line.lot_id or 0] for line in found)


async def test_sell_through_runs_on_from_what_was_received(demo: AsyncSession) -> None:
    received: dict[tuple[int, int, date], int] = defaultdict(int)
    arrivals = await demo.execute(
        select(OrderLine.dealer_id, OrderLine.product_id, Shipment.received_on, ShipmentLine.bottles)
        .join(ShipmentLine, ShipmentLine.order_line_id == OrderLine.id)
        .join(Shipment, Shipment.id == ShipmentLine.shipment_id)
        .where(visible(ACTOR, OrderLine), visible(ACTOR, ShipmentLine), visible(ACTOR, Shipment))
        .where(Shipment.received_on.is_not(None))
    )
    for dealer, product, day, bottles in arrivals:
        assert day is not None
        received[dealer, product, day.replace(day=1)] += bottles
    stock: dict[tuple[int, int], int] = defaultdict(int)
    rows = (await demo.execute(select(SellThrough).where(visible(ACTOR, SellThrough)))).scalars().all()
    for row in sorted(rows, key=lambda row: row.month):
        key = (row.dealer_id, row.product_id)
        assert row.stock_end == stock[key] + received[*key, row.month] - row.sold
        assert min(row.stock_end, row.sold) >= 0
        stock[key] = row.stock_end
    assert 20_000 <= len(rows) <= 40_000
    assert max(row.month for row in rows) == date(2026, 10, 1)


async def test_summer_sells_twice_the_water_of_winter(demo: AsyncSession) -> None:
    rows = await demo.execute(
        select(Invoice.issued_on, InvoiceLine.amount)
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .join(Product, Product.id == InvoiceLine.product_id)
        .where(visible(ACTOR, Invoice), visible(ACTOR, InvoiceLine), Product.category == "water")
    )
    months: dict[str, Decimal] = defaultdict(Decimal)
    for day, amount in rows:
        months[f"{day:%Y-%m}"] += amount
    assert months["2026-07"] > months["2026-01"] * Decimal("1.6")


async def test_most_dealers_stay_well_below_their_limit(demo: AsyncSession) -> None:
    owed: dict[int, Decimal] = defaultdict(Decimal)
    for dealer, amount in await demo.execute(select(Invoice.dealer_id, Invoice.amount).where(visible(ACTOR, Invoice))):
        owed[dealer] += amount
    for dealer, amount in await demo.execute(select(Payment.dealer_id, Payment.amount).where(visible(ACTOR, Payment))):
        owed[dealer] -= amount
    dealers = (await demo.execute(select(Dealer).where(visible(ACTOR, Dealer)))).scalars().all()
    credit = [dealer for dealer in dealers if dealer.terms != "prepaid"]
    relaxed = [dealer for dealer in credit if owed[dealer.id] < dealer.credit_limit * Decimal("0.7")]
    assert len(relaxed) > len(credit) * 0.85
    assert all(owed[dealer.id] <= 0 for dealer in dealers if dealer.terms == "prepaid")
