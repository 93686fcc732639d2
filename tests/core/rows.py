"""Every row of a table, for tests that look at what was written."""

from typing import Any

from sqlalchemy import select

from core.db import Database
from core.schema import metadata


async def all_rows(database: Database, table: str) -> list[dict[str, Any]]:
    """In the order of their keys."""
    of = metadata.tables[table]
    async with database.reads() as session:
        rows = (await session.execute(select(of).order_by(*of.primary_key))).mappings()
        return [dict(row) for row in rows]
