"""What products brought a dealer's supplier in the last twelve months, and the classes that follow."""

from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.forecasts.classes import Abc, abc
from core.forecasts.paths import YEAR
from core.orders.models import Order, OrderLine
from core.products.models import Product
from core.sales.facts import NOT_SOLD, Within
from core.sales.rules import add_months
from core.scope import visible


async def classes_of(session: AsyncSession, within: Within, end: date) -> dict[int, dict[str, Abc]]:
    """ABC of each dealer's products, by dealer and code; of all products, whichever are asked about."""
    since = add_months(end, -YEAR)
    statement = (
        select(OrderLine.dealer_id, Product.sku, func.sum(OrderLine.amount))
        .join(Order, Order.id == OrderLine.order_id)
        .join(Product, Product.id == OrderLine.product_id)
        .where(visible(within.actor, OrderLine), *within.rows(Order), Order.state.not_in(NOT_SOLD))
        .where(Order.placed_on >= since, Order.placed_on < end)
        .group_by(OrderLine.dealer_id, Product.sku)
    )
    amounts: dict[int, dict[str, Decimal]] = {}
    for dealer_id, sku, amount in await session.execute(statement):
        amounts.setdefault(dealer_id, {})[sku] = amount
    return {dealer_id: abc(theirs) for dealer_id, theirs in amounts.items()}
