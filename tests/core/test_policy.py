"""What was in force on a day, as it was known at an instant; rows that overlap are refused, at the same moment too."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.db import Database
from core.errors import Refused
from core.policy import add_policy, as_of, supersede
from core.products.models import Price, Product
from tests.factories import make_product
from tests.races import Act, race, results

pytestmark = pytest.mark.database

JANUARY, APRIL, JULY = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)
KNOWN = datetime(2025, 12, 1, 8, 0, tzinfo=UTC)


def price(product: Product, amount: int, start: date, end: date | None, recorded_at: datetime = KNOWN) -> Price:
    return Price(
        product_id=product.id,
        amount=Decimal(amount),
        currency="CNY",
        valid_from=start,
        valid_to=end,
        recorded_at=recorded_at,
    )


async def put(session: AsyncSession, row: Price) -> Price:
    await add_policy(session, row, {"product_id": row.product_id, "region_id": row.region_id, "tier": row.tier})
    return row


async def in_force(session: AsyncSession, day: date, known_at: datetime | None = None) -> list[int]:
    found = await session.execute(select(Price.amount).where(as_of(Price, day, known_at)).order_by(Price.id))
    return [int(amount) for amount in found.scalars()]


async def test_a_period_is_half_open(session: AsyncSession) -> None:
    product = await make_product(session, price=None)
    await put(session, price(product, 10, JANUARY, APRIL))
    await put(session, price(product, 12, APRIL, None))
    assert await in_force(session, JANUARY - timedelta(days=1)) == []
    assert await in_force(session, JANUARY) == [10]
    assert await in_force(session, APRIL - timedelta(days=1)) == [10]
    assert await in_force(session, APRIL) == [12]
    assert await in_force(session, date(2099, 1, 1)) == [12]


@pytest.mark.parametrize(
    ("start", "end"),
    [(JANUARY, APRIL), (JANUARY, None), (date(2025, 1, 1), None), (date(2025, 1, 1), date(2026, 1, 2)), (JULY, None)],
)
async def test_an_overlap_is_refused_and_nothing_is_added(session: AsyncSession, start: date, end: date | None) -> None:
    product = await make_product(session, price=None)
    await put(session, price(product, 10, JANUARY, APRIL))
    await put(session, price(product, 12, APRIL, None))
    with pytest.raises(Refused, match=r"policy\.overlap"):
        await put(session, price(product, 11, start, end))
    assert (await session.execute(select(func.count()).select_from(Price))).scalar_one() == 2


async def test_what_governs_something_else_may_overlap(session: AsyncSession) -> None:
    product, other = await make_product(session, price=None), await make_product(session, "T-500", price=None)
    await put(session, price(product, 10, JANUARY, None))
    await put(session, price(other, 20, JANUARY, None))
    tiered = price(product, 9, JANUARY, None)
    tiered.tier = "A"
    await put(session, tiered)
    assert await in_force(session, JANUARY) == [10, 20, 9]


async def test_what_was_known_then_stays_readable(session: AsyncSession) -> None:
    product = await make_product(session, price=None)
    wrong = await put(session, price(product, 10, JANUARY, None))
    noticed = KNOWN + timedelta(days=60)
    await supersede(session, Price, wrong.id, noticed)
    await put(session, price(product, 11, JANUARY, None, noticed))
    assert await in_force(session, APRIL) == [11]
    assert await in_force(session, APRIL, noticed) == [11]
    assert await in_force(session, APRIL, noticed - timedelta(microseconds=1)) == [10]
    assert await in_force(session, APRIL, KNOWN) == [10]
    assert await in_force(session, APRIL, KNOWN - timedelta(microseconds=1)) == []


async def test_a_row_is_superseded_once(session: AsyncSession) -> None:
    row = await put(session, price(await make_product(session, price=None), 10, JANUARY, None))
    await supersede(session, Price, row.id, KNOWN)
    with pytest.raises(Refused, match="already_superseded"):
        await supersede(session, Price, row.id, KNOWN + timedelta(days=1))
    await session.refresh(row)
    assert row.superseded_at == KNOWN


def adding(row_of: Product, amount: int) -> Act[bool]:
    async def add(rival: Database) -> bool:
        try:
            async with rival.writes.begin() as session:
                await put(session, price(row_of, amount, JANUARY, None))
        except Refused:
            return False
        return True

    return add


async def test_of_overlapping_rows_added_at_once_one_is_kept(database: Database) -> None:
    async with database.writes.begin() as session:
        product = await make_product(session, price=None)
    added = results(await race(database.url, [adding(product, amount) for amount in range(10, 16)]))
    assert added.count(True) == 1
    async with database.reads() as session:
        assert len(await in_force(session, JANUARY)) == 1


async def test_a_row_superseded_at_once_is_superseded_once(database: Database) -> None:
    async with database.writes.begin() as session:
        row = await put(session, price(await make_product(session, price=None), 10, JANUARY, None))

    async def close(rival: Database) -> bool:
        try:
            async with rival.writes.begin() as inside:
                await supersede(inside, Price, row.id, KNOWN)
        except Refused:
            return False
        return True

    closed = results(await race(database.url, [close] * 4))
    assert closed.count(True) == 1
