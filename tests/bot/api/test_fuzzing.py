"""Whatever fits the description, and whatever doesn't, is answered as it says, and never by a server's error.

``make fuzz`` tries more of it.
"""

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Err
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot.app import put_together
from core.actor import system
from core.clock import fixed_clock
from core.db import Database
from core.keys import service as keys
from core.keys.scopes import FOR_PEOPLE
from core.keys.service import NewKey
from core.settings import Settings
from tests.bot.api.conftest import Parts
from tests.conftest import NOW
from tests.serving import served

EXAMPLES = int(os.environ.get("QUDAO_FUZZ_EXAMPLES", "12"))
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


@contextmanager
def running(url: str, folder: Path, parts: Parts, person: str) -> Iterator[tuple[str, str]]:
    """A desk served by a thread of its own, since what asks it blocks; its address, and a key."""
    told: Queue[Any] = Queue()

    async def serve() -> None:
        database = Database(url)
        try:
            options = Settings(data_dir=folder, embedder="none", api_rate=100_000, _env_file=None)
            desk = put_together(options, database, parts, fixed_clock(NOW))
            async with database.writes.begin() as session:
                key = await keys.make(session, system("test"), NewKey("fuzz", person, FOR_PEOPLE), NOW)
            async with served(desk) as site:
                loop, stop = asyncio.get_running_loop(), asyncio.Event()
                told.put((site.url, key, lambda: loop.call_soon_threadsafe(stop.set)))
                await stop.wait()
        except BaseException as error:
            told.put(error)
            raise
        finally:
            await database.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    answer = told.get()
    if isinstance(answer, BaseException):
        raise answer
    address, key, stop = answer
    try:
        yield address, key
    finally:
        stop()
        thread.join()


@pytest.fixture
def address_and_key(demo_url: str, tmp_path: Path, parts: Parts) -> Iterator[tuple[str, str]]:
    with running(demo_url, tmp_path, parts, "D001-buyer") as found:
        yield found


def trial(operation: Any, mode: schemathesis.GenerationMode, key: str) -> Callable[[], None]:
    """A test of one operation, with the same examples each time."""
    phases = [Phase.explicit, Phase.generate]

    @settings(
        max_examples=EXAMPLES, derandomize=EXAMPLES < 50, database=None, deadline=None, phases=phases,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def tried(case: Any) -> None:
        response = case.call(headers={"Authorization": f"Bearer {key}"})
        case.validate_response(response, checks=CHECKS)

    return tried


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
def test_the_description_holds(address_and_key: tuple[str, str], mode: schemathesis.GenerationMode) -> None:
    address, key = address_and_key
    schema = schemathesis.openapi.from_url(f"{address}/api/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations() if not isinstance(found, Err)]
    assert len(operations) > 20
    for operation in operations:
        trial(operation, mode, key)()
