"""Orders: listed, shown, and proposed; proposing orders nothing."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from bot.api.callers import Visit, visiting
from bot.api.rest import cursors
from bot.api.rest.proposals import ConversationName, ProposalShown, propose
from bot.api.rest.repeating import Made, OnceOnly
from bot.api.rest.shapes import After, DealerCode, Limit, Money, Named, Page, in_language
from core.actor import Permission
from core.dealers import service as dealers
from core.errors import BadInput
from core.keys.scopes import Scope
from core.orders import service as orders
from core.proposals.service import Draft
from tools.orders import State
from tools.periods import days_of
from tools.products import UnitName

router = APIRouter(tags=["orders"])
Reader = Annotated[Visit, visiting(Scope.ORDERS, Permission.ORDERS_READ)]
Drafter = Annotated[Visit, visiting(Scope.PROPOSE, Permission.ORDERS_DRAFT)]
Words = Annotated[str, Field(max_length=500)]


class OrderListed(BaseModel):
    """An order in a list."""

    number: str
    dealer: Named
    placed_at: datetime
    state: State
    amount: Money


class OrderLine(BaseModel):
    """A line; a free one has amount 0."""

    sku: str
    name: str
    quantity: int
    unit: str
    bottles: int
    price: Money
    amount: Money
    is_free: bool


class Shipment(BaseModel):
    """A truck with a part or the whole of an order."""

    number: str
    carrier: str
    tracking: str
    shipped_on: date
    eta: date
    received_on: date | None
    cases: int


class Order(OrderListed):
    """An order whole."""

    discount: Money
    wanted_on: date | None
    ship_to: Named | None
    remark: str | None
    reason: str | None
    lines: list[OrderLine]
    shipments: list[Shipment]


class LineWanted(BaseModel):
    """A product and how much of it; only whole cases are sold."""

    model_config = ConfigDict(extra="forbid")
    sku: Annotated[str, Field(min_length=1, max_length=64, examples=["W-550"])]
    quantity: Annotated[Decimal, Field(gt=0, le=1_000_000, max_digits=12, decimal_places=3, examples=[10])]
    unit: UnitName | None = None


Lines = Annotated[list[LineWanted], Field(min_length=1, max_length=200)]


class OrderWanted(BaseModel):
    """An order to be proposed; without ``ship_to`` it goes where they usually take it."""

    model_config = ConfigDict(extra="forbid")
    lines: Lines
    ship_to: Words | None = None
    wanted_on: date | None = None
    remark: Words | None = None
    dealer: Annotated[str, Field(max_length=64)] | None = None
    conversation: ConversationName = ""


class ChangeWanted(BaseModel):
    """What of an order is to change; ``lines`` are all lines as they should be afterwards."""

    model_config = ConfigDict(extra="forbid")
    lines: Lines | None = None
    ship_to: Words | None = None
    wanted_on: date | None = None
    remark: Words | None = None
    conversation: ConversationName = ""


class CancellationWanted(BaseModel):
    """Why an order is to be cancelled."""

    model_config = ConfigDict(extra="forbid")
    reason: Words | None = None
    conversation: ConversationName = ""


@router.get("/orders")
async def list_orders(
    visit: Reader,
    state: State | None = None,
    period: Annotated[str | None, Query(max_length=40, description="2026-10, 2026Q3, 2026, or two days a..b.")] = None,
    dealer: DealerCode = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[OrderListed]:
    """Orders placed, the latest first."""
    start, end = days_of(period, visit.brand.fiscal_year_start) if period else (None, None)
    place = _place(after) if after else None
    async with visit.desk.database.reads() as session:
        owner = await dealers.resolve(session, visit.actor, dealer) if dealer else None
        found, following = await orders.page_of_orders(
            session, visit.actor, state=state, start=start, end=end, dealer_id=owner.id if owner else None,
            after=place, limit=limit,
        )  # fmt: skip
    return Page(
        items=[OrderListed(**_listed(one, visit.words.tag)) for one in found],
        next=cursors.written(following.placed_at.isoformat(), following.order_id) if following else None,
    )


def _place(cursor: str) -> orders.Place:
    moment, order_id = cursors.read(cursor, str, int)
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        raise cursors.BadCursor from None
    if at.tzinfo is None:
        raise cursors.BadCursor
    return orders.Place(at, order_id)


def _listed(one: orders.Listed, language: str) -> dict[str, Any]:
    return {
        "number": one.number,
        "dealer": Named(code=one.dealer_code, name=in_language(one.dealer_names, language)),
        "placed_at": one.placed_at,
        "state": one.state,
        "amount": Money.of(one.amount, one.currency),
    }


@router.get("/orders/{number}")
async def show_order(visit: Reader, number: str) -> Order:
    """An order with its lines and shipments."""
    if not number.strip():
        raise BadInput
    async with visit.desk.database.reads() as session:
        return _whole(await orders.status(session, visit.actor, number), visit.words.tag)


def _whole(view: orders.OrderView, language: str) -> Order:
    order, currency = view.order, view.order.currency
    place = view.ship_to
    return Order(
        number=order.number,
        dealer=Named(code=view.dealer.code, name=_name(view.dealer, language)),
        placed_at=order.placed_at,
        state=order.state,
        amount=Money.of(order.amount, currency),
        discount=Money.of(order.discount, currency),
        wanted_on=order.wanted_on,
        ship_to=Named(code=place.code, name=_name(place, language)) if place else None,
        remark=order.remark,
        reason=order.reason,
        lines=[_line(view, line, language) for line in order.lines],
        shipments=[
            Shipment(
                number=one.number, carrier=one.carrier, tracking=one.tracking, shipped_on=one.shipped_on, eta=one.eta,
                received_on=one.received_on, cases=view.shipped(one),
            )
            for one in order.shipments
        ],
    )  # fmt: skip


def _line(view: orders.OrderView, line: Any, language: str) -> OrderLine:
    product = view.products[line.product_id]
    return OrderLine(
        sku=product.sku,
        name=product.name(language),
        quantity=line.quantity,
        unit=line.unit,
        bottles=line.bottles,
        price=Money.of(line.price, view.order.currency),
        amount=Money.of(line.amount, view.order.currency),
        is_free=line.is_free,
    )


def _name(named: Any, language: str) -> str:
    return in_language({"zh": named.name, "en": named.name_en}, language)


@router.post("/orders", status_code=201, response_model=ProposalShown)
async def propose_order(visit: Drafter, once: OnceOnly, wanted: OrderWanted) -> Response:
    """Propose an order: priced and checked against stock, credit and minimum. It waits to be confirmed."""

    async def work() -> Made:
        request = orders.Request(_asked(wanted.lines), wanted.ship_to, wanted.wanted_on, wanted.remark)
        async with visit.desk.database.reads() as session:
            buyer = await dealers.resolve(session, visit.actor, wanted.dealer)
            draft = await orders.draft(session, visit.actor, buyer, request, visit.today, visit.now)
        return await _proposed(visit, once.turn(), draft, wanted.conversation)

    return await once(visit, work)


@router.post("/orders/{number}/change", status_code=201, response_model=ProposalShown)
async def propose_change(visit: Drafter, once: OnceOnly, number: str, wanted: ChangeWanted) -> Response:
    """Propose a change of an order that hasn't shipped."""

    async def work() -> Made:
        lines = _asked(wanted.lines) if wanted.lines else None
        wish = orders.Wish(lines, wanted.ship_to, wanted.wanted_on, wanted.remark)
        async with visit.desk.database.reads() as session:
            draft = await orders.draft_change(session, visit.actor, number, wish, visit.today, visit.now)
        return await _proposed(visit, once.turn(), draft, wanted.conversation, orders.CHANGE)

    return await once(visit, work)


@router.post("/orders/{number}/cancellation", status_code=201, response_model=ProposalShown)
async def propose_cancellation(visit: Drafter, once: OnceOnly, number: str, wanted: CancellationWanted) -> Response:
    """Propose to cancel an order that hasn't shipped."""

    async def work() -> Made:
        async with visit.desk.database.reads() as session:
            draft: Draft = await orders.draft_cancellation(session, visit.actor, number, wanted.reason)
        return Made(201, await propose(visit, once.turn(), draft, wanted.conversation))

    return await once(visit, work)


async def _proposed(
    visit: Visit, turn: UUID, draft: orders.OrderDraft, conversation: str, kind: str = orders.ORDER
) -> Made:
    if not draft.fine:
        raise draft.refusal()
    return Made(201, await propose(visit, turn, orders.as_proposal(draft, kind), conversation))


def _asked(lines: list[LineWanted]) -> tuple[orders.Requested, ...]:
    return tuple(orders.Requested(line.sku, line.quantity, line.unit) for line in lines)
