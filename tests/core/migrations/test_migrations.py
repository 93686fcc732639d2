"""The revisions lead from nothing to exactly what the models say, on every server."""

import pytest
from sqlalchemy import Connection, inspect

from core import migrations
from core.db import Database
from core.schema import metadata

pytestmark = pytest.mark.database


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_upgrade_from_empty_makes_every_table(database: Database) -> None:
    async with database.engine.connect() as connection:
        tables = await connection.run_sync(_tables)
    assert tables == set(metadata.tables) | {"alembic_version"}


async def test_the_models_and_the_revisions_agree(database_url: str) -> None:
    assert await migrations.drift(database_url) == []


async def test_a_migrated_database_has_nothing_pending(database_url: str) -> None:
    assert await migrations.current(database_url) == "0001"
    assert await migrations.pending(database_url) == []


async def test_upgrading_twice_changes_nothing(database_url: str) -> None:
    await migrations.upgrade(database_url)
    assert await migrations.pending(database_url) == []
