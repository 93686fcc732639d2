"""What a turn changed in the database: a snapshot held open from its start, against the database at its end."""

import re
from contextlib import AsyncExitStack
from typing import Any

from sqlalchemy import Connection, Table, event, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.db import Database
from core.schema import metadata

EXEMPT = frozenset(
    "conversations messages proposals presses inbox leases outbox usage events handoffs learning_candidates "
    "opinions contract_reviews files".split()
)
WRITES = re.compile(
    r"^\s*(?:INSERT\s+(?:OR\s+\w+\s+|IGNORE\s+)?INTO|UPDATE|DELETE\s+FROM)\s+[`\"]?(\w+)", re.IGNORECASE
)
FILTER = re.compile(r"^(?P<table>\w+)(?:\[(?P<column>\w+)=(?P<value>[^\]]*)\])?$")
Row = tuple[Any, ...]
Rows = dict[tuple[Any, ...], Row]


class Changes:
    """An async context around one turn; afterwards ``added`` and ``changed_tables`` compare."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._touched: set[str] = set()
        self._stack = AsyncExitStack()
        self._before: AsyncConnection | None = None

    async def __aenter__(self) -> "Changes":
        self._before = await self._stack.enter_async_context(self._database.snapshot())
        event.listen(self._database.engine.sync_engine, "before_cursor_execute", self._note)
        return self

    async def __aexit__(self, *_: object) -> None:
        event.remove(self._database.engine.sync_engine, "before_cursor_execute", self._note)
        await self._stack.aclose()

    def _note(self, _connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if found := WRITES.match(statement):
            self._touched.add(found[1])

    async def changed_tables(self) -> list[str]:
        """Tables with a row added, removed or altered, but for those that every turn writes."""
        changed = []
        for name in sorted(self._touched - EXEMPT):
            before, after = await self._rows(name)
            if before != after:
                changed.append(name)
        return changed

    async def added(self, what: str) -> int:
        """``orders``: rows that are new. ``orders[status=submitted]``: rows that match now and did not before."""
        found = FILTER.match(what)
        if found is None or found["table"] not in metadata.tables:
            raise ValueError(f"no table {what!r}")
        if found["column"] is not None and found["column"] not in metadata.tables[found["table"]].columns:
            raise ValueError(f"no column {what!r}")
        if found["table"] not in self._touched:
            return 0
        before, after = await self._rows(found["table"])
        if found["column"] is None:
            return len(after.keys() - before.keys())
        wanted = (list(metadata.tables[found["table"]].columns.keys()).index(found["column"]), found["value"])
        return sum(_matches(row, *wanted) and not _matches(before.get(key), *wanted) for key, row in after.items())

    async def _rows(self, name: str) -> tuple[Rows, Rows]:
        assert self._before is not None
        table = metadata.tables[name]
        before = await _read(self._before, table)
        async with self._database.snapshot() as now:
            return before, await _read(now, table)


async def _read(connection: AsyncConnection, table: Table) -> Rows:
    places = [place for place, column in enumerate(table.columns) if column.primary_key]
    rows = (await connection.execute(select(table))).all()
    return {tuple(row[place] for place in places): tuple(row) for row in rows}


def _matches(row: Row | None, place: int, value: str) -> bool:
    return row is not None and str(row[place]).casefold() == value.casefold()
