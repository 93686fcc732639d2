"""Keys: what is kept of them, whom they let in, and when they end."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Permission, Role, system
from core.errors import BadInput, NotFound, NotPermitted
from core.keys import service as keys
from core.keys.scopes import FOR_PEOPLE, FOR_SERVICES, NEVER_BY_KEY, PERMISSIONS_OF, Scope, let_through
from core.keys.service import NewKey
from tests.factories import NOW, make_brand, make_dealer, make_person, make_region

OPERATOR = system("test")


@pytest.fixture
async def people(session: AsyncSession) -> None:
    await make_brand(session)
    dealer = await make_dealer(session, await make_region(session))
    await make_person(session, "D001-buyer", dealer_id=dealer.id)
    await make_person(session, "trainer", Role.TRAINER)
    await make_person(session, "receiver", None)


async def made(
    session: AsyncSession, person: str | None = "D001-buyer", *scopes: Scope, ends: datetime | None = None
) -> str:
    new = NewKey("erp", person, frozenset(scopes) or FOR_PEOPLE, ends)
    return await keys.make(session, OPERATOR, new, NOW)


def test_every_permission_is_within_some_scope_or_named_as_never_by_key() -> None:
    assert let_through(Scope) | NEVER_BY_KEY == set(Permission)
    assert not let_through(Scope) & NEVER_BY_KEY
    assert PERMISSIONS_OF.keys() == set(Scope)
    assert set(Scope) == FOR_PEOPLE | FOR_SERVICES


@pytest.mark.database
@pytest.mark.usefixtures("people")
class TestKeys:
    async def test_a_key_acts_as_its_person(self, session: AsyncSession) -> None:
        caller = await keys.check(session, await made(session), NOW)
        assert caller is not None
        assert (caller.actor.handle, caller.actor.dealer_code, caller.actor.presses) == ("D001-buyer", "D001", True)

    async def test_scopes_narrow_and_never_widen(self, session: AsyncSession) -> None:
        caller = await keys.check(session, await made(session, "trainer", Scope.CATALOGUE, Scope.ORDERS), NOW)
        assert caller is not None
        assert caller.actor.permissions == {Permission.PRODUCTS_READ}
        assert not caller.actor.presses

    async def test_only_prefix_and_hash_are_kept(self, session: AsyncSession) -> None:
        key = await made(session)
        secret = key.split("_", 2)[2]
        for table in ("access_keys", "events"):
            rows = [str(tuple(row)) for row in await session.execute(text(f"SELECT * FROM {table}"))]
            assert rows
            assert not [row for row in rows if secret in row or key in row]

    async def test_another_secret_under_the_same_prefix_is_refused(self, session: AsyncSession) -> None:
        key = await made(session)
        changed = key[:-1] + ("A" if key[-1] != "A" else "B")
        for shown in (changed, key[:-1], f"{key} ", key.upper(), "", "qd__", key.replace("qd_", "sk_")):
            assert await keys.check(session, shown, NOW) is None

    async def test_it_ends_when_it_is_revoked_and_when_it_expires(self, session: AsyncSession) -> None:
        brief = await made(session, ends=NOW + timedelta(hours=1))
        assert await keys.check(session, brief, NOW + timedelta(minutes=59)) is not None
        assert await keys.check(session, brief, NOW + timedelta(hours=1)) is None
        key = await made(session)
        await keys.revoke(session, OPERATOR, key[:15], NOW)
        assert await keys.check(session, key, NOW) is None
        with pytest.raises(NotFound):
            await keys.revoke(session, OPERATOR, "qd_000000000000", NOW)

    async def test_a_key_of_somebody_who_left_lets_nobody_in(self, session: AsyncSession) -> None:
        from sqlalchemy import update

        from core.people.models import Person

        key = await made(session)
        await session.execute(update(Person).where(Person.handle == "D001-buyer").values(erased_at=NOW))
        session.expire_all()
        with pytest.raises(NotPermitted):
            await keys.check(session, key, NOW)

    async def test_a_service_speaks_for_nobody(self, session: AsyncSession) -> None:
        caller = await keys.check(session, await made(session, None, Scope.ORDERS, Scope.CATALOGUE), NOW)
        assert caller is not None
        assert (caller.actor.person_id, caller.actor.dealer_id, caller.actor.presses) == (None, None, False)
        assert caller.actor.permissions == {Permission.ORDERS_READ, Permission.PRODUCTS_READ}

    @pytest.mark.parametrize("scope", sorted(set(Scope) - FOR_SERVICES))
    async def test_what_needs_a_person_is_no_scope_of_a_service(self, session: AsyncSession, scope: Scope) -> None:
        with pytest.raises(BadInput):
            await made(session, None, scope)

    async def test_nobody_who_can_not_act_gets_a_key(self, session: AsyncSession) -> None:
        with pytest.raises(NotPermitted):
            await made(session, "receiver")
        with pytest.raises(NotFound):
            await made(session, "nobody")

    async def test_its_last_use_is_noted_once_a_minute(self, session: AsyncSession) -> None:
        key = await made(session)
        caller = await keys.check(session, key, NOW)
        assert caller is not None
        assert keys.is_to_note(caller, NOW)
        await keys.note_use(session, caller, NOW)
        session.expire_all()
        again = await keys.check(session, key, NOW)
        assert again is not None
        assert not keys.is_to_note(again, NOW + timedelta(seconds=59))
        assert keys.is_to_note(again, NOW + timedelta(seconds=60))
