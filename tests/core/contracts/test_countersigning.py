"""Both sides press at the same moment: neither signature is lost, and what was refused left nothing behind."""

import asyncio
from pathlib import Path

import pytest

from core.contracts import countersigning, registering, service
from core.contracts.countersigning import Consent
from core.contracts.lifecycle import Terms
from core.contracts.models import State
from core.contracts.registering import Entry, Filed
from core.contracts.signing.authority import DemoAuthority
from core.contracts.signing.signatures import verify
from core.db import Database
from core.documents import files
from core.errors import Stale
from core.people.service import actor_by_handle
from tests.conftest import NOW
from tests.core.contracts import making
from tests.races import Act, race

pytestmark = pytest.mark.database
PARTIES = {"D002-owner": "dealer", "legal": "brand"}


async def approved(database: Database) -> tuple[str, str]:
    """A contract of D002 that waits for both signatures: its number, and its file's sha256."""
    async with database.writes.begin() as session:
        lawyer = await actor_by_handle(session, "legal", NOW.date())
        assert lawyer is not None
        sha256 = await files.store(session, making.pdf("hard"), "application/pdf", NOW)
        entry = Entry("D002", "dealer", "Contract", "brand", State.IN_REVIEW, Terms())
        made = await registering.register(session, lawyer, entry, Filed("contract.pdf", sha256), NOW)
        await registering.advance(session, lawyer, made.number, State.APPROVED, NOW)
    return made.number, sha256


async def pressed(database: Database, who: str, number: str, sha256: str, authority: DemoAuthority) -> State:
    async with database.writes.begin() as session:
        actor = await actor_by_handle(session, who, NOW.date())
        assert actor is not None
        consent = Consent(number, sha256, PARTIES[who], "agreed", "I sign")
        state, _ = await countersigning.countersign(session, actor, consent, [*PARTIES.values()], authority, NOW)
        return state


def press(who: str, number: str, sha256: str, authority: DemoAuthority) -> Act[State]:
    return lambda database: pressed(database, who, number, sha256, authority)


async def newest(database: Database, number: str) -> tuple[str, bytes]:
    async with database.reads() as session:
        actor = await actor_by_handle(session, "legal", NOW.date())
        assert actor is not None
        held = await service.held(session, actor, await service.find(session, actor, number))
        return held.version.sha256, await files.load(session, held.version.sha256)


async def test_of_two_presses_at_once_one_signs_and_the_other_looks_again(
    demo_database: Database, demo_url: str, tmp_path: Path
) -> None:
    authority = DemoAuthority(tmp_path)
    root = [authority.root(NOW)]
    number, sha256 = await approved(demo_database)
    outcomes = await race(demo_url, [press(who, number, sha256, authority) for who in PARTIES])
    assert sorted(type(one).__name__ for one in outcomes) == [Stale.__name__, State.__name__]
    late = [*PARTIES][next(at for at, one in enumerate(outcomes) if isinstance(one, Stale))]
    once, _ = await newest(demo_database, number)
    assert await pressed(demo_database, late, number, once, authority) is State.SIGNED
    _, signed = await newest(demo_database, number)
    found = await asyncio.to_thread(verify, signed, root, at=NOW, name="contract.pdf")
    assert {one.organisation for one in found if one.holds} == set(PARTIES.values())
