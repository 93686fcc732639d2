"""Orders of a demo move on by themselves; a brand's own never do."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.models import Invoice
from core.actor import system
from core.brand.models import Brand
from core.db import Database
from core.demo.build import digest
from core.demo.clock import advance
from core.orders.models import Order, OrderState, Reservation, Shipment
from core.products.models import Lot, Stock
from core.scope import visible

ACTOR = system("test")


async def states(session: AsyncSession, dealer_id: int) -> list[str]:
    mine = select(Order.state).where(visible(ACTOR, Order), Order.dealer_id == dealer_id)
    return list((await session.execute(mine.order_by(Order.placed_at.desc()).limit(3))).scalars())


@pytest.mark.database
async def test_the_demo_stands_still_at_the_hour_for_which_it_was_made(demo_database: Database, now: datetime) -> None:
    before = await digest(demo_database)
    async with demo_database.writes.begin() as session:
        assert await advance(session, now) == []
    assert await digest(demo_database) == before


@pytest.mark.database
async def test_orders_are_accepted_shipped_and_received_in_time(demo_database: Database, now: datetime) -> None:
    async with demo_database.writes() as session:
        made = await advance(session, now + timedelta(minutes=15))
        assert {move.state for move in made} == {OrderState.ACCEPTED}
        made = await advance(session, now + timedelta(days=3))
        assert {move.state for move in made} >= {OrderState.SHIPPED, OrderState.RECEIVED}
        assert await states(session, 1) == [OrderState.RECEIVED, OrderState.RECEIVED, OrderState.PART_SHIPPED]
        await advance(session, now + timedelta(days=30))
        still = select(Order.number).where(
            visible(ACTOR, Order),
            Order.state.not_in(["awaiting_payment", "received", "closed", "rejected", "cancelled"]),
        )
        assert (await session.execute(still)).all() == []
        await session.rollback()


async def test_what_ships_leaves_the_stock_and_is_invoiced(demo_database: Database, now: datetime) -> None:
    async with demo_database.writes() as session:
        invoices = select(func.count()).select_from(Invoice).where(visible(ACTOR, Invoice))
        trucks = select(func.count()).select_from(Shipment).where(visible(ACTOR, Shipment))
        before = (await session.scalar(invoices) or 0, await session.scalar(trucks) or 0)
        made = await advance(session, now + timedelta(days=30))
        shipped = sum(move.state == OrderState.SHIPPED for move in made)
        assert shipped > 5
        assert (await session.scalar(invoices), await session.scalar(trucks)) == (
            before[0] + shipped,
            before[1] + shipped,
        )
        lots = select(Lot.product_id, Lot.warehouse, func.sum(Lot.on_hand)).group_by(Lot.product_id, Lot.warehouse)
        held = {(product, place): bottles for product, place, bottles in await session.execute(lots)}
        promised = select(Reservation.stock_id, func.sum(Reservation.bottles)).where(visible(ACTOR, Reservation))
        left = {row[0]: row[1] for row in await session.execute(promised.group_by(Reservation.stock_id))}
        for row in (await session.execute(select(Stock).execution_options(populate_existing=True))).scalars():
            assert row.on_hand == held[row.product_id, row.warehouse]
            assert row.reserved == left.get(row.id, 0)
        await session.rollback()


async def test_two_runs_make_the_same_moves(demo_database: Database, now: datetime) -> None:
    async with demo_database.writes() as session:
        at_once = await advance(session, now + timedelta(days=9))
        await session.rollback()
    async with demo_database.writes() as session:
        by_steps = [move for day in range(10) for move in await advance(session, now + timedelta(days=day))]
        await session.rollback()
    assert by_steps == at_once


async def test_a_real_brands_orders_are_left_alone(demo_database: Database, now: datetime) -> None:
    async with demo_database.writes() as session:
        await session.execute(update(Brand).values(is_demo=False))
        assert await advance(session, now + timedelta(days=30)) == []
        await session.rollback()


async def test_orders_of_another_master_are_left_alone(demo_database: Database, now: datetime) -> None:
    async with demo_database.writes() as session:
        await session.execute(update(Order).where(visible(ACTOR, Order)).values(master="erp"))
        assert await advance(session, now + timedelta(days=30)) == []
        await session.rollback()
