"""Databases for tests: a template built once a run, and a fresh copy of it for each test, on every server."""

import asyncio
import os
import shutil
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coverage import Coverage
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from core.schema import metadata
from tests.locks import file_lock

Build = Callable[[str], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Server:
    """Where test databases are made: SQLite files, or the server that a URL names, with rights to create there."""

    url: str

    @property
    def name(self) -> str:
        """Short, for test ids and for the line that says what was tested."""
        return "mariadb" if self.parsed.get_backend_name() == "mysql" else self.parsed.get_backend_name()

    @property
    def parsed(self) -> URL:
        """The URL in parts."""
        return make_url(self.url)


OTHERS_OFF = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
SQLITE = Server("sqlite+aiosqlite://")


def servers() -> list[Server]:
    """SQLite, then each URL in QUDAO_TEST_DATABASE_URLS."""
    urls = [url.strip() for url in os.environ.get("QUDAO_TEST_DATABASE_URLS", "").split(",")]
    return [SQLITE, *(Server(url) for url in urls if url)]


def run_now(work: Coroutine[Any, Any, Any]) -> None:
    """Run to its end, outside of any test's loop."""
    with asyncio.Runner() as runner:
        runner.run(work)


class Copies:
    """Fresh copies, one at a time, of what ``build`` makes of an empty database or of ``base``."""

    def __init__(
        self, server: Server, kind: str, build: Build, *, base: "Copies | None", shared: Path, own: Path, run: str
    ) -> None:
        self._server = server
        self._build = build
        self._base = base
        self._shared = shared
        self._own = own
        self._worker = os.environ.get("PYTEST_XDIST_WORKER", "gw")
        self._count = 0
        prefix = f"{server.parsed.database}_{run}_{kind}"
        self._template = f"{prefix}_t"
        self._name = f"{prefix}_{self._worker}"
        self._kind = kind
        self._exists = False

    def fresh(self) -> str:
        """The URL of a copy that nobody has touched; the one before it is gone."""
        self._count += 1
        if self._server.name == "sqlite":
            return self._file()
        return self._emptied() if self._kind == "empty" else self._from_template()

    def _file(self) -> str:
        template = self._file_template()
        for old in self._own.glob(f"{self._kind}-*"):
            old.unlink()
        copy = self._own / f"{self._kind}-{self._count}.db"
        shutil.copyfile(template, copy)
        return f"sqlite+aiosqlite:///{copy}"

    def _file_template(self) -> Path:
        template = self._shared / f"{self._kind}.db"
        with file_lock(self._shared / f"{self._kind}.lock"):
            if not template.exists():
                building = template.with_suffix(".building")
                if self._base:
                    shutil.copyfile(self._base._file_template(), building)
                self._built(f"sqlite+aiosqlite:///{building}")
                building.rename(template)
        return template

    def _from_template(self) -> str:
        self._ready()
        statements = (
            f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)",
            f"CREATE DATABASE {self._name} TEMPLATE {self._template}",
            *self._hasty(self._name),
        )
        run_now(administer(self._server, *statements))
        return self._url(self._name)

    def _ready(self) -> None:
        if self._exists:
            return
        with file_lock(self._shared / f"{self._template}.lock"):
            done = self._shared / f"{self._template}.done"
            if not done.exists():
                if self._base:
                    self._base._ready()
                self._make(self._template)
                done.touch()
        self._exists = True

    def _emptied(self) -> str:
        if not self._exists:
            self._make(self._name)
            self._exists = True
        else:
            run_now(self._empty())
        return self._url(self._name)

    def _make(self, name: str) -> None:
        charset = "CHARSET utf8mb4" if self._server.name == "mariadb" else ""
        template = f"TEMPLATE {self._base._template}" if self._base else ""
        create = (f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name} {charset} {template}")
        run_now(administer(self._server, *create, *self._hasty(name)))
        self._built(self._url(name))

    def _built(self, url: str) -> None:
        """Filling a template takes three times as long where each line is traced."""
        tracer = Coverage.current()
        if tracer:
            tracer.stop()
        run_now(self._build(url))
        if tracer:
            tracer.start()

    def _hasty(self, name: str) -> list[str]:
        """A test's database needn't outlive a power cut."""
        return [f"ALTER DATABASE {name} SET synchronous_commit = off"] if self._server.name == "postgresql" else []

    async def _empty(self) -> None:
        """Delete what the test before left, lines before their orders; most tables are empty."""
        engine = create_async_engine(self._url(self._name), poolclass=NullPool)
        quoted = engine.dialect.identifier_preparer.quote
        tables = {table.name: quoted(table.name) for table in reversed(metadata.sorted_tables)}
        look = " UNION ALL ".join(f"(SELECT '{name}' AS name FROM {table} LIMIT 1)" for name, table in tables.items())
        async with engine.begin() as connection:
            if self._server.name == "postgresql":
                await connection.execute(text(OTHERS_OFF))
            else:
                await connection.execute(text("SET FOREIGN_KEY_CHECKS = 0"))
            filled = set((await connection.execute(text(look))).scalars())
            for name, table in tables.items():
                if name in filled:
                    await connection.execute(text(f"DELETE FROM {table}"))
        await engine.dispose()

    def _url(self, database: str) -> str:
        return self._server.parsed.set(database=database).render_as_string(hide_password=False)


async def administer(server: Server, *statements: str) -> list[str]:
    """Run statements outside of a transaction; the first column of the last one's rows, if it gave any."""
    engine = create_async_engine(server.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    rows: list[str] = []
    async with engine.connect() as connection:
        for statement in statements:
            result = await connection.execute(text(statement))
            rows = [str(row[0]) for row in result] if result.returns_rows else []
    await engine.dispose()
    return rows


async def sweep(server: Server, run: str) -> None:
    """Drop every database that this run made on the server."""
    listing = "SELECT datname FROM pg_database" if server.name == "postgresql" else "SHOW DATABASES"
    prefix = f"{server.parsed.database}_{run}_"
    made = [name for name in await administer(server, listing) if name.startswith(prefix)]
    await administer(server, *(f"DROP DATABASE IF EXISTS {name}" for name in made))
