"""Which promotions run on a day, for whom and how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.dealers.models import Dealer, Region
from core.dealers.service import place_of
from core.products.catalogue import CatalogueProduct, products_by_id
from core.products.models import Product
from core.products.promotions import Offer
from core.products.trading import offers_on


@dataclass(frozen=True, slots=True)
class Running:
    """A promotion in force: ``until`` is its last day, ``free`` comes free, ``where`` is the only region it is for."""

    offer: Offer
    until: date | None
    product: CatalogueProduct | None
    free: CatalogueProduct | None
    where: Mapping[str, str] | None


async def running(
    session: AsyncSession, dealer: Dealer | None, category: str | None, sku: str | None, day: date
) -> list[Running]:
    """Those that this dealer could meet (all, without one), of one category or product where that is asked."""
    offers = await offers_on(session, day)
    if dealer is not None:
        place = await place_of(session, dealer)
        offers = [offer for offer in offers if offer.applies(place.regions, dealer.tier, dealer.currency)]
    named = {offer.product_id for offer in offers} | {offer.free_product_id for offer in offers}
    products = await products_by_id(session, named)
    regions = {row.id: row for row in (await session.execute(select(Region))).scalars()} if dealer is None else {}
    found = [
        Running(
            offer,
            offer.last_day,
            products.get(offer.product_id or 0),
            products.get(offer.free_product_id or offer.product_id or 0),
            {"zh": regions[offer.region_id].name, "en": regions[offer.region_id].name_en}
            if offer.region_id in regions
            else None,
        )
        for offer in offers
    ]
    sold_as = await session.scalar(select(Product.category).where(Product.sku == sku)) if sku else None
    return [one for one in found if _of(one, category, sku, sold_as)]


def _of(one: Running, category: str | None, sku: str | None, sold_as: str | None) -> bool:
    """Whether it is on that product (``sold_as``: its category) or category; one on any order is on all of them."""
    of_any_order = one.product is None and one.offer.category is None
    if sku is not None and one.product is not None:
        return one.product.sku == sku
    if sku is not None and one.offer.category is not None:
        return one.offer.category == sold_as
    if category is not None:
        return of_any_order or category == (one.offer.category or (one.product.category if one.product else None))
    return sku is None or of_any_order
