"""Time in a demo database: orders are accepted, shipped and received as they would be, at the hours when they would."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from heapq import heapify, heappop, heappush
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import system
from core.brand.service import current_at
from core.clock import at_local
from core.dealers.models import Dealer, Region, Stage
from core.demo import days
from core.demo.books import load
from core.demo.draw import Draw
from core.errors import QudaoError
from core.orders.models import Order, OrderLine, OrderState, Shipment
from core.orders.service import Detail, Truck
from core.orders.service import advance as move_on
from core.scope import visible

ACTOR = system("demo")
ACCEPTED_AFTER = timedelta(minutes=30)
LEAVES_AT = time(10)
ARRIVES_AT = time(12)
REST_FOLLOWS_AFTER = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Going:
    """What an order's next move hangs on; ``shipped_on`` and ``eta`` are those of the last truck under way or gone."""

    number: str
    state: str
    placed_at: datetime
    wanted_on: date | None
    region: str
    on_hold: bool
    cases: int
    shipped_on: date | None
    eta: date | None


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """An order's next state, and when it is due."""

    at: datetime
    number: str
    state: str


async def advance(session: AsyncSession, now: datetime) -> list[Move]:
    """Make every move that is due by ``now``, in order of time, in the caller's transaction; nothing but in a demo.

    What a rule refuses, or somebody else moved first, stays as it is.
    """
    brand, _ = await current_at(session, now)
    if not brand.is_demo:
        return []
    waiting = [move for going in await _under_way(session) if (move := next_move(going, brand.zone))]
    heapify(waiting)
    made = []
    while waiting and waiting[0].at <= now:
        move = heappop(waiting)
        if await _make(session, move, brand.zone):
            made.append(move)
            for going in await _under_way(session, move.number):
                if follow := next_move(going, brand.zone):
                    heappush(waiting, follow)
    return made


def next_move(going: Going, zone: str) -> Move | None:
    """When an order moves by itself, and where to.

    Accepted after half an hour; shipped the morning after it was processed (not before the day before it is wanted);
    what was left behind follows two weeks later; received at noon of the day when it is due.
    """
    match going.state:
        case OrderState.SUBMITTED:
            return Move(going.placed_at + ACCEPTED_AFTER, going.number, OrderState.ACCEPTED)
        case OrderState.ACCEPTED if not going.on_hold:
            return Move(at_local(_leaves_on(going, zone), LEAVES_AT, zone), going.number, OrderState.SHIPPED)
        case OrderState.PART_SHIPPED if going.shipped_on and not going.on_hold:
            return Move(
                at_local(going.shipped_on + REST_FOLLOWS_AFTER, LEAVES_AT, zone), going.number, OrderState.SHIPPED
            )
        case OrderState.SHIPPED if going.eta:
            return Move(at_local(going.eta, ARRIVES_AT, zone), going.number, OrderState.RECEIVED)
        case _:
            return None


def _leaves_on(going: Going, zone: str) -> date:
    placed = going.placed_at.astimezone(ZoneInfo(zone))
    morning_after = days.taken_on(placed.date(), f"{placed:%H:%M}", _market()) + timedelta(days=1)
    return max(morning_after, going.wanted_on - timedelta(days=1)) if going.wanted_on else morning_after


async def _make(session: AsyncSession, move: Move, zone: str) -> bool:
    detail = None
    if move.state == OrderState.SHIPPED:
        [going] = await _under_way(session, move.number)
        detail = Detail(truck=_truck(going, move.at.astimezone(ZoneInfo(zone)).date()))
    try:
        async with session.begin_nested():
            await move_on(session, ACTOR, move.number, move.state, move.at, detail)
    except QudaoError:
        return False
    return True


def _truck(going: Going, day: date) -> Truck:
    draw = Draw(0, "trucks", f"{going.number}/{day}")
    carrier = draw.pick(_market()["carriers"])
    on_the_way = days.transit(going.region, going.cases, _market()) - 1
    return Truck(
        carrier["name"], f"{carrier['prefix']}{day:%y%m%d}{draw.below(1_000_000):06d}", day + timedelta(on_the_way)
    )


async def _under_way(session: AsyncSession, number: str | None = None) -> list[Going]:
    """Orders that Qudao is the master of and that still move."""
    moving = (OrderState.SUBMITTED, OrderState.ACCEPTED, OrderState.PART_SHIPPED, OrderState.SHIPPED)
    statement = (
        select(Order, Region.code, Dealer.stage)
        .join(Dealer, Dealer.id == Order.dealer_id)
        .join(Region, Region.id == Dealer.region_id)
        .where(visible(ACTOR, Order), visible(ACTOR, Dealer), Order.state.in_(moving), Order.master == "qudao")
        .execution_options(populate_existing=True)
    )
    if number is not None:
        statement = statement.where(Order.number == number)
    rows = (await session.execute(statement)).all()
    ids = [order.id for order, _, _ in rows]
    cases, trucks = await _cases(session, ids), await _trucks(session, ids)
    return [
        Going(
            order.number,
            order.state,
            order.placed_at,
            order.wanted_on,
            region,
            stage == Stage.ON_HOLD,
            cases.get(order.id, 0),
            *trucks.get(order.id, (None, None)),
        )
        for order, region, stage in rows
    ]


async def _cases(session: AsyncSession, order_ids: list[int]) -> Mapping[int, int]:
    mine = (visible(ACTOR, OrderLine), OrderLine.order_id.in_(order_ids), OrderLine.is_free.is_(False))
    rows = select(OrderLine.order_id, func.sum(OrderLine.quantity)).where(*mine).group_by(OrderLine.order_id)
    return dict(_pairs((await session.execute(rows)).all()))


async def _trucks(session: AsyncSession, order_ids: list[int]) -> dict[int, tuple[date, date]]:
    mine = (visible(ACTOR, Shipment), Shipment.order_id.in_(order_ids))
    last = select(Shipment.order_id, func.max(Shipment.shipped_on), func.max(Shipment.eta)).where(*mine)
    rows = await session.execute(last.group_by(Shipment.order_id))
    return {order_id: (shipped_on, eta) for order_id, shipped_on, eta in rows}


def _pairs(rows: Any) -> Iterator[tuple[int, int]]:
    for order_id, count in rows:
        yield order_id, int(count)


@lru_cache(maxsize=1)
def _market() -> Any:
    return load("data/market.yaml")
