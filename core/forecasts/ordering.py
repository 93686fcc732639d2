"""From a forecast to an order: what a dealer needs of each product until a day, as lines that can be drafted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.dealers.models import Dealer
from core.dealers.service import resolve
from core.forecasts.classes import SERVICE, Abc, Xyz, xyz
from core.forecasts.computing import QUIET, category_key, sku_key
from core.forecasts.foreseeing import Engine, Foreseen, built_in
from core.forecasts.holdings import Reported, Rhythm, coming, pace_of, reports, rhythm, stock_today
from core.forecasts.models import DealerForecast
from core.forecasts.paths import Point, demand_between
from core.forecasts.questions import Question, months_asked, subject_of
from core.forecasts.replenishment import Need, Packing, Suggestion, days_of_cover, suggest
from core.forecasts.series import Months, monthly_by_key, whole
from core.forecasts.trials import Accuracy, Trial, accuracy_of, calibration, trials_of
from core.forecasts.unstored import Bare, computed, groups
from core.forecasts.widths import as_shown
from core.forecasts.worth import classes_of
from core.money import ZERO
from core.products import trading
from core.products.catalogue import CatalogueProduct, catalogue
from core.products.promotions import Offer, PromotionKind
from core.products.rules import Unit
from core.sales.rules import add_months
from core.scope import visible

DAYS = 30


@dataclass(frozen=True, slots=True)
class Carried:
    """A product that the dealer carries, with all that is known of it; ``group`` is what its category's dealers bought,
    where no run has stored a forecast.
    """

    product: CatalogueProduct
    history: Months
    stored: Mapping[date, Foreseen]
    reported: Reported | None
    coming: Decimal
    abc: Abc
    offer: Offer | None
    group: Months


@dataclass(frozen=True, slots=True)
class Basis:
    """What a proposal stands on. It has to last from ``day`` up to but without ``until``; ``stated`` is the stock that
    the person named, in cases, of the one product asked about; ``narrowed``: only some products were asked for.
    """

    dealer: Dealer
    day: date
    until: date
    months: tuple[date, ...]
    rhythm: Rhythm
    carried: tuple[Carried, ...]
    stated: Decimal | None
    narrowed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What to order of a product, and why. ``stock`` is today's, None where nobody knows it (then it counts as none);
    ``cover`` is how many days it lasts with what is on the way.
    """

    product: CatalogueProduct
    path: tuple[Point, ...]
    need: Need
    stock: Decimal | None
    counted_on: date | None
    pace: Decimal
    cover: int | None
    abc: Abc
    xyz: Xyz
    packing: Packing
    suggestion: Suggestion
    trials: tuple[Trial, ...]

    @property
    def priority(self) -> tuple[int, str, str]:
        """What is kept first where not everything can be had: what runs out first, then what brings most."""
        return (self.cover if self.cover is not None else 10_000, self.abc, self.product.sku)


@dataclass(frozen=True, slots=True)
class Plan:
    """Lines with something to order first, by priority; ``enough`` are those of which there is enough."""

    basis: Basis
    lines: tuple[Line, ...]
    enough: tuple[Line, ...]

    @property
    def accuracy(self) -> Accuracy | None:
        """How wrong forecasts of these products have been for this dealer."""
        return accuracy_of([trial for line in (*self.lines, *self.enough) for trial in line.trials])


async def basis(session: AsyncSession, actor: Actor, question: Question, day: date, stated: Decimal | None) -> Basis:
    """Read what a proposal needs; a rep says for which dealer."""
    await resolve(session, actor, question.dealer)
    subject = await subject_of(session, actor, question, day)
    dealer = subject.dealer
    assert dealer is not None
    origin = day.replace(day=1)
    pace = await rhythm(session, actor, dealer.id)
    histories = await monthly_by_key(session, subject.within, origin)
    alive = {key.sku: whole(months, origin) for key, months in histories.items() if _alive(months, origin)}
    sold = (await catalogue(session, day, alive)).by_sku
    carried = await _carried(session, actor, dealer, {sku: alive[sku] for sku in alive if sku in sold}, day)
    months = months_asked(question, day)
    until = _until(question, months, day, pace, [one.product.lead_days for one in carried])
    narrowed = subject.product is not None or subject.category is not None
    return Basis(dealer, day, until, months, pace, carried, stated if subject.product else None, narrowed)


def _alive(months: Months, origin: date) -> bool:
    since = add_months(origin, -QUIET)
    return any(cases > 0 for month, cases in months.items() if month >= since)


def _until(question: Question, months: tuple[date, ...], day: date, pace: Rhythm, leads: list[int]) -> date:
    """The end of the months that were named, else the day when the order after this one would arrive."""
    if question.start is not None or question.months is not None:
        return add_months(months[-1], 1)
    lead = pace.lead_days or max(leads, default=3)
    return day + timedelta(days=lead + pace.review_days)


async def _carried(
    session: AsyncSession, actor: Actor, dealer: Dealer, histories: Mapping[str, Months], day: date
) -> tuple[Carried, ...]:
    products = await catalogue(session, day, histories)
    subject = await subject_of(session, actor, Question(dealer=dealer.code), day)
    stored = await _stored(session, actor, dealer.id, histories, day.replace(day=1))
    told = await reports(session, subject.within, day)
    under_way = await coming(session, subject.within)
    origin = day.replace(day=1)
    missing = any(origin not in stored.get(sku, {}) for sku in histories)
    group = await groups(session, origin) if missing else {}
    worth = (await classes_of(session, subject.within, day.replace(day=1))).get(dealer.id, {})
    terms = await trading.terms_for(session, dealer, [one.id for one in products.products], day)
    return tuple(
        Carried(
            product=one,
            history=histories[one.sku],
            stored=stored.get(one.sku, {}),
            reported=told.get((dealer.id, one.sku)),
            coming=under_way.get((dealer.id, one.sku), ZERO),
            abc=worth.get(one.sku, Abc.C),
            offer=_own_offer(terms.offers, one.id),
            group=group.get(category_key(one.category), {}),
        )
        for one in products.products
        if one.id in terms.prices
    )


async def _stored(
    session: AsyncSession, actor: Actor, dealer_id: int, skus: Mapping[str, Months], origin: date
) -> dict[str, dict[date, Foreseen]]:
    model = DealerForecast
    mine = select(model).where(visible(actor, model), model.dealer_id == dealer_id, model.origin <= origin)
    keys = {sku_key(sku): sku for sku in skus}
    found: dict[str, dict[date, Foreseen]] = {}
    for row in await session.scalars(mine.where(model.what.in_(keys))):
        made = as_shown(row.path, row.method, row.confidence, row.width)
        found.setdefault(keys[row.what], {})[row.origin] = made
    return found


def _own_offer(offers: tuple[Offer, ...], product_id: int) -> Offer | None:
    """The promotion that brings more of the product itself."""
    for offer in offers:
        free = offer.free_product_id in {None, product_id}
        if offer.kind == PromotionKind.FREE_UNITS and offer.product_id == product_id and free:
            return offer
    return None


async def plan(found: Basis, engine: Engine = built_in) -> Plan:
    """What to order of each product; forecasts that no run stored are computed here."""
    origin = found.day.replace(day=1)
    made = {one.product.sku: one.stored for one in found.carried}
    missing = {one.product.sku: Bare(one.history, one.group) for one in found.carried if origin not in one.stored}
    if missing:
        made |= await computed(missing, origin, engine)
    foreseen = [(one, made[one.product.sku]) for one in found.carried]
    lines = [_line(found, one, paths, origin) for one, paths in foreseen if origin in paths]
    wanted = sorted((line for line in lines if line.suggestion.cases), key=lambda line: line.priority)
    enough = sorted((line for line in lines if not line.suggestion.cases), key=lambda line: line.priority)
    return Plan(found, tuple(wanted), tuple(enough))


def _line(found: Basis, one: Carried, made: Mapping[date, Foreseen], origin: date) -> Line:
    path = made[origin].points
    pace = pace_of(one.reported, one.history)
    stock = found.stated
    if stock is None and one.reported is not None:
        stock = stock_today(one.reported, one.history, path, pace, found.day)
    demand, sigma = demand_between(path, found.day, found.until)
    month, _ = demand_between(path, found.day, found.day + timedelta(days=DAYS))
    paths = {start: made[start].points for start in made if start < origin}
    trials = tuple(trials_of(paths, one.history, origin))
    need = Need(
        demand=demand * pace,
        sigma=sigma * pace * calibration(trials),
        deviations=SERVICE[one.abc][1],
        daily=month * pace / DAYS,
        stock=stock or ZERO,
        coming=one.coming,
    )
    packing = _packing(one)
    return Line(
        product=one.product,
        path=path,
        need=need,
        stock=stock,
        counted_on=one.reported.counted_on if one.reported and found.stated is None else None,
        pace=pace,
        cover=days_of_cover(need.stock + need.coming, need.daily),
        abc=one.abc,
        xyz=xyz([one.history[month] for month in sorted(one.history)]),
        packing=packing,
        suggestion=suggest(need, packing),
        trials=trials,
    )


def _packing(one: Carried) -> Packing:
    packs, case = one.product.packs, one.product.case
    pallet = packs[Unit.PALLET] // case if Unit.PALLET in packs else None
    packing = Packing(one.product.minimum_cases, pallet, one.product.shelf_life_days)
    return replace(packing, free_for=one.offer.free_for) if one.offer else packing
