"""On what terms a dealer buys on a day: the price lists and promotions in force, and what the warehouse holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.brand.models import Brand
from core.dealers.models import Dealer
from core.dealers.service import Place, place_of
from core.language.days import ONE_DAY
from core.money import ZERO
from core.policy import as_of
from core.products.models import Lot, Price, Promotion, Stock
from core.products.promotions import Offer, Priced, PromotionKind, Wanted, price_order
from core.products.rules import ListPrice, LotOnHand, available


@dataclass(frozen=True, slots=True)
class Level:
    """Bottles of a product in the warehouse that serves a dealer; ``known_at`` is when its master last said so."""

    stock_id: int | None
    product_id: int
    warehouse: str
    on_hand: int
    reserved: int
    known_at: datetime
    next_arrival: date | None

    @property
    def available(self) -> int:
        """Bottles that can still be promised."""
        return available(self.on_hand, self.reserved)


@dataclass(frozen=True, slots=True)
class Terms:
    """Prices by product and offers, for one dealer on one day."""

    place: Place
    tier: str
    currency: str
    prices: Mapping[int, Sequence[ListPrice]]
    offers: tuple[Offer, ...]

    def price(self, wanted: Sequence[Wanted]) -> Priced:
        """What these lines cost."""
        return price_order(wanted, self.prices, self.offers, self.place.regions, self.tier, self.currency)


async def terms_for(session: AsyncSession, dealer: Dealer, product_ids: Iterable[int], day: date) -> Terms:
    """The price rows of these products and all offers that a dealer of this place, tier and currency could meet."""
    place = await place_of(session, dealer)
    prices: dict[int, list[ListPrice]] = {}
    statement = select(Price).where(
        as_of(Price, day),
        Price.product_id.in_(set(product_ids)),
        Price.currency == dealer.currency,
        or_(Price.region_id.is_(None), Price.region_id.in_(place.regions)),
        or_(Price.tier.is_(None), Price.tier == dealer.tier),
    )
    for row in (await session.execute(statement)).scalars():
        prices.setdefault(row.product_id, []).append(_list_price(row))
    offers = await offers_on(session, day)
    mine = tuple(offer for offer in offers if offer.applies(place.regions, dealer.tier, dealer.currency))
    return Terms(place, dealer.tier, dealer.currency, prices, mine)


async def offers_on(session: AsyncSession, day: date) -> list[Offer]:
    """Every promotion in force, in the order in which they were written."""
    statement = select(Promotion, Brand.currency).outerjoin(Brand, as_of(Brand, day)).where(as_of(Promotion, day))
    return [offer_of(row, own) for row, own in await session.execute(statement.order_by(Promotion.id))]


async def levels(
    session: AsyncSession, product_ids: Iterable[int], warehouse: str, now: datetime, *, lock: bool = False
) -> dict[int, Level]:
    """Stock by product; where asked, the rows are locked until the transaction's end, in the order of their ids."""
    here = (Stock.product_id.in_(set(product_ids)), Stock.warehouse == warehouse)
    if lock:
        ids = sorted((await session.execute(select(Stock.id).where(*here))).scalars())
        await session.execute(select(Stock.id).where(Stock.id.in_(ids)).order_by(Stock.id).with_for_update())
    rows = (await session.execute(select(Stock).where(*here).execution_options(populate_existing=True))).scalars()
    return {row.product_id: level_of(row, now) for row in rows}


def level_of(row: Stock, now: datetime) -> Level:
    """A stock row as it stands; where Qudao is the master it is true this very moment."""
    known_at = row.as_of if row.as_of is not None and row.master != "qudao" else now
    return Level(row.id, row.product_id, row.warehouse, row.on_hand, row.reserved, known_at, row.next_arrival)


def no_stock(product_id: int, warehouse: str, now: datetime) -> Level:
    """Of a product that the warehouse doesn't keep."""
    return Level(None, product_id, warehouse, 0, 0, now, None)


async def lots(session: AsyncSession, product_id: int, warehouse: str) -> list[LotOnHand]:
    """The lots of a product in a warehouse that aren't empty."""
    statement = select(Lot).where(Lot.product_id == product_id, Lot.warehouse == warehouse, Lot.on_hand > 0)
    rows = (await session.execute(statement.order_by(Lot.id))).scalars()
    return [LotOnHand(row.id, row.number, row.produced_on, row.expires_on, row.on_hand) for row in rows]


def _list_price(row: Price) -> ListPrice:
    return ListPrice(
        row.id, row.region_id, row.tier, row.from_cases, row.amount, row.currency, row.source, row.source_page
    )


def offer_of(row: Promotion, own: str | None) -> Offer:
    """A stored promotion, for the rules; ``own`` is the brand's currency, in which amounts are where it names none."""
    return Offer(
        id=row.id,
        code=row.code,
        kind=row.kind,
        names={"zh": row.name, "en": row.name_en},
        product_id=row.product_id,
        category=row.category,
        region_id=row.region_id,
        tier=row.tier,
        buy_cases=row.buy_cases,
        free_cases=row.free_cases,
        free_product_id=row.free_product_id,
        threshold=row.threshold or ZERO,
        discount=row.discount or ZERO,
        special_price=row.special_price,
        currency=row.currency or (None if row.kind == PromotionKind.FREE_UNITS else own),
        counts_for_rebate=row.counts_for_rebate,
        source=row.source,
        page=row.source_page,
        last_day=row.valid_to - ONE_DAY if row.valid_to else None,
    )
