"""A desk over a copy of the demo, served on loopback, and keys for its people."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from agents.brains import Learnt
from bot.app import put_together, shared_parts
from bot.desk import Desk
from core.actor import system
from core.clock import Clock
from core.db import Database
from core.keys import service as keys
from core.keys.scopes import FOR_PEOPLE, Scope
from core.keys.service import NewKey
from core.language.embedder import Embedder
from core.settings import Settings
from tests.serving import Site, served
from tools.registry import Registry

Parts = tuple[Registry, Embedder | None, Learnt]
KeyFor = Callable[..., Awaitable[str]]


@pytest.fixture(scope="session")
def parts() -> Parts:
    """What every desk shares; search is by words only."""
    return shared_parts(Settings(embedder="none", _env_file=None))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """As a fresh clone has them, but for a rate that no test reaches by accident."""
    return Settings(data_dir=tmp_path, embedder="none", api_rate=100_000, _env_file=None)


@pytest.fixture
def desk(demo_database: Database, clock: Clock, parts: Parts, settings: Settings) -> Desk:
    """A desk over the demo."""
    return put_together(settings, demo_database, parts, clock)


@pytest.fixture
async def site(desk: Desk) -> AsyncIterator[Site]:
    """The desk on a port of its own."""
    async with served(desk) as site:
        yield site


@pytest.fixture
def key_for(desk: Desk) -> KeyFor:
    """Makes keys: a person's with everything or with some scopes, or a service's."""

    async def made(person: str | None, *scopes: Scope, name: str = "test", lasts: timedelta | None = None) -> str:
        now = desk.clock()
        wanted = NewKey(name, person, frozenset(scopes) or FOR_PEOPLE, now + lasts if lasts is not None else None)
        async with desk.database.writes.begin() as session:
            return await keys.make(session, system("test"), wanted, now)

    return made
