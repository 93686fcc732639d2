"""A desk over a copy of the demo, served on loopback, and keys for its people."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from agents.brains import Learnt
from bot.app import put_together, shared_parts
from bot.desk import Desk
from bot.server import create_app
from core.actor import system
from core.clock import Clock
from core.db import Database
from core.keys import service as keys
from core.keys.scopes import FOR_PEOPLE, Scope
from core.keys.service import NewKey
from core.language.embedder import Embedder
from core.settings import Settings
from tests.bot.api.asking import Call
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


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    """The whole server, without its chores."""
    return create_app(desk, chores=False)


@pytest.fixture
async def call(app: FastAPI, key_for: KeyFor) -> AsyncIterator[Call]:
    """Opens a client of the REST interface with a key of its own."""
    async with AsyncExitStack() as stack:

        async def opened(person: str | None, *scopes: Scope, language: str = "zh", **made: Any) -> AsyncClient:
            headers = {"authorization": f"Bearer {await key_for(person, *scopes, **made)}", "accept-language": language}
            client = AsyncClient(transport=ASGITransport(app=app), base_url="http://desk.test/api", headers=headers)
            return await stack.enter_async_context(client)

        yield opened
