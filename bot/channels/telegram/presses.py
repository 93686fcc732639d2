"""Presses of buttons → the inbox, and documents asked for → the outbox."""

import asyncio
import logging

from telegram import Bot, CallbackQuery, MaybeInaccessibleMessage
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.channels.telegram import keyboards
from bot.channels.telegram.client import CHANNEL
from bot.channels.telegram.keyboards import Pressed
from bot.channels.telegram.members import Members
from bot.desk import Desk
from bot.incoming import Incoming
from core.brand import service as brands
from core.conversations import reading
from core.documents import files
from core.documents import service as documents
from core.errors import QudaoError
from core.inbox import service as inbox
from core.people import service as people
from core.replies import Button, File, Reply
from core.words import our_language

log = logging.getLogger(__name__)


class Presses:
    """Stores a press as what it meant where it was offered, and lets the button stop spinning."""

    def __init__(self, desk: Desk, bot: Bot, members: Members) -> None:
        self._desk = desk
        self._bot = bot
        self._members = members
        self._answering: set[asyncio.Task[None]] = set()

    async def take(self, query: CallbackQuery) -> None:
        """Store a press; a choice of an older message is refused in a word, since it may mean another thing by now."""
        pressed = keyboards.read(query.data or "")
        message = query.message
        toast = ""
        if pressed is None or message is None:
            toast = "telegram.unknown_button"
        elif pressed.document is not None:
            toast = await self._document(query, pressed.document, message)
        else:
            toast = await self._button(query, pressed, message)
        self._answer(query, toast)

    async def _button(self, query: CallbackQuery, pressed: Pressed, message: MaybeInaccessibleMessage) -> str:
        button, latest = await self._offered(pressed)
        if button is None:
            button, latest = Button(pressed.button, "", proposal=str(pressed.proposal or "")), True
        private = message.chat.type == ChatType.PRIVATE
        if not latest and not button.proposal and button.id != "person":
            return "telegram.older_button"
        if not private:
            await self._members.seen(str(message.chat.id), str(query.from_user.id))
        # In a group another may press it: they say its words, and don't choose from what they were offered themselves.
        in_words = button.id == "person" or not (private or button.proposal or button.id == "more")
        says = button.says or button.label if in_words else ""
        incoming = Incoming(
            CHANNEL,
            str(message.chat.id),
            str(query.from_user.id),
            says,
            "" if says else button.id,
            "" if says else button.proposal,
            private=private,
            language=_language(query),
        )
        await self._desk.receive(f"press:{query.id}", incoming)
        return ""

    async def _offered(self, pressed: Pressed) -> tuple[Button | None, bool]:
        """The button as its turn offered it, and whether that turn is the conversation's newest."""
        if pressed.turn is None:
            return None, True
        async with self._desk.database.reads() as session:
            found = await reading.reply_of(session, pressed.turn)
        if found is None:
            return None, True
        message, latest = found
        buttons = Reply.from_json(message.reply or {}).buttons
        return next((button for button in buttons if pressed.means(button)), None), latest

    async def _document(self, query: CallbackQuery, version: int, message: MaybeInaccessibleMessage) -> str:
        """Send the document to the chat, where the presser may read it; only to a private one."""
        if message.chat.type != ChatType.PRIVATE:
            return "telegram.privately"
        now = self._desk.clock()
        try:
            async with self._desk.database.writes.begin() as session:
                actor = await people.actor_by_account(session, CHANNEL, str(query.from_user.id), now)
                if actor is None:
                    return "telegram.unknown_button"
                _, today = await brands.current_at(session, now)
                found = await documents.open_version(session, actor, version, today)
                sha256 = await files.store(session, found.data, found.mime, now)
                reply = Reply((File(found.source, sha256, found.mime),))
                payload = {"turn": None, "in_reply_to": None, "reply": reply.as_json()}
                chat = str(message.chat.id)
                await inbox.send(session, CHANNEL, chat, f"{CHANNEL}:press:{query.id}", payload, now)
        except QudaoError as error:
            return error.message_key
        for tell in self._desk.on_saved:
            tell(CHANNEL, chat)
        return ""

    def _answer(self, query: CallbackQuery, key: str) -> None:
        """Telegram waits for this, nobody else does."""
        words = self._desk.catalogues.words(_language(query) or "zh")
        task = asyncio.create_task(self._answered(query, words(key) if key else ""))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _answered(self, query: CallbackQuery, words: str) -> None:
        try:
            await self._bot.answer_callback_query(query.id, words or None, show_alert=bool(words))
        except TelegramError as error:
            log.info("a press could not be acknowledged: %s", type(error).__name__)

    async def finish(self) -> None:
        """Wait for what is on its way."""
        await asyncio.gather(*self._answering, return_exceptions=True)


def _language(query: CallbackQuery) -> str:
    return our_language(query.from_user.language_code or "")
