"""Orders as they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from core.accounts.models import Invoice
from core.actor import Actor
from core.dealers.models import Dealer, Region, ShipTo
from core.errors import BadInput, NotFound
from core.money import ZERO
from core.orders.models import Order, OrderState, Shipment
from core.orders.rules import CHANGEABLE, HOLDS_STOCK, not_invoiced
from core.products.catalogue import CatalogueProduct, products_by_id
from core.scope import visible


async def open_orders(session: AsyncSession, actor: Actor, dealer_id: int, currency: str) -> Decimal:
    """What is confirmed and not invoiced yet, in the dealer's currency: the part of the credit that orders use."""
    of_all = await open_orders_of(session, actor, (Order.dealer_id == dealer_id, Order.currency == currency))
    return of_all.get(dealer_id, ZERO)


async def open_orders_of(
    session: AsyncSession, actor: Actor, which: Sequence[ColumnElement[bool]]
) -> dict[int, Decimal]:
    """The same by dealer's id, of the orders that are meant, in one currency."""
    booked = (
        select(Order.dealer_id, Order.amount, func.sum(Invoice.amount))
        .outerjoin(Invoice, (Invoice.order_id == Order.id) & visible(actor, Invoice))
        .where(visible(actor, Order), Order.state.in_(HOLDS_STOCK), *which)
        .group_by(Order.id, Order.dealer_id, Order.amount)
    )
    found: dict[int, Decimal] = {}
    for dealer_id, amount, invoiced in await session.execute(booked):
        found[dealer_id] = found.get(dealer_id, ZERO) + not_invoiced(amount, invoiced or ZERO)
    return found


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with its lines, shipments and names, as one reads it."""

    order: Order
    dealer: Dealer
    ship_to: ShipTo | None
    products: dict[int, CatalogueProduct]

    @property
    def cases(self) -> int:
        """Cases ordered, free ones included."""
        return sum(line.bottles // self.products[line.product_id].case for line in self.order.lines)

    @property
    def free_cases(self) -> int:
        """Those of them that are free."""
        free = (line for line in self.order.lines if line.is_free)
        return sum(line.bottles // self.products[line.product_id].case for line in free)

    @property
    def eta(self) -> date | None:
        """When the last shipment under way is expected."""
        return max((one.eta for one in self.order.shipments if one.received_on is None), default=None)

    @property
    def to_ship(self) -> list[tuple[CatalogueProduct, int]]:
        """What hasn't left yet: each product with its cases, free ones included."""
        gone: dict[int, int] = {}
        for shipment in self.order.shipments:
            for one in shipment.lines:
                gone[one.order_line_id] = gone.get(one.order_line_id, 0) + one.bottles
        left: dict[int, int] = {}
        for line in self.order.lines:
            left[line.product_id] = left.get(line.product_id, 0) + line.bottles - gone.get(line.id, 0)
        return [
            (self.products[key], bottles // self.products[key].case) for key, bottles in left.items() if bottles > 0
        ]

    def shipped(self, shipment: Shipment) -> int:
        """Cases in a shipment."""
        product_of = {line.id: line.product_id for line in self.order.lines}
        return sum(one.bottles // self.products[product_of[one.order_line_id]].case for one in shipment.lines)


async def status(
    session: AsyncSession, actor: Actor, number: str | None, *, changeable: bool = False, dealer_id: int | None = None
) -> OrderView:
    """An order by its number, else the latest (of those that can still be changed, where asked)."""
    statement = select(Order).where(visible(actor, Order))
    if dealer_id is not None:
        statement = statement.where(Order.dealer_id == dealer_id)
    if number is not None and number.strip():
        statement = statement.where(Order.number == number.strip().upper())
    elif changeable:
        statement = statement.where(Order.state.in_(CHANGEABLE))
    whole = selectinload(Order.lines), selectinload(Order.shipments).selectinload(Shipment.lines)
    latest = statement.order_by(Order.placed_at.desc(), Order.id.desc()).limit(1).options(*whole)
    order = (await session.execute(latest.execution_options(populate_existing=True))).scalar_one_or_none()
    if order is None:
        missing = "order.none_changeable" if changeable and not number else "order.none_yet"
        raise NotFound("order.not_found", order=number.strip()[:40]) if number else NotFound(missing)
    return await view(session, actor, order)


async def view(session: AsyncSession, actor: Actor, order: Order) -> OrderView:
    """An order whose lines and shipments were read, with the names around it."""
    dealer = (
        await session.execute(select(Dealer).where(visible(actor, Dealer), Dealer.id == order.dealer_id))
    ).scalar_one()
    place = select(ShipTo).where(visible(actor, ShipTo), ShipTo.id == order.ship_to_id)
    ship_to = (await session.execute(place)).scalar_one_or_none() if order.ship_to_id else None
    products = await products_by_id(session, [line.product_id for line in order.lines])
    return OrderView(order, dealer, ship_to, dict(products))


@dataclass(frozen=True, slots=True)
class Listed:
    """An order in a list."""

    number: str
    dealer_code: str
    dealer_names: dict[str, str]
    placed_at: datetime
    placed_on: date
    state: str
    amount: Decimal
    currency: str


async def list_orders(
    session: AsyncSession,
    actor: Actor,
    *,
    state: str | None = None,
    start: date | None = None,
    end: date | None = None,
    dealer_id: int | None = None,
    region_path: str | None = None,
    limit: int = 20,
) -> tuple[list[Listed], int, dict[str, Decimal]]:
    """Orders placed on ``start <= day < end``, the latest first; how many in all, and their sums by currency.

    Sums leave out rejected and cancelled orders, unless those are asked for. ``region_path`` takes in all below it.
    """
    wanted = _wanted(actor, state, start, end, dealer_id)
    if region_path is not None:
        below = select(Region.id).where(Region.path.startswith(region_path, autoescape=True))
        wanted.append(Order.dealer_id.in_(select(Dealer.id).where(visible(actor, Dealer), Dealer.region_id.in_(below))))
    total = await session.scalar(select(func.count()).select_from(Order).where(*wanted)) or 0
    void = [OrderState.REJECTED, OrderState.CANCELLED] if state is None else []
    sums = select(Order.currency, func.sum(Order.amount)).where(*wanted, Order.state.not_in(void))
    by_currency = {str(row[0]): row[1] for row in await session.execute(sums.group_by(Order.currency))}
    rows = [one for _, one in await _latest(session, actor, wanted, limit)]
    return rows, total, by_currency


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list ended: the next one begins with older orders."""

    placed_at: datetime
    order_id: int


async def page_of_orders(
    session: AsyncSession,
    actor: Actor,
    *,
    state: str | None = None,
    start: date | None = None,
    end: date | None = None,
    dealer_id: int | None = None,
    after: Place | None = None,
    limit: int = 50,
) -> tuple[list[Listed], Place | None]:
    """Orders as ``list_orders`` has them, a page at a time, and where the next page begins, if there is one."""
    wanted = _wanted(actor, state, start, end, dealer_id)
    if after is not None:
        same_moment = and_(Order.placed_at == after.placed_at, Order.id < after.order_id)
        wanted.append(or_(Order.placed_at < after.placed_at, same_moment))
    found = await _latest(session, actor, wanted, limit + 1)
    shown = found[:limit]
    more = len(found) > limit
    return [one for _, one in shown], Place(shown[-1][1].placed_at, shown[-1][0]) if more else None


def _wanted(
    actor: Actor, state: str | None, start: date | None, end: date | None, dealer_id: int | None
) -> list[ColumnElement[bool]]:
    if state is not None and state not in set(OrderState):
        raise BadInput("order.unknown_state", state=state[:40])
    wanted: list[ColumnElement[bool]] = [visible(actor, Order)]
    if state is not None:
        wanted.append(Order.state == state)
    if start is not None:
        wanted.append(Order.placed_on >= start)
    if end is not None:
        wanted.append(Order.placed_on < end)
    if dealer_id is not None:
        wanted.append(Order.dealer_id == dealer_id)
    return wanted


async def _latest(
    session: AsyncSession, actor: Actor, wanted: Sequence[ColumnElement[bool]], limit: int
) -> list[tuple[int, Listed]]:
    statement = (
        select(Order, Dealer.code, Dealer.name, Dealer.name_en)
        .join(Dealer, Dealer.id == Order.dealer_id)
        .where(*wanted, visible(actor, Dealer))
        .order_by(Order.placed_at.desc(), Order.id.desc())
        .limit(limit)
    )
    return [
        (order.id, Listed(
            order.number, code, {"zh": name, "en": name_en}, order.placed_at, order.placed_on, order.state,
            order.amount, order.currency,
        ))
        for order, code, name, name_en in await session.execute(statement)
    ]  # fmt: skip
