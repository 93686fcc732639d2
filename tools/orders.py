"""Orders: drafted for a press, followed, changed and cancelled before they ship."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from langchain.tools import ToolRuntime
from langchain_core.tools import tool
from pydantic import BaseModel, Field

from core.accounts import service as accounts
from core.actor import Permission
from core.dealers import service as dealers
from core.errors import BadInput
from core.orders import service as orders
from core.replies import Reply
from tools.context import ToolContext
from tools.invoice_replies import invoiced
from tools.order_lists import listed, order_status_reply
from tools.order_replies import (
    cancelled,
    changed,
    impossible,
    placed,
    shown_cancellation,
    shown_change,
    shown_order,
    waiting_cancellation,
    waiting_order,
)
from tools.periods import days_of
from tools.proposing import propose
from tools.registry import Effect, ProposalKind, ToolPackage, ToolSpec

Runtime = ToolRuntime[ToolContext, Any]
State = Literal[
    "submitted", "awaiting_payment", "accepted", "rejected", "part_shipped", "shipped", "received", "closed",
    "cancelled",
]  # fmt: skip
LISTED = 30


class Line(BaseModel):
    """A product and how much of it; only whole cases are sold."""

    sku: str = Field(description="The product's code, such as W-550.")
    quantity: float = Field(description="How many of the unit.")
    unit: Literal["bottle", "pack", "case", "pallet"] | None = Field(
        default=None, description="What the quantity counts; left out where the person didn't say."
    )
    source: str | None = Field(default=None, description="The row of the list that was sent, as it stands there.")
    stated_price: float | None = Field(
        default=None, description="The price that the sender's list states; shown beside ours and never applied."
    )


@tool(parse_docstring=True, response_format="content_and_artifact")
async def propose_order(
    runtime: Runtime,
    lines: list[Line],
    ship_to: str | None = None,
    wanted_date: str | None = None,
    remark: str | None = None,
    dealer: str | None = None,
) -> tuple[str, Reply]:
    """Draft an order: priced, checked against stock, credit and minimum order, shown with buttons. Orders nothing yet.

    Args:
        lines: The products wanted, each with its quantity.
        ship_to: Where to deliver: an address's code or name; left out where nothing was said.
        wanted_date: The day the goods are wanted, such as 2026-11-25.
        remark: What the person wants noted on the order.
        dealer: The dealer's code; only for people who look after several dealers.
    """
    ctx = runtime.context
    asked = _asked(lines)
    request = orders.Request(asked, ship_to, _day(wanted_date), remark)
    async with ctx.reads() as session:
        buyer = await dealers.resolve(session, ctx.actor, dealer)
        draft = await orders.draft(session, ctx.actor, buyer, request, ctx.today, ctx.now)
    if not draft.fine:
        reply = impossible(draft, asked, ctx.words)
        return reply.plain(), reply
    proposal = await propose(ctx, orders.as_proposal(draft))
    reply = (shown_order if draft.proposer_may else waiting_order)(proposal, ctx.words)
    return reply.plain(), reply


@tool(parse_docstring=True, response_format="content_and_artifact")
async def propose_order_change(
    runtime: Runtime,
    order: str | None = None,
    lines: list[Line] | None = None,
    ship_to: str | None = None,
    wanted_date: str | None = None,
    remark: str | None = None,
) -> tuple[str, Reply]:
    """Draft a change of an order that hasn't shipped, shown with buttons. Changes nothing yet.

    Args:
        order: The order's number; left out it is the latest that can be changed.
        lines: All lines as they should be afterwards, unchanged ones too; left out they stay.
        ship_to: Another address, by code or name.
        wanted_date: Another day on which the goods are wanted, such as 2026-11-25.
        remark: What the person wants noted on the order.
    """
    ctx = runtime.context
    wish = orders.Wish(_asked(lines) if lines else None, ship_to, _day(wanted_date), remark)
    async with ctx.reads() as session:
        draft = await orders.draft_change(session, ctx.actor, order, wish, ctx.today, ctx.now)
    if not draft.fine:
        reply = impossible(draft, wish.lines or (), ctx.words)
        return reply.plain(), reply
    proposal = await propose(ctx, orders.as_proposal(draft, orders.CHANGE))
    reply = (shown_change if draft.proposer_may else waiting_order)(proposal, ctx.words)
    return reply.plain(), reply


@tool(parse_docstring=True, response_format="content_and_artifact")
async def propose_cancellation(
    runtime: Runtime, order: str | None = None, reason: str | None = None
) -> tuple[str, Reply]:
    """Draft the cancellation of an order that hasn't shipped, shown with buttons. Cancels nothing yet.

    Args:
        order: The order's number; left out it is the latest that can be cancelled.
        reason: Why, in the person's words.
    """
    ctx = runtime.context
    async with ctx.reads() as session:
        draft = await orders.draft_cancellation(session, ctx.actor, order, reason)
    proposal = await propose(ctx, draft)
    reply = (shown_cancellation if draft.proposer_may else waiting_cancellation)(proposal, ctx.words)
    return reply.plain(), reply


@tool(parse_docstring=True, response_format="content_and_artifact")
async def order_status(
    runtime: Runtime, order: str | None = None, dealer: str | None = None, product: str | None = None
) -> tuple[str, Reply]:
    """Where an order stands: its state, shipments with carrier and expected day, lines, amount, and what is invoiced.

    Args:
        order: The order's number, such as SO-20261118-003; left out it is the latest order.
        dealer: A dealer's code, for their latest order; only for people who look after several dealers.
        product: A product's code, such as W-550, where it is asked how much of it the order holds.
    """
    ctx = runtime.context
    async with ctx.reads() as session:
        owner = await dealers.resolve(session, ctx.actor, dealer) if dealer is not None else None
        found = await orders.status(session, ctx.actor, order, dealer_id=owner.id if owner else None)
        told = ctx.actor.dealer_id is None and ctx.actor.may(Permission.ACCOUNT_READ)
        invoices = await accounts.of_order(session, ctx.actor, found.order.id) if told else None
    reply = order_status_reply(found, ctx.words, ctx.actor, product)
    reply = reply if invoices is None else reply + invoiced(invoices, ctx.words)
    return reply.plain(), reply


@tool(parse_docstring=True, response_format="content_and_artifact")
async def list_orders(
    runtime: Runtime,
    state: State | None = None,
    period: str | None = None,
    dealer: str | None = None,
    region: str | None = None,
) -> tuple[str, Reply]:
    """Orders placed, the latest first, with their state and amount, and their sum.

    Args:
        state: Only orders in this state.
        period: When they were placed: a month 2026-10, a quarter 2026Q3, a year 2026, or two days a..b.
        dealer: A dealer's code; only for people who look after several dealers, who see all of theirs without it.
        region: A region's code, for the orders of its dealers; only for people who look after several dealers.
    """
    ctx = runtime.context
    start, end = days_of(period, ctx.brand.fiscal_year_start) if period else (None, None)
    async with ctx.reads() as session:
        named = dealer is not None or ctx.actor.dealer_id is not None
        owner = await dealers.resolve(session, ctx.actor, dealer) if named else None
        within = await dealers.region_named(session, ctx.actor, region) if region is not None else None
        found, total, sums = await orders.list_orders(
            session,
            ctx.actor,
            state=state,
            start=start,
            end=end,
            dealer_id=owner.id if owner else None,
            region_path=within.path if within else None,
            limit=LISTED,
        )
    reply = listed(found, total, sums, ctx.words, several=ctx.actor.dealer_id is None, one_state=state is not None)
    return reply.plain(), reply


def _asked(lines: list[Line]) -> tuple[orders.Requested, ...]:
    return tuple(
        orders.Requested(
            line.sku,
            Decimal(str(line.quantity)),
            line.unit,
            line.source or "",
            Decimal(str(line.stated_price)) if line.stated_price is not None else None,
        )
        for line in lines
    )


def _day(text: str | None) -> date | None:
    if text is None or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput("order.bad_date", given=text.strip()[:40]) from None


PACKAGE = ToolPackage(
    tools=(
        ToolSpec(propose_order, Permission.ORDERS_DRAFT, Effect.PROPOSE, private=True),
        ToolSpec(propose_order_change, Permission.ORDERS_DRAFT, Effect.PROPOSE, private=True),
        ToolSpec(propose_cancellation, Permission.ORDERS_DRAFT, Effect.PROPOSE, private=True),
        ToolSpec(order_status, Permission.ORDERS_READ, private=True),
        ToolSpec(list_orders, Permission.ORDERS_READ, private=True),
    ),
    kinds=(
        ProposalKind(orders.ORDER, orders.place, shown_order, placed, waiting_order),
        ProposalKind(orders.CHANGE, orders.change, shown_change, changed, waiting_order),
        ProposalKind(orders.CANCELLATION, orders.cancel, shown_cancellation, cancelled, waiting_cancellation),
    ),
)
