"""The brand's settings in force."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.brand.models import Brand
from core.clock import business_day
from core.errors import NotSetUp
from core.events.service import record
from core.policy import as_of

A_DAY = timedelta(days=1)


async def current(session: AsyncSession, day: date) -> Brand:
    """The settings in force on a business day; NotSetUp where the database holds no brand yet."""
    brand = (await session.execute(select(Brand).where(as_of(Brand, day)))).scalar_one_or_none()
    if brand is None:
        raise NotSetUp("error.no_brand")
    return brand


async def current_at(session: AsyncSession, now: datetime) -> tuple[Brand, date]:
    """The settings in force at an instant, and the business day that it falls on in their own zone.

    That day may be the one before or after the day in UTC, and settings may begin on it.
    """
    near = Brand.superseded_at.is_(None), Brand.valid_from <= now.date() + A_DAY
    until = or_(Brand.valid_to.is_(None), Brand.valid_to > now.date() - A_DAY)
    latest = select(Brand).where(*near, until).order_by(Brand.valid_from.desc())
    for brand in (await session.execute(latest)).scalars():
        day = business_day(now, brand.zone)
        if brand.valid_from <= day and (brand.valid_to is None or day < brand.valid_to):
            return brand, day
    raise NotSetUp("error.no_brand")


@dataclass(frozen=True, slots=True)
class NewBrand:
    """What has to be known to begin; limits start at the demo's and are changed by superseding the row."""

    name: str
    name_en: str
    zone: str
    currency: str
    fiscal_year_start: int


WORD_LIMIT = Decimal(20_000)
BUTTON_LIMIT = Decimal(200_000)


async def exists(session: AsyncSession) -> bool:
    """Whether the database holds a brand already."""
    return (await session.execute(select(Brand.id).limit(1))).scalar_one_or_none() is not None


async def found(session: AsyncSession, actor: Actor, new: NewBrand, day: date, at: datetime) -> None:
    """Write the brand's first settings, in force from ``day``."""
    session.add(
        Brand(
            valid_from=day,
            recorded_at=at,
            name=new.name,
            name_en=new.name_en,
            zone=new.zone,
            currency=new.currency,
            fiscal_year_start=new.fiscal_year_start,
            locales=["zh", "en"],
            modules=[],
            word_limit=WORD_LIMIT,
            button_limit=BUTTON_LIMIT,
        )
    )
    record(session, actor, "brand.founded", "brand:1", at=at, after={"name": new.name, "currency": new.currency})
