"""Sums of trade in SQL, grouped, within what an actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, extract, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from core.accounts.models import Invoice, Payment
from core.accounts.rules import overdue_total
from core.actor import Actor
from core.dealers.models import Dealer, Region
from core.money import ZERO, split_money
from core.orders.models import Order, OrderLine, OrderState
from core.products.models import PackUnit, Product, Unit
from core.sales.models import SellThrough
from core.sales.rules import By, Span
from core.scope import visible

Sums = dict[str, Decimal]
NOT_SOLD = (OrderState.CANCELLED, OrderState.REJECTED)


@dataclass(frozen=True, slots=True)
class Within:
    """Whose trade is asked about, and in what; ``region_path`` takes in all below it."""

    actor: Actor
    currency: str
    dealer_id: int | None = None
    region_path: str | None = None
    sku: str | None = None
    category: str | None = None

    @property
    def by_line(self) -> bool:
        """Whether only a part of each order is meant."""
        return self.sku is not None or self.category is not None

    def rows(self, model: type[Any]) -> list[ColumnElement[bool]]:
        """Which rows of a dealer-owned table are meant."""
        column = model.id if model is Dealer else model.dealer_id
        conditions = [visible(self.actor, model)]
        if self.dealer_id is not None:
            conditions.append(column == self.dealer_id)
        if self.region_path is not None:
            inside = select(Dealer.id).join(Region, Region.id == Dealer.region_id)
            below = Region.path.startswith(self.region_path, autoescape=True)
            conditions.append(column.in_(inside.where(visible(self.actor, Dealer), below)))
        return conditions

    def products(self) -> list[ColumnElement[bool]]:
        """Which products are meant; needs a join to them where it names any."""
        named = [] if self.sku is None else [Product.sku == self.sku]
        return named if self.category is None else [*named, Product.category == self.category]


async def sell_in(session: AsyncSession, within: Within, by: By | None, span: Span) -> Sums:
    """Confirmed orders by the day they were placed, less their discounts; cancelled and rejected ones left out.

    Where only some products are meant, what an order's discounts take off their lines is taken off.
    """
    mine = _orders(within, span)
    if not within.by_line and by not in {By.PRODUCT, By.CATEGORY}:
        statement = _keyed(within, by, Order, Order.placed_on, func.sum(Order.amount))
        return _sums((await session.execute(statement.where(*mine))).all())
    lines = _keyed(within, by, Order, Order.placed_on, func.sum(OrderLine.amount))
    joined = _with_products(lines.join(OrderLine, OrderLine.order_id == Order.id), OrderLine.product_id)
    joined = joined.where(visible(within.actor, OrderLine), *within.products(), *mine)
    sums = _sums((await session.execute(joined)).all())
    for key, discount in (await _discounts(session, within, by, mine)).items():
        sums[key] = sums.get(key, ZERO) - discount
    return sums


async def cases_ordered(session: AsyncSession, within: Within, span: Span) -> Decimal:
    """Paid cases of the products meant on the same orders; what came free is left out."""
    size = func.coalesce(PackUnit.bottles, 1)
    columns: tuple[Any, ...] = (func.sum(OrderLine.bottles), size)
    statement = select(*columns).select_from(OrderLine).join(Order, Order.id == OrderLine.order_id)
    statement = _with_products(statement, OrderLine.product_id).outerjoin(PackUnit, _case_of(OrderLine.product_id))
    paid = [visible(within.actor, OrderLine), OrderLine.is_free.is_(False), *within.products(), *_orders(within, span)]
    rows = (await session.execute(statement.where(*paid).group_by(size))).all()
    return sum((Decimal(int(row[0])) / int(row[1]) for row in rows), ZERO)


def _orders(within: Within, span: Span) -> list[ColumnElement[bool]]:
    """Confirmed orders placed in the span."""
    return [
        *within.rows(Order),
        Order.currency == within.currency,
        Order.state.not_in(NOT_SOLD),
        Order.placed_on >= span.start,
        Order.placed_on < span.end,
    ]


def _case_of(product_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return and_(PackUnit.product_id == product_id, PackUnit.unit == Unit.CASE)


async def _discounts(
    session: AsyncSession, within: Within, by: By | None, orders: Sequence[ColumnElement[bool]]
) -> Sums:
    """The part of the orders' discounts that falls on the products meant, to the cent."""
    key = _key(by, Order.placed_on)
    columns = (Order.id, Order.discount, OrderLine.amount, Product.sku, Product.category, OrderLine.net, *key)
    statement: Select[Any] = select(*columns).select_from(Order).join(OrderLine, OrderLine.order_id == Order.id)
    statement = _joined(within, by, Order, _with_products(statement, OrderLine.product_id))
    chosen = statement.where(visible(within.actor, OrderLine), Order.discount > ZERO, OrderLine.amount > ZERO, *orders)
    lines: dict[int, list[Any]] = {}
    for row in await session.execute(chosen.order_by(Order.id, OrderLine.id)):
        lines.setdefault(row[0], []).append(row)
    found: Sums = {}
    for rows in lines.values():
        for row, share in zip(rows, _taken_off(rows, within.currency), strict=True):
            if within.sku in {None, row[3]} and within.category in {None, row[4]}:
                name = _text(row[6]) if by is not None else ""
                found[name] = found.get(name, ZERO) + share
    return found


def _taken_off(lines: Sequence[Any], currency: str) -> list[Decimal]:
    """What an order's discounts take off each line; without its nets, in proportion to the lines' amounts."""
    if all(line.net is not None for line in lines):
        return [line.amount - line.net for line in lines]
    return split_money(lines[0].discount, [line.amount for line in lines], currency)


async def invoiced(session: AsyncSession, within: Within, by: By | None, span: Span) -> Sums:
    """Invoices by the day they were issued, tax included; red ones (红字) are taken off."""
    return await _of_days(session, within, by, span, Invoice, Invoice.issued_on)


async def collections(session: AsyncSession, within: Within, by: By | None, span: Span) -> Sums:
    """Payments by the day they were received."""
    return await _of_days(session, within, by, span, Payment, Payment.received_on)


async def _of_days(
    session: AsyncSession, within: Within, by: By | None, span: Span, model: type[Any], day: Any
) -> Sums:
    statement = _keyed(within, by, model, day, func.sum(model.amount)).where(
        *within.rows(model), model.currency == within.currency, day >= span.start, day < span.end
    )
    return _sums((await session.execute(statement)).all())


async def overdue(session: AsyncSession, within: Within, day: date) -> Sums:
    """By dealer: what should have been paid before ``day``, payments settling what was due first."""
    issued = [*within.rows(Invoice), Invoice.currency == within.currency, Invoice.issued_on <= day]
    due = await _by_dealer(session, within, Invoice, [*issued, Invoice.amount > ZERO, Invoice.due_on < day])
    reds = await _by_dealer(session, within, Invoice, [*issued, Invoice.amount < ZERO])
    received = [*within.rows(Payment), Payment.currency == within.currency, Payment.received_on <= day]
    paid = await _by_dealer(session, within, Payment, received)
    left = {code: overdue_total(sum_due, reds.get(code, ZERO), paid.get(code, ZERO)) for code, sum_due in due.items()}
    return {code: amount for code, amount in left.items() if amount}


async def balances(session: AsyncSession, within: Within, day: date) -> Sums:
    """By dealer: what was invoiced less what was paid, at the end of ``day``."""
    issued = [*within.rows(Invoice), Invoice.currency == within.currency, Invoice.issued_on <= day]
    received = [*within.rows(Payment), Payment.currency == within.currency, Payment.received_on <= day]
    invoices = await _by_dealer(session, within, Invoice, issued)
    paid = await _by_dealer(session, within, Payment, received)
    return {code: invoices.get(code, ZERO) - paid.get(code, ZERO) for code in invoices.keys() | paid.keys()}


async def _by_dealer(
    session: AsyncSession, within: Within, model: type[Invoice | Payment], conditions: Sequence[ColumnElement[bool]]
) -> Sums:
    statement = _keyed(within, By.DEALER, model, Invoice.issued_on, func.sum(model.amount)).where(*conditions)
    return _sums((await session.execute(statement)).all())


async def sell_through(session: AsyncSession, within: Within, by: By | None, span: Span) -> Sums:
    """Cases that dealers report as sold, in the months of the span."""
    return await _cases(session, within, by, SellThrough.sold, [*_months(span)])


async def stock_and_sales(
    session: AsyncSession, within: Within, by: By | None, months: Span, dealers: Sequence[int]
) -> tuple[Sums, Sums]:
    """Cases in these dealers' stock at the end of the months, and cases that they sold in them."""
    theirs = SellThrough.dealer_id.in_(dealers)
    last = SellThrough.month == months.last.replace(day=1)
    stock = await _cases(session, within, by, SellThrough.stock_end, [theirs, last])
    return stock, await _cases(session, within, by, SellThrough.sold, [theirs, *_months(months)])


async def last_reports(session: AsyncSession, within: Within, day: date) -> dict[int, date]:
    """The last month that each dealer reported, of those that ended by ``day``; by dealer id."""
    not_ended = (day + timedelta(days=1)).replace(day=1)
    statement = (
        select(SellThrough.dealer_id, func.max(SellThrough.month))
        .where(*within.rows(SellThrough), SellThrough.month < not_ended)
        .group_by(SellThrough.dealer_id)
    )
    return {row[0]: row[1] for row in await session.execute(statement)}


async def _cases(
    session: AsyncSession,
    within: Within,
    by: By | None,
    bottles: InstrumentedAttribute[int],
    conditions: Sequence[ColumnElement[bool]],
) -> Sums:
    """Bottles in cases: summed by case size in SQL, divided here."""
    size = func.coalesce(PackUnit.bottles, 1)
    statement = _keyed(within, by, SellThrough, SellThrough.month, func.sum(bottles), size)
    case_of = _case_of(SellThrough.product_id)
    statement = _with_products(statement, SellThrough.product_id).outerjoin(PackUnit, case_of)
    rows = await session.execute(statement.where(*within.rows(SellThrough), *within.products(), *conditions))
    sums: Sums = {}
    for *key, count, case in rows:
        name = _text(key[0]) if key else ""
        sums[name] = sums.get(name, ZERO) + Decimal(int(count or 0)) / int(case)
    return sums


def _months(span: Span) -> list[ColumnElement[bool]]:
    return [SellThrough.month >= span.start.replace(day=1), SellThrough.month < span.end]


def _keyed(
    within: Within, by: By | None, model: Any, day: InstrumentedAttribute[date], value: Any, *also: Any
) -> Select[Any]:
    """Select a sum, after its key where there is one, grouped by the key and ``also``; ``also`` comes last."""
    keys = _key(by, day)
    statement = _joined(within, by, model, select(*keys, value, *also).select_from(model))
    return statement.group_by(*keys, *also) if keys or also else statement


def _key(by: By | None, day: InstrumentedAttribute[date]) -> list[Any]:
    match by:
        case By.DEALER:
            return [Dealer.code]
        case By.REGION:
            return [Region.code]
        case By.PRODUCT:
            return [Product.sku]
        case By.CATEGORY:
            return [Product.category]
        case By.MONTH:
            return [extract("year", day) * 100 + extract("month", day)]
        case None:
            return []


def _joined(within: Within, by: By | None, model: Any, statement: Select[Any]) -> Select[Any]:
    """With the dealers and regions that the key needs."""
    if by not in {By.DEALER, By.REGION}:
        return statement
    statement = statement.join(Dealer, Dealer.id == model.dealer_id).where(visible(within.actor, Dealer))
    return statement.join(Region, Region.id == Dealer.region_id) if by is By.REGION else statement


def _with_products(statement: Select[Any], product_id: Any) -> Select[Any]:
    return statement.join(Product, Product.id == product_id)


def _sums(rows: Sequence[Any]) -> Sums:
    """Key (empty where there is none) to sum; SQL's sum of nothing is left out."""
    return {_text(row[0]) if len(row) > 1 else "": row[-1] for row in rows if row[-1] is not None}


def _text(key: Any) -> str:
    """A code as it stands, a month as ``2026-10``."""
    return key if isinstance(key, str) else f"{int(key) // 100}-{int(key) % 100:02d}"
