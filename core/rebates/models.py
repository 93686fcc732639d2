"""Rebate programmes as policy."""

from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Code, Document, Key, Money, Name, Rate
from core.policy import Policy


class Programme(Policy, Base):
    """A tiered rebate on invoiced purchases of a period (``rhythm``: month, quarter, year)."""

    __tablename__ = "programmes"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    code: Mapped[str] = mapped_column(Code(32), index=True)
    name: Mapped[str] = mapped_column(Name())
    name_en: Mapped[str] = mapped_column(Name())
    form: Mapped[str] = mapped_column(Code(24))
    rhythm: Mapped[str] = mapped_column(Code(16))
    currency: Mapped[str] = mapped_column(Code(3))
    excluded_categories: Mapped[list[str]] = mapped_column(Document(), default=list)
    paid_as: Mapped[str] = mapped_column(Code(24))
    suspended_overdue_days: Mapped[int | None] = mapped_column(default=None)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), default=None)
    tiers: Mapped[list["ProgrammeTier"]] = relationship(order_by="ProgrammeTier.threshold", lazy="selectin")


class ProgrammeTier(Base):
    """From ``threshold`` of purchases on, reached at equality, ``rate`` is earned."""

    __tablename__ = "programme_tiers"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    threshold: Mapped[Decimal] = mapped_column(Money())
    rate: Mapped[Decimal] = mapped_column(Rate())
