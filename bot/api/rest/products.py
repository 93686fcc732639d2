"""Products and what they cost."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from bot.api.callers import Visit, visiting
from bot.api.rest import cursors
from bot.api.rest.shapes import After, DealerCode, Limit, Money, Page, plain
from core.actor import Permission
from core.dealers import service as dealers
from core.errors import NotFound
from core.keys.scopes import Scope
from core.products import service as products
from core.products.catalogue import CatalogueProduct
from tools.products import Category, UnitName

router = APIRouter(tags=["products"])
Reader = Annotated[Visit, visiting(Scope.CATALOGUE, Permission.PRODUCTS_READ)]
Buyer = Annotated[Visit, visiting(Scope.PRICES, Permission.PRICES_READ)]
EVERY = 100_000


class Product(BaseModel):
    """A product on sale; ``packs`` is bottles a unit."""

    sku: str
    name: str
    category: str
    size: str
    packs: dict[str, int]
    minimum_cases: int
    shelf_life_days: int

    @classmethod
    def of(cls, product: CatalogueProduct, language: str) -> "Product":
        """In the reader's language."""
        return cls(
            sku=product.sku,
            name=product.name(language),
            category=product.category,
            size=product.size,
            packs=dict(product.packs),
            minimum_cases=product.minimum_cases,
            shelf_life_days=product.shelf_life_days,
        )


class Step(BaseModel):
    """The price of a case from so many cases on."""

    from_cases: int
    price: Money


class Quote(BaseModel):
    """What a product costs the dealer today; ``price`` is a case's, ``amount`` what the quantity costs in all."""

    product: Product
    dealer: str
    day: str
    quantity: str | None
    unit: str
    cases: int | None
    price: Money
    unit_price: Money
    amount: Money | None
    steps: list[Step]
    available_cases: int
    as_of: datetime


@router.get("/products")
async def list_products(
    visit: Reader,
    query: Annotated[str | None, Query(max_length=200, description="A code, a name, or a part of one.")] = None,
    category: Category | None = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[Product]:
    """Products on sale; those that match a query come best first."""
    start = cursors.read(after, int)[0] if after else 0
    async with visit.desk.database.reads() as session:
        found, total = await products.find(session, visit.actor, query, category, EVERY, visit.today)
    shown = found[max(start, 0) : max(start, 0) + limit]
    following = max(start, 0) + len(shown)
    return Page(
        items=[Product.of(one, visit.words.tag) for one in shown],
        next=cursors.written(following) if shown and following < total else None,
    )


@router.get("/products/{sku}")
async def show_product(visit: Reader, sku: str) -> Product:
    """One product by its code."""
    async with visit.desk.database.reads() as session:
        product = (await products.catalogue(session, visit.today, [sku])).get(sku)
    if product is None:
        raise NotFound("product.unknown", sku=sku[:40])
    return Product.of(product, visit.words.tag)


@router.get("/products/{sku}/quote")
async def quote(
    visit: Buyer,
    sku: str,
    quantity: Annotated[Decimal | None, Query(gt=0, le=1_000_000, max_digits=12, decimal_places=3)] = None,
    unit: UnitName | None = None,
    dealer: DealerCode = None,
) -> Quote:
    """Price by quantity and stock of a product, for the dealer."""
    async with visit.desk.database.reads() as session:
        buyer = await dealers.resolve(session, visit.actor, dealer)
        found = await products.quote(session, visit.actor, buyer, sku, quantity, unit, visit.today, visit.now)
    return Quote(
        product=Product.of(found.product, visit.words.tag),
        dealer=found.dealer_code,
        day=found.day.isoformat(),
        quantity=plain(found.quantity),
        unit=found.unit,
        cases=found.cases,
        price=Money.of(found.price, found.currency),
        unit_price=Money.of(found.unit_price, found.currency),
        amount=Money.of(found.amount, found.currency) if found.amount is not None else None,
        steps=[Step(from_cases=one.from_cases, price=Money.of(one.amount, found.currency)) for one in found.steps],
        available_cases=found.available_cases,
        as_of=found.stock.known_at,
    )
