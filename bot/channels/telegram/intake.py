"""Updates of Telegram → the inbox. Nothing is answered here: what is stored is acknowledged, and never lost."""

import logging
from collections.abc import Sequence

from telegram import Chat, Message, Update, User
from telegram.constants import ChatType

from bot.channels.telegram.client import CHANNEL
from bot.channels.telegram.members import Members
from bot.channels.telegram.menu import said_by
from bot.channels.telegram.presses import Presses
from bot.desk import Desk
from bot.incoming import Incoming
from bot.worker import Worker
from core.errors import QudaoError
from core.inbox import service as inbox
from core.replies import say
from core.words import Words, our_language
from tools.context import Attachment

log = logging.getLogger(__name__)

ALLOWED = ("message", "callback_query", "my_chat_member", "chat_member")
REMOTE = "remote:"
GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})


class Intake:
    """Takes one update after the other; ``username`` is the bot's own, by which a group calls it."""

    def __init__(self, desk: Desk, worker: Worker, members: Members, presses: Presses) -> None:
        self._desk = desk
        self._worker = worker
        self._members = members
        self._presses = presses
        self.username = ""
        self.bot_id = 0

    async def take(self, update: Update) -> None:
        """Store what an update says; the same update again changes nothing."""
        if update.callback_query is not None:
            await self._presses.take(update.callback_query)
        elif update.message is not None:
            await self._message(update.message)
        elif (change := update.chat_member or update.my_chat_member) is not None:
            await self._members.changed(change, self.bot_id)
        self._worker.nudge()

    async def _message(self, message: Message) -> None:
        chat = message.chat
        if message.migrate_to_chat_id is not None:
            await self._members.moved(str(chat.id), str(message.migrate_to_chat_id))
            return
        if message.new_chat_members or message.left_chat_member:
            await self._members.came_and_went(message, self.bot_id)
            return
        private = chat.type == ChatType.PRIVATE
        if not (private or chat.type in GROUPS) or _by_a_bot(message) or not (private or self._addressed(message)):
            return
        words = self._words(message.from_user)
        text = said_by(self._without_name(message.text or message.caption or ""), words, private=private)
        files = attachments(message)
        if not text and not files:
            await self._tell(message, words("telegram.unsupported"), private)
            return
        if not private:
            await self._members.seen(str(chat.id), account_of(message))
        await self._receive(message, text, files, private)

    async def _receive(self, message: Message, text: str, files: Sequence[Attachment], private: bool) -> None:
        incoming = Incoming(
            CHANNEL,
            str(message.chat.id),
            account_of(message),
            text,
            files=tuple(files),
            private=private,
            language=language_of(message.from_user),
        )
        try:
            await self._desk.receive(message_key(message.chat, message.message_id), incoming)
        except QudaoError as error:
            await self._tell(message, self._words(message.from_user).error(error), private)

    def _addressed(self, message: Message) -> bool:
        """In a group: a command, an answer to the bot, or its name somewhere."""
        text = message.text or message.caption or ""
        if text.startswith("/"):
            command = text.split(maxsplit=1)[0]
            return "@" not in command or command.endswith(f"@{self.username}")
        answered = message.reply_to_message
        to_the_bot = answered is not None and answered.from_user is not None and answered.from_user.id == self.bot_id
        return to_the_bot or (bool(self.username) and f"@{self.username}".casefold() in text.casefold())

    def _without_name(self, text: str) -> str:
        if not self.username:
            return text
        at = text.casefold().find(f"@{self.username}".casefold())
        return text if at < 0 else f"{text[:at]}{text[at + len(self.username) + 1 :]}".strip()

    def _words(self, user: User | None) -> Words:
        return self._desk.catalogues.words(language_of(user) or "zh")

    async def _tell(self, message: Message, text: str, private: bool) -> None:
        """Say something that needs no turn, by way of the outbox; once."""
        key = message_key(message.chat, message.message_id)
        payload = {"turn": None, "in_reply_to": key, "reply": say(text).as_json()}
        async with self._desk.database.writes.begin() as session:
            await inbox.send(session, CHANNEL, str(message.chat.id), f"{CHANNEL}:{key}", payload, self._desk.clock())
        for tell in self._desk.on_saved:
            tell(CHANNEL, str(message.chat.id))


def _by_a_bot(message: Message) -> bool:
    """Other bots; not the ones that stand for somebody who hides behind the group."""
    return message.sender_chat is None and message.from_user is not None and message.from_user.is_bot


def account_of(message: Message) -> str:
    """Who sent it; one who hides behind a group or a channel is nobody that we know."""
    if message.sender_chat is not None:
        return f"chat:{message.sender_chat.id}"
    return str(message.from_user.id) if message.from_user else f"chat:{message.chat.id}"


def message_key(chat: Chat, message_id: int) -> str:
    """Telegram numbers messages within a chat."""
    return f"{chat.id}:{message_id}"


def language_of(user: User | None) -> str:
    """The language of the person's app, where it is one of ours; empty else."""
    return our_language(user.language_code or "") if user else ""


def attachments(message: Message) -> list[Attachment]:
    """Files by their id at Telegram: they are fetched when the message is answered, after it is safe in the inbox."""
    if message.document is not None:
        one = message.document
        mime = one.mime_type or "application/octet-stream"
        return [Attachment(one.file_name or "file", REMOTE + one.file_id, mime, one.file_size or 0)]
    if message.photo:
        largest = max(message.photo, key=lambda photo: photo.width * photo.height)
        name = f"photo-{message.message_id}.jpg"
        return [Attachment(name, REMOTE + largest.file_id, "image/jpeg", largest.file_size or 0)]
    return []
