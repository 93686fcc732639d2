"""`qudao run` as a process: it says where it is, answers, and ends when it is told to."""

import asyncio
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from httpx import AsyncClient

SECONDS = 60
Start = Callable[..., Awaitable[Process]]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Starts the command in a folder of its own; whatever still runs at the end is killed."""
    started: list[Process] = []

    async def begin(port: int = 0, **settings: str) -> Process:
        environment = {**os.environ, "QUDAO_DATA_DIR": str(tmp_path), "QUDAO_EMBEDDER": "none", **settings}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "run", "--port", str(port), stdout=PIPE, stderr=STDOUT, env=environment
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def read_until(process: Process, wanted: str) -> list[str]:
    """Lines up to the one that holds what is wanted."""
    assert process.stdout is not None
    lines: list[str] = []
    async with asyncio.timeout(SECONDS):
        while not lines or wanted not in lines[-1]:
            line = await process.stdout.readline()
            assert line, "".join(lines)
            lines.append(line.decode())
    return lines


async def test_a_demo_prints_links_that_work_and_stops_when_told(start: Start, demo_url: str) -> None:
    process = await start(QUDAO_DATABASE_URL=demo_url)
    lines = await read_until(process, "legal")
    links = dict(line.split() for line in lines if "/sign-in/" in line)
    assert set(links) == {
        "D001-buyer",
        "D001-owner",
        "D040-buyer",
        "rep-east",
        "manager",
        "trainer",
        "finance",
        "legal",
    }
    base = re.search(r"http://127\.0\.0\.1:\d+", lines[0])
    assert base
    async with AsyncClient(base_url=base[0], headers={"origin": base[0]}, timeout=SECONDS) as client:
        assert (await client.get("/readyz")).status_code == 200
        assert (await client.post(links["D001-buyer"])).status_code == 303
        assert "王丽" in (await client.get("/")).text
        stream = await client.send(client.build_request("GET", "/desk/stream"), stream=True)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(SECONDS):
            assert await process.wait() == 0
            assert "turn" not in "".join([chunk async for chunk in stream.aiter_text()])


async def test_an_empty_installation_says_what_to_do(start: Start) -> None:
    process = await start()
    lines = await read_until(process, "no brand")
    assert "qudao init" in lines[-1]
    base = re.search(r"http://127\.0\.0\.1:\d+", lines[0])
    assert base
    async with AsyncClient(base_url=base[0], timeout=SECONDS) as client:
        assert (await client.get("/readyz")).status_code == 200
        page = await client.get("/")
    assert page.status_code == 503
    assert "qudao init" in page.text


async def test_a_port_in_use_is_said_plainly(start: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = await start(port)
        async with asyncio.timeout(SECONDS):
            out, _ = await process.communicate()
    assert process.returncode == 1
    assert f"Port {port} of 127.0.0.1 can't be opened" in out.decode()
    assert "--port" in out.decode()
