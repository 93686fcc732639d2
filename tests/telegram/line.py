"""A desk on the line to a Bot API: its parts moved by hand, so that a test decides what happens when."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import SecretStr
from sqlalchemy import select

from agents.brains import Learnt
from bot.app import put_together
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.polling import Poller
from bot.desk import Desk
from bot.worker import Watchers, Worker
from core import faults
from core.actor import system
from core.db import Database
from core.inbox.models import Outbound
from core.language.embedder import Embedder
from core.orders.models import Order
from core.people import service as people
from core.people.models import Person
from core.settings import Settings
from tests.factories import NOW
from tests.telegram.bot_api import TOKEN, BotApi, Shown
from tools.registry import Registry

Parts = tuple[Registry, Embedder | None, Learnt]
BUYER, OWNER, REP = 101, 102, 103
ACCOUNTS = {"D001-buyer": BUYER, "D001-owner": OWNER, "rep-sh": REP}


class Crash(BaseException):
    """The end of the process: nothing in it may catch this."""


@dataclass
class Hands:
    """A clock that a test moves on."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Line:
    """One process of the desk, and the server that it talks to."""

    api: BotApi
    desk: Desk
    hands: Hands
    worker: Worker
    channel: Telegram
    poller: Poller

    async def fetch(self) -> None:
        """Ask for updates: one question stores them, the next acknowledges."""
        await self.poller.once()

    async def work(self) -> None:
        """Answer what waits, and send it."""
        await self.worker.drain()
        await self.channel.sender.drain()
        await self.channel.presses.finish()

    async def turn(self) -> None:
        await self.fetch()
        await self.work()

    async def says(self, text: str, user: int = BUYER, chat: int | None = None) -> Shown:
        """Somebody says something, and gets an answer: the newest message of the chat."""
        await self.api.say(user, text, chat)
        await self.turn()
        return self.api.shown[chat or user][-1]

    async def presses(self, shown: Shown, button: str, user: int = BUYER) -> Shown:
        await self.api.press(user, shown, button)
        await self.turn()
        return self.api.shown[shown.chat][-1]

    async def crash(self, at: str, work: Any) -> None:
        """Do the work until the process ends at a point of it."""

        def end(name: str) -> None:
            if name == at:
                raise Crash

        try:
            with faults.arm(end):
                await work()
        except Crash:
            return
        raise AssertionError(f"{at} was not reached")

    async def orders(self) -> list[str]:
        return [number for (number,) in await self.rows(select(Order.number).order_by(Order.id))]

    async def outbox(self) -> list[Any]:
        columns = (Outbound.sent_at, Outbound.given_up_at, Outbound.attempts, Outbound.error, Outbound.parts)
        return await self.rows(select(*columns).order_by(Outbound.id))

    async def rows(self, statement: Any) -> list[Any]:
        async with self.desk.database.engine.connect() as connection:
            return list((await connection.execute(statement)).all())


@asynccontextmanager
async def line_to(
    api: BotApi, database: Database, parts: Parts, hands: Hands, settings: Settings
) -> AsyncIterator[Line]:
    """A process of the desk for as long as the block runs."""
    desk = put_together(settings, database, parts, hands)
    watchers = Watchers()
    worker = Worker(desk, watchers)
    channel = Telegram(desk, worker, watchers)
    channel.attach()
    try:
        await channel.introduce()
        yield Line(api, desk, hands, worker, channel, Poller(channel.bot, channel.intake, seconds=0))
    finally:
        await channel.stop()


def settings_for(api: BotApi, **more: Any) -> Settings:
    """What an operator sets for Telegram, and nothing of the environment."""
    return Settings(_env_file=None, embedder="none", telegram_token=SecretStr(TOKEN), telegram_base_url=api.url, **more)


async def let_in(database: Database, accounts: dict[str, int]) -> None:
    """Bind Telegram accounts to people."""
    async with database.writes.begin() as session:
        for handle, account in accounts.items():
            person = (await session.execute(select(Person).where(Person.handle == handle))).scalar_one()
            await people.bind(session, system("test"), "telegram", str(account), person, NOW)
