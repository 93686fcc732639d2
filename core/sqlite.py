"""SQLite's connections: how they are set up, and one trip to the connection's thread a statement.

The driver takes four trips (make a cursor, execute, fetch, close), and each costs more than most of our statements.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    SQLiteDialect_aiosqlite,
)

PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000", "cache_size=-16000")


class Whole:
    """A cursor that has done everything when ``execute`` comes back: rows fetched, cursor closed."""

    arraysize = 1

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> "Whole":
        return self

    async def execute(self, operation: str, parameters: Any = ()) -> "Whole":
        await self._run(lambda cursor: cursor.execute(operation, parameters))
        return self

    async def executemany(self, operation: str, parameters: Any) -> "Whole":
        await self._run(lambda cursor: cursor.executemany(operation, parameters))
        return self

    async def fetchall(self) -> Sequence[Any]:
        """The rows of the last statement; they are here already."""
        return self._rows

    async def close(self) -> None:
        """Nothing is open."""

    async def _run(self, statement: Callable[[sqlite3.Cursor], object]) -> None:
        def whole(connection: sqlite3.Connection) -> tuple[Any, Sequence[Any], int, int | None]:
            cursor = connection.cursor()
            try:
                statement(cursor)
                rows = cursor.fetchall() if cursor.description else ()
                return cursor.description, rows, cursor.rowcount, cursor.lastrowid
            finally:
                cursor.close()

        try:
            done = await self._connection._execute(whole, self._connection._conn)  # noqa: SLF001 - the driver's own queue
        except asyncio.CancelledError:
            self._connection.called_off = True  # the statement stays in the queue, and may be a BEGIN
            raise
        self.description, self._rows, self.rowcount, self.lastrowid = done


class OneTripCursor(AsyncAdapt_aiosqlite_cursor):
    """SQLAlchemy's cursor over a ``Whole`` one."""

    __slots__ = ()

    def _make_new_cursor(self, connection: Any) -> Any:
        return Whole(connection)

    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor


class OneTripConnection(AsyncAdapt_aiosqlite_connection):
    """SQLAlchemy's connection with such cursors."""

    __slots__ = ()
    _cursor_cls = OneTripCursor

    def rollback(self) -> None:
        """No trip where no transaction is open, nor about to be: the pool asks again after every commit."""
        if self._connection.in_transaction or getattr(self._connection, "called_off", False):
            super().rollback()
            self._connection.called_off = False


def set_up(engine: Engine, *, read_only: bool) -> None:
    """Every connection of the engine with our cursors and pragmas; transactions begin when they are told to."""
    assert isinstance(engine.dialect, SQLiteDialect_aiosqlite)

    @event.listens_for(engine, "do_connect")
    def on_connecting(dialect: Any, _record: Any, args: Any, kwargs: Any) -> Any:
        made = dialect.loaded_dbapi.connect(*args, **kwargs)
        return OneTripConnection(made.dbapi, made._connection)  # noqa: SLF001 - SQLAlchemy offers no other seam

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (*PRAGMAS, *(("query_only=ON",) if read_only else ())):
            connection.execute(f"PRAGMA {pragma}").close()
