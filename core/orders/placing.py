"""Carrying out a confirmed order: one transaction, the dealer's row locked first, then stock, then the number."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.brand.service import current_at
from core.dealers.models import Dealer
from core.errors import NotFound
from core.events.service import record
from core.orders.drafting import draft
from core.orders.drafts import OrderDraft, Payload, plain, request_of, same_deal
from core.orders.models import Order, OrderLine
from core.orders.numbers import next_order_number
from core.orders.rules import first_state
from core.orders.stock import reserve
from core.products.rules import Unit
from core.products.trading import levels
from core.proposals.models import Proposal
from core.proposals.service import Changed, Draft
from core.scope import visible

ORDER = "order"


def as_proposal(draft: OrderDraft, kind: str = ORDER) -> Draft:
    """What is stored of a draft for the press."""
    return Draft(
        kind=kind,
        payload=draft.payload(),
        permission=draft.permission,
        dealer_id=draft.dealer.id,
        proposer_may=draft.proposer_may,
        amount=draft.amount,
        currency=draft.currency,
    )


async def place(session: AsyncSession, actor: Actor, proposal: Proposal, at: datetime) -> dict[str, Any]:
    """Place the order that was shown. What no longer holds is refused; what changed in price is shown afresh."""
    shown = proposal.payload
    dealer = await lock_dealer(session, actor, shown["dealer"]["id"])
    _, day = await current_at(session, at)
    again = await draft(session, actor, dealer, request_of(shown), day, at, lock=True)
    if not again.fine:
        raise again.refusal()
    payload = again.payload()
    if not same_deal(shown, payload) or not actor.may(again.permission):
        raise Changed(as_proposal(again))
    order = Order(
        number=await next_order_number(session, day),
        dealer_id=dealer.id,
        state=first_state(prepaid=again.prepaid),
        placed_at=at,
        placed_on=day,
        placed_by=proposal.proposer_id,
        confirmed_by=actor.person_id,
        ship_to_id=again.ship_to.id if again.ship_to else None,
        wanted_on=again.wanted_on,
        remark=again.remark,
        currency=again.currency,
        amount=again.amount,
        discount=again.priced.discount,
        proposal_id=proposal.id,
    )
    session.add(order)
    await session.flush()
    await write_lines(session, order, payload, again, at)
    after = summary(payload) | {"state": order.state, "amount": plain(order.amount)}
    record(session, actor, "order.placed", f"orders:{order.number}", at=at, after=after, request_id=proposal.id)
    return result(order, payload)


async def lock_dealer(session: AsyncSession, actor: Actor, dealer_id: int) -> Dealer:
    """The dealer's row, locked until the transaction ends: one order of a dealer is placed or changed at a time."""
    mine = select(Dealer).where(visible(actor, Dealer), Dealer.id == dealer_id)
    locked = await session.execute(mine.with_for_update().execution_options(populate_existing=True))
    dealer = locked.scalar_one_or_none()
    if dealer is None:
        raise NotFound
    return dealer


async def write_lines(
    session: AsyncSession, order: Order, payload: Mapping[str, Any], draft: OrderDraft, at: datetime
) -> None:
    """Lines as priced, free ones after the paid, each with its stock promised."""
    nets = {line.product_id: line.net for line in draft.priced.paid}
    paid = [_line(order, line, position, nets) for position, line in enumerate(payload["lines"], 1)]
    free = [_free(order, line, position) for position, line in enumerate(payload["free"], len(paid) + 1)]
    session.add_all([*paid, *free])
    await session.flush()
    warehouse = draft.warehouse
    held = await levels(session, [line.product_id for line in (*paid, *free)], warehouse, at)
    await reserve(session, (*paid, *free), held)
    await session.flush()


def summary(payload: Mapping[str, Any]) -> Payload:
    """What an event keeps of an order's content."""
    return {
        "lines": [[line["sku"], line["quantity"], line["unit"]] for line in payload["lines"]],
        "free": [[line["sku"], line["cases"], Unit.CASE] for line in payload["free"]],
        "ship_to": payload["ship_to"]["code"] if payload["ship_to"] else None,
        "wanted_on": payload["wanted_on"],
        "remark": payload["remark"],
    }


def result(order: Order, payload: Mapping[str, Any]) -> Payload:
    """What the press says: enough to describe the order in any language."""
    kept = ("dealer", "lines", "free", "discounts", "ship_to", "wanted_on", "credit_left", "prepaid")
    return {
        "order": order.number,
        "state": str(order.state),
        "amount": plain(order.amount),
        "currency": order.currency,
        **{key: payload[key] for key in kept},
    }


def _line(order: Order, line: Mapping[str, Any], position: int, nets: Mapping[int, Decimal]) -> OrderLine:
    return OrderLine(
        order_id=order.id,
        dealer_id=order.dealer_id,
        position=position,
        product_id=line["product_id"],
        quantity=line["quantity"],
        unit=line["unit"],
        bottles=line["bottles"],
        price=Decimal(line["price"]),
        amount=Decimal(line["amount"]),
        net=nets[line["product_id"]],
        price_id=line["price_id"],
        promotion_id=line["promotion_id"],
        counts_for_rebate=line["counts_for_rebate"],
    )


def _free(order: Order, line: Mapping[str, Any], position: int) -> OrderLine:
    return OrderLine(
        order_id=order.id,
        dealer_id=order.dealer_id,
        position=position,
        product_id=line["product_id"],
        quantity=line["cases"],
        unit=Unit.CASE,
        bottles=line["bottles"],
        price=Decimal(0),
        amount=Decimal(0),
        net=Decimal(0),
        promotion_id=line["promotion_id"],
        is_free=True,
        counts_for_rebate=line["counts_for_rebate"],
    )
