"""Telegram as one thing to start and stop: who asks or is called, who stores, who sends."""

import asyncio
import logging
from typing import Any

from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram import menu
from bot.channels.telegram.client import CHANNEL, TOKEN_REFUSED, failure_of, open_bot, webhook_secret
from bot.channels.telegram.files import Fetch
from bot.channels.telegram.intake import ALLOWED, Intake
from bot.channels.telegram.members import Members
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.presses import Presses
from bot.channels.telegram.progress import Progress
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.webhook import PATH
from bot.desk import Desk
from bot.worker import Watchers, Worker

log = logging.getLogger(__name__)

LONGEST_WAIT = 60.0


class Telegram:
    """The channel over a desk; messages are answered by the desk's worker, as those of every channel."""

    def __init__(self, desk: Desk, worker: Worker, watchers: Watchers, bot: Bot | None = None) -> None:
        self._desk = desk
        self._watchers = watchers
        self.bot = bot or open_bot(desk.settings)
        self.progress = Progress(self.bot)
        members = Members(desk, self.bot)
        self.presses = Presses(desk, self.bot, members)
        self.intake = Intake(desk, worker, members, self.presses)
        self.sender = Sender(desk, self.bot, self.progress, members)
        self._tasks: list[asyncio.Task[None]] = []

    def read(self, data: Any) -> Update:
        """An update as the webhook got it."""
        update = Update.de_json(data, self.bot)
        if update is None:
            raise ValueError("no update")
        return update

    async def start(self) -> None:
        """Begin to send, and as soon as Telegram can be reached, to receive."""
        self.attach()
        self._tasks = [asyncio.create_task(self.sender.run()), asyncio.create_task(self._receive())]

    def attach(self) -> None:
        """Hear of saved turns, show how far they have come, fetch their files."""
        self._desk.on_saved.append(self.sender.saved)
        self._desk.fetchers[CHANNEL] = Fetch(self._desk, self.bot)
        self._watchers.watch_channel(CHANNEL, self.progress.begin)

    async def stop(self) -> None:
        """Stop asking first, then let what is on its way arrive."""
        for task in reversed(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.sender.stop()
        await self.presses.finish()
        await self.progress.close()
        self._desk.on_saved.remove(self.sender.saved)
        self._desk.fetchers.pop(CHANNEL, None)
        self._watchers.leave_channel(CHANNEL)
        await self.bot.shutdown()

    async def _receive(self) -> None:
        """Introduce ourselves until Telegram answers, then poll, or let it call."""
        wait = 1.0
        while True:
            try:
                await self.introduce()
                break
            except InvalidToken:
                log.error(TOKEN_REFUSED)  # noqa: TRY400 - the trace would show the token
                return
            except TelegramError as error:
                log.warning("Telegram can't be reached yet (%s); trying again", failure_of(error).words)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
        if not self._desk.settings.telegram_webhook_url:
            await Poller(self.bot, self.intake).run()

    async def introduce(self) -> None:
        """Learn the bot's own name, set its menus, and say how updates are to come."""
        await self.bot.initialize()
        me = self.bot.bot
        self.intake.username, self.intake.bot_id = me.username or "", me.id
        url = self._desk.settings.telegram_webhook_url
        if url:
            address = url.rstrip("/") if url.rstrip("/").endswith(PATH) else url.rstrip("/") + PATH
            secret = webhook_secret(self._desk.settings)
            await self.bot.set_webhook(address, allowed_updates=ALLOWED, secret_token=secret)
        else:
            await self.bot.delete_webhook()
        await menu.offer(self.bot, self._desk.catalogues)
