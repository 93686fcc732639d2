"""The nightly run: every series forecast, made to add up, and stored; past months replayed once, to be measured by."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import system
from core.brand.service import current
from core.db import Database
from core.forecasts.foreseeing import Engine, Foreseen, built_in, foresee_now
from core.forecasts.models import DealerForecast, ForecastRun, RegionForecast
from core.forecasts.paths import as_path
from core.forecasts.reconciling import ancestors, moved, reconciled
from core.forecasts.series import DealerPlace, Key, Months, monthly_by_key, trading_dealers, whole
from core.money import ZERO
from core.sales.facts import Within
from core.sales.rules import add_months
from core.scope import visible
from core.statements import changed_rows, insert_new

HORIZON = 7  # the running month and six more
REPLAYED = 6  # months back
QUIET = 6  # a series without a purchase in so many months has ended
ALL = "all"
LEFT_BEHIND = timedelta(hours=3)
CHUNK = 500
ROBOT = system("forecasts")


def sku_key(sku: str) -> str:
    """What a forecast of a product is of."""
    return f"sku:{sku}"


def category_key(category: str) -> str:
    """What a forecast of a category is of."""
    return f"category:{category}"


@dataclass(frozen=True, slots=True)
class Books:
    """All histories at the bottom of the tree, and where the dealers stand."""

    places: Mapping[int, DealerPlace]
    series: Mapping[Key, Months]

    @property
    def categories(self) -> dict[str, str]:
        """Each product's category."""
        return {key.sku: key.category for key in self.series}

    def before(self, origin: date) -> dict[Key, Months]:
        """What was known when ``origin`` began, of the series that were alive."""
        alive = add_months(origin, -QUIET)
        known: dict[Key, Months] = {}
        for key, months in self.series.items():
            earlier = {month: cases for month, cases in months.items() if month < origin}
            if key.dealer_id in self.places and any(month >= alive and cases > 0 for month, cases in earlier.items()):
                known[key] = whole(earlier, origin)
        return known


@dataclass(slots=True)
class Made:
    """What a run came to, by (dealer or region path, what)."""

    dealers: dict[tuple[int, str], Foreseen] = field(default_factory=dict)
    regions: dict[tuple[str, str], Foreseen] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many series."""
        return len(self.dealers) + len(self.regions)


async def refresh(
    database: Database,
    day: date,
    at: datetime,
    *,
    engine: Engine = built_in,
    again: bool = False,
    replayed: int = REPLAYED,
) -> int | None:
    """The run of ``day``: how many series it stored; None where another has it, or had it already (unless ``again``).

    Origins that were never forecast are replayed from what was known then, so that errors can be told from the start.
    """
    origin = day.replace(day=1)
    async with database.writes.begin() as session:
        await current(session, day)
        if not await _claim(session, day, origin, at, again=again):
            return None
    async with database.reads() as session:
        books = await read_books(session, day, origin)
        missing = await _missing(session, [add_months(origin, -back) for back in range(replayed, 0, -1)])
    stored = 0
    for start in (*missing, origin):
        made = await asyncio.to_thread(compute, books, start, engine)
        async with database.writes.begin() as session:
            await store(session, start, made, replayed=start < origin)
            stored += made.count
    async with database.writes.begin() as session:
        done = update(ForecastRun).where(ForecastRun.day == day).values(finished_at=at, series=stored)
        await session.execute(done)
    return stored


async def _claim(session: AsyncSession, day: date, origin: date, at: datetime, *, again: bool) -> bool:
    """Whether this run is the day's: nobody began it, or whoever did is long gone."""
    if await insert_new(session, ForecastRun, {"day": day, "origin": origin, "started_at": at, "series": 0}):
        return True
    mine = update(ForecastRun).where(ForecastRun.day == day)
    if not again:
        mine = mine.where(ForecastRun.finished_at.is_(None), ForecastRun.started_at < at - LEFT_BEHIND)
    return await changed_rows(session, mine.values(started_at=at, finished_at=None)) > 0


async def read_books(session: AsyncSession, day: date, end: date) -> Books:
    """Everything that a run stands on."""
    places = await trading_dealers(session, ROBOT, day)
    series = await monthly_by_key(session, Within(ROBOT, ""), end)
    return Books({place.id: place for place in places}, series)


async def _missing(session: AsyncSession, origins: Iterable[date]) -> list[date]:
    there = set(await session.scalars(select(RegionForecast.origin).distinct()))
    return [origin for origin in origins if origin not in there]


def compute(books: Books, origin: date, engine: Engine = built_in) -> Made:
    """Forecasts of every series and sum from what was known before ``origin``. Slow: it belongs in a thread."""
    return made_of(books, origin, foreseen(books, origin, engine))


def foreseen(books: Books, origin: date, engine: Engine = built_in) -> dict[str, Foreseen]:
    """What the engine says of each series by itself, by place and what, joined by a bar: nothing adds up yet."""
    histories = _histories(books, origin)
    labels = _labels(books, histories, books.categories)
    return foresee_now(histories, HORIZON, engine, labels) if histories else {}


def made_of(books: Books, origin: date, found: Mapping[str, Foreseen]) -> Made:
    """The same made to add up, product by product, then the sums of products."""
    made = Made()
    skus = {key.sku: key.category for key in books.before(origin)}
    for sku in sorted(skus):
        _add_product(made, books, found, sku)
    for name, one in found.items():
        place, what = name.split("|")
        if not what.startswith("sku:"):
            _add_sum(made, books, skus, place, what, one)
    return made


def _histories(books: Books, origin: date) -> dict[str, Months]:
    """By place and what, joined by a bar: each dealer's products, categories and all, and the sums of regions."""
    sums: dict[str, Months] = {}
    for key, months in books.before(origin).items():
        places = [f"D{key.dealer_id}", *(f"R{path}" for path in ancestors(books.places[key.dealer_id].region_path))]
        for place in places:
            for what in (sku_key(key.sku), category_key(key.category), ALL):
                total = sums.setdefault(f"{place}|{what}", {})
                for month, cases in months.items():
                    total[month] = total.get(month, ZERO) + cases
    return {name: whole(months, origin) for name, months in sums.items()}


def _labels(books: Books, histories: Mapping[str, Months], skus: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Which series are alike: by category and region."""
    found = {}
    for name in histories:
        place, what = name.split("|")
        region = books.places[int(place[1:])].region_path if place.startswith("D") else place[1:]
        kind, _, code = what.partition(":")
        found[name] = {"category": skus[code] if kind == "sku" else what, "region": region}
    return found


def _add_product(made: Made, books: Books, found: Mapping[str, Foreseen], sku: str) -> None:
    what = sku_key(sku)
    dealers = {place: found[name] for place in books.places if (name := f"D{place}|{what}") in found}
    paths = {place: books.places[place].region_path for place in dealers}
    around = {path for place in dealers for path in ancestors(paths[place])}
    bottom, tops = reconciled(dealers, {path: found[f"R{path}|{what}"] for path in around}, paths)
    made.dealers |= {(place, what): one for place, one in bottom.items()}
    made.regions |= {(path, what): one for path, one in tops.items()}


def _add_sum(made: Made, books: Books, skus: Mapping[str, str], place: str, what: str, one: Foreseen) -> None:
    """A category's or all products' forecast: its mean is the sum of its products', its interval its own."""
    mine = [sku_key(sku) for sku, category in skus.items() if what in {ALL, category_key(category)}]
    parts: list[Foreseen] = []
    if place.startswith("D"):
        dealer_id = int(place[1:])
        parts = [made.dealers[dealer_id, sku] for sku in mine if (dealer_id, sku) in made.dealers]
    else:
        parts = [made.regions[place[1:], sku] for sku in mine if (place[1:], sku) in made.regions]
    means = [sum((p.mean for p in points), ZERO) for points in zip(*(part.points for part in parts), strict=True)]
    summed = replace(one, points=tuple(moved(point, mean) for point, mean in zip(one.points, means, strict=True)))
    if place.startswith("D"):
        made.dealers[int(place[1:]), what] = summed
    else:
        made.regions[place[1:], what] = summed


async def store(session: AsyncSession, origin: date, made: Made, *, replayed: bool) -> None:
    """Put these in the place of what was stored for ``origin``; runs that store at once do so one after the other."""
    await session.execute(select(ForecastRun.id).order_by(ForecastRun.id).limit(1).with_for_update())
    mine = delete(DealerForecast).where(visible(ROBOT, DealerForecast), DealerForecast.origin == origin)
    await session.execute(mine)
    await session.execute(delete(RegionForecast).where(RegionForecast.origin == origin))
    dealers = [{"dealer_id": at, **_row(origin, what, one, replayed)} for (at, what), one in made.dealers.items()]
    regions = [{"region_path": at, **_row(origin, what, one, replayed)} for (at, what), one in made.regions.items()]
    for model, rows in ((DealerForecast, dealers), (RegionForecast, regions)):
        for start in range(0, len(rows), CHUNK):
            await session.execute(insert(model), rows[start : start + CHUNK])


def _row(origin: date, what: str, one: Foreseen, replayed: bool) -> dict[str, Any]:
    path = as_path(one.points)
    return {
        "origin": origin,
        "what": what,
        "path": path,
        "method": one.method,
        "confidence": one.confidence,
        "replayed": replayed,
    }
