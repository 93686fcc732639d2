"""Moving an order on where Qudao is its master: accepted, rejected, shipped, received, closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Permission
from core.brand.service import current_at
from core.errors import BadInput, NotFound, NotPermitted, Refused
from core.events.service import record
from core.orders.changing import end, lock_order
from core.orders.models import Order, OrderState, Shipment
from core.orders.placing import lock_dealer
from core.orders.rules import MOVES, may_move
from core.orders.shipping import Truck, ship
from core.scope import visible


@dataclass(frozen=True, slots=True)
class Detail:
    """What goes with a move: why (for a rejection), and the truck (for a shipment).

    ``cases`` says by code what a part shipment takes, free cases among them, or whatever is left where that is less;
    without it, all lines but the last, or half of a single one.
    """

    reason: str | None = None
    truck: Truck | None = None
    cases: Mapping[str, int] | None = None


async def advance(
    session: AsyncSession, actor: Actor, number: str, state: str, at: datetime, detail: Detail | None = None
) -> Order:
    """Move an order to ``state``. Shipping takes lots off the stock and issues the invoice; an ending frees both."""
    if not actor.may(Permission.ORDERS_ADVANCE):
        raise NotPermitted
    if state not in set(OrderState):
        raise BadInput("order.unknown_state", state=state[:40])
    detail = detail or Detail()
    dealer_id = await session.scalar(select(Order.dealer_id).where(visible(actor, Order), Order.number == number))
    if dealer_id is None:
        raise NotFound("order.not_found", order=number[:40])
    await lock_dealer(session, actor, dealer_id)
    order = await lock_order(session, actor, number)
    before = order.state
    if not may_move(before, state):
        follows = ", ".join(sorted(MOVES[OrderState(before)]))
        key = "order.cannot_move" if follows else "order.stays"
        raise Refused(key, order=number, before=before, after=state, follows=follows)
    _, day = await current_at(session, at)
    await _move(session, actor, order, OrderState(state), detail, day, at)
    after = {"state": str(order.state), "reason": order.reason}
    record(session, actor, f"order.{order.state}", f"orders:{number}", at=at, before={"state": before}, after=after)
    await session.flush()
    return order


async def _move(
    session: AsyncSession, actor: Actor, order: Order, state: OrderState, detail: Detail, day: date, at: datetime
) -> None:
    match state:
        case OrderState.REJECTED | OrderState.CANCELLED:
            if state == OrderState.REJECTED and not (detail.reason and detail.reason.strip()):
                raise BadInput("order.reason_needed")
            await end(session, actor, order, state, detail.reason)
        case OrderState.PART_SHIPPED | OrderState.SHIPPED:
            part = (detail.cases or {}) if state == OrderState.PART_SHIPPED else None
            all_gone = await ship(session, actor, order, detail.truck or Truck(), part, day, at)
            order.state = OrderState.SHIPPED if all_gone else OrderState.PART_SHIPPED
        case OrderState.RECEIVED:
            under_way = (visible(actor, Shipment), Shipment.order_id == order.id, Shipment.received_on.is_(None))
            await session.execute(update(Shipment).where(*under_way).values(received_on=day))
            order.state = state
        case _:
            order.state = state
