"""A desk over a copy of the demo, and browsers without windows: clients with a cookie jar each."""

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
from core.language.embedder import Embedder
from core.people import service as people
from core.settings import Settings
from tools.registry import Registry

ORIGIN = "http://desk.test"
Parts = tuple[Registry, Embedder | None, Learnt]
Browse = Callable[..., Awaitable[AsyncClient]]


@pytest.fixture(scope="session")
def parts() -> Parts:
    """What every desk shares; search is by words only."""
    return shared_parts(Settings(embedder="none", _env_file=None))


@pytest.fixture
def desk(demo_database: Database, clock: Clock, parts: Parts, tmp_path: Path) -> Desk:
    """A desk over the demo."""
    settings = Settings(data_dir=tmp_path, embedder="none", _env_file=None)
    return put_together(settings, demo_database, parts, clock)


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    """The web app; nobody works in it: a test drains the inbox itself."""
    return create_app(desk, chores=False)


@pytest.fixture
async def browse(app: FastAPI) -> AsyncIterator[Browse]:
    """Opens a browser: a stranger's, or signed in as a person."""
    async with AsyncExitStack() as stack:

        async def opened(handle: str | None = None, **headers: str) -> AsyncClient:
            transport = ASGITransport(app=app, raise_app_exceptions=False)
            client = AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN, **headers})
            await stack.enter_async_context(client)
            if handle is not None:
                entered = await client.post(f"/sign-in/{await invite_for(app.state.desk, handle)}")
                assert entered.status_code == 303, entered.text
            return client

        yield opened


async def invite_for(desk: Desk, handle: str) -> str:
    """A token that signs one browser in."""
    async with desk.database.writes.begin() as session:
        return await people.invite(session, system("test"), handle, desk.clock(), timedelta(hours=1))


async def say(client: AsyncClient, text: str, key: str = "message-0001", **fields: str) -> Any:
    """Post a message as the page does."""
    sent = await client.post("/desk/messages", files={"id": (None, key), "text": (None, text), **_parts(fields)})
    assert sent.status_code == 202, sent.text
    return sent.json()


def _parts(fields: dict[str, str]) -> dict[str, tuple[None, str]]:
    return {name: (None, value) for name, value in fields.items()}


async def talk(client: AsyncClient) -> Any:
    """The newest page of the conversation."""
    page = await client.get("/desk/messages")
    assert page.status_code == 200, page.text
    return page.json()
