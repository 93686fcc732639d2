"""A Bot API, a small market, and a desk on the line between them."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.app import shared_parts
from core.db import Database
from core.people.models import Person
from core.settings import Settings
from tests.core.orders.market import open_market
from tests.telegram.bot_api import BotApi
from tests.telegram.line import ACCOUNTS, Hands, Line, Parts, let_in, line_to, settings_for
from tests.telegram.serving import bot_api


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with bot_api() as running:
        yield running


@pytest.fixture(scope="session")
def plain_parts() -> Parts:
    """The registry and what the brain learnt by words alone."""
    return shared_parts(Settings(embedder="none", _env_file=None))


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def market(database: Database) -> Database:
    """A database with a small market, some of whose people are on Telegram."""
    await open_market(database)
    async with database.reads() as session:
        there = set((await session.execute(select(Person.handle))).scalars())
    await let_in(database, {handle: account for handle, account in ACCOUNTS.items() if handle in there})
    return database


@pytest.fixture
async def line(api: BotApi, market: Database, plain_parts: Parts, hands: Hands) -> AsyncIterator[Line]:
    async with line_to(api, market, plain_parts, hands, settings_for(api)) as opened:
        yield opened
