"""A truck leaves: lots are taken off the stock, promises are kept, and what left is invoiced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.service import InvoiceItem, issue_invoice
from core.actor import Actor
from core.errors import BadInput, Refused
from core.money import ZERO, split_money
from core.orders.models import Order, OrderLine, Reservation, Shipment, ShipmentLine
from core.orders.rules import part_of
from core.orders.stock import lock_stock
from core.products.catalogue import CatalogueProduct, products_by_id
from core.products.models import Lot, Product, Stock
from core.products.rules import LotOnHand, pick_lots
from core.scope import visible


@dataclass(frozen=True, slots=True)
class Truck:
    """Who drives, under what number, and when the goods should arrive; two days where nobody says."""

    carrier: str = "—"
    tracking: str = ""
    eta: date | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """Bottles of an order line that leave now; ``before`` have left already."""

    line: OrderLine
    held: Reservation
    bottles: int

    @property
    def before(self) -> int:
        """Bottles of the line that left earlier."""
        return self.line.bottles - self.held.bottles


async def ship(
    session: AsyncSession,
    actor: Actor,
    order: Order,
    truck: Truck,
    part: Mapping[str, int] | None,
    day: date,
    at: datetime,
) -> bool:
    """Ship all that is still promised, or a ``part`` (cases by code, or empty for a usual part); whether all is gone.

    The caller holds the order's lock. Stock rows are locked in id order, their lots after them.
    """
    held = await _promised(session, actor, order)
    loads = held if part is None else await _part(held, part, session)
    if not loads:
        raise Refused("order.nothing_to_ship")
    stocks = await _locked_stock(session, [load.held.stock_id for load in held])
    all_gone = sum(load.bottles for load in loads) == sum(load.held.bottles for load in held)
    shipment = await _shipment(session, actor, order, truck, day)
    for load in loads:
        await _take(session, load, stocks[load.held.stock_id], shipment, day)
    await _invoice(session, actor, order, loads, day, at)
    return all_gone


async def _promised(session: AsyncSession, actor: Actor, order: Order) -> list[Load]:
    statement = (
        select(OrderLine, Reservation)
        .join(Reservation, Reservation.order_line_id == OrderLine.id)
        .where(visible(actor, OrderLine), visible(actor, Reservation), OrderLine.order_id == order.id)
        .where(Reservation.bottles > 0)
        .order_by(OrderLine.position)
        .execution_options(populate_existing=True)
    )
    return [Load(line, held, held.bottles) for line, held in await session.execute(statement)]


async def _part(held: Sequence[Load], part: Mapping[str, int], session: AsyncSession) -> list[Load]:
    products = await products_by_id(session, [load.line.product_id for load in held])
    taken = _told(held, part, products) if part else _usual(held, products)
    return [load for load in taken if load.bottles]


def _told(held: Sequence[Load], part: Mapping[str, int], products: Mapping[int, CatalogueProduct]) -> list[Load]:
    """Cases by code, used up by the lines of each product: the paid one first, what it leaves by the free one."""
    waiting = {product.sku: product.case for product in products.values()}
    for sku, cases in part.items():
        if sku not in waiting:
            raise BadInput("order.not_waiting", product=sku[:40])
        if cases <= 0:
            raise BadInput("order.quantity_not_positive", product=sku)
    left = {sku: part.get(sku, 0) * case for sku, case in waiting.items()}
    taken = []
    for load in sorted(held, key=lambda load: load.line.is_free):
        sku = products[load.line.product_id].sku
        taken.append(replace(load, bottles=min(load.bottles, left[sku])))
        left[sku] -= taken[-1].bottles
    return taken


def _usual(held: Sequence[Load], products: Mapping[int, CatalogueProduct]) -> list[Load]:
    """All lines but the last, or half the cases of a single one."""
    if len(held) > 1:
        return list(held[:-1])
    cases = [products[load.line.product_id].case for load in held]
    return [replace(load, bottles=load.bottles // case // 2 * case) for load, case in zip(held, cases, strict=True)]


async def _locked_stock(session: AsyncSession, ids: Sequence[int]) -> dict[int, Stock]:
    await lock_stock(session, ids)
    statement = select(Stock).where(Stock.id.in_(set(ids))).execution_options(populate_existing=True)
    return {row.id: row for row in (await session.execute(statement)).scalars()}


async def _shipment(session: AsyncSession, actor: Actor, order: Order, truck: Truck, day: date) -> Shipment:
    """The n-th of an order is ``SH-<the order's number>-<n>``."""
    earlier = select(func.count()).select_from(Shipment).where(visible(actor, Shipment), Shipment.order_id == order.id)
    number = f"{order.number.replace('SO-', 'SH-', 1)}-{(await session.scalar(earlier) or 0) + 1}"
    eta = truck.eta or day + timedelta(days=2)
    shipment = Shipment(
        number=number,
        order_id=order.id,
        dealer_id=order.dealer_id,
        carrier=truck.carrier,
        tracking=truck.tracking or number,
        shipped_on=day,
        eta=eta,
    )
    session.add(shipment)
    await session.flush()
    return shipment


async def _take(session: AsyncSession, load: Load, stock: Stock, shipment: Shipment, day: date) -> None:
    """Take a load off its lots, the first to expire first, and off the promise."""
    here = (Lot.product_id == stock.product_id, Lot.warehouse == stock.warehouse, Lot.on_hand > 0)
    rows = (await session.execute(select(Lot).where(*here).order_by(Lot.id).with_for_update())).scalars()
    lots = [LotOnHand(row.id, row.number, row.produced_on, row.expires_on, row.on_hand) for row in rows]
    picked = pick_lots(lots, load.bottles, day)
    able = sum(bottles for _, bottles in picked)
    if able < load.bottles:
        sku = await session.scalar(select(Product.sku).where(Product.id == stock.product_id))
        raise Refused("order.lots_short", product=sku, able=able)
    for lot, bottles in picked:
        session.add(
            ShipmentLine(
                shipment_id=shipment.id,
                dealer_id=load.line.dealer_id,
                order_line_id=load.line.id,
                lot_id=lot.id,
                lot_number=lot.number,
                bottles=bottles,
            )
        )
        await session.execute(update(Lot).where(Lot.id == lot.id).values(on_hand=Lot.on_hand - bottles))
    gone = {"on_hand": Stock.on_hand - load.bottles, "reserved": Stock.reserved - load.bottles}
    await session.execute(update(Stock).where(Stock.id == stock.id).values(gone))


async def _invoice(
    session: AsyncSession, actor: Actor, order: Order, loads: Sequence[Load], day: date, at: datetime
) -> None:
    """Invoice what left: of each line's net, the share of its bottles."""
    net = await _net(session, actor, order)
    items = [
        InvoiceItem(
            product_id=load.line.product_id,
            bottles=load.bottles,
            amount=part_of(net.get(load.line.id, ZERO), load.before, load.bottles, load.line.bottles, order.currency),
            counts_for_rebate=load.line.counts_for_rebate,
        )
        for load in loads
    ]
    await issue_invoice(
        session, actor, dealer_id=order.dealer_id, order_id=order.id, order_number=order.number, items=items, day=day,
        at=at,
    )  # fmt: skip
    for load in loads:
        load.held.bottles -= load.bottles
        if load.held.bottles == 0:
            await session.delete(load.held)
    await session.flush()


async def _net(session: AsyncSession, actor: Actor, order: Order) -> dict[int, Decimal]:
    """What each paid line really costs, the order's discounts taken off; together the order's amount.

    Of an order from before nets were kept, the whole discount is spread over all its lines by their worth.
    """
    mine = (visible(actor, OrderLine), OrderLine.order_id == order.id, OrderLine.amount > 0)
    lines = (await session.execute(select(OrderLine).where(*mine).order_by(OrderLine.position))).scalars().all()
    kept = {line.id: line.net for line in lines if line.net is not None}
    if len(kept) == len(lines):
        return kept
    shares = split_money(order.amount, [line.amount for line in lines], order.currency)
    return {line.id: share for line, share in zip(lines, shares, strict=True)}
