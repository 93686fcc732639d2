"""A connection goes back to the pool as it came, whatever happened to whoever had it."""

import asyncio
import threading

from core.db import Database


async def test_a_transaction_that_was_called_off_while_it_began_is_not_left_open(database: Database) -> None:
    async with database.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    gate = threading.Event()
    busy = asyncio.create_task(driver._execute(gate.wait))
    began = asyncio.create_task(_begin(database))
    await _a_moment()
    began.cancel()
    await _a_moment()
    gate.set()
    await asyncio.gather(busy, began, return_exceptions=True)
    await _begin(database)


async def _begin(database: Database) -> None:
    async with database.writes.begin() as session:
        await session.connection()


async def _a_moment() -> None:
    for _ in range(20):
        await asyncio.sleep(0)
