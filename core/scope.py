"""The one door to dealer rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from core.actor import Actor
from core.dealers.models import Dealer, Region, Stage
from core.guard import OWNED, Visible


def dealers_of(actor: Actor) -> Select[int] | None:
    """The ids of the dealers within the actor's scope, as a subquery; None means all of them."""
    own = aliased(Dealer)
    ids = select(own.id).where(_everyone(own)).correlate(None)
    if actor.dealer_id is not None:
        return ids.where(own.id == actor.dealer_id)
    if actor.region_path is not None:
        regions = select(Region.id).where(Region.path.startswith(actor.region_path, autoescape=True))
        return ids.where(own.region_id.in_(regions.correlate(None)))
    return None if actor.everywhere else ids.where(own.id.is_(None))


def visible(actor: Actor, model: type[Any]) -> ColumnElement[bool]:
    """Which rows of a dealer-owned table (or of this alias of it) the actor may touch; every statement says it."""
    column = _owner(model)
    if actor.dealer_id is not None:
        return Visible(column == actor.dealer_id)
    scope = dealers_of(actor)
    return _everyone(model) if scope is None else Visible(column.in_(scope))


def _everyone(model: type[Any]) -> Visible:
    """No narrowing, said aloud: for an actor who sees the brand, and for what scopes are made of."""
    return Visible(_owner(model).is_not(None))


def _owner(model: type[Any]) -> Any:
    """The column that names the dealer."""
    of_dealers: bool = inspect(model).mapper.local_table is Dealer.__table__
    return cast(Any, model).id if of_dealers else cast(Any, model).dealer_id


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person's rights hang on: their dealer's code and region, and whether the relation has ended."""

    code: str
    region_path: str
    ended: bool


async def standing(session: AsyncSession, dealer_id: int, day: date) -> Standing:
    """How a dealer stands on a day; asked while an Actor is being made, so by nobody yet."""
    found = select(Dealer.code, Region.path, Dealer.stage, Dealer.active_until)
    joined = found.join_from(Dealer, Region, Dealer.region_id == Region.id)
    own = joined.where(_everyone(Dealer), Dealer.id == dealer_id)
    code, path, stage, until = (await session.execute(own)).one()
    return Standing(code, path, stage == Stage.ENDED or (until is not None and until <= day))


async def path_of_region(session: AsyncSession, region_id: int) -> str:
    """A region's place in the tree."""
    return (await session.execute(select(Region.path).where(Region.id == region_id))).scalar_one()


async def may_see_dealer(session: AsyncSession, actor: Actor, dealer_id: int) -> bool:
    """Whether a dealer is within the actor's scope."""
    found = await session.execute(select(Dealer.id).where(visible(actor, Dealer), Dealer.id == dealer_id))
    return found.scalar_one_or_none() is not None


def is_owned(model: type[Any]) -> bool:
    """Whether the table's rows belong to dealers."""
    return bool(model.__table__.info.get(OWNED))
