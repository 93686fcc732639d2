"""What a product cost by the lists and promotions in force, month by month, and what demand did: for its response."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.dealers.models import Region
from core.errors import BadInput, Refused
from core.forecasts.questions import Subject
from core.forecasts.responses import Month, NoResponse, Response, response
from core.forecasts.series import Months, monthly_by_key
from core.money import HUNDRED, ZERO, round_money
from core.policy import as_of
from core.products.models import Price, Product, Promotion
from core.products.promotions import PromotionKind
from core.sales.facts import Within

STEPS = tuple(Decimal(step) / 100 for step in (-2, -3, -4, -5, -6, -8, -10))


@dataclass(frozen=True, slots=True)
class Tariff:
    """A product's prices over time: rows of the list for everybody, and promotions for all in the region."""

    lists: Sequence[Price]
    promotions: Sequence[Promotion]

    def on(self, day: date) -> Decimal | None:
        """What a case really costs on a day, free ones counted in; None where nothing is listed."""
        listed = next((row.amount for row in self.lists if _in_force(row, day)), None)
        if listed is None:
            return None
        costs = [listed]
        for offer in self.promotions:
            if not _in_force(offer, day):
                continue
            if offer.kind == PromotionKind.SPECIAL_PRICE and offer.special_price is not None:
                costs.append(offer.special_price)
            elif (
                offer.kind == PromotionKind.FREE_UNITS
                and offer.buy_cases
                and offer.free_product_id in {None, offer.product_id}
            ):
                costs.append(listed * offer.buy_cases / (offer.buy_cases + offer.free_cases))
        return min(costs)

    def over(self, month: date) -> Decimal | None:
        """The mean over a month, looked at every fifth day."""
        days = [month + timedelta(days=step) for step in range(0, 30, 5)]
        found = [price for day in days if (price := self.on(day)) is not None]
        return sum(found, ZERO) / len(found) if found else None


@dataclass(frozen=True, slots=True)
class Change:
    """A price or promotion and what it would do to a month: cases and turnover against leaving it, mean and interval.

    ``paid`` and one free case are the promotion that comes nearest to ``change``.
    """

    change: Decimal
    price: Decimal
    paid: int
    cases: tuple[Decimal, Decimal, Decimal]
    turnover: tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Advice:
    """What history says of a product's price. ``best`` is None where no cut is sure to pay, or nothing can be told;
    ``floor`` is the lowest list price in force, below which nothing is suggested.
    """

    subject: Subject
    currency: str
    listed: Decimal
    floor: Decimal
    found: Response | NoResponse
    tried: tuple[Change, ...]
    best: Change | None


async def response_of(session: AsyncSession, subject: Subject, origin: date, currency: str) -> Response | NoResponse:
    """From the whole months before ``origin``, prices in the brand's currency; a category has no price of its own."""
    product = subject.product
    if product is None:
        return NoResponse("no_product", 0, 0)
    dealer_id = subject.dealer.id if subject.dealer else None
    within = Within(subject.actor, "", dealer_id, subject.region_path or None, None, product.category)
    cases: dict[str, Months] = {}
    for key, months in (await monthly_by_key(session, within, origin)).items():
        mine = cases.setdefault(key.sku, {})
        for month, count in months.items():
            mine[month] = mine.get(month, ZERO) + count
    tariffs = await _tariffs(session, product.category, subject, currency)
    own = cases.get(product.sku, {})
    return response([_month(product.sku, month, cases, tariffs) for month in sorted(own)])


async def in_per_cent(session: AsyncSession, subject: Subject, difference: float, day: date, currency: str) -> float:
    """A case that costs so much more or less, in per cent of the list price; a category has no price of its own."""
    if subject.product is None:
        raise BadInput("forecast.which_product")
    listed, _ = await _list_prices(session, subject.product.id, day, currency)
    return float(round(Decimal(str(difference)) / listed * HUNDRED, 2))


async def advise(session: AsyncSession, subject: Subject, day: date, currency: str) -> Advice:
    """A price or promotion within the floor, only where history can carry it."""
    product = subject.product
    if product is None:
        raise BadInput("forecast.which_product")
    listed, floor = await _list_prices(session, product.id, day, currency)
    found = await response_of(session, subject, day.replace(day=1), currency)
    tried = tuple(_tried(found, step, listed, currency) for step in STEPS) if isinstance(found, Response) else ()
    tried = tuple(change for change in tried if change.price >= floor)
    sure = [change for change in tried if change.turnover[1] > 1]
    best = max(sure, key=lambda change: change.turnover[0], default=None)
    return Advice(subject, currency, listed, floor, found, tried, best)


def _tried(found: Response, step: Decimal, listed: Decimal, currency: str) -> Change:
    effect = found.effect(float(step))
    mean, low, high = (part * (1 + step) for part in effect)
    paid = int(((1 + step) / -step).to_integral_value(ROUND_HALF_UP))
    return Change(step, round_money(listed * (1 + step), currency), paid, effect, (mean, low, high))


def _month(sku: str, month: date, cases: dict[str, Months], tariffs: dict[str, Tariff]) -> Month:
    others = [other for other in cases if other != sku and cases[other].get(month, ZERO) > 0]
    count = sum((cases[other][month] for other in others), ZERO)
    priced = [(cases[other][month], tariffs[other].over(month)) for other in others if other in tariffs]
    known = [(weight, price) for weight, price in priced if price is not None]
    weight = sum((part for part, _ in known), ZERO)
    price = sum((part * cost for part, cost in known), ZERO) / weight if weight else ZERO
    own = tariffs[sku].over(month) if sku in tariffs else None
    return Month(float(cases[sku].get(month, ZERO)), float(own or 0), float(count), float(price))


async def _tariffs(session: AsyncSession, category: str, subject: Subject, currency: str) -> dict[str, Tariff]:
    lists: dict[str, list[Price]] = {}
    everybody = (Price.region_id.is_(None), Price.tier.is_(None), Price.from_cases == 1, Price.superseded_at.is_(None))
    rows = select(Product.sku, Price).join(Price, Price.product_id == Product.id).where(Product.category == category)
    for sku, price in await session.execute(rows.where(*everybody, Price.currency == currency)):
        lists.setdefault(sku, []).append(price)
    offers: dict[str, list[Promotion]] = {}
    around = select(Region.id).where(Region.path.in_(_paths(subject.region_path)))
    here = or_(Promotion.region_id.is_(None), Promotion.region_id.in_(around))
    found = select(Product.sku, Promotion).join(Promotion, Promotion.product_id == Product.id)
    known = (Product.category == category, Promotion.tier.is_(None), Promotion.superseded_at.is_(None), here)
    paid_so = or_(Promotion.currency.is_(None), Promotion.currency == currency)
    for sku, promotion in await session.execute(found.where(*known, paid_so)):
        offers.setdefault(sku, []).append(promotion)
    return {sku: Tariff(prices, offers.get(sku, [])) for sku, prices in lists.items()}


def _paths(region_path: str) -> list[str]:
    """A region and all around it."""
    parts = region_path.split("/")[:-1]
    return ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]


async def _list_prices(session: AsyncSession, product_id: int, day: date, currency: str) -> tuple[Decimal, Decimal]:
    """What everybody pays for a case, and the lowest that any list in force asks."""
    rows = select(Price).where(as_of(Price, day), Price.product_id == product_id, Price.currency == currency)
    prices = (await session.execute(rows)).scalars().all()
    general = [row.amount for row in prices if row.region_id is None and row.tier is None and row.from_cases <= 1]
    if not prices:
        raise Refused("forecast.no_price")
    return (general or [max(row.amount for row in prices)])[0], min(row.amount for row in prices)


def _in_force(row: Price | Promotion, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)
