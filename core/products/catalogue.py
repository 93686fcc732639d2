"""Every product with its names and packs, as a snapshot that a caller may keep and match text against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.language.normalise import fold
from core.products.models import PackUnit, Product, ProductName
from core.products.rules import Unit

CLOSE = 72  # of rapidfuzz's 100: a typing slip in a short name still reaches it, another product's name doesn't


@dataclass(frozen=True, slots=True)
class CatalogueProduct:
    """A product as people speak of it; ``packs`` is bottles a unit, ``aliases`` come by language."""

    id: int
    sku: str
    category: str
    size: str
    names: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    packs: Mapping[str, int]
    tax_rate: Decimal
    shelf_life_days: int
    minimum_cases: int
    lead_days: int
    active_from: date
    active_until: date | None

    def name(self, language: str) -> str:
        """In the reader's language, else in English, else in any, else the code."""
        return self.names.get(language) or self.names.get("en") or next(iter(self.names.values()), self.sku)

    @property
    def case(self) -> int:
        """Bottles a case (箱规)."""
        return self.packs[Unit.CASE]

    def spoken(self) -> Iterable[str]:
        """All that people call it: code, names, aliases."""
        yield self.sku
        yield from self.names.values()
        for aliases in self.aliases.values():
            yield from aliases


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Products by code and by id, in the order of their codes."""

    products: tuple[CatalogueProduct, ...]
    by_sku: Mapping[str, CatalogueProduct] = field(init=False)
    by_id: Mapping[int, CatalogueProduct] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_sku", {product.sku: product for product in self.products})
        object.__setattr__(self, "by_id", {product.id: product for product in self.products})

    def get(self, sku: str) -> CatalogueProduct | None:
        """The product of a code; people don't mind its case."""
        return self.by_sku.get(sku.strip()) or self.by_sku.get(sku.strip().upper())


async def catalogue(session: AsyncSession, day: date | None = None) -> Catalogue:
    """What is sold on ``day``; without one, whatever has no end."""
    if day is None:
        sold: ColumnElement[bool] = Product.active_until.is_(None)
    else:
        sold = and_(Product.active_from <= day, or_(Product.active_until.is_(None), Product.active_until > day))
    return await _catalogue_of((await session.execute(select(Product).where(sold))).scalars().all(), session)


async def products_by_id(session: AsyncSession, ids: Iterable[int]) -> Mapping[int, CatalogueProduct]:
    """Products whatever their dates, for reading old orders."""
    statement = select(Product).where(Product.id.in_(set(ids)))
    return (await _catalogue_of((await session.execute(statement)).scalars().all(), session)).by_id


async def _catalogue_of(products: Iterable[Product], session: AsyncSession) -> Catalogue:
    ids = [product.id for product in products]
    names: dict[int, list[ProductName]] = {}
    for name in (await session.execute(select(ProductName).where(ProductName.product_id.in_(ids)))).scalars():
        names.setdefault(name.product_id, []).append(name)
    packs: dict[int, dict[str, int]] = {}
    for pack in (await session.execute(select(PackUnit).where(PackUnit.product_id.in_(ids)))).scalars():
        packs.setdefault(pack.product_id, {})[pack.unit] = pack.bottles
    whole = [_product(one, names.get(one.id, []), packs.get(one.id, {})) for one in products]
    return Catalogue(tuple(sorted(whole, key=lambda product: product.sku)))


def _product(product: Product, names: list[ProductName], packs: Mapping[str, int]) -> CatalogueProduct:
    aliases: dict[str, tuple[str, ...]] = {}
    for one in sorted(names, key=lambda name: name.id):
        if one.is_alias:
            aliases[one.language] = (*aliases.get(one.language, ()), one.name)
    return CatalogueProduct(
        id=product.id,
        sku=product.sku,
        category=product.category,
        size=product.size,
        names={one.language: one.name for one in names if not one.is_alias},
        aliases=aliases,
        packs={Unit.BOTTLE: 1, Unit.CASE: 1, **packs},
        tax_rate=product.tax_rate,
        shelf_life_days=product.shelf_life_days,
        minimum_cases=product.minimum_cases,
        lead_days=product.lead_days,
        active_from=product.active_from,
        active_until=product.active_until,
    )


def search(products: Iterable[CatalogueProduct], query: str) -> list[CatalogueProduct]:
    """Products whose code, name or alias is what the query says, best first; nothing close, nothing found."""
    wanted = _compact(query)
    if not wanted:
        return list(products)
    scored = [(_score(product, wanted), product) for product in products]
    return [product for score, product in sorted(scored, key=lambda pair: (-pair[0], pair[1].sku)) if score >= CLOSE]


def _score(product: CatalogueProduct, wanted: str) -> float:
    return max(_likeness(_compact(name), wanted) for name in product.spoken())


def _likeness(name: str, wanted: str) -> float:
    """100 the same, above 90 one within the other (the nearer in length the better), below it by spelling."""
    if name == wanted:
        return 100
    if name and (name in wanted or wanted in name) and min(len(name), len(wanted)) > 1:
        return 90 + 9 * min(len(name), len(wanted)) / max(len(name), len(wanted))
    return min(89.0, fuzz.ratio(name, wanted))


def _compact(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())
