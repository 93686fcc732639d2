"""What dealers have: the stock they reported last, what they signed for since, what is on its way. In cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.forecasts.paths import Point, demand_between
from core.forecasts.series import Months
from core.money import ZERO
from core.orders.models import Order, OrderLine, OrderState, Shipment, ShipmentLine
from core.products.models import PackUnit, Product, Unit
from core.sales import facts
from core.sales.facts import Within
from core.sales.models import SellThrough
from core.sales.rules import add_months
from core.scope import visible

Place = tuple[int, str]
Arrivals = dict[Place, list[tuple[date, Decimal]]]
Reports = dict[Place, dict[date, tuple[Decimal, Decimal]]]
UNDER_WAY = (
    OrderState.SUBMITTED,
    OrderState.AWAITING_PAYMENT,
    OrderState.ACCEPTED,
    OrderState.PART_SHIPPED,
    OrderState.SHIPPED,
)
STALE_MONTHS = 2
PACE_MONTHS = 6
LATELY_MONTHS = 3
USUAL_PACE = (Decimal("0.8"), Decimal("1.25"))
RECENT = 12
REVIEW_DAYS = 7


@dataclass(frozen=True, slots=True)
class Reported:
    """A dealer's last report of a product: stock at the end of ``month``, cases signed for since, cases that it sold
    in the six months up to then, and in the last three of them.
    """

    month: date
    stock: Decimal
    received: Decimal
    sold: Decimal
    lately: Decimal = ZERO

    @property
    def daily(self) -> Decimal:
        """Cases that it sold a day, on average of the last three months reported."""
        return self.lately / (add_months(self.month, 1) - add_months(self.month, 1 - LATELY_MONTHS)).days

    @property
    def counted_on(self) -> date:
        """The day that its stock is of."""
        return add_months(self.month, 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How long this dealer's goods take from order to signature, and how often it orders; medians in days."""

    lead_days: int | None
    review_days: int


def stock_today(reported: Reported, bought: Months, path: tuple[Point, ...], pace: Decimal, day: date) -> Decimal:
    """What should be left: the report, plus what came, less what was sold since: in whole months as much as was bought
    in them, in the running one at the expected rate; both at the dealer's pace.
    """
    begun = reported.counted_on + timedelta(days=1)
    whole = sum((cases for month, cases in bought.items() if month >= begun), ZERO)
    running, _ = demand_between(path, max(begun, path[0].month), day)
    return max(ZERO, reported.stock + reported.received - (whole + running) * pace)


def pace_of(reported: Reported | None, bought: Months) -> Decimal:
    """How much of what a dealer buys it sells on; 1 where that is nearly so, or where nobody knows."""
    if reported is None:
        return Decimal(1)
    months = [add_months(reported.month, -back) for back in range(PACE_MONTHS)]
    came = sum((bought.get(month, ZERO) for month in months), ZERO)
    if came <= 0:
        return Decimal(1)
    pace = reported.sold / came
    low, high = USUAL_PACE
    return Decimal(1) if low <= pace <= high else min(pace, Decimal(2))


async def reports(session: AsyncSession, within: Within, day: date) -> dict[Place, Reported]:
    """Of each dealer and product; left out where the dealer's last report is over two months old."""
    running = day.replace(day=1)
    last = await facts.last_reports(session, within, day)
    fresh = {dealer: month for dealer, month in last.items() if month >= add_months(running, -STALE_MONTHS)}
    oldest = min(fresh.values(), default=running)
    stock = await _reported(session, within, add_months(oldest, 1 - PACE_MONTHS))
    arrived = await _signed_for(session, within, add_months(oldest, 1), day)
    found: dict[Place, Reported] = {}
    for place, months in stock.items():
        month = fresh.get(place[0])
        if month is None:
            continue
        since = add_months(month, 1)
        came = sum((cases for on, cases in arrived.get(place, ()) if on >= since), ZERO)
        first = add_months(month, 1 - PACE_MONTHS)
        sold = {at: row[0] for at, row in months.items() if first <= at <= month}
        lately = sum((cases for at, cases in sold.items() if at >= add_months(month, 1 - LATELY_MONTHS)), ZERO)
        left = months.get(month, (ZERO, ZERO))[1]
        found[place] = Reported(month, left, came, sum(sold.values(), ZERO), lately)
    return found


async def _reported(session: AsyncSession, within: Within, since: date) -> Reports:
    """Sold and left, by month."""
    report = SellThrough
    statement = _sized(
        select(report.dealer_id, Product.sku, _size(), report.month, report.sold, report.stock_end), report
    )
    found: Reports = {}
    rows = await session.execute(statement.where(*within.rows(report), *within.products(), report.month >= since))
    for dealer_id, sku, size, month, sold, left in rows:
        found.setdefault((dealer_id, sku), {})[month] = (Decimal(sold) / size, Decimal(left) / size)
    return found


async def _signed_for(session: AsyncSession, within: Within, since: date, day: date) -> Arrivals:
    keys = (ShipmentLine.dealer_id, Product.sku, _size(), Shipment.received_on)
    statement: Select[Any] = (
        select(*keys, func.sum(ShipmentLine.bottles))
        .join(Shipment, Shipment.id == ShipmentLine.shipment_id)
        .join(OrderLine, OrderLine.id == ShipmentLine.order_line_id)
    )
    theirs = (visible(within.actor, Shipment), visible(within.actor, OrderLine), *within.rows(ShipmentLine))
    statement = _sized(statement, OrderLine).where(*theirs, *within.products())
    statement = statement.where(Shipment.received_on >= since, Shipment.received_on <= day)
    found: Arrivals = {}
    for dealer_id, sku, size, on, bottles in await session.execute(statement.group_by(*keys)):
        found.setdefault((dealer_id, sku), []).append((on, Decimal(int(bottles)) / size))
    return found


async def coming(session: AsyncSession, within: Within) -> dict[Place, Decimal]:
    """Cases of orders that go on, less what of them was signed for."""
    open_ = (visible(within.actor, Order), Order.state.in_(UNDER_WAY))
    size = _size()
    lines: Select[Any] = select(OrderLine.dealer_id, Product.sku, size, func.sum(OrderLine.bottles))
    lines = _sized(lines.join(Order, Order.id == OrderLine.order_id), OrderLine)
    lines = lines.where(*within.rows(OrderLine), *within.products(), *open_)
    signed: Select[Any] = (
        select(ShipmentLine.dealer_id, Product.sku, size, -func.sum(ShipmentLine.bottles))
        .join(Shipment, Shipment.id == ShipmentLine.shipment_id)
        .join(OrderLine, OrderLine.id == ShipmentLine.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
    )
    theirs = (visible(within.actor, Shipment), visible(within.actor, OrderLine), *within.rows(ShipmentLine))
    signed = _sized(signed, OrderLine).where(*theirs, *within.products(), *open_, Shipment.received_on.is_not(None))
    found: dict[Place, Decimal] = {}
    for statement, dealer in ((lines, OrderLine.dealer_id), (signed, ShipmentLine.dealer_id)):
        for dealer_id, sku, case, bottles in await session.execute(statement.group_by(dealer, Product.sku, size)):
            found[dealer_id, sku] = found.get((dealer_id, sku), ZERO) + Decimal(int(bottles)) / case
    return {place: cases for place, cases in found.items() if cases > 0}


async def rhythm(session: AsyncSession, actor: Actor, dealer_id: int) -> Rhythm:
    """From the dealer's last dozen deliveries and orders; a week between orders where there are too few."""
    took = (
        select(Order.placed_on, Shipment.received_on)
        .join(Order, Order.id == Shipment.order_id)
        .where(visible(actor, Order), visible(actor, Shipment), Shipment.dealer_id == dealer_id)
        .where(Shipment.received_on.is_not(None))
        .order_by(Shipment.received_on.desc(), Shipment.id.desc())
        .limit(RECENT)
    )
    leads = [(received - placed).days for placed, received in await session.execute(took) if received]
    placed = (
        select(Order.placed_on)
        .where(visible(actor, Order), Order.dealer_id == dealer_id, Order.state.not_in(facts.NOT_SOLD))
        .order_by(Order.placed_on.desc())
        .distinct()
        .limit(RECENT)
    )
    days = list(await session.scalars(placed))
    gaps = [(later - earlier).days for later, earlier in pairwise(days)]
    return Rhythm(round(median(leads)) if leads else None, round(median(gaps)) if gaps else REVIEW_DAYS)


def _size() -> Any:
    return func.coalesce(PackUnit.bottles, 1)


def _sized(statement: Select[Any], line: Any) -> Select[Any]:
    """With the product of each row and the bottles of its case."""
    case = (PackUnit.product_id == line.product_id) & (PackUnit.unit == Unit.CASE)
    return statement.join(Product, Product.id == line.product_id).outerjoin(PackUnit, case)


def places_of(histories: Mapping[Any, Months]) -> dict[Place, Months]:
    """Histories by dealer and product code."""
    return {(key.dealer_id, key.sku): months for key, months in histories.items()}
