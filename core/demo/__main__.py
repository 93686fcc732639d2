"""``python -m core.demo URL [--until DATE] [--seed N]``: tables and demo brand, for development."""

import argparse
import asyncio
import sys
from datetime import date

from core import migrations
from core.clock import business_day, system_clock
from core.db import Database
from core.demo.books import ZONE
from core.demo.build import build, digest


async def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m core.demo", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--until", type=date.fromisoformat, default=business_day(system_clock(), ZONE))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    await migrations.upgrade(asked.url)
    database = Database(asked.url)
    try:
        summary = await build(database, until=asked.until, seed=asked.seed, progress=_say)
        for table, count in summary.rows.items():
            _say(f"{table:16} {count:7}")
        _say(f"digest {await digest(database)}")
    finally:
        await database.close()


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


asyncio.run(_main())
