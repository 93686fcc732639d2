"""A desk served on a free port, and a browser to look at it with."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta

import uvicorn
from playwright.async_api import Browser, async_playwright

from bot.desk import Desk
from bot.server import create_app
from core.actor import system
from core.people import service as people

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update",
    "--disable-background-networking", "--disable-sync", "--force-color-profile=srgb", "--font-render-hinting=none",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """A desk that a browser can reach."""

    desk: Desk
    url: str

    async def link_for(self, handle: str) -> str:
        """A sign-in link that works once."""
        async with self.desk.database.writes.begin() as session:
            token = await people.invite(session, system("test"), handle, self.desk.clock(), timedelta(hours=1))
        return f"{self.url}/sign-in/{token}"


class _Server(uvicorn.Server):
    """Says when it is ready, and leaves the signals to the test run."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def served(desk: Desk, port: int = 0) -> AsyncIterator[Site]:
    """The desk on 127.0.0.1 for as long as the block runs; the server shares the caller's event loop."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    app = create_app(desk, chores=False)
    server = _Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=3, lifespan="on", ws="none"))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        async with asyncio.timeout(30):
            await server.ready.wait()
        yield Site(desk, f"http://127.0.0.1:{listening.getsockname()[1]}")
    finally:
        app.state.web.hub.close()
        server.should_exit = True
        await running
        listening.close()


def chromium_path() -> str | None:
    """Where a Chromium is: named by ``QUDAO_CHROMIUM``, or on PATH."""
    named = os.environ.get("QUDAO_CHROMIUM", "")
    return named or next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A headless Chromium for as long as the block runs."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()
