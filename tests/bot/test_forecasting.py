"""Forecasts by night and by hand: once a day, in hours when hardly anybody asks."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from bot.background import forecast_by_night
from bot.cli import qudao
from bot.desk import Desk
from core.clock import fixed_clock
from core.db import Database
from core.forecasts.models import RegionForecast
from tests.core.forecasts.trade import open_trade


async def stored(database: Database) -> int:
    async with database.reads() as session:
        return await session.scalar(select(func.count()).select_from(RegionForecast)) or 0


def desk_at(database: Database, hour: int) -> Desk:
    """A desk whose clock stands at this hour in Shanghai, on 20 November."""
    clock = fixed_clock(datetime(2026, 11, 20 if hour >= 8 else 19, (hour - 8) % 24, 30, tzinfo=UTC))
    return cast(Desk, SimpleNamespace(database=database, clock=clock))


async def test_a_server_forecasts_by_night_once_a_day(database: Database) -> None:
    await open_trade(database)
    await forecast_by_night(desk_at(database, 9))
    assert await stored(database) == 0
    await forecast_by_night(desk_at(database, 2))
    first = await stored(database)
    assert first > 0
    await forecast_by_night(desk_at(database, 3))
    assert await stored(database) == first


def test_an_operator_refreshes_by_hand_and_is_told_where_it_was_done(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncio

    async def open_it() -> None:
        database = Database(database_url)
        await open_trade(database)
        await database.close()

    asyncio.run(open_it())
    monkeypatch.setenv("QUDAO_DATABASE_URL", database_url)
    command = ["forecasts", "refresh", "--today", "2026-11-20"]
    first = CliRunner().invoke(qudao, command)
    assert first.stdout.startswith("Stored ")
    told = first.stderr.splitlines()
    assert told[0] == "Forecasting from 2026-05 on, 1 of 7 …"
    assert len(told) == 7
    assert CliRunner().invoke(qudao, command).output.startswith("Done before")
    assert CliRunner().invoke(qudao, [*command, "--again"]).stdout.startswith("Stored ")
