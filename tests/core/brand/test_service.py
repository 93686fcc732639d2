"""A brand's day is the day in its own zone, from the first hour of its first day on."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import system
from core.brand.models import Brand
from core.brand.service import BUTTON_LIMIT, change, current_at, signs_with_code
from core.errors import NotSetUp
from core.events.models import Event
from tests.factories import make_brand

pytestmark = pytest.mark.database
LATE_UTC = datetime(2026, 11, 25, 22, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        ("Asia/Shanghai", LATE_UTC, date(2026, 11, 26)),
        ("America/Los_Angeles", datetime(2026, 11, 26, 1, tzinfo=UTC), date(2026, 11, 25)),
        ("UTC", LATE_UTC, date(2026, 11, 25)),
    ],
)
async def test_a_brand_founded_today_in_its_zone_is_in_force_at_once(
    session: AsyncSession, zone: str, now: datetime, day: date
) -> None:
    await make_brand(session, zone=zone, valid_from=day)
    brand, today = await current_at(session, now)
    assert (brand.zone, today) == (zone, day)


async def test_settings_that_begin_tomorrow_do_not_count_today(session: AsyncSession) -> None:
    tomorrow = date(2026, 11, 27)
    await make_brand(session, zone="Asia/Shanghai", valid_from=tomorrow)
    with pytest.raises(NotSetUp):
        await current_at(session, LATE_UTC)


async def test_on_the_day_of_a_change_the_new_settings_are_in_force(session: AsyncSession) -> None:
    changed = date(2026, 11, 26)
    await make_brand(session, zone="Asia/Shanghai", valid_to=changed, currency="CNY")
    await make_brand(session, zone="Asia/Shanghai", valid_from=changed, currency="USD")
    brand, _ = await current_at(session, LATE_UTC)
    earlier, _ = await current_at(session, datetime(2026, 11, 25, 15, tzinfo=UTC))
    assert (brand.currency, earlier.currency) == ("USD", "CNY")


async def test_a_change_counts_from_its_day_on_and_the_day_before_stays_as_it_was(session: AsyncSession) -> None:
    await make_brand(session, button_limit=BUTTON_LIMIT)
    await change(session, system("test"), LATE_UTC, signing_factor=True)
    brand, day = await current_at(session, LATE_UTC)
    before, _ = await current_at(session, datetime(2026, 11, 25, 15, tzinfo=UTC))
    assert (brand.signing_factor, brand.valid_from, signs_with_code(brand)) == (True, day, True)
    assert (before.signing_factor, before.valid_to, signs_with_code(before)) == (None, day, False)
    assert (brand.name, brand.button_limit) == (before.name, before.button_limit)
    (event,) = (await session.execute(select(Event).where(Event.kind == "brand.changed"))).scalars()
    assert (event.before, event.after) == ({"signing_factor": None}, {"signing_factor": True})


async def test_a_second_change_of_a_day_takes_the_place_of_the_first(session: AsyncSession) -> None:
    await make_brand(session)
    for answer in (True, False):
        await change(session, system("test"), LATE_UTC, signing_factor=answer)
    brand, _ = await current_at(session, LATE_UTC)
    assert brand.signing_factor is False
    live = await session.execute(select(Brand).where(Brand.superseded_at.is_(None)))
    assert len(live.scalars().all()) == 2
