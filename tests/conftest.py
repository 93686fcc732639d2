"""What every test may ask for: a migrated, empty database, or the demo brand, on each server; a clock; an actor."""

import os
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from core import migrations
from core.actor import Actor, system
from core.clock import Clock, fixed_clock
from core.db import Database
from tests.servers import SQLITE, Copies, Server, run_now, servers, sweep

NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
DEMO_UNTIL = date(2026, 11, 20)
DEMO_SEED = 1
RUN = "QUDAO_TEST_RUN"


def pytest_configure() -> None:
    """Name the run, for its databases; workers inherit the name."""
    os.environ.setdefault(RUN, uuid4().hex[:8])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The last process of the run leaves nothing on the servers."""
    if not hasattr(session.config, "workerinput"):
        for server in servers()[1:]:
            run_now(sweep(server, os.environ[RUN]))


def pytest_report_header() -> str:
    """One line: what the marked tests run on, and what was left out."""
    names = [server.name for server in servers()]
    missing = [name for name in ("postgresql", "mariadb") if name not in names]
    left_out = f"; without {', '.join(missing)} (QUDAO_TEST_DATABASE_URLS)" if missing else ""
    return f"databases: {', '.join(names)}{left_out}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked ``database`` run once on each server; the demo is copied on those that copy quickly."""
    marked = metafunc.definition.get_closest_marker("database") is not None
    for fixture in ("database_server", "demo_server"):
        if fixture in metafunc.fixturenames:
            chosen = (
                [s for s in servers() if fixture == "database_server" or s.name != "mariadb"] if marked else [SQLITE]
            )
            metafunc.parametrize(fixture, chosen, ids=[server.name for server in chosen], indirect=True)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of this run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def copies(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Server, str], Copies]:
    """Makers of databases, by server and kind."""
    made: dict[tuple[str, str], Copies] = {}
    builders = {"empty": migrations.upgrade, "demo": _build_demo, "desk": _open_desk}

    def get(server: Server, kind: str) -> Copies:
        if (server.url, kind) not in made:
            base = get(server, "demo") if kind == "desk" else None
            own = tmp_path_factory.mktemp(kind)
            made[server.url, kind] = Copies(
                server, kind, builders[kind], base=base, shared=run_folder, own=own, run=os.environ[RUN]
            )
        return made[server.url, kind]

    return get


@pytest.fixture
def database_server(request: pytest.FixtureRequest) -> Server:
    """The server that this test's database is made on."""
    server: Server = request.param
    return server


@pytest.fixture
def demo_server(request: pytest.FixtureRequest) -> Server:
    """The server that this test's copy of the demo is made on."""
    server: Server = request.param
    return server


@pytest.fixture
def database_url(database_server: Server, copies: Callable[[Server, str], Copies]) -> str:
    """A migrated, empty database of this test's own."""
    return copies(database_server, "empty").fresh()


@pytest.fixture
def demo_url(demo_server: Server, copies: Callable[[Server, str], Copies]) -> str:
    """A copy of the demo brand until 20 November 2026, seed 1, of this test's own."""
    return copies(demo_server, "demo").fresh()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database of this test's own."""
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def demo_database(demo_url: str) -> AsyncIterator[Database]:
    """A copy of the demo brand until 20 November 2026, seed 1, of this test's own."""
    opened = Database(demo_url)
    yield opened
    await opened.close()


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    """A writing session whose work is rolled back."""
    async with database.writes() as opened:
        yield opened
        await opened.rollback()


@pytest.fixture
def now() -> datetime:
    """09:30 on 20 November 2026 in Shanghai."""
    return NOW


@pytest.fixture
def clock(now: datetime) -> Clock:
    """A clock that stands at ``now``."""
    return fixed_clock(now)


@pytest.fixture
def system_actor() -> Actor:
    """The program itself, with every permission."""
    return system("test")


async def _build_demo(url: str) -> None:
    from core.demo.build import build

    await migrations.upgrade(url)
    database = Database(url)
    try:
        await build(database, until=DEMO_UNTIL, seed=DEMO_SEED)
    finally:
        await database.close()


async def _open_desk(url: str) -> None:
    """Publish and index the documents of a demo: what a dialogue runs on."""
    from core.language.embedder import load_embedder
    from knowledge.demo import index_by_meaning, publish_demo_documents
    from knowledge.service import Knowledge

    database = Database(url)
    try:
        await publish_demo_documents(database)
        await index_by_meaning(database, Knowledge(embedder=load_embedder("auto")))
    finally:
        await database.close()
