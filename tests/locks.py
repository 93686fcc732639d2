"""One process at a time, on every platform: SQLite's own exclusive lock on a file beside what it guards."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

PATIENCE_SECONDS = 900


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Wait for, then hold, the lock of ``path``; it falls with the process."""
    with closing(sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield
