"""A brand's day is the day in its own zone, from the first hour of its first day on."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from core.brand.service import current_at
from core.errors import NotSetUp
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
