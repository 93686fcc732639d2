"""The nightly run: what it stores adds up, once, whoever else runs at the same time."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from core.actor import system
from core.db import Database
from core.dealers.models import Dealer
from core.forecasts.models import DealerForecast, ForecastRun, RegionForecast
from core.forecasts.paths import of_path
from core.forecasts.running import REPLAYED, refresh
from core.sales.rules import add_months
from core.scope import visible
from tests.core.forecasts.trade import BOUGHT, ORIGIN, above, open_trade, plain
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.database
ALL = system("test")


async def dealers_of(database: Database) -> dict[tuple[str, str], list[Decimal]]:
    """Means of the running origin by dealer and what."""
    model = DealerForecast
    async with database.reads() as session:
        rows = select(Dealer.code, model.what, model.path).join(Dealer, Dealer.id == model.dealer_id)
        mine = rows.where(visible(ALL, model), visible(ALL, Dealer), model.origin == ORIGIN)
        return {(code, what): means(path) for code, what, path in await session.execute(mine)}


async def regions_of(database: Database) -> dict[tuple[str, str], list[Decimal]]:
    model = RegionForecast
    async with database.reads() as session:
        rows = select(model.region_path, model.what, model.path).where(model.origin == ORIGIN)
        return {(at, what): means(path) for at, what, path in await session.execute(rows)}


def means(path: list[Any]) -> list[Decimal]:
    return [point.mean for point in of_path(path)]


async def counts(database: Database) -> tuple[int, int, int]:
    async with database.reads() as session:
        dealers = select(func.count()).select_from(DealerForecast).where(visible(ALL, DealerForecast))
        regions = select(func.count()).select_from(RegionForecast)
        runs = select(func.count()).select_from(ForecastRun)
        return tuple([await session.scalar(one) or 0 for one in (dealers, regions, runs)])  # type: ignore[return-value]


async def test_what_a_rep_sees_is_the_sum_of_what_dealers_see(database: Database) -> None:
    await open_trade(database)
    assert await refresh(database, TODAY, NOW, engine=above, replayed=0)
    dealers, regions = await dealers_of(database), await regions_of(database)
    for sku in ("W-550", "T-500", "T-500L"):
        shares = [path for (_, what), path in dealers.items() if what == f"sku:{sku}"]
        assert regions["", f"sku:{sku}"] == [sum(column) for column in zip(*shares, strict=True)]
        east = [path for (code, what), path in dealers.items() if what == f"sku:{sku}" and code != "D040"]
        assert regions["EAST/", f"sku:{sku}"] == [sum(column) for column in zip(*east, strict=True)]
    everything = [path for (place, what), path in regions.items() if what.startswith("sku:") and place == ""]
    assert regions["", "all"] == [sum(column) for column in zip(*everything, strict=True)]
    assert dealers["D001", "all"][0] == dealers["D001", "sku:W-550"][0] + dealers["D001", "sku:T-500"][0]
    assert dealers["D001", "category:tea"] == dealers["D001", "sku:T-500"]
    assert dealers["D001", "sku:W-550"][0] > BOUGHT["D001", "W-550"]


async def test_two_runs_at_once_store_everything_once(database: Database) -> None:
    await open_trade(database)
    first, second = await asyncio.gather(
        refresh(database, TODAY, NOW, engine=plain, replayed=2), refresh(database, TODAY, NOW, engine=plain, replayed=2)
    )
    assert sorted([first is None, second is None]) == [False, True]
    stored = await counts(database)
    assert stored[2] == 1
    again = await asyncio.gather(
        refresh(database, TODAY, NOW, engine=plain, again=True, replayed=2),
        refresh(database, TODAY, NOW, engine=plain, again=True, replayed=2),
    )
    assert all(again)
    assert await counts(database) == stored


async def test_past_origins_are_replayed_once_from_what_was_known_then(database: Database) -> None:
    await open_trade(database)
    await refresh(database, TODAY, NOW, engine=plain)
    async with database.reads() as session:
        origins = select(RegionForecast.origin, RegionForecast.replayed).distinct().order_by(RegionForecast.origin)
        found = [tuple(row) for row in await session.execute(origins)]
    assert found == [(add_months(ORIGIN, -back), back > 0) for back in range(REPLAYED, -1, -1)]
    later = TODAY + timedelta(days=1)
    before = await counts(database)
    stored = await refresh(database, later, NOW + timedelta(days=1), engine=plain)
    assert stored is not None
    assert stored < sum(before[:2])
    assert (await counts(database))[:2] == before[:2]


async def test_a_run_left_behind_is_taken_over_and_one_that_goes_on_is_not(database: Database) -> None:
    await open_trade(database)
    async with database.writes.begin() as session:
        session.add(ForecastRun(day=TODAY, origin=ORIGIN, started_at=NOW))
    assert await refresh(database, TODAY, NOW + timedelta(hours=1), engine=plain, replayed=0) is None
    assert await refresh(database, TODAY, NOW + timedelta(hours=4), engine=plain, replayed=0)


async def test_a_brand_without_trade_is_run_over_in_silence(database: Database) -> None:
    from tests.core.orders.market import open_market

    await open_market(database)
    assert await refresh(database, TODAY, NOW, engine=plain) == 0
