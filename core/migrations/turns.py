"""Processes that start together migrate one after the other."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

NUMBER = 7_364_001
NAME = "qudao-migrations"
PATIENCE_SECONDS = 120


@contextmanager
def one_at_a_time(connection: Connection) -> Iterator[None]:
    """Hold the migration lock; on SQLite the transaction, begun as a writer's, is that lock already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": NUMBER})
        yield
    elif connection.dialect.name in {"mysql", "mariadb"}:
        given = {"name": NAME, "seconds": PATIENCE_SECONDS}
        if connection.scalar(text("SELECT GET_LOCK(CONCAT(DATABASE(), :name), :seconds)"), given) != 1:
            raise TimeoutError("another process has been migrating this database for too long")
        try:
            yield
        finally:
            connection.execute(text("DO RELEASE_LOCK(CONCAT(DATABASE(), :name))"), {"name": NAME})
    else:
        yield
