"""The market that orders are tested in."""

import pytest

from core.db import Database
from tests.core.orders.market import Market, open_market


@pytest.fixture
async def market(database: Database) -> Market:
    return await open_market(database)
