"""How far a turn has come: a sign of life, then a line that is edited; the answer takes the line's place."""

import asyncio
import logging
from collections.abc import Callable
from html import escape

from telegram import Bot
from telegram.constants import ChatAction, ParseMode
from telegram.error import TelegramError

from core.inbox.models import Inbound

log = logging.getLogger(__name__)

AT_FIRST = 0.7
"""Seconds of thinking before there is anything to see: most turns are done by then."""
BETWEEN = 1.5
"""Seconds between two edits of a line: Telegram allows about one a second in a chat."""
TYPING_LASTS = 4.5


class Line:
    """What one chat is shown while its turn is thought."""

    def __init__(self, bot: Bot, chat: int, at_first: float, between: float) -> None:
        self._bot = bot
        self._chat = chat
        self._between = between
        self._words = ""
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self.message: int | None = None
        self._task = asyncio.create_task(self._show(at_first))

    def tell(self, words: str) -> None:
        """The turn has come this far; from any thread."""
        self._words = words
        self._loop.call_soon_threadsafe(self._news.set)

    async def end(self) -> int | None:
        """Stop; the message that stands there, to be overwritten with the answer."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        return self.message

    async def _show(self, at_first: float) -> None:
        await asyncio.sleep(at_first)
        try:
            while True:
                if not self._words:
                    await self._bot.send_chat_action(self._chat, ChatAction.TYPING)
                    await self._wait(TYPING_LASTS)
                    continue
                self._news.clear()
                await self._write(f"⏳ {escape(self._words, quote=False)}")
                await asyncio.sleep(self._between)
                await self._news.wait()
        except TelegramError as error:
            log.info("progress could not be shown: %s", type(error).__name__)

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return

    async def _write(self, html: str) -> None:
        """Shielded: a message that was sent is known, or the answer would stand beside it."""
        await asyncio.shield(asyncio.ensure_future(self._written(html)))

    async def _written(self, html: str) -> None:
        if self.message is None:
            sent = await self._bot.send_message(self._chat, html, ParseMode.HTML, disable_notification=True)
            self.message = sent.message_id
        else:
            await self._bot.edit_message_text(html, self._chat, self.message, parse_mode=ParseMode.HTML)


class Progress:
    """The lines of all chats of this process."""

    def __init__(self, bot: Bot, at_first: float = AT_FIRST, between: float = BETWEEN) -> None:
        self._bot = bot
        self._at_first = at_first
        self._between = between
        self._lines: dict[str, Line] = {}

    def begin(self, inbound: Inbound) -> Callable[[str], None]:
        """A turn begins; what it reports to. Groups see nothing until the answer."""
        chat = str(inbound.payload["chat"])
        if not inbound.payload["private"] or chat in self._lines:
            return _unseen
        line = self._lines[chat] = Line(self._bot, int(chat), self._at_first, self._between)
        return line.tell

    async def end(self, chat: str) -> int | None:
        """The answer is about to be sent; the message that it may overwrite."""
        line = self._lines.pop(chat, None)
        return await line.end() if line else None

    async def close(self) -> None:
        """Stop showing anything."""
        for chat in tuple(self._lines):
            await self.end(chat)


def _unseen(_: str) -> None:
    """Progress that nobody watches."""
