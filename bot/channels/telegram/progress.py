"""How far a turn has come: a sign of life, then a draft, which goes when the answer comes.

Where the Bot API has no drafts it is one message that is edited, and the answer takes its place. A model's words stand
there as they are released; what is being done is told in a line of its own.
"""

import asyncio
import logging
from collections.abc import Callable
from html import escape

from telegram import Bot, LinkPreviewOptions
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram.splitting import cut
from bot.channels.telegram.standing import Standing
from core.inbox.models import Inbound
from tools.context import Spoken

log = logging.getLogger(__name__)

AT_FIRST = 0.7
"""Seconds of thinking before there is anything to see: most turns are done by then. Words of a model don't wait."""
BETWEEN = 1.5
"""Seconds between two edits of a message: Telegram allows about one a second in a chat."""
TYPING_LASTS = 4.5
DRAFT_LASTS = 25.0
"""Seconds after which a draft is sent again: Telegram forgets it after 30."""
ROOM = 3000
"""What is shown of a model's words, in UTF-16 units; a message holds 4096."""
DRAFT = 1
"""The draft's number in a chat: there is one at a time."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Drafts:
    """Whether the Bot API offers drafts: taken for granted until it refuses one."""

    def __init__(self) -> None:
        self.offered = True


class Line:
    """What one chat is shown while its turn is thought."""

    def __init__(self, bot: Bot, chat: int, pace: tuple[float, float], drafts: Drafts) -> None:
        self._bot = bot
        self._chat = chat
        at_first, self._between = pace
        self._drafts = drafts
        self._doing = ""
        self._spoken = ""
        self._shown = Standing(0)
        self._writing: list[asyncio.Future[None]] = []
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._show(at_first))

    def tell(self, words: str) -> None:
        """The turn has come this far; from any thread."""
        if isinstance(words, Spoken):
            self._spoken, self._doing = words, ""
        else:
            self._doing = words
        self._loop.call_soon_threadsafe(self._news.set)

    async def end(self) -> Standing | None:
        """Stop; what stands there, to be overwritten with the answer."""
        self._task.cancel()
        await asyncio.gather(self._task, *self._writing, return_exceptions=True)
        return self._shown if self._shown.message or self._shown.spoken else None

    def kept(self) -> None:
        """The words of its draft stand in the chat now, by themselves."""
        self._shown = Standing(self._shown.message)

    async def _show(self, at_first: float) -> None:
        await self._until_spoken(at_first)
        written = ""
        try:
            while True:
                html = self._html()
                if not html:
                    await self._bot.send_chat_action(self._chat, ChatAction.TYPING)
                    await self._wait(TYPING_LASTS)
                    continue
                self._news.clear()
                if html != written:
                    await self._write(html, self._spoken)
                    written = html
                    await asyncio.sleep(self._between)
                if self._shown.message:
                    await self._news.wait()
                elif not await self._wait(DRAFT_LASTS):
                    written = ""
        except TelegramError as error:
            log.info("progress could not be shown: %s", type(error).__name__)

    def _html(self) -> str:
        lines = [f"{escape(next(cut(self._spoken, ROOM)), quote=False)} …"] if self._spoken else []
        return "\n".join([*lines, *([f"⏳ {escape(self._doing, quote=False)}"] if self._doing else [])])

    async def _until_spoken(self, seconds: float) -> None:
        until = self._loop.time() + seconds
        while not self._spoken and (left := until - self._loop.time()) > 0:
            await self._wait(left)
            self._news.clear()

    async def _wait(self, seconds: float) -> bool:
        """Until there is news, at most so long; whether there is any."""
        try:
            async with asyncio.timeout(seconds):
                return await self._news.wait()
        except TimeoutError:
            return False

    async def _write(self, html: str, spoken: str) -> None:
        """Shielded, and waited for at the end: what was sent is known, or the answer would stand beside it."""
        self._writing = [asyncio.ensure_future(self._written(html, spoken))]
        await asyncio.shield(self._writing[0])

    async def _written(self, html: str, spoken: str) -> None:
        if not self._shown.message and self._drafts.offered and await self._drafted(html):
            self._shown = Standing(0, spoken)
        elif self._shown.message:
            self._shown = Standing(self._shown.message, spoken)  # beforehand: it may arrive and its answer not
            await self._bot.edit_message_text(
                html, self._chat, self._shown.message, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
            )
        else:
            sent = await self._bot.send_message(
                self._chat, html, ParseMode.HTML, disable_notification=not spoken, link_preview_options=NO_PREVIEW
            )
            self._shown = Standing(sent.message_id, spoken)

    async def _drafted(self, html: str) -> bool:
        """Whether it went as a draft; a Bot API that knows none, or refuses one, is asked no more."""
        try:
            return await self._bot.send_message_draft(self._chat, DRAFT, html, parse_mode=ParseMode.HTML)
        except (BadRequest, InvalidToken) as error:
            log.info("no drafts are offered (%s): messages are edited instead", type(error).__name__)
            self._drafts.offered = False
            return False


class Progress:
    """The lines of all chats of this process."""

    def __init__(self, bot: Bot, at_first: float = AT_FIRST, between: float = BETWEEN) -> None:
        self._bot = bot
        self._at_first = at_first
        self._between = between
        self._drafts = Drafts()
        self._lines: dict[str, Line] = {}

    def begin(self, inbound: Inbound) -> Callable[[str], None]:
        """A turn begins; what it reports to. Groups see nothing until the answer."""
        chat = str(inbound.payload["chat"])
        if not inbound.payload["private"] or chat in self._lines:
            return _unseen
        line = self._lines[chat] = Line(self._bot, int(chat), (self._at_first, self._between), self._drafts)
        return line.tell

    async def end(self, chat: str) -> Standing | None:
        """The answer is about to be sent; what it may overwrite, also when that is tried again."""
        line = self._lines.get(chat)
        return await line.end() if line else None

    def kept(self, chat: str) -> None:
        """What its draft said stands there by itself."""
        if line := self._lines.get(chat):
            line.kept()

    def forget(self, chat: str) -> None:
        """The answer is there, or never will be."""
        self._lines.pop(chat, None)

    async def close(self) -> None:
        """Stop showing anything."""
        for chat in tuple(self._lines):
            await self.end(chat)
        self._lines.clear()


def _unseen(_: str) -> None:
    """Progress that nobody watches."""
