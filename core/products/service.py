"""What is sold, at what price, and what the warehouse can send."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.dealers.models import Dealer
from core.errors import BadInput, NotFound, Refused
from core.money import ZERO
from core.products.catalogue import Catalogue, CatalogueProduct, catalogue, products_by_id, search
from core.products.promotions import Offer, Priced, PromotionKind, Wanted
from core.products.rules import (
    MOST,
    ListPrice,
    LotOnHand,
    Unit,
    pick_lots,
    price_of_unit,
    price_steps,
    step_at,
    whole_cases,
)
from core.products.trading import Level, Terms, levels, lots, no_stock, terms_for

__all__ = ["Catalogue", "CatalogueProduct", "Quote", "Substitute", "catalogue", "find", "quote", "substitutes"]


async def find(
    session: AsyncSession, actor: Actor, query: str | None, category: str | None, limit: int, day: date
) -> tuple[list[CatalogueProduct], int]:
    """Products on sale that match, best first, at most ``limit``; and how many there are in all.

    ``category`` is a category's code; a query that names nothing of ours finds nothing.
    """
    del actor  # what is on sale is no secret; asked for, so that every service is called alike
    on_sale = (await catalogue(session, day)).products
    if category:
        on_sale = tuple(product for product in on_sale if product.category == category.strip().lower())
    found = search(on_sale, query) if query and query.strip() else list(on_sale)
    return found[:limit], len(found)


@dataclass(frozen=True, slots=True)
class Quote:
    """What a product costs a dealer on a day, and what there is of it.

    ``cases`` and ``priced`` are None where no quantity was asked, or one that opens a case. ``price`` is the case
    price in force for the quantity (a special price where one is lower than the list), ``unit_price`` the same a
    ``unit``; ``listed`` is the row of the list behind it and ``steps`` all rows of that list.
    """

    product: CatalogueProduct
    dealer_code: str
    day: date
    currency: str
    quantity: Decimal | None
    unit: str
    cases: int | None
    price: Decimal
    unit_price: Decimal
    listed: ListPrice
    steps: tuple[ListPrice, ...]
    offers: tuple[Offer, ...]
    priced: Priced | None
    free_products: dict[int, CatalogueProduct]
    stock: Level
    lot: LotOnHand | None

    @property
    def amount(self) -> Decimal | None:
        """What the quantity costs, tax included."""
        return self.priced.amount if self.priced else None

    @property
    def available_cases(self) -> int:
        """Whole cases that can still be promised."""
        return self.stock.available // self.product.case


async def quote(
    session: AsyncSession,
    actor: Actor,
    dealer: Dealer,
    sku: str,
    quantity: Decimal | None,
    unit: str | None,
    day: date,
    now: datetime,
) -> Quote:
    """Price, promotions and stock of one product for one dealer; the dealer is one that the actor may see."""
    del actor
    product = (await catalogue(session, day, [sku])).get(sku)
    if product is None:
        raise NotFound("product.unknown", sku=sku)
    unit = unit or Unit.CASE
    if unit not in product.packs:
        raise BadInput("product.no_such_unit", sku=product.sku)
    if quantity is not None and not 0 < quantity <= MOST:
        raise BadInput("quote.quantity_out_of_range", sku=product.sku)
    terms = await terms_for(session, dealer, [product.id], day)
    cases = whole_cases(quantity, unit, product.packs) if quantity is not None else None
    priced = terms.price([Wanted(product.id, product.category, cases or 1)])
    if not priced.paid:
        raise Refused("product.no_price", sku=product.sku)
    line = priced.paid[0]
    stock = (await levels(session, [product.id], terms.place.warehouse, now)).get(product.id)
    stock = stock or no_stock(product.id, terms.place.warehouse, now)
    offers = _offers_on(product, terms)
    free_ids = {offer.free_product_id for offer in offers if offer.free_product_id not in {None, product.id}}
    return Quote(
        product=product,
        dealer_code=dealer.code,
        day=day,
        currency=dealer.currency,
        quantity=quantity,
        unit=unit,
        cases=cases,
        price=line.price,
        unit_price=price_of_unit(line.price, unit, product.packs, dealer.currency),
        listed=line.listed,
        steps=price_steps(terms.prices[product.id], terms.place.regions, terms.tier, cases or 1),
        offers=offers,
        priced=priced if cases else None,
        free_products={product.id: product, **await products_by_id(session, free_ids)},
        stock=stock,
        lot=await _next_lot(session, product, stock, cases or 1, day),
    )


def _offers_on(product: CatalogueProduct, terms: Terms) -> tuple[Offer, ...]:
    """What runs on the product: its own offers, and thresholds that its category or any order counts towards."""
    return tuple(
        offer
        for offer in terms.offers
        if offer.product_id == product.id
        or (offer.kind == PromotionKind.THRESHOLD and offer.category in {None, product.category})
    )


async def _next_lot(
    session: AsyncSession, product: CatalogueProduct, stock: Level, cases: int, day: date
) -> LotOnHand | None:
    """The lot that these cases would begin with, after what is promised already."""
    on_hand = await lots(session, product.id, stock.warehouse)
    picked = pick_lots(on_hand, cases * product.case, day, after=stock.reserved)
    return picked[0][0] if picked else None


@dataclass(frozen=True, slots=True)
class Substitute:
    """A product of the same kind that the warehouse has enough of; ``price`` a case."""

    product: CatalogueProduct
    available_cases: int
    price: Decimal


async def substitutes(
    session: AsyncSession, dealer: Dealer, sku: str, cases: int, day: date, now: datetime, limit: int = 3
) -> list[Substitute]:
    """Of the same category, in stock for ``cases``, priced for the dealer; the nearest in size first."""
    on_sale = await catalogue(session, day)
    wanted = on_sale.get(sku)
    if wanted is None:
        return []
    alike = [one for one in on_sale.products if one.category == wanted.category and one.id != wanted.id]
    terms = await terms_for(session, dealer, [one.id for one in alike], day)
    stock = await levels(session, [one.id for one in alike], terms.place.warehouse, now)
    able = [
        Substitute(one, stock[one.id].available // one.case, step_at(steps, cases).amount)
        for one in sorted(alike, key=lambda one: (abs(_size(one) - _size(wanted)), one.sku))
        if one.id in stock
        and stock[one.id].available >= max(cases, one.minimum_cases) * one.case
        and (steps := price_steps(terms.prices.get(one.id, ()), terms.place.regions, terms.tier, cases))
    ]
    return able[:limit]


def _size(product: CatalogueProduct) -> Decimal:
    """Millilitres as the size says; what says none is far from everything."""
    found = re.search(r"(\d+(?:\.\d+)?)\s*(ml|l)?", product.size.lower())
    return Decimal(found[1]) * (1000 if found[2] == "l" else 1) if found else ZERO
