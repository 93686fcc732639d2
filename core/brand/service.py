"""The brand's settings in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.brand.models import Brand
from core.clock import business_day
from core.errors import NotSetUp
from core.events.service import record
from core.policy import as_of, supersede

A_DAY = timedelta(days=1)
NEW_EACH_TIME = frozenset({"id", "recorded_at", "superseded_at"})


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


def signs_with_code(brand: Brand) -> bool:
    """Whether a signature under a contract takes a code of the signer's authenticator.

    What the brand says counts. Where it says nothing, it does once the brand has set a second limit of its own: then it
    has decided for codes and its people know them. The limit that every brand begins with is nobody's decision, and a
    desk where no one was told of authenticators goes on signing.
    """
    return brand.button_limit != BUTTON_LIMIT if brand.signing_factor is None else brand.signing_factor


async def change(session: AsyncSession, actor: Actor, at: datetime, **values: Any) -> None:
    """Other settings from the business day of ``at`` on; those until then stay on the books."""
    before, day = await current_at(session, at)
    kept = {one.name: getattr(before, one.name) for one in Brand.__table__.columns if one.name not in NEW_EACH_TIME}
    await supersede(session, Brand, before.id, at)
    if before.valid_from < day:
        session.add(Brand(**kept | {"valid_to": day, "recorded_at": at}))
    session.add(Brand(**kept | values | {"valid_from": day, "recorded_at": at}))
    await session.flush()
    was = {name: getattr(before, name) for name in values}
    record(session, actor, "brand.changed", "brand:1", at=at, before=_plain(was), after=_plain(values))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}


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
