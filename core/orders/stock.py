"""Promising stock to an order, and giving it back."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.errors import NotFound
from core.orders.models import Order, OrderLine, Reservation
from core.products.models import Stock
from core.products.trading import Level
from core.scope import visible


async def reserve(session: AsyncSession, lines: Iterable[OrderLine], levels: Mapping[int, Level]) -> None:
    """Promise each line's bottles from its product's stock row; the caller holds the rows' locks and has checked."""
    for line in lines:
        level = levels.get(line.product_id)
        if level is None or level.stock_id is None:
            raise NotFound
        session.add(
            Reservation(
                order_line_id=line.id,
                order_id=line.order_id,
                dealer_id=line.dealer_id,
                stock_id=level.stock_id,
                bottles=line.bottles,
            )
        )
        await move_reserved(session, level.stock_id, line.bottles)


async def release(session: AsyncSession, actor: Actor, order: Order) -> dict[int, int]:
    """Give back all that is still promised to the order; bottles by stock row. Locks the rows in id order first."""
    mine = (visible(actor, Reservation), Reservation.order_id == order.id)
    held: dict[int, int] = {}
    for one in (await session.execute(select(Reservation).where(*mine))).scalars():
        held[one.stock_id] = held.get(one.stock_id, 0) + one.bottles
    await lock_stock(session, held)
    for stock_id, bottles in sorted(held.items()):
        await move_reserved(session, stock_id, -bottles)
    await session.execute(delete(Reservation).where(*mine))
    return held


async def lock_stock(session: AsyncSession, stock_ids: Iterable[int]) -> None:
    """Lock stock rows in id order, the one order that everybody keeps to."""
    ids = sorted(set(stock_ids))
    if ids:
        await session.execute(select(Stock.id).where(Stock.id.in_(ids)).order_by(Stock.id).with_for_update())


async def move_reserved(session: AsyncSession, stock_id: int, bottles: int) -> None:
    """Raise or lower what a row has promised."""
    await session.execute(update(Stock).where(Stock.id == stock_id).values(reserved=Stock.reserved + bottles))
