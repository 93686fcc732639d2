"""The outbox → Telegram: chat by chat in order, many chats at once, each message until it is there."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from datetime import timedelta
from html import escape
from uuid import UUID

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InputFile,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot import charts
from bot.channels.telegram.client import CHANNEL, Failure, failure_of
from bot.channels.telegram.keyboards import keyboard
from bot.channels.telegram.layout import Document, Laid, Part, Picture, Words, lay_out, plain
from bot.channels.telegram.members import Members
from bot.channels.telegram.progress import NO_PREVIEW, Progress
from bot.channels.telegram.standing import goes_on, overwritten
from bot.desk import Desk
from bot.enrolling import revealed
from core.brand import service as brands
from core.documents import files
from core.errors import NotFound
from core.inbox import service as inbox
from core.inbox.models import Outbound
from core.people import enrolments, groups
from core.replies import Reply, say

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=90)
SWEEP_SECONDS = 1.0
CHATS_AT_ONCE = 32


class Sender:
    """One loop over the outbox; ``wake`` tells it that there is something to send, a sweep finds the rest."""

    def __init__(self, desk: Desk, bot: Bot, progress: Progress, members: Members) -> None:
        self._desk = desk
        self._bot = bot
        self._progress = progress
        self._members = members
        self._awake = asyncio.Event()
        self._sending: set[asyncio.Task[None]] = set()

    def saved(self, channel: str, _chat: str) -> None:
        """A turn was saved."""
        if channel == CHANNEL:
            self._awake.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._awake.clear()
            try:
                if await self._begin():
                    continue
            except Exception:
                log.exception("the outbox could not be read; it is tried again")
            try:
                async with asyncio.timeout(SWEEP_SECONDS):
                    await self._awake.wait()
            except TimeoutError:
                continue

    async def drain(self) -> int:
        """Send everything that is due, and wait for it; returns how many were taken."""
        taken = 0
        while number := await self._begin():
            taken += number
            await asyncio.gather(*self._sending)
        return taken

    async def stop(self) -> None:
        """Let what is on its way arrive."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=5)

    async def _begin(self) -> int:
        """Take what is due and start a task a chat; at most so many at once."""
        while len(self._sending) >= CHATS_AT_ONCE:
            await asyncio.wait(self._sending, return_when=asyncio.FIRST_COMPLETED)
        async with self._desk.database.reads() as session:
            if not await inbox.waiting(session, CHANNEL, self._desk.clock(), 1):
                return 0
        async with self._desk.database.writes.begin() as session:
            taken = await inbox.take_to_send(session, CHANNEL, self._desk.clock(), LEASE)
        chats: dict[str, list[Outbound]] = {}
        for message in taken:
            chats.setdefault(message.chat, []).append(message)
        for messages in chats.values():
            task = asyncio.create_task(self._chat(messages))
            self._sending.add(task)
            task.add_done_callback(self._done)
        return len(taken)

    def _done(self, task: asyncio.Task[None]) -> None:
        """What came to the chat meanwhile is next."""
        self._sending.discard(task)
        self._awake.set()

    async def _chat(self, messages: Sequence[Outbound]) -> None:
        """In order; where one has to wait, those behind it do."""
        for at, message in enumerate(messages):
            try:
                if await self._send(message):
                    continue
            except Exception:
                log.exception("message %s could not be sent; it is tried again", message.id)
                await self._failed(message, Failure("a bug, see the log", timedelta(seconds=30)))
            if rest := [one.id for one in messages[at + 1 :]]:
                async with self._desk.database.writes.begin() as session:
                    await inbox.give_back(session, rest)
            return

    async def _send(self, message: Outbound) -> bool:
        """Send what isn't there yet of a message; False where it has to be tried again."""
        standing = await self._progress.end(message.chat)
        laid = lay_out(await self._reply(message), self._desk.settings.public_url)
        if message.payload.get("withdraws") and not message.parts:
            await self._withdraw(message.payload["withdraws"])
        last = 0
        over = overwritten(standing, laid) if not message.parts else None
        died = message.next_try_at is not None and message.error is None and message.attempts == 0
        doubtful = over is None and (died or bool(message.unsure))
        for at in range(message.parts or 0, len(laid.parts)):
            try:
                if standing is not None and not standing.message and not goes_on(standing, laid):
                    await self._keep(message.chat, standing.spoken)
                    standing = None
                last = await self._part(message, laid, at, over, doubtful)
            except TelegramError as error:
                over_with = await self._failed(message, failure_of(error))
                if over_with:
                    self._progress.forget(message.chat)
                return over_with
            self._progress.forget(message.chat)
            over, doubtful = None, False
            if at + 1 < len(laid.parts):
                until = self._desk.clock() + LEASE
                async with self._desk.database.writes.begin() as session:
                    await inbox.shown_in_part(session, message.id, at + 1, until)
        self._progress.forget(message.chat)
        async with self._desk.database.writes.begin() as session:
            await inbox.sent(session, message.id, self._desk.clock())
            if message.payload.get("reveals"):
                shown_as = f"{message.chat}:{last}"
                await enrolments.shown(session, UUID(message.payload["reveals"]), self._desk.clock(), shown_as)
        return True

    async def _withdraw(self, shown_as: str) -> None:
        """Take back the message with a secret that has done its work; where that fails, its person still can."""
        chat, _, message = shown_as.rpartition(":")
        try:
            await self._bot.delete_message(int(chat), int(message))
        except TelegramError as error:
            log.warning("a message with a secret could not be taken back: %s", failure_of(error).words)

    async def _reply(self, message: Outbound) -> Reply:
        """What is to be shown; what was said for the members of a bound group only where they are still among them."""
        reply = Reply.from_json(message.payload["reply"])
        if message.payload.get("reveals"):
            settings, now = self._desk.settings, self._desk.clock()
            async with self._desk.database.reads() as session:
                return reply + await revealed(
                    session, message.payload, self._desk.catalogues, settings.sealing_key, now
                )
        if not message.payload.get("members_only"):
            return reply
        await self._members.count(message.chat)
        now = self._desk.clock()
        async with self._desk.database.reads() as session:
            group = await groups.binding(session, CHANNEL, message.chat)
            _, day = await brands.current_at(session, now)
            dealer = group.dealer_id if group and group.members else None
            if dealer is not None and not await groups.strangers(session, CHANNEL, message.chat, dealer, now, day):
                return reply
        return say(self._desk.catalogues.words(message.payload.get("language") or "zh")("group.private"))

    async def _part(self, message: Outbound, laid: Laid, at: int, over: int | None, doubtful: bool) -> int:
        """The message that the part is now."""
        part = laid.parts[at]
        turn = message.payload.get("turn")
        last = at == len(laid.parts) - 1
        private = not message.chat.startswith("-")
        under = laid.documents if last and private else ()
        buttons = keyboard(laid.buttons if last else (), UUID(turn) if turn else None, under)
        if doubtful and isinstance(part, Words):
            again = self._desk.catalogues.words(message.payload.get("language") or "zh")("telegram.sent_again")
            part = Words(f"<i>{again}</i>\n{part.html}")
        if over is not None and isinstance(part, Words):
            return await self._overwrite(message, part, over, buttons)
        if over is not None:
            await self._clear(message.chat, over)
        return await self._new(message, part, buttons, None if private else message.payload.get("in_reply_to"))

    async def _keep(self, chat: str, spoken: str) -> None:
        """Words of a draft that the answer doesn't go on from stay in the chat: the draft goes with the answer."""
        html = escape(spoken, quote=False)
        await self._bot.send_message(int(chat), html, ParseMode.HTML, link_preview_options=NO_PREVIEW)
        self._progress.kept(chat)

    async def _clear(self, chat: str, message: int) -> None:
        """Take the progress away before what can't take its place; its person may have done so already."""
        with contextlib.suppress(BadRequest):
            await self._bot.delete_message(int(chat), message)
        self._progress.forget(chat)

    async def _overwrite(self, message: Outbound, part: Words, over: int, buttons: InlineKeyboardMarkup | None) -> int:
        """Put the answer where the progress stood: twice does no harm."""
        try:
            await self._bot.edit_message_text(
                part.html,
                int(message.chat),
                over,
                parse_mode=ParseMode.HTML,
                reply_markup=buttons,
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            if "not modified" not in error.message.lower():
                return await self._new(message, part, buttons, None)
        return over

    async def _new(
        self, message: Outbound, part: Part, buttons: InlineKeyboardMarkup | None, in_reply_to: str | None
    ) -> int:
        chat = int(message.chat)
        answered = _answered(in_reply_to)
        match part:
            case Words():
                return (await self._words(chat, part.html, buttons, answered)).message_id
            case Picture():
                picture = await asyncio.to_thread(charts.png, part.chart)
                shown = await self._bot.send_photo(
                    chat, InputFile(picture, "chart.png"), part.caption or None, parse_mode=ParseMode.HTML,
                    reply_markup=buttons, reply_parameters=answered,
                )  # fmt: skip
                return shown.message_id
            case Document():
                return (await self._document(chat, part, buttons, answered)).message_id

    async def _words(
        self, chat: int, html: str, buttons: InlineKeyboardMarkup | None, answered: ReplyParameters | None
    ) -> Message:
        try:
            return await self._bot.send_message(
                chat, html, ParseMode.HTML, link_preview_options=NO_PREVIEW, reply_markup=buttons,
                reply_parameters=answered,
            )  # fmt: skip
        except BadRequest as error:
            if not failure_of(error).as_plain:
                raise
            log.error("Telegram could not read the marks of a message; it is sent without them")  # noqa: TRY400
            return await self._bot.send_message(
                chat, plain(html), link_preview_options=NO_PREVIEW, reply_markup=buttons, reply_parameters=answered
            )

    async def _document(
        self, chat: int, part: Document, buttons: InlineKeyboardMarkup | None, answered: ReplyParameters | None
    ) -> Message:
        async with self._desk.database.reads() as session:
            try:
                data = await files.load(session, part.file.sha256)
            except NotFound:
                log.error("file %s is gone; its name is sent instead", part.file.sha256)  # noqa: TRY400
                return await self._bot.send_message(chat, f"📎 {part.file.name}", reply_markup=buttons)
        return await self._bot.send_document(
            chat, InputFile(data, part.file.name), reply_markup=buttons, reply_parameters=answered
        )

    async def _failed(self, message: Outbound, failure: Failure) -> bool:
        """Note why; True where it is over with for good, so that those behind it may go."""
        now = self._desk.clock()
        if failure.moved_to:
            await self._members.moved(message.chat, failure.moved_to)
            return False
        async with self._desk.database.writes.begin() as session:
            if failure.retry_in is None:
                log.warning("message %s to chat %s is given up: %s", message.id, message.chat, failure.words)
                await inbox.give_up(session, message.id, now, failure.words)
                return True
            await inbox.failed(session, message.id, now, failure.retry_in, failure.words, unsure=failure.unsure)
        log.info("message %s to chat %s is tried again: %s", message.id, message.chat, failure.words)
        return False


def _answered(in_reply_to: str | None) -> ReplyParameters | None:
    """In a group the answer hangs on the question."""
    _, _, number = (in_reply_to or "").rpartition(":")
    if in_reply_to is None or not number.isdecimal() or in_reply_to.startswith("press:"):
        return None
    return ReplyParameters(int(number), allow_sending_without_reply=True)
