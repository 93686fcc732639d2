"""Products with their names and packs, prices and promotions, and what stands in the warehouses."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Key, Mastered, Money, Name, Rate
from core.policy import Policy
from core.products.promotions import PromotionKind
from core.products.rules import Unit

__all__ = ["Lot", "PackUnit", "Price", "Product", "ProductName", "Promotion", "PromotionKind", "Stock", "Unit"]


class Product(Mastered, Base):
    """Something that is sold; a line must reach ``minimum_cases``; what ran out is back after ``lead_days``."""

    __tablename__ = "products"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    sku: Mapped[str] = mapped_column(Code(32), unique=True)
    category: Mapped[str] = mapped_column(Code(32), index=True)
    size: Mapped[str] = mapped_column(Name(40))
    tax_rate: Mapped[Decimal] = mapped_column(Rate())
    shelf_life_days: Mapped[int]
    minimum_cases: Mapped[int] = mapped_column(default=1)
    lead_days: Mapped[int] = mapped_column(default=3)
    active_from: Mapped[date] = mapped_column(Date)
    active_until: Mapped[date | None] = mapped_column(Date, default=None)


class ProductName(Base):
    """What a product is called: one ``name`` a language, and any number of aliases."""

    __tablename__ = "product_names"
    __table_args__ = (UniqueConstraint("product_id", "language", "name"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    language: Mapped[str] = mapped_column(Code(16))
    name: Mapped[str] = mapped_column(Code(120))
    is_alias: Mapped[bool] = mapped_column(default=False)


class PackUnit(Base):
    """How many bottles (the base unit of stock) a unit of this product holds."""

    __tablename__ = "pack_units"
    __table_args__ = (UniqueConstraint("product_id", "unit"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    unit: Mapped[str] = mapped_column(Code(16))
    bottles: Mapped[int]


class Price(Policy, Base):
    """The price of a case, tax included, from ``from_cases`` on; a row with a region or tier beats one without."""

    __tablename__ = "prices"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), default=None)
    tier: Mapped[str | None] = mapped_column(Code(8), default=None)
    from_cases: Mapped[int] = mapped_column(default=1)
    amount: Mapped[Decimal] = mapped_column(Money())
    currency: Mapped[str] = mapped_column(Code(3))


class Promotion(Policy, Base):
    """A promotion on one product (or, for a threshold, a category or the whole order).

    free_units: for each ``buy_cases`` paid, ``free_cases`` of ``free_product_id`` (else the same) are added.
    threshold: from ``threshold`` of goods on, ``discount`` is taken off, once.
    special_price: ``special_price`` a case replaces the list.
    It is for dealers who buy in its ``currency``; without one, its amounts are in the brand's, and free goods for all.
    ``counts_for_rebate`` says it of the free cases, of each line that the discount comes off, of the line at the price.
    """

    __tablename__ = "promotions"
    __table_args__ = (UniqueConstraint("code", "recorded_at"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    code: Mapped[str] = mapped_column(Code(32), index=True)
    kind: Mapped[str] = mapped_column(Code(24))
    name: Mapped[str] = mapped_column(Name())
    name_en: Mapped[str] = mapped_column(Name())
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"), index=True, default=None)
    category: Mapped[str | None] = mapped_column(Code(32), default=None)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), default=None)
    tier: Mapped[str | None] = mapped_column(Code(8), default=None)
    buy_cases: Mapped[int] = mapped_column(default=0)
    free_cases: Mapped[int] = mapped_column(default=0)
    free_product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"), default=None)
    threshold: Mapped[Decimal | None] = mapped_column(Money(), default=None)
    discount: Mapped[Decimal | None] = mapped_column(Money(), default=None)
    special_price: Mapped[Decimal | None] = mapped_column(Money(), default=None)
    currency: Mapped[str | None] = mapped_column(Code(3), default=None)
    counts_for_rebate: Mapped[bool] = mapped_column(default=False)


class Stock(Mastered, Base):
    """Bottles of a product in a warehouse: there, and promised to confirmed orders. The row that orders lock."""

    __tablename__ = "stock"
    __table_args__ = (UniqueConstraint("product_id", "warehouse"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    warehouse: Mapped[str] = mapped_column(Code(32))
    on_hand: Mapped[int]
    reserved: Mapped[int] = mapped_column(default=0)
    next_arrival: Mapped[date | None] = mapped_column(Date, default=None)


class Lot(Base):
    """A production lot in a warehouse, in bottles; the earliest to expire is shipped first."""

    __tablename__ = "lots"
    __table_args__ = (UniqueConstraint("product_id", "warehouse", "number"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    warehouse: Mapped[str] = mapped_column(Code(32))
    number: Mapped[str] = mapped_column(Code(40))
    produced_on: Mapped[date] = mapped_column(Date)
    expires_on: Mapped[date] = mapped_column(Date)
    on_hand: Mapped[int]
