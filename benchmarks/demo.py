"""The demo brand until 20 November 2026, made for a benchmark, and the clock that goes with it."""

import asyncio
import shutil
from datetime import date, time
from pathlib import Path
from uuid import uuid4

from sqlalchemy import text

from core import migrations
from core.clock import at_local
from core.db import Database
from core.demo.build import build
from core.language.embedder import Embedder
from knowledge.demo import index_by_meaning, publish_demo_documents
from knowledge.service import Knowledge

UNTIL = date(2026, 11, 20)
MORNING = at_local(UNTIL, time(9, 30), "Asia/Shanghai")
SEED = 1


def sqlite_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file.as_posix()}"


async def make(url: str, embedder: Embedder | None, *, documents: bool = True) -> None:
    """Fill an empty database; with an embedder the documents are also found by meaning."""
    await migrations.upgrade(url)
    database = Database(url)
    try:
        await build(database, until=UNTIL, seed=SEED)
        if documents:
            await publish_demo_documents(database)
            await index_by_meaning(database, Knowledge(embedder=embedder))
        if database.dialect == "sqlite":
            async with database.engine.connect() as connection:
                await connection.execute(text("COMMIT"))
                await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    finally:
        await database.close()


async def kept(template: Path, embedder: Embedder | None) -> Path:
    """The file, made where it isn't there yet; it has its name once it is whole, however many make it at once."""
    if not await asyncio.to_thread(template.exists):
        await asyncio.to_thread(template.parent.mkdir, parents=True, exist_ok=True)
        making = template.with_suffix(f".{uuid4().hex}.part")
        await make(sqlite_url(making), embedder)
        await asyncio.to_thread(making.replace, template)
    return template


def copy(template: Path, into: Path) -> str:
    """The URL of a fresh copy of an SQLite file that nobody has open."""
    shutil.copyfile(template, into)
    return sqlite_url(into)
