"""The Chroma copy: in step with the database, one owner a folder, made again when it is lost, and never needed."""

import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete, update

from core.actor import system
from core.db import Database
from core.documents.models import Passage, Posting
from core.documents.publishing import Edition
from core.language.embedder import HashingEmbedder
from knowledge.chroma import ChromaCopy, open_folder, open_server
from knowledge.indexing import embed_missing
from knowledge.publishing import publish_file
from knowledge.vectors import Vectors
from tests.conftest import NOW

EMBEDDER = HashingEmbedder()
HANDBOOK = (
    "# 退换货\n\n破损须在二十四小时内拍照上报。\n\n# 冰柜\n\n冰柜押金一千五百元，退柜时退还。\n\n"
    "# 返利\n\n返利按季度结算。"
)
LATER = "# 物流\n\n下午四点前的订单当天发出。"


async def publish(database: Database, source: str, text: str) -> int:
    edition = Edition(source, source, "zh", (), date(2026, 1, 1))
    version = await publish_file(database.writes, system("test"), edition, text.encode(), NOW)
    await embed_missing(database, EMBEDDER)
    return version.id


@pytest.fixture
async def handbook(database: Database) -> int:
    return await publish(database, "handbook.md", HANDBOOK)


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[ChromaCopy]:
    opened = open_folder(tmp_path / "chroma", "test")
    assert opened is not None
    yield opened
    opened.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A real Chroma server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "chroma"), "run", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen([*command, "--path", str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert any("listening" in line for line in process.stdout), "the server ended before it listened"
        yield f"http://127.0.0.1:{port}"
        process.kill()


async def nearest(database: Database, copy: ChromaCopy | None, question: str, version: int) -> dict[int, float]:
    async with database.reads() as session:
        return await Vectors(copy).nearest(session, EMBEDDER.name, EMBEDDER.query(question), [version])


async def assert_same(database: Database, copy: ChromaCopy, version: int) -> None:
    """The copy finds what the stored vectors say, and was itself asked."""
    asked = await copy.nearest(EMBEDDER.name, EMBEDDER.query("冰柜押金多少"), [version], 50)
    stored = await nearest(database, None, "冰柜押金多少", version)
    assert list(asked) == list(stored)
    assert np.allclose(list(asked.values()), list(stored.values()), atol=1e-5)


async def test_the_copy_finds_what_the_stored_vectors_say(database: Database, handbook: int, copy: ChromaCopy) -> None:
    assert await copy.follow(database, EMBEDDER.name) > 0
    assert await copy.follow(database, EMBEDDER.name) == 0
    await assert_same(database, copy, handbook)


async def test_only_the_versions_asked_for_are_searched(database: Database, handbook: int, copy: ChromaCopy) -> None:
    later = await publish(database, "later.md", LATER)
    await copy.follow(database, EMBEDDER.name)
    found = await copy.nearest(EMBEDDER.name, EMBEDDER.query("冰柜押金"), [later], 50)
    assert set(found).isdisjoint(await copy.nearest(EMBEDDER.name, EMBEDDER.query("冰柜押金"), [handbook], 50))


async def test_a_copy_that_lags_behind_is_not_asked(database: Database, handbook: int, copy: ChromaCopy) -> None:
    await copy.follow(database, EMBEDDER.name)
    later = await publish(database, "later.md", LATER)
    assert copy.holds(EMBEDDER.name, [later]) == 0
    assert await nearest(database, copy, "几点前的订单当天发", later)
    await copy.follow(database, EMBEDDER.name)
    assert copy.holds(EMBEDDER.name, [handbook, later]) > copy.holds(EMBEDDER.name, [handbook]) > 0


async def test_a_passage_that_is_gone_leaves_the_copy(database: Database, handbook: int, copy: ChromaCopy) -> None:
    await copy.follow(database, EMBEDDER.name)
    found = await copy.nearest(EMBEDDER.name, EMBEDDER.query("冰柜押金"), [handbook], 50)
    gone = next(iter(found))
    async with database.writes.begin() as session:
        await session.execute(delete(Posting).where(Posting.passage_id == gone))
        await session.execute(delete(Passage).where(Passage.id == gone))
    assert await copy.follow(database, EMBEDDER.name) == 1
    assert gone not in await copy.nearest(EMBEDDER.name, EMBEDDER.query("冰柜押金"), [handbook], 50)


async def test_a_copy_of_another_database_is_mended(database: Database, handbook: int, tmp_path: Path) -> None:
    """The same ids with other vectors: what a demo made anew over an old folder looks like."""
    first = open_folder(tmp_path / "chroma", "test")
    assert first is not None
    await first.follow(database, EMBEDDER.name)
    first.close()
    other = EMBEDDER.query("完全不同的一段话").astype("<f4").tobytes()
    async with database.writes.begin() as session:
        await session.execute(update(Passage).where(Passage.version_id == handbook).values(vector=other))
    again = open_folder(tmp_path / "chroma", "test")
    assert again is not None
    assert await again.follow(database, EMBEDDER.name) == again.holds(EMBEDDER.name, [handbook])
    await assert_same(database, again, handbook)
    again.close()


def test_a_folder_has_one_owner(copy: ChromaCopy, tmp_path: Path) -> None:
    del copy
    assert open_folder(tmp_path / "chroma", "test") is None


async def test_a_broken_copy_is_made_again(database: Database, handbook: int, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    (folder / "index-1").mkdir(parents=True)
    (folder / "index-1" / "chroma.sqlite3").write_bytes(b"this is no database" * 100)
    copy = open_folder(folder, "test")
    assert copy is not None
    await copy.follow(database, EMBEDDER.name)
    await assert_same(database, copy, handbook)
    copy.close()


async def test_where_the_copy_fails_the_stored_vectors_answer(
    database: Database, handbook: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy = open_folder(tmp_path / "chroma", "test")
    assert copy is not None
    await copy.follow(database, EMBEDDER.name)
    copy.close()
    shutil.rmtree(tmp_path / "chroma")
    assert await nearest(database, copy, "冰柜押金多少", handbook) == await nearest(
        database, None, "冰柜押金多少", handbook
    )
    assert "doesn't answer" in caplog.text


@pytest.fixture
async def served(server: str) -> AsyncIterator[ChromaCopy]:
    opened = open_server(server, "test")
    yield opened
    opened.close()


async def test_a_server_holds_the_copy_too(database: Database, handbook: int, served: ChromaCopy) -> None:
    assert await served.follow(database, EMBEDDER.name) > 0
    await assert_same(database, served, handbook)
