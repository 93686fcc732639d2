"""Several at once: each with a Database of its own, as separate processes would have, all let go at the same moment."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

from core.db import Database

Result = TypeVar("Result")
Act = Callable[[Database], Awaitable[Result]]


@asynccontextmanager
async def rivals(url: str, number: int) -> AsyncIterator[list[Database]]:
    """So many Databases on one URL, each with a connection open already."""
    databases = [Database(url) for _ in range(number)]
    try:
        for database in databases:
            async with database.reads() as session:
                await session.connection()
        yield databases
    finally:
        for database in databases:
            await database.close()


async def race(url: str, acts: Sequence[Act[Result]]) -> list[Result | BaseException]:
    """What came of each act, a result or what it raised, in the order given."""
    barrier = asyncio.Barrier(len(acts))

    async def run(act: Act[Result], database: Database) -> Result:
        await barrier.wait()
        return await act(database)

    async with rivals(url, len(acts)) as databases:
        started = (run(act, database) for act, database in zip(acts, databases, strict=True))
        return await asyncio.gather(*started, return_exceptions=True)


def results(outcomes: Sequence[Result | BaseException]) -> list[Result]:
    """The results of a race in which nobody may fail."""
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return [outcome for outcome in outcomes if not isinstance(outcome, BaseException)]
