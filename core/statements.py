"""Statements that each database words or counts in its own way."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import UpdateBase

from core.db import Base

Row = TypeVar("Row", bound=Base)


async def changed_rows(session: AsyncSession, statement: UpdateBase) -> int:
    """Run an UPDATE or DELETE and count the rows that it matched; rows already loaded are not brought up to date."""
    result = await session.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", result).rowcount


async def insert_new(session: AsyncSession, model: type[Row], values: Mapping[str, Any]) -> Row | None:
    """Insert a row unless one with a unique key of its own is there already; None where it is.

    MariaDB has no such statement that also says what it did: there it is an attempt inside a savepoint.
    """
    dialect = session.get_bind().dialect.name
    if dialect not in {"sqlite", "postgresql"}:
        row = model(**values)
        try:
            async with session.begin_nested():
                session.add(row)
        except IntegrityError:
            return None
        return row
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    inserted = insert(model).values(**values).on_conflict_do_nothing().returning(model)
    return (await session.execute(inserted)).scalar_one_or_none()


async def upsert(
    session: AsyncSession,
    model: type[Base],
    key: Iterable[str],
    values: Mapping[str, Any],
    *,
    keep: bool = False,
) -> None:
    """Insert a row, or update (or ``keep``) the one that has this unique ``key``; its lock is held from here on.

    Trying to insert and looking again after the failure would leave MariaDB with a shared lock, and two that hold one
    and then write block each other.
    """
    unique = set(key)
    changed = {name: value for name, value in values.items() if (name in unique) is keep}
    dialect = session.get_bind().dialect.name
    statement: UpdateBase
    if dialect in {"mysql", "mariadb"}:
        statement = mysql.insert(model).values(**values).on_duplicate_key_update(**changed)
    else:
        insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
        statement = insert(model).values(**values).on_conflict_do_update(index_elements=sorted(unique), set_=changed)
    await session.execute(statement)
