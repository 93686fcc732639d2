"""The revisions lead from nothing to exactly what the models say, on every server."""

import asyncio

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Connection, Date, bindparam, inspect, select, text

from core import migrations
from core.db import Database, UtcDateTime
from core.products.models import Promotion
from core.schema import metadata
from core.webhooks.models import Webhook
from tests.conftest import NOW

pytestmark = pytest.mark.database

CHAIN = [one.revision for one in ScriptDirectory.from_config(migrations.config()).walk_revisions()][::-1]


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_upgrade_from_empty_makes_every_table(database: Database) -> None:
    async with database.engine.connect() as connection:
        tables = await connection.run_sync(_tables)
    assert tables == set(metadata.tables) | {"alembic_version"}


async def test_the_models_and_the_revisions_agree(database_url: str) -> None:
    assert await migrations.drift(database_url) == []


async def test_a_migrated_database_has_nothing_pending(database_url: str) -> None:
    assert await migrations.current(database_url) == CHAIN[-1]
    assert await migrations.pending(database_url) == []


async def test_upgrading_twice_changes_nothing(database_url: str) -> None:
    await migrations.upgrade(database_url)
    assert await migrations.pending(database_url) == []


async def test_processes_that_start_together_migrate_once(database_url: str) -> None:
    await cleared(database_url)
    assert await migrations.pending(database_url) == CHAIN
    started = [migrations.upgrade(database_url) for _ in range(4)]
    await asyncio.gather(*started)
    assert await migrations.current(database_url) == CHAIN[-1]
    assert await migrations.drift(database_url) == []


async def test_a_webhooks_secret_from_before_it_was_sealed_still_signs(database_url: str) -> None:
    await cleared(database_url)
    await migrations.upgrade(database_url, "0004")
    database = Database(database_url)
    made = (
        "INSERT INTO webhooks (id, name, url, kinds, secret, floor, mark, marked_at, created_at, created_by, ended_at)"
        " VALUES (:id, :name, 'https://erp.example', '[]', 'whsec_one', 0, 0, :at, :at, 'cli', :ended)"
    )
    moments = (bindparam("at", NOW, UtcDateTime()), bindparam("ended", type_=UtcDateTime()))
    async with database.engine.begin() as connection:
        for number, ended in ((1, None), (2, NOW)):
            row = {"id": number, "name": f"erp-{number}", "ended": ended}
            await connection.execute(text(made).bindparams(*moments), row)
    await migrations.upgrade(database_url)
    async with database.reads() as session:
        kept = (await session.execute(select(Webhook.sealed_secret).order_by(Webhook.id))).scalars().all()
    await database.close()
    assert kept == ["plain:whsec_one", None]


async def test_goods_under_a_discount_from_before_go_on_counting_for_rebates(database_url: str) -> None:
    await cleared(database_url)
    await migrations.upgrade(database_url, "0009")
    database = Database(database_url)
    made = (
        "INSERT INTO promotions (id, code, kind, name, name_en, buy_cases, free_cases, counts_for_rebate, valid_from,"
        " recorded_at) VALUES (:id, :code, :kind, 'x', 'x', 0, 0, :counts, :day, :at)"
    )
    moments = (
        bindparam("at", NOW, UtcDateTime()),
        bindparam("day", NOW.date(), Date()),
        bindparam("counts", False, Boolean()),
    )
    async with database.engine.begin() as connection:
        for number, kind in ((1, "threshold"), (2, "free_units"), (3, "special_price")):
            row = {"id": number, "code": f"P{number}", "kind": kind}
            await connection.execute(text(made).bindparams(*moments), row)
    await migrations.upgrade(database_url)
    async with database.reads() as session:
        counted = (await session.execute(select(Promotion.counts_for_rebate).order_by(Promotion.id))).scalars().all()
    await database.close()
    assert counted == [True, False, False]


async def test_a_table_that_is_missing_is_told(database_url: str) -> None:
    database = Database(database_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(metadata.tables["handoffs"].drop)
    await database.close()
    drift = await migrations.drift(database_url)
    await cleared(database_url)
    await migrations.upgrade(database_url)
    assert ("add_table", "handoffs") in [(change[0], change[1].name) for change in drift]


async def cleared(url: str) -> None:
    database = Database(url)
    async with database.engine.begin() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.execute(text("DROP TABLE alembic_version"))
    await database.close()
