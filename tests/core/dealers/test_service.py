"""Which dealer is meant, within what somebody may see; and where dealers stand."""

import pytest

from core.actor import Role
from core.db import Database
from core.dealers.models import Dealer, Region
from core.dealers.service import place_of, resolve
from core.errors import BadInput, NotFound
from core.people.service import actor_by_handle
from tests.factories import TODAY, make_brand, make_dealer, make_person, make_region

pytestmark = pytest.mark.database


async def make_network(database: Database) -> tuple[Region, Dealer]:
    async with database.writes.begin() as session:
        await make_brand(session)
        east = await make_region(session, "EAST")
        shanghai = await make_region(session, "EAST-SH", east)
        await make_region(session, "EAST-S", east)
        south = await make_region(session, "SOUTH")
        dealer = await make_dealer(session, shanghai, "D001", name="浦江源商贸")
        await make_dealer(session, south, "D040")
        await make_person(session, "D001-buyer", Role.BUYER, dealer_id=dealer.id)
        await make_person(session, "rep-east", Role.REP, region_id=east.id)
    return shanghai, dealer


async def resolved(database: Database, handle: str, code: str | None) -> str:
    async with database.reads() as session:
        return (await resolve(session, await actor_by_handle(session, handle, TODAY), code)).code


@pytest.mark.parametrize("code", [None, "", "D001", "d001", " D001 ", "浦江源商贸"])
async def test_a_dealers_person_means_their_own(database: Database, code: str | None) -> None:
    await make_network(database)
    assert await resolved(database, "D001-buyer", code) == "D001"


@pytest.mark.parametrize(("handle", "code"), [("D001-buyer", "D040"), ("rep-east", "D040")])
async def test_a_foreign_dealer_is_as_missing(database: Database, handle: str, code: str) -> None:
    await make_network(database)
    with pytest.raises(NotFound) as foreign:
        await resolved(database, handle, code)
    with pytest.raises(NotFound) as missing:
        await resolved(database, handle, "D999")
    assert str(foreign.value) == str(missing.value)


async def test_who_sees_several_says_which(database: Database) -> None:
    await make_network(database)
    with pytest.raises(BadInput, match=r"dealer\.which"):
        await resolved(database, "rep-east", None)
    assert await resolved(database, "rep-east", "D001") == "D001"


async def test_a_place_is_the_region_and_all_above_it(database: Database) -> None:
    shanghai, dealer = await make_network(database)
    async with database.reads() as session:
        place = await place_of(session, dealer)
    assert place.regions == (shanghai.id, shanghai.parent_id)
    assert place.warehouse == "WH-EAST"
