"""A message whose sender waits for the answer: a program that speaks for a person, over HTTP."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import API_CHANNEL, Desk
from bot.incoming import Incoming
from bot.worker import answer_kept
from core.inbox import service as inbox
from core.inbox.models import Inbound
from core.keys.repeats import KeyReused, StillAtWork
from core.keys.service import Caller
from core.replies import Reply
from tools.context import Progress

LOOK_AGAIN_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Answered:
    """What the desk said, in which turn, and the chat that it was said in."""

    turn: str
    chat: str
    reply: Reply


class Answering:
    """Messages being answered while their senders wait; one whose sender has gone is answered all the same."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._running: set[asyncio.Task[Any]] = set()

    async def say(
        self, caller: Caller, incoming: Incoming, request_key: str = "", progress: Progress = lambda _: None
    ) -> Answered:
        """The answer to a message; the same ``request_key`` again finds the first.

        KeyReused with other words, and with another key of the person's, which may be told other things.

        StillAtWork where it takes longer than two turns may: it stays in the inbox, and asking again finds its answer.
        """
        message = replace(incoming, channel=API_CHANNEL, account=caller.prefix).cleaned()
        token = uuid4()
        async with self._desk.database.writes.begin() as session:
            external_id = f"{caller.owner}:{request_key or uuid4().hex}"
            inbound, new = await self._desk.take_in(session, external_id, message)
            first = await self._claim(session, inbound, token) if new else None
        if not new and (inbound.account, inbound.payload) != (message.account, message.payload()):
            raise KeyReused
        work = self._kept(self._in_order(inbound, progress, first, token))
        try:
            async with asyncio.timeout(2 * self._desk.settings.turn_seconds):
                return await asyncio.shield(work)
        except TimeoutError:
            raise StillAtWork(seconds=5) from None

    async def stop(self) -> None:
        """Wait for what is being answered; each turn is bounded."""
        await asyncio.gather(*self._running, return_exceptions=True)

    def _kept(self, work: Coroutine[Any, Any, Answered]) -> asyncio.Task[Answered]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._forget)
        return task

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # its waiter has it; one without a waiter is not complained about twice

    async def _in_order(self, inbound: Inbound, progress: Progress, first: Inbound | None, token: UUID) -> Answered:
        """Answer what waits in the lane until this message has its answer, whoever gave it."""
        with self._woken(inbound) as woken:
            while True:
                if first is not None:
                    mine = first.id == inbound.id
                    await answer_kept(self._desk, first, token, progress if mine else lambda _: None)
                if (answered := await self._found(inbound)) is not None:
                    return answered
                if first is None:
                    await _wait(woken, LOOK_AGAIN_SECONDS)
                token = uuid4()
                async with self._desk.database.writes.begin() as session:
                    first = await self._claim(session, inbound, token)

    async def _claim(self, session: AsyncSession, inbound: Inbound, token: UUID) -> Inbound | None:
        lease_for = timedelta(seconds=self._desk.settings.lease_seconds)
        return await inbox.claim_first(session, inbound.lane, token, self._desk.clock(), lease_for)

    async def _found(self, inbound: Inbound) -> Answered | None:
        """The answer from the outbox, which its reader has with this."""
        async with self._desk.database.reads() as session:
            said = await inbox.answer_to(session, inbound.id)
        if said is None:
            return None
        if said.sent_at is None:
            async with self._desk.database.writes.begin() as session:
                await inbox.sent(session, said.id, self._desk.clock())
        return Answered(said.payload["turn"], said.chat, Reply.from_json(said.payload["reply"]))

    @contextmanager
    def _woken(self, inbound: Inbound) -> Iterator[asyncio.Event]:
        """Set whenever something was said in the chat."""
        woken = asyncio.Event()

        def saved(channel: str, chat: str) -> None:
            if f"{channel}:{chat}" == inbound.lane:
                woken.set()

        self._desk.on_saved.append(saved)
        try:
            yield woken
        finally:
            self._desk.on_saved.remove(saved)


async def _wait(woken: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await woken.wait()
    except TimeoutError:
        return
    woken.clear()
