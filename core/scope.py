"""The one door to dealer rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.db import OWNED, Visible
from core.dealers.models import Dealer, Region, Stage


def dealers_of(actor: Actor) -> Select[int] | None:
    """The ids of the dealers within the actor's scope, as a subquery; None means all of them."""
    if actor.dealer_id is not None:
        return _unguarded().where(Dealer.id == actor.dealer_id)
    if actor.region_path is not None:
        regions = select(Region.id).where(Region.path.startswith(actor.region_path, autoescape=True))
        return _unguarded().where(Dealer.region_id.in_(regions))
    return None if actor.everywhere else _unguarded().where(false())


def visible(actor: Actor, model: type[Any]) -> ColumnElement[bool]:
    """Which rows of a dealer-owned table (or alias) the actor may touch; every statement on them starts with it."""
    table = getattr(model, "__table__", None)
    name = table.name if table is not None else model.__mapper__.local_table.name
    column = model.id if name == Dealer.__tablename__ else model.dealer_id
    scope = dealers_of(actor)
    condition = column.in_(scope) if scope is not None else literal(1) == literal(1)
    return Visible(condition, name)


def _unguarded() -> Select[int]:
    """The scope's own look at the dealers table; marked, since it is what ``visible`` is made of."""
    return select(Dealer.id).where(Visible(literal(1) == literal(1), Dealer.__tablename__))


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
    own = joined.where(Visible(literal(1) == literal(1), Dealer.__tablename__), Dealer.id == dealer_id)
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
