"""Every product with its names and packs, as a snapshot that a caller may keep and match text against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, Row, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.language.normalise import fold
from core.products.models import PackUnit, Product, ProductName
from core.products.rules import Unit

COLUMNS = tuple(
    "id sku category size tax_rate shelf_life_days minimum_cases lead_days active_from active_until".split()
)
WITHIN = 90
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
        tags = (language, language.partition("_")[0], "en")
        return next((self.names[tag] for tag in tags if tag in self.names), next(iter(self.names.values()), self.sku))

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


async def catalogue(session: AsyncSession, day: date | None = None, skus: Iterable[str] | None = None) -> Catalogue:
    """What is sold on ``day`` (without one, whatever has no end); of ``skus`` only, where given."""
    if day is None:
        sold: ColumnElement[bool] = Product.active_until.is_(None)
    else:
        sold = and_(Product.active_from <= day, or_(Product.active_until.is_(None), Product.active_until > day))
    if skus is not None:
        sold = and_(sold, Product.sku.in_({spelt for sku in skus for spelt in (sku.strip(), sku.strip().upper())}))
    return await _catalogue_of(session, sold)


async def products_by_id(session: AsyncSession, ids: Iterable[int | None]) -> Mapping[int, CatalogueProduct]:
    """Products whatever their dates, for reading old orders."""
    wanted = set(ids) - {None}
    return (await _catalogue_of(session, Product.id.in_(wanted))).by_id if wanted else {}


async def _catalogue_of(session: AsyncSession, which: ColumnElement[bool]) -> Catalogue:
    """Plain rows, not objects: a whole catalogue is read often."""
    ids = select(Product.id).where(which)
    names: dict[int, list[Row[int, str, str, bool]]] = {}
    spoken = select(ProductName.product_id, ProductName.language, ProductName.name, ProductName.is_alias)
    for name in await session.execute(spoken.where(ProductName.product_id.in_(ids)).order_by(ProductName.id)):
        names.setdefault(name.product_id, []).append(name)
    packs: dict[int, dict[str, int]] = {}
    units = select(PackUnit.product_id, PackUnit.unit, PackUnit.bottles).where(PackUnit.product_id.in_(ids))
    for product_id, unit, bottles in await session.execute(units.order_by(PackUnit.bottles)):
        packs.setdefault(product_id, {})[unit] = bottles
    columns = (getattr(Product, name) for name in COLUMNS)
    rows = await session.execute(select(*columns).where(which).order_by(Product.sku))
    return Catalogue(tuple(_product(row._asdict(), names.get(row.id, []), packs.get(row.id, {})) for row in rows))


def _product(
    row: Mapping[str, Any], names: Iterable[Row[int, str, str, bool]], packs: Mapping[str, int]
) -> CatalogueProduct:
    called: dict[str, str] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    for one in names:
        if one.is_alias:
            aliases[one.language] = (*aliases.get(one.language, ()), one.name)
        else:
            called[one.language] = one.name
    return CatalogueProduct(names=called, aliases=aliases, packs={Unit.BOTTLE: 1, Unit.CASE: 1, **packs}, **row)


def search(products: Iterable[CatalogueProduct], query: str) -> list[CatalogueProduct]:
    """Products whose code, name or alias is what the query says, best first; a code finds its product alone.

    Spelling counts only where nothing is named outright; nothing close, nothing found.
    """
    wanted = _compact(query)
    if not wanted:
        return list(products)
    scored = sorted(((_score(one, wanted), one) for one in products), key=lambda pair: (-pair[0], pair[1].sku))
    coded = [product for _, product in scored if _compact(product.sku) == wanted]
    enough = WITHIN if scored and scored[0][0] >= WITHIN else CLOSE
    return coded or [product for score, product in scored if score >= enough]


def _score(product: CatalogueProduct, wanted: str) -> float:
    return max(_likeness(_compact(name), wanted) for name in product.spoken())


def _likeness(name: str, wanted: str) -> float:
    """100 the same, above 90 one within the other (the nearer in length the better), below it by spelling."""
    if name == wanted:
        return 100
    if name and (name in wanted or wanted in name) and min(len(name), len(wanted)) > 1:
        return WITHIN + 9 * min(len(name), len(wanted)) / max(len(name), len(wanted))
    return min(WITHIN - 1.0, fuzz.ratio(name, wanted))


@lru_cache(maxsize=4096)
def _compact(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())
