"""What a dealer usually orders."""

from collections import Counter as Tally
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.dealers.models import ShipTo
from core.orders.models import Order, OrderLine, OrderState
from core.people.models import Person
from core.products.models import Product
from core.scope import visible

RECENT = 14
VOID = frozenset({OrderState.REJECTED, OrderState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Habit:
    """How a dealer usually orders a product."""

    sku: str
    unit: str
    quantity: int
    times: int


@dataclass(frozen=True, slots=True)
class Habits:
    """What a dealer's last orders have in common, the most ordered product first. ``recent`` are their
    numbers, the latest first; ``last_lines`` the paid lines of the latest, ``lines_of`` those of each. ``void`` are the
    orders among them in time that came to nothing. ``amounts`` say what each comes to, ``placers`` who placed it."""

    usual: tuple[Habit, ...] = ()
    ship_to: str | None = None
    recent: tuple[str, ...] = ()
    last_lines: tuple[dict[str, Any], ...] = ()
    lines_of: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    void: tuple[str, ...] = ()
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    placers: Mapping[str, str] = field(default_factory=dict)

    def of(self, sku: str) -> Habit | None:
        """How this product is usually ordered; None where it never was, lately."""
        return next((one for one in self.usual if one.sku == sku), None)


async def habits(session: AsyncSession, actor: Actor, dealer_id: int) -> Habits:
    """From the last dozen orders or so that came to something; of equals, what was ordered last."""
    recent = (
        select(Order.id, Order.number, Order.state, ShipTo.code, Order.amount, Person.name)
        .select_from(Order)
        .outerjoin(ShipTo, (ShipTo.id == Order.ship_to_id) & visible(actor, ShipTo))
        .outerjoin(Person, (Person.id == Order.placed_by) & (Person.dealer_id == dealer_id))
        .where(visible(actor, Order), Order.dealer_id == dealer_id)
        .order_by(Order.placed_at.desc(), Order.id.desc())
        .limit(RECENT)
    )
    every = (await session.execute(recent)).all()
    orders = [order for order in every if order.state not in VOID]
    if not orders:
        return Habits()
    lines = (
        select(OrderLine.order_id, Product.sku, OrderLine.quantity, OrderLine.unit)
        .join(Product, Product.id == OrderLine.product_id)
        .where(visible(actor, OrderLine), OrderLine.order_id.in_([order.id for order in every]))
        .where(OrderLine.is_free.is_(False))
        .order_by(OrderLine.order_id.desc(), OrderLine.position)
    )
    ordered: dict[str, Tally[tuple[str, int]]] = {}
    numbers = {order.id: order.number for order in every}
    void = {order.id for order in every if order.state in VOID}
    by_order: dict[str, list[dict[str, Any]]] = {}
    for order_id, sku, quantity, unit in (await session.execute(lines)).all():
        by_order.setdefault(numbers[order_id], []).append({"sku": sku, "quantity": quantity, "unit": unit})
        if order_id not in void:
            ordered.setdefault(sku, Tally())[unit, quantity] += 1
    usual = [_habit(sku, counted) for sku, counted in ordered.items()]
    places = Tally(order.code for order in orders if order.code)
    return Habits(
        tuple(sorted(usual, key=lambda one: -one.times)),
        places.most_common(1)[0][0] if places else None,
        tuple(order.number for order in orders),
        tuple(by_order.get(orders[0].number, ())),
        {number: tuple(held) for number, held in by_order.items()},
        tuple(numbers[order_id] for order_id in numbers if order_id in void),
        {order.number: order.amount for order in every},
        {order.number: order.name for order in every if order.name},
    )


def _habit(sku: str, counted: "Tally[tuple[str, int]]") -> Habit:
    units: Tally[str] = Tally()
    for (unit, _), times in counted.items():
        units[unit] += times
    unit = units.most_common(1)[0][0]
    quantities = Tally({quantity: times for (used, quantity), times in counted.items() if used == unit})
    return Habit(sku, unit, quantities.most_common(1)[0][0], sum(counted.values()))
