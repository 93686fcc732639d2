"""Watching stock: what will run out, lie too long or grow old, and what one dealer could give another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Permission
from core.dealers.models import Dealer, Region
from core.forecasts.classes import Abc
from core.forecasts.computing import category_key, sku_key
from core.forecasts.foreseeing import Engine, built_in
from core.forecasts.holdings import Place, Reported, coming, pace_of, places_of, reports, stock_today
from core.forecasts.models import DealerForecast
from core.forecasts.ordering import DAYS
from core.forecasts.paths import Point, demand_between, of_path
from core.forecasts.questions import Question, Subject, subject_of
from core.forecasts.risks import Holding, Risk, Threat, is_short_dated, threat
from core.forecasts.seasons import without
from core.forecasts.series import TRADING, Months, monthly_by_key, whole
from core.forecasts.transfers import Spare, Transfer, transfers
from core.forecasts.unstored import Bare, computed, groups, season_then
from core.forecasts.worth import classes_of
from core.money import ZERO
from core.products.catalogue import CatalogueProduct, catalogue
from core.products.models import Lot, Product
from core.sales.rules import add_months

RECENT = 3
ORDER = (Risk.STOCK_OUT, Risk.OVERSTOCK, Risk.SHORT_DATED)


@dataclass(frozen=True, slots=True)
class Watched:
    """A dealer's product at risk."""

    dealer_code: str
    dealer_names: Mapping[str, str]
    product: CatalogueProduct
    holding: Holding
    threat: Threat
    abc: Abc


@dataclass(frozen=True, slots=True)
class OldLot:
    """A lot in a warehouse of which less than a third of its life is left; ``cases`` are whole."""

    product: CatalogueProduct
    warehouse: str
    number: str
    cases: int
    days_left: int


@dataclass(frozen=True, slots=True)
class Watch:
    """All that threatens, the most urgent first. Lots and transfers are for those who look after several dealers;
    ``unreported`` are dealers whose stock nobody knows; ``sole`` is the holding of the one product of one dealer that
    was asked about, whose lasting is told though nothing threatens it.
    """

    subject: Subject
    day: date
    risks: tuple[Watched, ...]
    lots: tuple[OldLot, ...]
    transfers: tuple[Transfer, ...]
    unreported: int
    sole: Holding | None = None

    def of(self, risk: Risk) -> tuple[Watched, ...]:
        """Those of one kind."""
        return tuple(one for one in self.risks if one.threat.risk is risk)


@dataclass(frozen=True, slots=True)
class Seller:
    """A dealer as the watch names it."""

    code: str
    names: Mapping[str, str]
    region_path: str


async def watch(session: AsyncSession, actor: Actor, question: Question, day: date, engine: Engine = built_in) -> Watch:
    """Everything at risk within what was asked about and the actor may see."""
    subject = await subject_of(session, actor, question, day)
    origin = day.replace(day=1)
    told = await reports(session, subject.within, day)
    bought = places_of(await monthly_by_key(session, subject.within, origin))
    histories = {place: whole(months, origin) for place, months in bought.items()}
    under_way = await coming(session, subject.within)
    paths = await _paths(session, subject, origin)
    classes = await classes_of(session, subject.within, origin)
    sellers = await _sellers(session, subject)
    products = (await catalogue(session, day, {sku for _, sku in told})).by_sku
    missing = {place: histories.get(place, {}) for place in told if place not in paths and place[1] in products}
    paths |= await _unstored(session, subject, missing, products, origin, engine)
    holdings: dict[Place, Holding] = {}
    for place, reported in told.items():
        if place[0] in sellers and place[1] in products:
            history = histories.get(place, {})
            holdings[place] = _holding(
                reported, history, paths[place], under_way.get(place, ZERO), products[place[1]], day
            )
    found = [
        Watched(sellers[at].code, sellers[at].names, products[sku], holding, danger, _class(classes, at, sku))
        for (at, sku), holding in holdings.items()
        if (danger := threat(holding, day)) is not None and _matters(danger, _class(classes, at, sku), subject)
    ]
    several = actor.dealer_id is None and actor.may(Permission.SALES_READ)
    spares = [Spare(sellers[at].region_path, sku, sellers[at].code, one.spare) for (at, sku), one in holdings.items()]
    reporting = {dealer for dealer, _ in told}
    return Watch(
        subject=subject,
        day=day,
        risks=tuple(sorted(found, key=_urgency)),
        lots=tuple(await _old_lots(session, subject, day)) if several else (),
        transfers=tuple(transfers(spares)) if several and subject.dealer is None else (),
        unreported=sum(1 for dealer in sellers if dealer not in reporting),
        sole=next(iter(holdings.values()), None) if subject.dealer and subject.product else None,
    )


def _urgency(one: Watched) -> tuple[int, str, int, Decimal, str, str]:
    """Stock-outs first, in each the products that bring most, then by days and by what sells."""
    days = one.threat.days if one.threat.days is not None else 10_000
    sooner = days if one.threat.risk is Risk.STOCK_OUT else -days
    return ORDER.index(one.threat.risk), one.abc, sooner, -one.holding.daily, one.dealer_code, one.product.sku


def _matters(danger: Threat, abc: Abc, subject: Subject) -> bool:
    """Over many dealers and products, a C product that runs out is no news."""
    narrow = subject.dealer is not None or subject.product is not None
    return narrow or danger.risk is not Risk.STOCK_OUT or abc is not Abc.C


def _class(classes: Mapping[int, Mapping[str, Abc]], dealer: int, sku: str) -> Abc:
    return classes.get(dealer, {}).get(sku, Abc.C)


def _holding(
    reported: Reported,
    history: Months,
    path: tuple[Point, ...],
    under_way: Decimal,
    product: CatalogueProduct,
    day: date,
) -> Holding:
    """At the demand that is foreseen; at what it sold lately where it bought nothing for so long that none is."""
    pace = pace_of(reported, history)
    month, _ = demand_between(path, day, day + timedelta(days=DAYS))
    stock = stock_today(reported, history, path, pace, day)
    daily = month * pace / DAYS or reported.daily
    return Holding(stock, under_way, daily, product.lead_days, product.shelf_life_days)


async def _unstored(
    session: AsyncSession,
    subject: Subject,
    histories: Mapping[Place, Months],
    products: Mapping[str, CatalogueProduct],
    origin: date,
    engine: Engine,
) -> dict[Place, tuple[Point, ...]]:
    """Where no run has stored a forecast: computed for one dealer, as its order would be; for several by a mean."""
    if not histories:
        return {}
    shared = await groups(session, origin)
    bare = {
        place: Bare(months, shared.get(category_key(products[place[1]].category), {}))
        for place, months in histories.items()
    }
    found: dict[Place, tuple[Point, ...]] = {}
    if subject.dealer is not None:
        names = {f"{dealer}|{sku}": (dealer, sku) for dealer, sku in bare}
        made = await computed({name: bare[place] for name, place in names.items()}, origin, engine, replayed=0)
        found = {names[name]: by[origin].points for name, by in made.items() if origin in by}
    return {place: _by_mean(one, origin) for place, one in bare.items()} | found


def _by_mean(one: Bare, origin: date) -> tuple[Point, ...]:
    """The mean of the last three months, as every month's, in its category's season."""
    season = season_then(one.group, origin)
    plain = without(one.history, season)
    mean = sum((plain.get(add_months(origin, -back), ZERO) for back in range(1, RECENT + 1)), ZERO) / RECENT
    months = [add_months(origin, step) for step in range(RECENT)]
    return tuple(Point(month, *[mean * season[month.month] if season else mean] * 5) for month in months)


async def _paths(session: AsyncSession, subject: Subject, origin: date) -> dict[Place, tuple[Point, ...]]:
    model = DealerForecast
    mine = select(model.dealer_id, model.what, model.path).where(*subject.within.rows(model), model.origin == origin)
    if subject.product is not None:
        mine = mine.where(model.what == sku_key(subject.product.sku))
    prefix = sku_key("")
    return {
        (dealer_id, what.removeprefix(prefix)): of_path(path)
        for dealer_id, what, path in await session.execute(mine)
        if what.startswith(prefix)
    }


async def _sellers(session: AsyncSession, subject: Subject) -> dict[int, Seller]:
    """The trading dealers that are meant."""
    statement = (
        select(Dealer.id, Dealer.code, Dealer.name, Dealer.name_en, Region.path)
        .join(Region, Region.id == Dealer.region_id)
        .where(*subject.within.rows(Dealer), Dealer.stage.in_(TRADING))
    )
    rows = await session.execute(statement)
    return {row[0]: Seller(row[1], {"zh": row[2], "en": row[3]}, row[4]) for row in rows}


async def _old_lots(session: AsyncSession, subject: Subject, day: date) -> list[OldLot]:
    """Of the warehouses that serve the region meant, the oldest first."""
    here = select(Region.warehouse).where(Region.path.startswith(subject.region_path, autoescape=True))
    if subject.dealer is not None:
        here = select(Region.warehouse).where(Region.id == subject.dealer.region_id)
    statement = select(Product.sku, Lot).join(Product, Product.id == Lot.product_id).where(Lot.on_hand > 0)
    statement = statement.where(Lot.warehouse.in_(here), *subject.within.products())
    rows = [(sku, lot) for sku, lot in await session.execute(statement.order_by(Lot.expires_on, Lot.id))]
    old = [(sku, lot) for sku, lot in rows if is_short_dated(lot.produced_on, lot.expires_on, day)]
    products = (await catalogue(session, day, {sku for sku, _ in old})).by_sku
    return [
        OldLot(products[sku], lot.warehouse, lot.number, lot.on_hand // products[sku].case, (lot.expires_on - day).days)
        for sku, lot in old
        if sku in products
    ]
