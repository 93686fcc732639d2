"""The brand's settings in force."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.brand.models import Brand
from core.clock import business_day
from core.errors import NotSetUp
from core.policy import as_of


async def current(session: AsyncSession, day: date) -> Brand:
    """The settings in force on a business day; NotSetUp where the database holds no brand yet."""
    brand = (await session.execute(select(Brand).where(as_of(Brand, day)))).scalar_one_or_none()
    if brand is None:
        raise NotSetUp("error.no_brand")
    return brand


async def current_at(session: AsyncSession, now: datetime) -> tuple[Brand, date]:
    """The settings in force at an instant, and the business day that it falls on."""
    brand = await current(session, now.date())
    day = business_day(now, brand.zone)
    return (brand if day == now.date() else await current(session, day)), day
