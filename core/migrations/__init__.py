"""The database's shape through time: ``upgrade`` brings any database, empty or old, to the newest revision.

There is no way down: a revision that drops what an older program wrote loses it, and a back-up doesn't.
"""

import warnings
from importlib.resources import files
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from core.db import Database
from core.migrations.rendering import same_type
from core.migrations.turns import one_at_a_time


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file; the scripts are found wherever the package was installed."""
    made = Config()
    made.set_main_option("script_location", str(files("core.migrations")))
    made.set_main_option("path_separator", "os")
    made.set_main_option("file_template", "r%%(rev)s_%%(slug)s")
    made.attributes["connection"] = connection
    return made


async def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to ``revision``; of several processes that start together, one does it and the others wait."""

    def run(connection: Connection) -> None:
        with one_at_a_time(connection), warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*ignored for PRIMARY key")
            command.upgrade(config(connection), revision)

    database = Database(url)
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(run)
    finally:
        await database.close()


def newest() -> str:
    """The last revision there is."""
    return str(ScriptDirectory.from_config(config()).get_current_head())


async def current(url: str) -> str | None:
    """The revision that the database is at; None where it was never migrated."""
    revision: str | None = await _ask(url, lambda connection: _context(connection).get_current_revision())
    return revision


async def pending(url: str) -> list[str]:
    """Revisions that the database still lacks, oldest first."""
    at = await current(url)
    scripts = ScriptDirectory.from_config(config())
    missing = [script.revision for script in scripts.iterate_revisions("head", at or "base")]
    return [revision for revision in reversed(missing) if revision != at]


async def drift(url: str) -> list[Any]:
    """Where the database differs from the models, as Alembic writes it; empty when they agree."""
    from core.schema import metadata

    differences: list[Any] = await _ask(url, lambda connection: compare_metadata(_context(connection), metadata))
    return differences


def _context(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"compare_type": same_type})


async def _ask(url: str, question: Any) -> Any:
    database = Database(url)
    try:
        async with database.engine.connect() as connection:
            return await connection.run_sync(question)
    finally:
        await database.close()
