"""Regions as a tree, dealers, where they take delivery, and the stores they serve."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Key, Mastered, Money, Name, dealer_owned


class Region(Base):
    """A sales region. ``path`` is its codes from the root, each ended by a slash: ``EAST/EAST-SH/``."""

    __tablename__ = "regions"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    code: Mapped[str] = mapped_column(Code(32), unique=True)
    name: Mapped[str] = mapped_column(Name())
    name_en: Mapped[str] = mapped_column(Name())
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), default=None)
    path: Mapped[str] = mapped_column(Code(200), unique=True)
    warehouse: Mapped[str] = mapped_column(Code(32))


class Stage(StrEnum):
    """How far the relation with a dealer has come."""

    PROSPECT = "prospect"
    ACTIVE = "active"
    ON_HOLD = "on_hold"
    ENDED = "ended"


class Terms(StrEnum):
    """From when days of credit count; stored, never guessed."""

    PREPAID = "prepaid"
    FROM_INVOICE = "from_invoice"
    FROM_MONTH_END = "from_month_end"


class Dealer(Mastered, Base):
    """A company that buys from the brand; ``credit_limit`` and ``buyer_limit`` are in its currency."""

    __tablename__ = "dealers"
    __table_args__ = dealer_owned()

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    code: Mapped[str] = mapped_column(Code(32), unique=True)
    name: Mapped[str] = mapped_column(Name())
    name_en: Mapped[str] = mapped_column(Name())
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("dealers.id"), default=None)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"), index=True)
    tier: Mapped[str] = mapped_column(Code(8))
    stage: Mapped[str] = mapped_column(Code(16), default=Stage.ACTIVE)
    currency: Mapped[str] = mapped_column(Code(3))
    language: Mapped[str] = mapped_column(Code(16))
    credit_limit: Mapped[Decimal] = mapped_column(Money())
    temporary_credit: Mapped[Decimal] = mapped_column(Money(), default=Decimal(0))
    temporary_until: Mapped[date | None] = mapped_column(Date, default=None)
    terms: Mapped[str] = mapped_column(Code(24))
    terms_days: Mapped[int] = mapped_column(default=0)
    buyer_limit: Mapped[Decimal] = mapped_column(Money())
    active_until: Mapped[date | None] = mapped_column(Date, default=None)


class ShipTo(Base):
    """A place where a dealer takes delivery; the receiver is a person."""

    __tablename__ = "ship_tos"
    __table_args__ = dealer_owned((UniqueConstraint("dealer_id", "code"),))

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    code: Mapped[str] = mapped_column(Code(32))
    name: Mapped[str] = mapped_column(Name())
    name_en: Mapped[str] = mapped_column(Name())
    address: Mapped[str] = mapped_column(Name(300))
    receiver_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    window: Mapped[str] = mapped_column(Code(32))
    is_default: Mapped[bool] = mapped_column(default=False)
    active_until: Mapped[date | None] = mapped_column(Date, default=None)


class Store(Base):
    """A terminal (终端) that a dealer serves."""

    __tablename__ = "stores"
    __table_args__ = dealer_owned()

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    code: Mapped[str] = mapped_column(Code(32), unique=True)
    name: Mapped[str] = mapped_column(Name())
    kind: Mapped[str] = mapped_column(Code(32))
    city: Mapped[str] = mapped_column(Name(64))
    active_until: Mapped[date | None] = mapped_column(Date, default=None)
