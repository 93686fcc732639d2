"""The demo brand, the same on every database: made once, told apart from a real one, and digested."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from core.brand.models import Brand
from core.db import Database
from core.demo import accounts, agreements, catalogue, field, network, policy, sellthrough, trade, warehouse
from core.demo.books import Books, Row, moment
from core.errors import Refused
from core.events.models import Event
from core.schema import metadata

CHUNK = 2000
MADE = "demo.made"
GENERATED = frozenset(
    "brand regions dealers people ship_tos stores products product_names pack_units prices promotions programmes "
    "programme_tiers stock lots orders order_lines reservations shipments shipment_lines invoices invoice_lines "
    "payments sell_through contracts contract_dates".split()
)
"""Events are written too, but the desk adds to them from its first day on: they aren't digested."""


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What a demo database holds, in rows by table; ``built``: by this run.

    One that an older version made doesn't say until which day it goes, nor from which seed it came.
    """

    until: date | None
    seed: int | None
    rows: dict[str, int]
    built: bool = True


async def build(
    database: Database,
    *,
    until: date,
    seed: int = 1,
    progress: Callable[[str], None] = lambda _: None,
    rebuild: bool = False,
) -> DemoSummary:
    """Fill a migrated, empty database with the demo brand up to ``until``; a demo that stands there is left alone.

    With ``rebuild`` it is emptied first, conversations, documents and all. Refused where the database holds a brand
    that is no demo. ``progress`` hears the name of each step.
    """
    async with database.writes.begin() as session:
        if await _has_demo(session):
            if not rebuild:
                return await _standing(session)
            await _clear(await session.connection())
        books = write_books(until, seed, progress)
        progress("database")
        await _insert(await session.connection(), books)
        await agreements.store_files(session, books)
    return DemoSummary(until, seed, {name: len(rows) for name, rows in books.rows.items()})


def write_books(until: date, seed: int, progress: Callable[[str], None] = lambda _: None) -> Books:
    """Every row of the demo brand, in memory."""
    books = Books(until, seed)
    progress("catalogue")
    network.write_brand(books)
    network.write_regions(books)
    catalogue.write_products(books)
    catalogue.write_prices(books)
    catalogue.write_promotions(books)
    policy.write_programmes(books)
    progress("dealers")
    network.write_dealers(books)
    network.write_people(books)
    progress("trade")
    orders = trade.write_trade(books)
    accounts.write_returns(books)
    accounts.write_payments(books, orders)
    accounts.set_credit(books, orders)
    warehouse.write_stock(books, orders)
    sellthrough.write_sell_through(books, orders)
    field.write_findings(books)
    agreements.write_contracts(books)
    _note(books, until, seed)
    return books


def _note(books: Books, until: date, seed: int) -> None:
    """Whoever asks for another demo later is told which one is there."""
    books.add(
        "events", at=moment(until, "00:00"), actor="demo", on_behalf_of=None, kind=MADE, subject="brand:1", before=None,
        after={"until": until.isoformat(), "seed": seed}, request_id=None,
    )  # fmt: skip


async def _has_demo(session: AsyncSession) -> bool:
    brands = (await session.execute(select(Brand.is_demo))).scalars().all()
    if brands and not all(brands):
        raise Refused("demo.not_a_demo")
    return bool(brands)


async def _standing(session: AsyncSession) -> DemoSummary:
    """The demo that is there, as it was noted when it was made."""
    noted = (await session.execute(select(Event.after).where(Event.kind == MADE).limit(1))).scalar_one_or_none()
    rows = await _count(await session.connection())
    if noted is None:
        return DemoSummary(None, None, rows, built=False)
    return DemoSummary(date.fromisoformat(noted["until"]), noted["seed"], rows, built=False)


async def _clear(connection: AsyncConnection) -> None:
    """Delete every row of every table, those that point to others first."""
    for table in reversed(metadata.sorted_tables):
        for column in table.columns:
            if column.references(table.c[table.primary_key.columns.keys()[0]]):
                await connection.execute(update(table).values({column.name: None}))
        await connection.execute(delete(table))


async def _insert(connection: AsyncConnection, books: Books) -> None:
    for table in metadata.sorted_tables:
        rows = books.rows.get(table.name, [])
        for chunk in _chunks(rows):
            await connection.execute(insert(table), chunk)
        if rows and connection.dialect.name == "postgresql":
            sequence = func.pg_get_serial_sequence(table.name, "id")
            await connection.execute(select(func.setval(sequence, len(rows))))


def _chunks(rows: list[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


async def _count(connection: AsyncConnection) -> dict[str, int]:
    tables = [table for table in metadata.sorted_tables if table.name in GENERATED]
    return {t.name: (await connection.execute(select(func.count()).select_from(t))).scalar_one() for t in tables}


async def digest(database: Database) -> str:
    """SHA-256 over every generated table: its name, then its rows in the order of their ids, values as plain text."""
    total = sha256()
    async with database.reads() as session:
        connection = await session.connection()
        for table in sorted(metadata.sorted_tables, key=lambda table: table.name):
            if table.name in GENERATED:
                total.update(f"{table.name}\n".encode())
                async for line in _lines(connection, table):
                    total.update(line)
    return total.hexdigest()


async def _lines(connection: AsyncConnection, table: Table) -> Any:
    columns = sorted(table.columns, key=lambda column: column.name)
    for row in await connection.execute(select(*columns).order_by(table.c.id)):
        yield (json.dumps([_plain(value) for value in row], ensure_ascii=False, sort_keys=True) + "\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
