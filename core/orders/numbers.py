"""Order numbers: one row a day counts them, so two orders never get the same and none is left out."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import system
from core.orders.models import Counter, Order
from core.orders.rules import count_of, number_in, series_of
from core.scope import visible


async def next_order_number(session: AsyncSession, day: date) -> str:
    """The day's next number; the counter's row stays locked until the transaction ends.

    The lock is taken last of all (dealer, order, stock, counter), so that two confirmations can't wait in a circle.
    """
    series = series_of(day)
    if await session.scalar(select(Counter.last).where(Counter.name == series)) is None:
        first = await _last_given(session, series) + 1
    else:
        first = 1
    await _count_up(session, series, first)
    last = await session.scalar(select(Counter.last).where(Counter.name == series))
    return number_in(series, last or first)


async def _last_given(session: AsyncSession, series: str) -> int:
    """The highest number that the series has without a counter: orders that were brought in."""
    everywhere = visible(system("order numbers"), Order)
    longest = func.max(func.length(Order.number))
    size = await session.scalar(select(longest).where(everywhere, Order.number.startswith(series + "-")))
    numbers = select(func.max(Order.number)).where(everywhere, Order.number.startswith(series + "-"))
    highest = await session.scalar(numbers.where(func.length(Order.number) == size)) if size else None
    return count_of(highest) if highest else 0


async def _count_up(session: AsyncSession, series: str, first: int) -> None:
    """Insert the row or raise it, in one statement: it waits for whoever else has it, and takes no shared lock."""
    dialect = session.get_bind().dialect.name
    values = {"name": series, "last": first}
    if dialect in {"mysql", "mariadb"}:
        raised = mysql.insert(Counter).values(values).on_duplicate_key_update(last=Counter.last + 1)
        await session.execute(raised)
        return
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(Counter).values(values)
    await session.execute(
        statement.on_conflict_do_update(index_elements=[Counter.name], set_={"last": Counter.last + 1})
    )
