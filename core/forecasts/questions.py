"""What is asked of forecasts: of whom, of what, for which months; resolved inside the actor's scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.dealers.models import Dealer, Region
from core.dealers.service import region_named, resolve
from core.errors import BadInput, NotFound
from core.forecasts.computing import ALL, HORIZON, category_key, sku_key
from core.products.catalogue import CatalogueProduct, catalogue
from core.sales.facts import Within
from core.sales.rules import add_months

MOST_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Question:
    """Codes as they were given. Months are ``start`` up to but without ``end``; without them it is ``months`` from the
    next one on, one where that is absent too.
    """

    dealer: str | None = None
    region: str | None = None
    sku: str | None = None
    category: str | None = None
    start: date | None = None
    end: date | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose demand, of what. Without a dealer it is the region's, by its path; an empty path is the brand."""

    actor: Actor
    dealer: Dealer | None
    region_path: str
    region_names: Mapping[str, str]
    product: CatalogueProduct | None
    category: str | None

    @property
    def what(self) -> str:
        """As stored forecasts name it."""
        if self.product is not None:
            return sku_key(self.product.sku)
        return category_key(self.category) if self.category else ALL

    @property
    def within(self) -> Within:
        """The rows that it stands on."""
        sku = self.product.sku if self.product else None
        dealer_id = self.dealer.id if self.dealer else None
        return Within(self.actor, "", dealer_id, self.region_path or None, sku, self.category)


async def subject_of(session: AsyncSession, actor: Actor, question: Question, day: date) -> Subject:
    """Whom and what a question means; what is out of scope is as missing."""
    product = await _product(session, question.sku, day) if question.sku and question.sku.strip() else None
    category = None if product else question.category
    if actor.dealer_id is not None or question.dealer:
        dealer = await resolve(session, actor, question.dealer)
        await _check_region(session, actor, dealer, question.region)
        return Subject(actor, dealer, "", {}, product, category)
    path = actor.region_path or ""
    if not path and not actor.everywhere:
        raise NotFound("forecast.nothing")
    names: Mapping[str, str] = {}
    if question.region and question.region.strip():
        asked = (await region_named(session, actor, question.region)).path
        path = asked if asked.startswith(path) else path
    if path:
        region = (await session.execute(select(Region).where(Region.path == path))).scalar_one()
        names = {"zh": region.name, "en": region.name_en}
    return Subject(actor, None, path, names, product, category)


async def _check_region(session: AsyncSession, actor: Actor, dealer: Dealer, region: str | None) -> None:
    """A region named beside a dealer is one that the dealer is in; another is as missing."""
    if region and region.strip():
        named = await region_named(session, actor, region)
        own = await session.scalar(select(Region.path).where(Region.id == dealer.region_id)) or ""
        if not own.startswith(named.path):
            raise NotFound("sales.no_region", region=region.strip())


async def _product(session: AsyncSession, sku: str, day: date) -> CatalogueProduct:
    product = (await catalogue(session, day, [sku])).get(sku)
    if product is None:
        raise NotFound("product.unknown", sku=sku.strip()[:60])
    return product


def months_asked(question: Question, day: date) -> tuple[date, ...]:
    """The first days of the months asked about, at most six after the running one; past ones are left out.

    Raises:
        BadInput: All of them have passed, or some lie too far ahead.
    """
    running = day.replace(day=1)
    last = add_months(running, HORIZON - 1)
    if question.start is None or question.end is None:
        count = min(max(question.months or 1, 1), MOST_MONTHS)
        return tuple(add_months(running, ahead) for ahead in range(1, count + 1))
    if question.end <= running:
        raise BadInput("forecast.past", day=question.end)
    months, month = [], max(question.start.replace(day=1), running)
    while month < question.end:
        months.append(month)
        month = add_months(month, 1)
    if months[-1] > last:
        raise BadInput("forecast.too_far", year=f"{last:%Y}", month=str(last.month))
    return tuple(months)
