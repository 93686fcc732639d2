"""Files that came with a message, fetched from Telegram when the message is answered."""

from dataclasses import replace

from telegram import Bot
from telegram.error import BadRequest

from bot.asking import attach_bytes
from bot.channels.telegram.intake import REMOTE
from bot.desk import Desk
from bot.incoming import Incoming
from core.errors import BadInput
from tools.context import Attachment

FILE_BYTES = 20_000_000
"""Telegram gives bots no larger ones."""


class Fetch:
    """Brings a message's files into the house."""

    def __init__(self, desk: Desk, bot: Bot) -> None:
        self._desk = desk
        self._bot = bot

    async def __call__(self, incoming: Incoming) -> Incoming:
        """The message with its files stored; one that is too large is refused in words, before any is fetched."""
        for file in incoming.files:
            if file.size > FILE_BYTES:
                raise BadInput("telegram.file_too_large", name=file.name, limit=FILE_BYTES // 1_000_000)
        return replace(incoming, files=tuple([await self._one(file) for file in incoming.files]))

    async def _one(self, file: Attachment) -> Attachment:
        if not file.sha256.startswith(REMOTE):
            return file
        try:
            found = await self._bot.get_file(file.sha256.removeprefix(REMOTE))
        except BadRequest as error:
            raise BadInput("telegram.file_gone", name=file.name) from error
        stored = await attach_bytes(self._desk, file.name, bytes(await found.download_as_bytearray()))
        return replace(stored, mime=file.mime)
