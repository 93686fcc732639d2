"""Forecasts as they were made, kept to be held against what came: by dealer, and summed by region."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Document, Key, Rate, UtcDateTime, dealer_owned


class ForecastRun(Base):
    """A day's run over all series, by whom it was claimed first; ``finished_at`` is empty while it goes on."""

    __tablename__ = "forecast_runs"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    day: Mapped[date] = mapped_column(Date, unique=True)
    origin: Mapped[date] = mapped_column(Date)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime())
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    series: Mapped[int] = mapped_column(default=0)


class Foreseen:
    """What was forecast of ``what`` (``sku:T-500``, ``category:tea`` or ``all``) from the whole months before
    ``origin``: a path of months with mean and intervals in cases, whose bounds are ``width`` times as far off as the
    path has them. ``replayed``: made later, from what was known then.
    """

    origin: Mapped[date] = mapped_column(Date)
    what: Mapped[str] = mapped_column(Code(48))
    path: Mapped[list[Any]] = mapped_column(Document())
    method: Mapped[str] = mapped_column(Code(48))
    confidence: Mapped[str] = mapped_column(Code(16))
    width: Mapped[Decimal] = mapped_column(Rate(), default=Decimal(1))
    replayed: Mapped[bool] = mapped_column(default=False)


class DealerForecast(Foreseen, Base):
    """Of one dealer. Those of products add up to the sums of the regions around."""

    __tablename__ = "dealer_forecasts"
    __table_args__ = dealer_owned((UniqueConstraint("dealer_id", "what", "origin"),))

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"))


class RegionForecast(Foreseen, Base):
    """Of all dealers in a region and below it, by the region's path; an empty path is the whole brand."""

    __tablename__ = "region_forecasts"
    __table_args__ = (UniqueConstraint("region_path", "what", "origin"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    region_path: Mapped[str] = mapped_column(Code(200))
