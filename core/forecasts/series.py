"""What dealers bought, month by month, in cases: confirmed orders, free cases included, less what was sent back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, extract, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.models import Invoice, InvoiceLine
from core.actor import Actor
from core.dealers.models import Dealer, Region, Stage
from core.money import ZERO
from core.orders.models import Order, OrderLine
from core.products.models import PackUnit, Product, Unit
from core.sales.facts import NOT_SOLD, Within
from core.sales.rules import add_months
from core.scope import visible

Months = dict[date, Decimal]
TRADING = (Stage.ACTIVE, Stage.ON_HOLD)


@dataclass(frozen=True, slots=True)
class Key:
    """A series at the bottom: one dealer's purchases of one product."""

    dealer_id: int
    sku: str
    category: str


@dataclass(frozen=True, slots=True)
class DealerPlace:
    """Where a trading dealer stands in the tree."""

    id: int
    code: str
    region_path: str


async def monthly(session: AsyncSession, within: Within, end: date) -> Months:
    """Cases by month, summed over all that is meant, from the first purchase to the month before ``end``."""
    sums: Months = {}
    for months in (await monthly_by_key(session, within, end)).values():
        for month, cases in months.items():
            sums[month] = sums.get(month, ZERO) + cases
    return whole(sums, end)


async def monthly_by_key(session: AsyncSession, within: Within, end: date) -> dict[Key, Months]:
    """Cases by month of each dealer and product, before ``end``; months without purchases are missing."""
    found: dict[Key, Months] = {}
    for statement in (_ordered(within, end), _sent_back(within, end)):
        for dealer_id, sku, category, month, size, bottles in await session.execute(statement):
            months = found.setdefault(Key(dealer_id, sku, category), {})
            first = date(int(month) // 100, int(month) % 100, 1)
            months[first] = months.get(first, ZERO) + Decimal(int(bottles)) / int(size)
    return found


async def monthly_by_category(session: AsyncSession, within: Within, end: date) -> dict[str, Months]:
    """Cases by month of each category before ``end``, over all that is meant."""
    found: dict[str, Months] = {}
    for statement in (_ordered(within, end, by_key=False), _sent_back(within, end, by_key=False)):
        for category, month, size, bottles in await session.execute(statement):
            months = found.setdefault(category, {})
            first = date(int(month) // 100, int(month) % 100, 1)
            months[first] = months.get(first, ZERO) + Decimal(int(bottles)) / int(size)
    return found


def whole(months: Mapping[date, Decimal], end: date) -> Months:
    """With a zero for each month without purchases since the first; more sent back than bought counts as none."""
    filled: Months = {}
    month = min(months, default=end)
    while month < end:
        filled[month] = max(ZERO, months.get(month, ZERO))
        month = add_months(month, 1)
    return filled


async def trading_dealers(session: AsyncSession, actor: Actor, day: date) -> list[DealerPlace]:
    """The dealers that trade on a day, in the order of their codes."""
    going = or_(Dealer.active_until.is_(None), Dealer.active_until > day)
    statement = (
        select(Dealer.id, Dealer.code, Region.path)
        .join(Region, Region.id == Dealer.region_id)
        .where(visible(actor, Dealer), Dealer.stage.in_(TRADING), going)
        .order_by(Dealer.code)
    )
    return [DealerPlace(*row) for row in await session.execute(statement)]


def _ordered(within: Within, end: date, *, by_key: bool = True) -> Select[Any]:
    line, size = OrderLine, func.coalesce(PackUnit.bottles, 1)
    month = _month(Order.placed_on)
    keys = (*((line.dealer_id, Product.sku) if by_key else ()), Product.category, month, size)
    statement: Select[Any] = select(*keys, func.sum(line.bottles)).join(Order, Order.id == line.order_id)
    statement = statement.join(Product, Product.id == line.product_id).outerjoin(
        PackUnit, (PackUnit.product_id == line.product_id) & (PackUnit.unit == Unit.CASE)
    )
    mine = (*within.rows(Order), visible(within.actor, line), *within.products())
    return statement.where(*mine, Order.state.not_in(NOT_SOLD), Order.placed_on < end).group_by(*keys)


def _sent_back(within: Within, end: date, *, by_key: bool = True) -> Select[Any]:
    line, size = InvoiceLine, func.coalesce(PackUnit.bottles, 1)
    month = _month(Invoice.issued_on)
    keys = (*((line.dealer_id, Product.sku) if by_key else ()), Product.category, month, size)
    statement: Select[Any] = select(*keys, func.sum(line.bottles)).join(Invoice, Invoice.id == line.invoice_id)
    statement = statement.join(Product, Product.id == line.product_id).outerjoin(
        PackUnit, (PackUnit.product_id == line.product_id) & (PackUnit.unit == Unit.CASE)
    )
    mine = (*within.rows(Invoice), visible(within.actor, line), *within.products())
    return statement.where(*mine, line.bottles < 0, Invoice.issued_on < end).group_by(*keys)


def _month(day: Any) -> Any:
    return extract("year", day) * 100 + extract("month", day)
