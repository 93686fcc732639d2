"""A desk on a copy of the demo whose model is an endpoint of this test's own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.app import put_together, shared_parts
from bot.asking import Asked, ask
from bot.desk import Desk
from bot.evaluation.endpoint import FakeEndpoint, Script, endpoint
from bot.evaluation.honest import honest
from bot.evaluation.running import Parts
from bot.incoming import Incoming
from core.clock import Clock
from core.db import Database
from core.settings import Settings
from tests.servers import SQLITE, Copies, Server

BUYER = "D001-buyer"


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """What comes from files; the built-in brain reads by words alone, which is quick."""
    return shared_parts(Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("data"), embedder="none"))


@dataclass
class Modelled:
    """A desk with its endpoint."""

    desk: Desk
    fake: FakeEndpoint

    async def says(self, words: str, who: str = BUYER, progress: Callable[[str], None] = lambda _: None) -> Asked:
        """Something said to the desk, and its answer."""
        return await ask(self.desk, Incoming("terminal", who, who, words), progress)

    async def presses(self, button: str, who: str = BUYER) -> Asked:
        """A button pressed."""
        return await ask(self.desk, Incoming("terminal", who, who, "", button))


Modelling = Callable[..., Awaitable[Modelled]]


@pytest.fixture
def desk_url(copies: Callable[[Server, str], Copies]) -> str:
    """A copy of the demo of this test's own."""
    return copies(SQLITE, "demo").fresh()


@pytest.fixture
async def modelled(desk_url: str, parts: Parts, clock: Clock) -> AsyncIterator[Modelling]:
    """Makes a desk whose model follows a script (an honest one if none is given), with settings changed by name."""
    async with AsyncExitStack() as stack:
        database = Database(desk_url)
        stack.push_async_callback(database.close)

        async def make(script: Script | None = None, at: Clock = clock, fails: str = "", **changed: Any) -> Modelled:
            fake = await stack.enter_async_context(endpoint(script or honest(parts[2]), fails=fails))
            given = {"llm_base_url": fake.url, "llm_model": "fake", "llm_seconds": 5, **changed}
            settings = Settings(_env_file=None, data_dir=Path("unused"), **given)
            desk = put_together(settings, database, parts, at)
            stack.push_async_callback(desk.brains.aclose)
            return Modelled(desk, fake)

        yield make
