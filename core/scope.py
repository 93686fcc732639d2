"""The one door to dealer rows."""

from typing import Any

from sqlalchemy import ColumnElement, Select, false, literal, select

from core.actor import Actor
from core.db import OWNED, Visible
from core.dealers.models import Dealer, Region


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


def is_owned(model: type[Any]) -> bool:
    """Whether the table's rows belong to dealers."""
    return bool(model.__table__.info.get(OWNED))
