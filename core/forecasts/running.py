"""The nightly run: every series forecast and stored; past months replayed once, to be measured by."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import system
from core.brand.service import current
from core.db import Database
from core.forecasts.computing import Books, Made, compute
from core.forecasts.foreseeing import Engine, Foreseen, built_in
from core.forecasts.models import DealerForecast, ForecastRun, RegionForecast
from core.forecasts.paths import as_path, of_path
from core.forecasts.series import monthly_by_key, trading_dealers
from core.forecasts.widths import width_of
from core.sales.facts import Within
from core.sales.rules import add_months
from core.scope import visible
from core.statements import changed_rows, upsert

REPLAYED = 6  # months back
LEFT_BEHIND = timedelta(hours=3)
CHUNK = 500
ROBOT = system("forecasts")


async def refresh(
    database: Database,
    day: date,
    at: datetime,
    *,
    engine: Engine = built_in,
    again: bool = False,
    replayed: int = REPLAYED,
    tell: Callable[[date, int, int], None] = lambda _start, _done, _all: None,
) -> int | None:
    """The run of ``day``: how many series it stored; None where another has it, or had it already (unless ``again``).

    Origins that were never forecast are replayed from what was known then, so that errors can be told from the start.
    ``tell`` hears of each before it is computed: which, and how many are done of all.
    """
    origin = day.replace(day=1)
    async with database.writes.begin() as session:
        await current(session, day)
        if not await _claim(session, day, origin, at, again=again):
            return None
    async with database.reads() as session:
        books = await read_books(session, day, origin)
        past = await _past(session, origin)
    stored = 0
    missing = [start for back in range(replayed, 0, -1) if (start := add_months(origin, -back)) not in past]
    for count, start in enumerate((*missing, origin)):
        tell(start, count, len(missing) + 1)
        made = await asyncio.to_thread(compute, books, start, engine, past)
        past[start] = made
        async with database.writes.begin() as session:
            await store(session, start, made, replayed=start < origin)
            stored += made.count
    async with database.writes.begin() as session:
        done = update(ForecastRun).where(ForecastRun.day == day).values(finished_at=at, series=stored)
        await session.execute(done)
    return stored


async def _claim(session: AsyncSession, day: date, origin: date, at: datetime, *, again: bool) -> bool:
    """Whether this run is the day's: nobody began it, or whoever did is long gone. A new row is one left behind."""
    new = {"day": day, "origin": origin, "started_at": at - 2 * LEFT_BEHIND, "finished_at": None, "series": 0}
    await upsert(session, ForecastRun, ["day"], new, keep=True)
    mine = update(ForecastRun).where(ForecastRun.day == day)
    if not again:
        mine = mine.where(ForecastRun.finished_at.is_(None), ForecastRun.started_at < at - LEFT_BEHIND)
    return await changed_rows(session, mine.values(started_at=at, finished_at=None)) > 0


async def read_books(session: AsyncSession, day: date, end: date) -> Books:
    """Everything that a run stands on."""
    places = await trading_dealers(session, ROBOT, day)
    series = await monthly_by_key(session, Within(ROBOT, ""), end)
    return Books({place.id: place for place in places}, series)


async def _past(session: AsyncSession, origin: date) -> dict[date, Made]:
    """What earlier runs forecast, as they stored it, of the origins that are still worth comparing."""
    since = add_months(origin, -2 * REPLAYED)
    past: dict[date, Made] = {}
    for model, place in ((DealerForecast, DealerForecast.dealer_id), (RegionForecast, RegionForecast.region_path)):
        columns = (model.origin, place, model.what, model.path, model.method, model.confidence)
        mine = select(*columns).where(model.origin >= since, model.origin < origin)
        if model is DealerForecast:
            mine = mine.where(visible(ROBOT, DealerForecast))
        for start, at, what, path, method, confidence in await session.execute(mine):
            made = past.setdefault(start, Made())
            kept: dict[Any, Foreseen] = made.dealers if model is DealerForecast else made.regions
            kept[at, what] = Foreseen(of_path(path), method, confidence)
    return past


async def store(session: AsyncSession, origin: date, made: Made, *, replayed: bool) -> None:
    """Put these in the place of what was stored for ``origin``; runs that store at once do so one after the other."""
    await session.execute(select(ForecastRun.id).order_by(ForecastRun.id).limit(1).with_for_update())
    mine = delete(DealerForecast).where(visible(ROBOT, DealerForecast), DealerForecast.origin == origin)
    await session.execute(mine)
    await session.execute(delete(RegionForecast).where(RegionForecast.origin == origin))
    dealers, regions = [], []
    for name, one in made.named():
        place, what = name.split("|")
        row = _row(origin, what, one, width_of(made.widths, place, what), replayed=replayed)
        if place.startswith("D"):
            dealers.append({"dealer_id": int(place[1:]), **row})
        else:
            regions.append({"region_path": place[1:], **row})
    for model, rows in ((DealerForecast, dealers), (RegionForecast, regions)):
        for start in range(0, len(rows), CHUNK):
            await session.execute(insert(model), rows[start : start + CHUNK])


def _row(origin: date, what: str, one: Foreseen, width: Decimal, *, replayed: bool) -> dict[str, Any]:
    path = as_path(one.points)
    return {
        "origin": origin,
        "what": what,
        "path": path,
        "method": one.method,
        "confidence": one.confidence,
        "width": width,
        "replayed": replayed,
    }
