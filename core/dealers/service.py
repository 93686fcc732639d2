"""Dealers within somebody's scope, and where they stand in the tree of regions."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from core.actor import Actor
from core.dealers.models import Dealer, Region, ShipTo
from core.errors import BadInput, NotFound
from core.scope import visible


async def resolve(session: AsyncSession, actor: Actor, code: str | None) -> Dealer:
    """The dealer that a tool's ``dealer`` argument means: a code, or the exact name.

    A dealer's person gets their own without one; who sees several must say which. Out of scope is as missing.
    """
    statement = select(Dealer).where(visible(actor, Dealer))
    if code is None or not code.strip():
        if actor.dealer_id is None:
            raise BadInput("dealer.which")
        found = (await session.execute(statement.where(Dealer.id == actor.dealer_id))).scalars().all()
    else:
        name = code.strip()
        named = or_(Dealer.code == name.upper(), Dealer.code == name, Dealer.name == name, Dealer.name_en == name)
        found = (await session.execute(statement.where(named).limit(2))).scalars().all()
    if len(found) != 1:
        raise NotFound("dealer.not_found")
    return found[0]


async def region_id(session: AsyncSession, code: str) -> int:
    """The region of that code; NotFound where there is none."""
    found = (await session.execute(select(Region.id).where(Region.code == code))).scalar_one_or_none()
    if found is None:
        raise NotFound("error.not_found")
    return found


async def region_named(session: AsyncSession, actor: Actor, code: str) -> Region:
    """A region by code or name, within the actor's own or above it; a dealer's own is its place."""
    name = code.strip()
    named = or_(Region.code == name.upper(), Region.name == name, Region.name_en == name)
    region = (await session.execute(select(Region).where(named).limit(1))).scalar_one_or_none()
    place = select(Region.path).join(Dealer, Dealer.region_id == Region.id).where(visible(actor, Dealer))
    of_dealer = actor.dealer_id is not None
    own = (await session.scalar(place) if of_dealer else actor.region_path) or ""
    below = region is not None and not of_dealer and region.path.startswith(own)
    if region is None or not (below or own.startswith(region.path)):
        raise NotFound("sales.no_region", region=name)
    return region


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dealer stands: region ids from the own one up to the root, and the warehouse that serves it."""

    regions: tuple[int, ...]
    warehouse: str


async def place_of(session: AsyncSession, dealer: Dealer) -> Place:
    """The dealer's region with all above it."""
    own = aliased(Region)
    above = (
        select(Region.id, Region.code, Region.path, Region.warehouse, own.path)
        .join(own, own.path.startswith(Region.path))
        .where(own.id == dealer.region_id)
    )
    rows = sorted((await session.execute(above)).all(), key=lambda row: len(row[2]), reverse=True)
    chain = [row for row in rows if row[1] in row[4].split("/")]
    return Place(tuple(row[0] for row in chain), chain[0][3])


async def ship_tos(session: AsyncSession, actor: Actor, dealer_id: int) -> Sequence[ShipTo]:
    """Where the dealer takes delivery, the default first."""
    statement = (
        select(ShipTo)
        .where(visible(actor, ShipTo), ShipTo.dealer_id == dealer_id, ShipTo.active_until.is_(None))
        .order_by(ShipTo.is_default.desc(), ShipTo.id)
    )
    return (await session.execute(statement)).scalars().all()
