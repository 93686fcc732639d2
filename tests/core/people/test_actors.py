"""From an account to an Actor: whose rows, which permissions, and who gets none."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import PERMISSIONS, Permission, Role, system
from core.dealers.models import Stage
from core.errors import NotFound, NotPermitted
from core.people.actors import actor_by_account, actor_by_handle, actor_for
from core.people.invites import bind
from tests.factories import NOW, TODAY, make_brand, make_dealer, make_person, make_region

pytestmark = pytest.mark.database
SYSTEM = system("test")


async def test_a_dealers_person_sees_that_dealer(session: AsyncSession) -> None:
    dealer = await make_dealer(session, await make_region(session))
    actor = await actor_for(session, await make_person(session, dealer_id=dealer.id), TODAY)
    assert (actor.dealer_id, actor.dealer_code, actor.region_path, actor.everywhere) == (dealer.id, "D001", None, False)
    assert actor.permissions == PERMISSIONS[Role.BUYER]
    assert actor.may(Permission.ORDERS_CONFIRM)
    assert not actor.may(Permission.ORDERS_APPROVE)


async def test_a_rep_sees_the_region_and_all_below(session: AsyncSession) -> None:
    east = await make_region(session, "EAST")
    shanghai = await make_region(session, "EAST-SH", east)
    rep = await make_person(session, "rep", Role.REP, region_id=shanghai.id)
    actor = await actor_for(session, rep, TODAY)
    assert (actor.dealer_id, actor.region_path, actor.everywhere) == (None, "EAST/EAST-SH/", False)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.FINANCE, Role.TRAINER, Role.LEGAL, Role.OPERATOR, Role.ADMIN])
async def test_staff_without_a_region_see_the_brand(session: AsyncSession, role: Role) -> None:
    actor = await actor_for(session, await make_person(session, "x", role), TODAY)
    assert actor.everywhere
    assert actor.permissions == PERMISSIONS[role]


async def test_a_rep_without_a_region_sees_nothing(session: AsyncSession) -> None:
    actor = await actor_for(session, await make_person(session, "x", Role.REP), TODAY)
    assert (actor.everywhere, actor.region_path, actor.dealer_id) == (False, None, None)


@pytest.mark.parametrize(
    "changes",
    [{"role": None}, {"active_until": TODAY}, {"erased_at": NOW}, {"dealer_id": None}],
    ids=["no role", "left", "erased", "buyer of no dealer"],
)
async def test_who_is_nobody_gets_nothing(session: AsyncSession, changes: dict[str, Any]) -> None:
    dealer = await make_dealer(session, await make_region(session))
    values: dict[str, Any] = {"handle": "x", "dealer_id": dealer.id}
    person = await make_person(session, **values | changes)
    with pytest.raises(NotPermitted):
        await actor_for(session, person, TODAY)


async def test_the_last_day_is_the_one_before_active_until(session: AsyncSession) -> None:
    person = await make_person(session, "x", Role.LEGAL, active_until=TODAY + timedelta(days=1))
    assert (await actor_for(session, person, TODAY)).role is Role.LEGAL


@pytest.mark.parametrize(("changes", "allowed"), [
    ({"stage": Stage.ENDED}, False),
    ({"active_until": TODAY}, False),
    ({"active_until": TODAY + timedelta(days=1)}, True),
    ({"stage": Stage.ON_HOLD}, True),
])  # fmt: skip
async def test_an_ended_dealers_people_get_nothing(
    session: AsyncSession, changes: dict[str, Any], *, allowed: bool
) -> None:
    dealer = await make_dealer(session, await make_region(session), **changes)
    person = await make_person(session, dealer_id=dealer.id)
    if allowed:
        await actor_for(session, person, TODAY)
        return
    with pytest.raises(NotPermitted, match="dealer_ended"):
        await actor_for(session, person, TODAY)


async def test_a_handle_names_a_person_to_the_letter(session: AsyncSession) -> None:
    await make_person(session, "manager", Role.MANAGER)
    assert (await actor_by_handle(session, "manager", TODAY)).name == "manager"
    for unknown in ("Manager", "manager ", "", "%"):
        with pytest.raises(NotFound):
            await actor_by_handle(session, unknown, TODAY)


async def test_an_account_speaks_for_its_person_until_revoked_or_run_out(session: AsyncSession) -> None:
    await make_brand(session)
    person = await make_person(session, "manager", Role.MANAGER)
    assert await actor_by_account(session, "web", "abc", NOW) is None
    hour = timedelta(hours=1)
    identity = await bind(session, SYSTEM, "web", "abc", person, NOW, NOW + hour)
    found = await actor_by_account(session, "web", "abc", NOW)
    assert found is not None
    assert found.handle == "manager"
    assert await actor_by_account(session, "telegram", "abc", NOW) is None
    assert await actor_by_account(session, "web", "ABC", NOW) is None
    assert await actor_by_account(session, "web", "abc", NOW + hour) is None
    identity.revoked_at = NOW
    await session.flush()
    assert await actor_by_account(session, "web", "abc", NOW) is None


async def test_the_day_is_the_brands(session: AsyncSession) -> None:
    """At 16:30 UTC it is tomorrow in Shanghai, and somebody who leaves tomorrow has left."""
    await make_brand(session)
    person = await make_person(session, "manager", Role.MANAGER, active_until=TODAY + timedelta(days=1))
    await bind(session, SYSTEM, "web", "abc", person, NOW)
    assert await actor_by_account(session, "web", "abc", NOW.replace(hour=15, minute=59)) is not None
    with pytest.raises(NotPermitted):
        await actor_by_account(session, "web", "abc", NOW.replace(hour=16))
