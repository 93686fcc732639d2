"""Changing and cancelling an order before it ships: drafted for a press, carried out under lock."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Permission
from core.brand.service import current_at
from core.errors import BadInput, NotFound, Refused
from core.events.service import record
from core.orders.drafting import Changing, draft
from core.orders.drafts import OrderDraft, Payload, Request, Requested, plain, request_of, same_deal
from core.orders.models import Order, OrderLine, OrderState, Reservation
from core.orders.placing import as_proposal, lock_dealer, result, summary, write_lines
from core.orders.reading import OrderView, status
from core.orders.rules import CHANGEABLE, state_after_change
from core.orders.stock import lock_stock, release
from core.products.trading import levels
from core.proposals.models import Proposal
from core.proposals.service import Changed, Draft
from core.scope import visible

CHANGE = "order_change"
CANCELLATION = "cancellation"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be different; None stays as it is. ``lines`` is the whole new set."""

    lines: tuple[Requested, ...] | None = None
    ship_to: str | None = None
    wanted_on: date | None = None
    remark: str | None = None


async def draft_change(
    session: AsyncSession, actor: Actor, number: str | None, wish: Wish, day: date, now: datetime
) -> OrderDraft:
    """The order (the latest that can be changed, without a number) as it would become, priced afresh and checked."""
    found = await _changeable(session, actor, number, "order.cannot_change")
    request = _with(wish, found)
    if _kept(request) == _kept(_as_is(found)):
        raise Refused("order.nothing_changes", order=found.order.number)
    changing = await _changing(session, actor, found)
    return await draft(session, actor, found.dealer, request, day, now, changing=changing)


async def draft_cancellation(session: AsyncSession, actor: Actor, number: str | None, reason: str | None) -> Draft:
    """What is stored for the press that cancels the order (the latest that can be cancelled, without a number)."""
    found = await _changeable(session, actor, number, "order.cannot_cancel")
    order, dealer = found.order, found.dealer
    return Draft(
        kind=CANCELLATION,
        payload={
            "order": order.number,
            "state": str(order.state),
            "amount": plain(order.amount),
            "currency": order.currency,
            "dealer": {"id": dealer.id, "code": dealer.code, "names": {"zh": dealer.name, "en": dealer.name_en}},
            "lines": _before(found)["lines"],
            "reason": (reason or "").strip()[:500] or None,
        },
        permission=Permission.ORDERS_CONFIRM,
        dealer_id=dealer.id,
        proposer_may=_may_press(actor, dealer.id),
        amount=order.amount,
        currency=order.currency,
    )


async def change(session: AsyncSession, actor: Actor, proposal: Proposal, at: datetime) -> dict[str, Any]:
    """Give back what the order held and book what it becomes; checked again as if it were placed now."""
    shown = proposal.payload
    dealer = await lock_dealer(session, actor, shown["dealer"]["id"])
    order = await lock_order(session, actor, shown["order"])
    if order.state not in CHANGEABLE:
        raise Refused("order.cannot_change", order=order.number)
    _, day = await current_at(session, at)
    found = await status(session, actor, order.number)
    changing = await _changing(session, actor, found)
    await _lock_all_stock(session, actor, order, shown)
    again = await draft(session, actor, dealer, request_of(shown), day, at, changing=changing, lock=True)
    if not again.fine:
        raise again.refusal()
    payload = again.payload()
    if not same_deal(shown, payload) or not actor.may(again.permission):
        raise Changed(as_proposal(again, CHANGE))
    before = {**changing.before, "state": str(order.state)}
    await release(session, actor, order)
    await session.execute(delete(OrderLine).where(visible(actor, OrderLine), OrderLine.order_id == order.id))
    session.expire(order, ["lines"])
    order.state = state_after_change(order.state, changing.amount, again.amount, prepaid=again.prepaid)
    order.ship_to_id = again.ship_to.id if again.ship_to else None
    order.wanted_on, order.remark = again.wanted_on, again.remark
    order.amount, order.discount = again.amount, again.priced.discount
    order.confirmed_by = actor.person_id
    await write_lines(session, order, payload, again, at)
    after = summary(payload) | {"state": str(order.state), "amount": plain(order.amount)}
    subject = f"orders:{order.number}"
    record(session, actor, "order.changed", subject, at=at, before=before, after=after, request_id=proposal.id)
    return result(order, payload)


async def cancel(session: AsyncSession, actor: Actor, proposal: Proposal, at: datetime) -> dict[str, Any]:
    """End an order that hasn't shipped, as it was shown; its stock and credit are free at once."""
    shown = proposal.payload
    await lock_dealer(session, actor, shown["dealer"]["id"])
    order = await lock_order(session, actor, shown["order"])
    if order.state not in CHANGEABLE:
        raise Refused("order.cannot_cancel", order=order.number)
    again = await draft_cancellation(session, actor, order.number, shown["reason"])
    if any(shown.get(key) != again.payload[key] for key in ("lines", "amount", "currency")):
        raise Changed(again)
    before = str(order.state)
    await end(session, actor, order, OrderState.CANCELLED, shown["reason"])
    record(
        session, actor, "order.cancelled", f"orders:{order.number}", at=at, before={"state": before},
        after={"state": str(order.state), "reason": order.reason}, request_id=proposal.id,
    )  # fmt: skip
    return {"order": order.number, "amount": plain(order.amount), "currency": order.currency, "dealer": shown["dealer"]}


async def end(session: AsyncSession, actor: Actor, order: Order, state: OrderState, reason: str | None) -> None:
    """Reject or cancel: whatever the order still held is given back."""
    await release(session, actor, order)
    order.state = state
    order.reason = reason
    await session.flush()


async def lock_order(session: AsyncSession, actor: Actor, number: str) -> Order:
    """The order's row, locked until the transaction ends; the dealer's is locked before it."""
    mine = select(Order).where(visible(actor, Order), Order.number == number)
    locked = await session.execute(mine.with_for_update().execution_options(populate_existing=True))
    order = locked.scalar_one_or_none()
    if order is None:
        raise NotFound("order.not_found", order=number[:40])
    if order.master != "qudao":
        raise Refused("order.not_master", order=order.number, master=order.master)
    return order


async def _changeable(session: AsyncSession, actor: Actor, number: str | None, refusal: str) -> OrderView:
    if actor.dealer_id is None and not (number and number.strip()):
        raise BadInput("order.which")
    found = await status(session, actor, number, changeable=True)
    if found.order.state not in CHANGEABLE:
        raise Refused(refusal, order=found.order.number)
    return found


async def _changing(session: AsyncSession, actor: Actor, found: OrderView) -> Changing:
    held = (
        select(OrderLine.product_id, Reservation.bottles)
        .join(OrderLine, OrderLine.id == Reservation.order_line_id)
        .where(visible(actor, Reservation), visible(actor, OrderLine), Reservation.order_id == found.order.id)
    )
    bottles: dict[int, int] = {}
    for product_id, count in await session.execute(held):
        bottles[product_id] = bottles.get(product_id, 0) + count
    return Changing(found.order.number, found.order.amount, bottles, _before(found))


def _before(found: OrderView) -> Payload:
    order = found.order
    return {
        "lines": [[line.sku, str(line.quantity), line.unit] for line in _as_is(found).lines],
        "amount": plain(order.amount),
        "ship_to": found.ship_to.code if found.ship_to else None,
        "wanted_on": order.wanted_on.isoformat() if order.wanted_on else None,
        "remark": order.remark,
    }


def _as_is(found: OrderView) -> Request:
    lines = tuple(
        Requested(found.products[line.product_id].sku, Decimal(line.quantity), line.unit)
        for line in found.order.lines
        if not line.is_free
    )
    place = found.ship_to.code if found.ship_to else None
    return Request(lines, place, found.order.wanted_on, found.order.remark)


def _with(wish: Wish, found: OrderView) -> Request:
    now = _as_is(found)
    return Request(
        wish.lines or now.lines, wish.ship_to or now.ship_to, wish.wanted_on or now.wanted_on, wish.remark or now.remark
    )


def _kept(request: Request) -> tuple[Any, ...]:
    lines = sorted((line.sku.upper(), line.quantity, line.unit or "case") for line in request.lines)
    return lines, (request.ship_to or "").casefold(), request.wanted_on, request.remark


def _may_press(actor: Actor, dealer_id: int) -> bool:
    return actor.dealer_id == dealer_id and actor.may(Permission.ORDERS_CONFIRM)


async def _lock_all_stock(session: AsyncSession, actor: Actor, order: Order, shown: Payload) -> None:
    """The rows that are given back and those that are booked, in one go and in id order."""
    mine = (visible(actor, Reservation), Reservation.order_id == order.id)
    held = set((await session.execute(select(Reservation.stock_id).where(*mine))).scalars())
    wanted = [line["product_id"] for line in (*shown["lines"], *shown["free"])]
    booked = await levels(session, wanted, shown["warehouse"], order.placed_at)
    await lock_stock(session, held | {level.stock_id for level in booked.values() if level.stock_id is not None})
