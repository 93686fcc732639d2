"""What is left of a person in a group that is open: a dealer's own keep what they have, staff what a dealer has too."""

import pytest
from sqlalchemy import select

from core.actor import PERMISSIONS, Actor, Permission, Role, system
from core.db import Database
from core.people import groups
from core.people import service as people
from core.people.models import Person
from tests.core.orders.market import Market, open_market
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.database
PLACE = ("telegram", "-100")
BESIDE = ("D001-owner", "D001-buyer", "rep-east", "operator")


@pytest.fixture
async def market(database: Database) -> Market:
    """A group of D001's people and the brand's, bound and counted."""
    market = await open_market(database)
    async with database.writes.begin() as session:
        for handle in BESIDE:
            person = (await session.execute(select(Person).where(Person.handle == handle))).scalar_one()
            await people.bind(session, system("test"), PLACE[0], handle, person, NOW)
        await groups.bind(session, market.actors["D001-owner"], *PLACE, market.dealers["D001"].id, NOW)
        await groups.joined(session, *PLACE, BESIDE, NOW)
        await groups.counted(session, *PLACE, len(BESIDE), NOW)
    return market


async def in_the_group(database: Database, actor: Actor) -> Actor:
    async with database.reads() as session:
        narrowed = await groups.narrowed(session, actor, *PLACE, NOW, TODAY)
    assert narrowed is not None
    return narrowed


@pytest.mark.parametrize("handle", ["D001-owner", "D001-buyer"])
async def test_a_dealers_own_keep_what_they_may(database: Database, market: Market, handle: str) -> None:
    actor = market.actors[handle]
    assert (await in_the_group(database, actor)).permissions == actor.permissions


@pytest.mark.parametrize("handle", ["rep-east", "operator"])
async def test_staff_may_what_a_dealer_may_and_touch_its_rows_alone(
    database: Database, market: Market, handle: str
) -> None:
    narrowed = await in_the_group(database, market.actors[handle])
    assert narrowed.permissions == market.actors[handle].permissions & PERMISSIONS[Role.OWNER]
    assert narrowed.may(Permission.ORDERS_READ)
    assert (narrowed.dealer_id, narrowed.everywhere) == (market.dealers["D001"].id, False)
    assert narrowed.heard_by == frozenset({Role.OWNER, Role.BUYER})


def test_before_strangers_one_may_what_one_may_and_is_heard_by_anybody(market: Market) -> None:
    rep = groups.overheard(market.actors["rep-east"])
    assert rep.heard_by == frozenset()
    assert rep.permissions == PERMISSIONS[Role.REP]
