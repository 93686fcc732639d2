"""A database that answers and lacks tables is said to, with what to do, on each kind of server."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from bot.cli import qudao
from core import migrations
from tests.core.migrations.test_migrations import cleared
from tests.servers import run_now

pytestmark = pytest.mark.database


@pytest.fixture
def bare(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database that nobody has migrated; whole again for the next test."""
    run_now(cleared(database_url))
    monkeypatch.setenv("QUDAO_DATABASE_URL", database_url)
    yield database_url
    run_now(migrations.upgrade(database_url))


def said() -> str:
    refused = CliRunner().invoke(qudao, ["keys", "list"])
    assert refused.exit_code == 1
    return refused.output


@pytest.mark.usefixtures("bare")
def test_one_without_tables_wants_init() -> None:
    words = said()
    assert "holds no tables yet: `qudao init`" in words
    assert "relation" not in words


def test_an_older_one_wants_to_be_brought_up_to_date(bare: str) -> None:
    run_now(migrations.upgrade(bare, "0001"))
    assert "`qudao run` brings it up to date" in said()
