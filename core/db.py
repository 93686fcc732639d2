"""The database: column types that are exact on every server, two session factories, and the guard on dealer rows."""

import json
import operator
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Text,
    Uuid,
    event,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import NullPool
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlalchemy.util import LRUCache

from core import sqlite
from core.errors import NotSetUp
from core.guard import PASSED, guard_dealer_rows
from core.guard import UnguardedStatement as UnguardedStatement  # noqa: PLC0414 - part of this module's face
from core.guard import dealer_owned as dealer_owned  # noqa: PLC0414

LARGEST = 2**63
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Exact(TypeDecorator[Decimal]):
    """A decimal of fixed scale: NUMERIC on servers, a scaled integer on SQLite, where NUMERIC would be a float.

    A value with more digits than the scale is refused, never rounded in silence; so is one that SQLite couldn't hold.
    Databases compare and add these (sum, min, max), no more: a product has another scale, which is Python's to round.
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, scale: int) -> None:
        self.scale = scale
        super().__init__(precision=20, scale=scale, asdecimal=True)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(20, self.scale, asdecimal=True))

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        exact = self._checked(value)
        return int(exact.scaleb(self.scale)) if dialect.name == "sqlite" else exact

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        if dialect.name == "sqlite" and isinstance(value, int):
            return Decimal(value).scaleb(-self.scale)
        if dialect.name == "sqlite":
            value = Decimal(str(value)).scaleb(-self.scale)
        return Decimal(value).quantize(Decimal(1).scaleb(-self.scale), rounding=ROUND_HALF_UP)

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self

    def _checked(self, value: object) -> Decimal:
        if not isinstance(value, Decimal | int) or isinstance(value, bool):
            raise TypeError(f"{value!r} is not exact")
        _, digits, exponent = (exact := Decimal(value)).as_tuple()
        if not isinstance(exponent, int) or abs(exact) >= Decimal(LARGEST).scaleb(-self.scale):
            raise ValueError(f"{value} can't be stored")
        if exponent < -self.scale and any(digits[exponent + self.scale :]):
            raise ValueError(f"{value} has more than {self.scale} decimals")
        return exact

    class Comparator(TypeDecorator.Comparator[Decimal]):
        """Refuses arithmetic that the scaled integers of SQLite would get wrong."""

        def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
            if op in {operator.mul, operator.truediv, operator.floordiv, operator.mod}:
                raise TypeError("multiply and divide amounts in Python, where they are rounded once")
            return super().operate(op, *other, **kwargs)

        reverse_operate = operate

    comparator_factory = Comparator


class Money(Exact):
    """An amount of money with four decimals; its currency stands beside it."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(4)


class Rate(Exact):
    """A share of one with six decimals: 0.13 is 13 %."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(6)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant with microseconds, in UTC on every database."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name in {"mysql", "mariadb"}:
            return dialect.type_descriptor(mysql.DATETIME(fsp=6))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant carries its zone")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Code(TypeDecorator[str]):
    """A code compared byte by byte: ``W-550`` is not ``w-550`` on any database."""

    impl = String
    cache_ok = True

    def __init__(self, length: int = 64) -> None:
        self.length = length
        super().__init__(length)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name in {"mysql", "mariadb"}:
            return dialect.type_descriptor(mysql.VARCHAR(self.length, charset="utf8mb4", collation=_bytewise(dialect)))
        if dialect.name == "postgresql":
            return dialect.type_descriptor(String(self.length, collation="C"))
        return dialect.type_descriptor(String(self.length))


def _bytewise(dialect: Dialect) -> str:
    """The collation that tells a trailing space too; the usual utf8mb4_bin pads."""
    return "utf8mb4_nopad_bin" if getattr(dialect, "is_mariadb", True) else "utf8mb4_0900_bin"


def Name(length: int = 200) -> String:  # noqa: N802 - reads as a type beside the others
    """Words that people read, of bounded length."""
    return String(length)


def Words() -> TypeEngine[str]:  # noqa: N802
    """Words of any length."""
    return Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")


def Document() -> TypeEngine[Any]:  # noqa: N802
    """JSON: lists and dictionaries, never queried into."""
    return JSON(none_as_null=True)


def Blob() -> TypeEngine[bytes]:  # noqa: N802
    """Bytes of any length."""
    return LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")


def Key() -> TypeEngine[int]:  # noqa: N802
    """A surrogate key that the database counts up."""
    return BigInteger().with_variant(Integer(), "sqlite")


def Id() -> Uuid[Any]:  # noqa: N802
    """A key that the program makes, so that it is known before the row exists."""
    return Uuid(as_uuid=True)


class Base(DeclarativeBase):
    """Every table of Qudao; constraints have the same names on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Mastered:
    """Rows whose truth may live in another system: which, under what id, and as of when it was read."""

    master: Mapped[str] = mapped_column(Code(32), default="qudao")
    external_id: Mapped[str | None] = mapped_column(Code(64), default=None)
    as_of: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)


Reads = async_sessionmaker[AsyncSession]
Writes = async_sessionmaker[AsyncSession]


class Database:
    """A brand's database: ``reads`` for short snapshots, ``writes`` for transactions that lock before they look."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.dialect = make_url(url).get_backend_name()
        try:
            self._open(url)
        except (ImportError, InvalidRequestError) as error:
            raise NotSetUp("error.database_driver", driver=make_url(url).drivername) from error
        self.reads: Reads = _sessions(self._read_engine)
        self.writes: Writes = _sessions(self._write_engine)

    def _open(self, url: str) -> None:
        if self.dialect == "sqlite":
            self._read_engine = _sqlite(url, "BEGIN", read_only=True)
            self._write_engine = _sqlite(url, "BEGIN IMMEDIATE", read_only=False)
        elif self.dialect in {"postgresql", "mysql", "mariadb"}:
            self._write_engine = create_async_engine(
                url, isolation_level="READ COMMITTED", pool_pre_ping=True, pool_size=10, json_serializer=_json
            )
            self._read_engine = self._write_engine
            if self.dialect == "postgresql":
                self._read_engine = self._write_engine.execution_options(postgresql_readonly=True)
        else:
            raise NotSetUp("error.database_unknown", dialect=self.dialect)

    @property
    def engine(self) -> AsyncEngine:
        """The engine that writes; for migrations and checks."""
        return self._write_engine

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A connection that goes on seeing the database as it is now; for comparing before and after."""
        engine = create_async_engine(self.url, poolclass=NullPool)
        try:
            async with engine.connect() as connection:
                if self.dialect == "sqlite":
                    await connection.exec_driver_sql("BEGIN")
                    await connection.exec_driver_sql("SELECT 1 FROM sqlite_master")
                else:
                    await connection.execution_options(isolation_level="REPEATABLE READ")
                    starts = (
                        "SELECT 1" if self.dialect == "postgresql" else "START TRANSACTION WITH CONSISTENT SNAPSHOT"
                    )
                    await connection.exec_driver_sql(starts)
                yield connection
        finally:
            await engine.dispose()

    async def answers(self) -> bool:
        """Whether the database can be asked at all."""
        async with self._read_engine.connect() as connection:
            return bool((await connection.exec_driver_sql("SELECT 1")).scalar_one() == 1)

    async def checkpoint(self) -> None:
        """Bring everything into an SQLite file itself, so that it may be copied; nothing to do on a server."""
        if self.dialect == "sqlite":
            async with self._write_engine.connect() as connection:
                await connection.exec_driver_sql("COMMIT")
                await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                await connection.exec_driver_sql("BEGIN")

    async def close(self) -> None:
        """Give back every connection."""
        await self._read_engine.dispose()
        await self._write_engine.dispose()


class GuardedSession(Session):
    """The session behind both factories; its statements pass the guard, and ways that pass it by are closed."""

    def bulk_save_objects(self, *_: object, **__: object) -> None:
        raise UnguardedStatement("bulk_save_objects writes by key, unguarded: add the objects, or execute an update")

    def bulk_update_mappings(self, *_: object, **__: object) -> None:
        raise UnguardedStatement("bulk_update_mappings writes by key, unguarded: execute an update")


event.listen(GuardedSession, "do_orm_execute", guard_dealer_rows)


def _json(value: object) -> str:
    """JSON that every server takes: a lone surrogate, half a letter that some refuse, becomes a replacement mark."""
    return LONE_SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False, allow_nan=False))


def _sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    known: dict[Any, Any] = {PASSED: LRUCache(1000)}
    return async_sessionmaker(engine, expire_on_commit=False, sync_session_class=GuardedSession, info=known)


def _sqlite(url: str, begin: str, *, read_only: bool) -> AsyncEngine:
    pool: dict[str, Any] = {} if read_only else {"pool_size": 1, "max_overflow": 0}
    engine = create_async_engine(url, connect_args={"timeout": 30}, json_serializer=_json, **pool)
    sqlite.set_up(engine.sync_engine, read_only=read_only)

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.connection.cursor().execute(begin)

    return engine
