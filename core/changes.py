"""What a turn changed in the database: a snapshot held open from its start, against the database at its end."""

import re
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, event, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import NULLTYPE

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
            table = metadata.tables[name]
            before, after = await self._rows(table, [_as_stored(column) for column in table.columns])
            if before != after:
                changed.append(name)
        return changed

    async def added(self, what: str) -> int:
        """``orders``: rows that are new. ``orders[status=submitted]``: rows that match now and did not before."""
        found = FILTER.match(what)
        if found is None or found["table"] not in metadata.tables:
            raise ValueError(f"no table {what!r}")
        table = metadata.tables[found["table"]]
        if found["column"] is not None and found["column"] not in table.columns:
            raise ValueError(f"no column {what!r}")
        if table.name not in self._touched:
            return 0
        if found["column"] is None:
            before, after = await self._rows(table, [])
            return len(after.keys() - before.keys())
        wanted = found["value"]
        before, after = await self._rows(table, [table.columns[found["column"]]])
        return sum(_matches(row, wanted) and not _matches(before.get(key), wanted) for key, row in after.items())

    async def _rows(self, table: Table, columns: Sequence[ColumnElement[Any]]) -> tuple[Rows, Rows]:
        assert self._before is not None
        before = await _read(self._before, table, columns)
        async with self._database.snapshot() as now:
            return before, await _read(now, table, columns)


async def _read(connection: AsyncConnection, table: Table, columns: Sequence[ColumnElement[Any]]) -> Rows:
    keys = [_as_stored(column) for column in table.primary_key.columns]
    rows = await connection.execute(select(*keys, *columns))
    return {tuple(row[: len(keys)]): tuple(row[len(keys) :]) for row in rows}


def _as_stored(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Equal is equal before it is read as money or a day, which takes most of the time."""
    return type_coerce(column, NULLTYPE)


def _matches(row: Row | None, value: str) -> bool:
    return row is not None and str(row[0]).casefold() == value.casefold()
