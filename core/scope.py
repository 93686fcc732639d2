"""The one door to dealer rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.dealers.models import Dealer, Region, Stage
from core.guard import OWNED, Visible


def dealers_of(actor: Actor) -> Select[int] | None:
    """The ids of the dealers within the actor's scope, as a subquery; None means all of them."""
    if actor.everywhere and actor.dealer_id is None and actor.region_path is None:
        return None
    return select(Dealer.id).where(visible(actor, Dealer)).correlate(None)


def visible(actor: Actor, model: type[Any]) -> ColumnElement[bool]:
    """Which rows of a dealer-owned table (or of this alias of it) the actor may touch; every statement says it."""
    owned: Any = model
    is_dealers: bool = inspect(owned).mapper.local_table is Dealer.__table__
    column = owned.id if is_dealers else owned.dealer_id
    if actor.dealer_id is not None:
        return Visible(column == actor.dealer_id)
    if actor.region_path is not None and is_dealers:
        within = Region.path.startswith(actor.region_path, autoescape=True)
        return Visible(owned.region_id.in_(select(Region.id).where(within).correlate(None)))
    if actor.region_path is not None:
        return Visible(column.in_(dealers_of(actor)))
    return Visible(column.is_not(None) if actor.everywhere else column.is_(None))


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
    identified: Any = Dealer.id == dealer_id
    own = joined.where(Visible(identified))
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
