"""What stands on the orders that can still be changed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.orders.models import Order, OrderLine
from core.orders.rules import CHANGEABLE
from core.products.models import Product
from core.scope import visible

RECENT = 10


async def changeable_lines(
    session: AsyncSession, actor: Actor, dealer_id: int
) -> Mapping[str, tuple[dict[str, Any], ...]]:
    """Paid lines by order number, of a dealer's unshipped orders, the latest order first."""
    latest = (
        select(Order.id, Order.number)
        .where(visible(actor, Order), Order.dealer_id == dealer_id, Order.state.in_(CHANGEABLE))
        .order_by(Order.placed_at.desc(), Order.id.desc())
        .limit(RECENT)
    )
    numbers: dict[int, str] = {id_: number for id_, number in await session.execute(latest)}  # noqa: C416 - a Row
    lines = (
        select(OrderLine.order_id, Product.sku, OrderLine.quantity, OrderLine.unit)
        .join(Product, Product.id == OrderLine.product_id)
        .where(visible(actor, OrderLine), OrderLine.order_id.in_(numbers), OrderLine.is_free.is_(False))
        .order_by(OrderLine.order_id, OrderLine.position)
    )
    found: dict[str, list[dict[str, Any]]] = {number: [] for number in numbers.values()}
    for order_id, sku, quantity, unit in await session.execute(lines):
        found[numbers[order_id]].append({"sku": sku, "quantity": quantity, "unit": unit})
    return {number: tuple(on_it) for number, on_it in found.items()}
