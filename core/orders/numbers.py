"""Order numbers: one row a day counts them, so two orders never get the same and none is left out."""

from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import system
from core.orders.models import Counter, Order
from core.orders.rules import count_of, number_in, series_of
from core.scope import visible
from core.statements import changed_rows, upsert


async def next_order_number(session: AsyncSession, day: date) -> str:
    """The day's next number; the counter's row stays locked until the transaction ends.

    The lock is taken last of all (dealer, order, stock, counter), so that two confirmations can't wait in a circle.
    """
    series = series_of(day)
    mine = Counter.name == series
    if not await changed_rows(session, update(Counter).where(mine).values(last=Counter.last + 1)):
        await upsert(
            session, Counter, ["name"], {"name": series, "last": await _last_given(session, series)}, keep=True
        )
        await changed_rows(session, update(Counter).where(mine).values(last=Counter.last + 1))
    return number_in(series, (await session.execute(select(Counter.last).where(mine))).scalar_one())


async def _last_given(session: AsyncSession, series: str) -> int:
    """The highest number that the series has without a counter: orders that were brought in."""
    everywhere = visible(system("order numbers"), Order)
    longest = func.max(func.length(Order.number))
    size = await session.scalar(select(longest).where(everywhere, Order.number.startswith(series + "-")))
    numbers = select(func.max(Order.number)).where(everywhere, Order.number.startswith(series + "-"))
    highest = await session.scalar(numbers.where(func.length(Order.number) == size)) if size else None
    return count_of(highest) if highest else 0
