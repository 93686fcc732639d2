"""The chat page as its reader uses it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from playwright.async_api import Browser, Locator, Page, expect

from tests.serving import Site

PHONE: Any = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
DESKTOP: Any = {"viewport": {"width": 1280, "height": 800}}
SECONDS = 20
expect.set_options(timeout=SECONDS * 1000)

OVERFLOWING = """() => [...document.querySelectorAll("body *")].filter((node) => {
  if (node.closest(".frame, .unseen, .skip, svg, canvas") || !node.getClientRects().length) return false;
  const box = node.getBoundingClientRect();
  return box.right > innerWidth + 0.5 || box.left < -0.5;
}).map((node) => `${node.tagName}.${node.className}`)"""


@dataclass
class Chat:
    """One signed-in window."""

    page: Page
    site: Site
    complaints: list[str] = field(default_factory=list)

    @classmethod
    async def opened(cls, browser: Browser, site: Site, handle: str, **window: Any) -> "Chat":
        """Sign in through the link's page."""
        context = await browser.new_context(**{**DESKTOP, "locale": "zh-CN", "reduced_motion": "reduce", **window})
        chat = cls(await context.new_page(), site)
        chat.page.set_default_timeout(SECONDS * 1000)
        chat.page.on("console", chat.note)
        chat.page.on("pageerror", lambda error: chat.complaints.append(str(error)))
        await chat.page.goto(await site.link_for(handle))
        await chat.page.get_by_role("button").click()
        await chat.page.wait_for_url(site.url + "/")
        await chat.ready()
        return chat

    def note(self, message: Any) -> None:
        """What the browser complains about; a lost connection is meant where a test makes one."""
        if message.type in {"error", "warning"} and "net::ERR_" not in message.text:
            self.complaints.append(message.text)

    async def ready(self) -> None:
        """The history is there and the box may be written in."""
        await expect(self.page.locator(".empty:visible, .message").first).to_be_visible()

    @property
    def box(self) -> Locator:
        """Where one writes."""
        return self.page.locator("#say")

    @property
    def replies(self) -> Locator:
        """What the desk said."""
        return self.page.locator(".desks:not(.thinking)")

    @property
    def own(self) -> Locator:
        """What the person said."""
        return self.page.locator(".own")

    async def say(self, text: str) -> Locator:
        """Write, send with Enter, and wait for the answer."""
        count = await self.replies.count()
        await self.box.fill(text)
        await self.box.press("Enter")
        return await self.answer(count)

    async def answer(self, count: int) -> Locator:
        """The reply that comes after ``count`` of them."""
        await expect(self.replies).to_have_count(count + 1)
        await expect(self.page.locator(".thinking")).to_have_count(0)
        return self.replies.nth(count)

    async def overflowing(self) -> list[str]:
        """What sticks out of the window to either side; a wide table scrolls in its own frame."""
        sideways = await self.page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
        found: list[str] = await self.page.evaluate(OVERFLOWING)
        return found + (["the page scrolls sideways"] if sideways else [])


class Chats(Protocol):
    """Opens the page as somebody."""

    def __call__(self, handle: str, **window: object) -> Awaitable[Chat]: ...


Open = Callable[[str], Awaitable[Chat]]
