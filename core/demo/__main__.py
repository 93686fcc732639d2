"""``python -m core.demo URL [--until DATE] [--seed N]``: tables and demo brand, for development."""

import argparse
import asyncio
import sys
from datetime import date

from core.clock import business_day, system_clock
from core.db import Database
from core.demo.books import ZONE
from core.demo.service import build, digest
from core.schema import metadata


async def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m core.demo", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--until", type=date.fromisoformat, default=business_day(system_clock(), ZONE))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    database = Database(asked.url)
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        summary = await build(database, until=asked.until, seed=asked.seed, progress=_say)
        for table, count in summary.rows.items():
            _say(f"{table:16} {count:7}")
        _say(f"digest {await digest(database)}")
    finally:
        await database.close()


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


asyncio.run(_main())
