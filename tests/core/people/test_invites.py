"""An invite binds one account to one person, once; revoked is revoked."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Role, system
from core.db import Database
from core.errors import NotFound, NotPermitted, Refused, Stale
from core.events.models import Event
from core.people import service as people
from core.people.models import Identity, Invite, Person
from tests.factories import NOW, TODAY, make_brand, make_dealer, make_person, make_region
from tests.races import Act, race, results

pytestmark = pytest.mark.database
SYSTEM = system("test")
DAY = timedelta(days=1)


@pytest.fixture
async def staff(session: AsyncSession) -> dict[str, Actor]:
    await make_brand(session)
    dealer = await make_dealer(session, await make_region(session))
    made = [
        await make_person(session, "D001-buyer", Role.BUYER, dealer_id=dealer.id),
        await make_person(session, "manager", Role.MANAGER),
        await make_person(session, "operator", Role.OPERATOR),
        await make_person(session, "admin", Role.ADMIN),
    ]
    return {person.handle: await people.actor_for(session, person, TODAY) for person in made}


async def kinds(session: AsyncSession) -> list[tuple[str, str]]:
    events = (await session.execute(select(Event).order_by(Event.id))).scalars()
    return [(event.kind, event.actor) for event in events]


async def test_an_invite_binds_the_account(session: AsyncSession, staff: dict[str, Actor]) -> None:
    token = await people.invite(session, staff["operator"], "D001-buyer", NOW, DAY)
    person = await people.redeem(session, "web", "cookie", token, NOW)
    assert person.handle == "D001-buyer"
    actor = await people.actor_by_account(session, "web", "cookie", NOW)
    assert actor == staff["D001-buyer"]
    assert await kinds(session) == [("person.invited", "operator"), ("identity.bound", "D001-buyer")]


async def test_the_token_itself_is_not_kept(session: AsyncSession, staff: dict[str, Actor]) -> None:
    token = await people.invite(session, staff["operator"], "D001-buyer", NOW, DAY)
    invite = (await session.execute(select(Invite))).scalar_one()
    assert token not in str(vars(invite))
    events = (await session.execute(select(Event))).scalars()
    assert all(token not in str(vars(event)) for event in events)
    assert len(token) >= 32


async def test_used_expired_revoked_and_invented_tokens_look_the_same(
    session: AsyncSession, staff: dict[str, Actor]
) -> None:
    used, late, revoked = [await people.invite(session, SYSTEM, "D001-buyer", NOW, DAY) for _ in range(3)]
    await people.redeem(session, "web", "first", used, NOW)
    newest = (await session.execute(select(Invite).order_by(Invite.id.desc()).limit(1))).scalar_one()
    newest.revoked_at = NOW
    seen = set()
    invented = ("", "x" * 32, late[:-1], late.swapcase(), "\ud83d", "中文")
    for token, at in [(used, NOW), (late, NOW + DAY), (revoked, NOW), *((token, NOW) for token in invented)]:
        with pytest.raises(Stale) as caught:
            await people.redeem(session, "web", "second", token, at)
        seen.add((caught.value.message_key, str(caught.value.params)))
    assert len(seen) == 1
    assert await people.actor_by_account(session, "web", "second", NOW) is None
    assert staff["D001-buyer"].person_id is not None


async def test_only_inviters_invite(session: AsyncSession, staff: dict[str, Actor]) -> None:
    for handle in ("D001-buyer", "manager"):
        with pytest.raises(NotPermitted):
            await people.invite(session, staff[handle], "D001-buyer", NOW, DAY)
    with pytest.raises(NotFound):
        await people.invite(session, staff["operator"], "nobody", NOW, DAY)
    assert (await session.execute(select(Invite))).first() is None


async def test_an_operator_can_not_become_an_administrator(session: AsyncSession, staff: dict[str, Actor]) -> None:
    with pytest.raises(NotPermitted):
        await people.invite(session, staff["operator"], "admin", NOW, DAY)
    assert await people.invite(session, staff["admin"], "admin", NOW, DAY)


async def test_who_can_not_speak_is_not_invited(session: AsyncSession, staff: dict[str, Actor]) -> None:
    await make_person(session, "receiver", None)
    await make_person(session, "gone", Role.MANAGER, active_until=TODAY)
    for handle in ("receiver", "gone"):
        with pytest.raises(Refused, match="cannot_invite"):
            await people.invite(session, staff["admin"], handle, NOW, DAY)


async def test_an_invite_of_somebody_who_left_meanwhile_is_stale(
    session: AsyncSession, staff: dict[str, Actor]
) -> None:
    token = await people.invite(session, staff["admin"], "manager", NOW, DAY)
    await session.execute(update(Person).where(Person.handle == "manager").values(active_until=TODAY))
    with pytest.raises(Stale):
        await people.redeem(session, "web", "x", token, NOW)
    assert (await session.execute(select(Identity))).first() is None


async def test_an_account_speaks_for_the_person_who_redeemed_last(
    session: AsyncSession, staff: dict[str, Actor]
) -> None:
    for handle in ("manager", "D001-buyer"):
        token = await people.invite(session, SYSTEM, handle, NOW, DAY)
        await people.redeem(session, "web", "shared", token, NOW, NOW + DAY if handle == "manager" else None)
    assert await people.actor_by_account(session, "web", "shared", NOW + 9 * DAY) == staff["D001-buyer"]
    assert len((await session.execute(select(Identity))).scalars().all()) == 1
    last = (await session.execute(select(Event).order_by(Event.id.desc()).limit(1))).scalar_one()
    assert last.before == {"person": staff["manager"].person_id, "revoked": False}


async def test_revoking_a_person_ends_their_accounts_and_open_invites(
    session: AsyncSession, staff: dict[str, Actor]
) -> None:
    for account in ("phone", "laptop"):
        token = await people.invite(session, SYSTEM, "manager", NOW, DAY)
        await people.redeem(session, "web", account, token, NOW)
    out = await people.invite(session, SYSTEM, "manager", NOW, DAY)
    manager = (await session.execute(select(Person).where(Person.handle == "manager"))).scalar_one()
    assert await people.revoke(session, staff["operator"], manager, NOW) == 3
    assert await people.revoke(session, staff["operator"], manager, NOW) == 0
    for account in ("phone", "laptop"):
        assert await people.actor_by_account(session, "web", account, NOW) is None
    with pytest.raises(Stale):
        await people.redeem(session, "web", "new", out, NOW)


async def test_one_account_is_revoked_and_the_other_speaks_on(session: AsyncSession, staff: dict[str, Actor]) -> None:
    manager = (await session.execute(select(Person).where(Person.handle == "manager"))).scalar_one()
    lost = await people.bind(session, SYSTEM, "web", "lost", manager, NOW)
    await people.bind(session, SYSTEM, "web", "kept", manager, NOW)
    with pytest.raises(NotPermitted):
        await people.revoke(session, staff["D001-buyer"], lost, NOW)
    assert await people.revoke(session, staff["manager"], lost, NOW) == 1
    assert await people.actor_by_account(session, "web", "lost", NOW) is None
    assert await people.actor_by_account(session, "web", "kept", NOW) == staff["manager"]


async def test_signing_out_ends_this_account_only(session: AsyncSession, staff: dict[str, Actor]) -> None:
    manager = (await session.execute(select(Person).where(Person.handle == "manager"))).scalar_one()
    for account in ("here", "there"):
        await people.bind(session, SYSTEM, "web", account, manager, NOW)
    await people.sign_out(session, staff["D001-buyer"], "web", "here", NOW)
    assert await people.actor_by_account(session, "web", "here", NOW) == staff["manager"]
    await people.sign_out(session, staff["manager"], "web", "here", NOW)
    assert await people.actor_by_account(session, "web", "here", NOW) is None
    assert await people.actor_by_account(session, "web", "there", NOW) == staff["manager"]


async def invited(database: Database, number: int = 1) -> list[str]:
    async with database.writes.begin() as session:
        await make_brand(session)
        await make_person(session, "manager", Role.MANAGER)
        return [await people.invite(session, SYSTEM, "manager", NOW, DAY) for _ in range(number)]


def redeeming(account: str, token: str) -> Act[bool]:
    async def redeem(rival: Database) -> bool:
        try:
            async with rival.writes.begin() as session:
                await people.redeem(session, "web", account, token, NOW)
        except Stale:
            return False
        return True

    return redeem


async def test_of_those_who_redeem_one_token_at_once_one_wins(database: Database) -> None:
    [token] = await invited(database)
    accounts = [f"account-{number}" for number in range(6)]
    won = results(await race(database.url, [redeeming(account, token) for account in accounts]))
    assert won.count(True) == 1
    async with database.reads() as session:
        bound = (await session.execute(select(Identity.account))).scalars().all()
    assert bound == [accounts[won.index(True)]]


async def test_one_account_that_redeems_several_tokens_at_once_is_bound_once(database: Database) -> None:
    tokens = await invited(database, 5)
    won = results(await race(database.url, [redeeming("same", token) for token in tokens]))
    assert won == [True] * 5
    async with database.reads() as session:
        assert len((await session.execute(select(Identity))).scalars().all()) == 1
