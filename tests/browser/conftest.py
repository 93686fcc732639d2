"""A real browser before a served desk. Without a Chromium the lane is skipped, or fails where it must run."""

import os
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from bot.desk import Desk
from tests.bot.web.conftest import desk, parts
from tests.browser.page import Chat, Chats
from tests.serving import Site, chromium, chromium_path, served

__all__ = ["desk", "parts"]

REQUIRED = "QUDAO_REQUIRE_BROWSER"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session", autouse=True)
def browser_is_there() -> None:
    """One line where it isn't."""
    if chromium_path() is None:
        missing = "no Chromium on PATH (QUDAO_CHROMIUM names one elsewhere): the pages were not looked at"
        (pytest.fail if os.environ.get(REQUIRED) else pytest.skip)(missing)


@pytest.fixture
async def site(desk: Desk) -> AsyncIterator[Site]:
    """The desk, reachable."""
    async with served(desk) as one:
        yield one


@pytest.fixture
async def browser(browser_is_there: None) -> AsyncIterator[Browser]:
    """A Chromium of this test's own."""
    async with chromium() as one:
        yield one


@pytest.fixture
async def chats(site: Site, browser: Browser) -> AsyncIterator[Chats]:
    """Opens the page as somebody, in a window of its own; nothing may be said in the browser's console."""
    opened: list[Chat] = []

    async def open_as(handle: str, **window: object) -> Chat:
        chat = await Chat.opened(browser, site, handle, **window)
        opened.append(chat)
        return chat

    yield open_as
    for chat in opened:
        assert chat.complaints == []
        await chat.page.context.close()
