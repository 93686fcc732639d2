"""Drains the inbox: claims one lane at a time, answers, and goes on until there is nothing left."""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from bot.desk import Desk, Turn
from core.inbox import service as inbox
from core.inbox.models import Inbound
from tools.context import Progress

log = logging.getLogger(__name__)

SWEEP_SECONDS = 1.0
PATIENCE_SECONDS = 5.0


class Worker:
    """Several answering tasks of one process; ``nudge`` wakes them, a sweep finds what nobody announced."""

    def __init__(self, desk: Desk, progress: "Watchers | None" = None) -> None:
        self._desk = desk
        self._watchers = progress or Watchers()
        self._awake = asyncio.Event()
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []

    def nudge(self) -> None:
        """Something came in."""
        self._awake.set()

    async def start(self) -> None:
        """Begin to answer, with as many tasks as the settings say."""
        self._stopping = False
        self._tasks = [asyncio.create_task(self._forever()) for _ in range(self._desk.settings.workers)]

    async def stop(self) -> None:
        """Stop after what is being answered; a message cut off is taken over when its lease runs out."""
        self._stopping = True
        self._awake.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=PATIENCE_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def drain(self) -> int:
        """Answer everything that waits; returns how many messages."""
        answered = 0
        while await self._one():
            answered += 1
        return answered

    async def _forever(self) -> None:
        """Each task sweeps seldom enough that all together look once in ``SWEEP_SECONDS``."""
        while not self._stopping:
            self._awake.clear()  # before looking: a nudge during the look is not lost
            try:
                if await self._one():
                    continue
            except Exception:
                log.exception("a worker stumbled; it goes on")
            try:
                async with asyncio.timeout(SWEEP_SECONDS * len(self._tasks)):
                    await self._awake.wait()
            except TimeoutError:
                continue

    async def _one(self) -> bool:
        token = uuid4()
        lease_for = timedelta(seconds=self._desk.settings.lease_seconds)
        async with self._desk.database.writes.begin() as session:
            inbound = await inbox.claim(session, token, self._desk.clock(), lease_for)
        if inbound is None:
            return False
        await answer_kept(self._desk, inbound, token, self._watchers.of(inbound))
        return True


async def answer_kept(desk: Desk, inbound: Inbound, token: UUID, progress: Progress) -> Turn | None:
    """Answer a claimed message while its lease is renewed, so that long work isn't taken over.

    Where that fails, the lane is given back at once: the next attempt needn't wait until the lease runs out.
    """
    keeper = asyncio.create_task(_keep(desk, inbound.lane, token))
    try:
        return await desk.reply_to(inbound, token, progress)
    except Exception:
        async with desk.database.writes.begin() as session:
            await inbox.release(session, inbound.lane, token)
        raise
    finally:
        keeper.cancel()


async def _keep(desk: Desk, lane: str, token: UUID) -> None:
    lease_for = timedelta(seconds=desk.settings.lease_seconds)
    while True:
        await asyncio.sleep(lease_for.total_seconds() / 3)
        try:
            async with desk.database.writes.begin() as session:
                await inbox.renew(session, lane, token, desk.clock() + lease_for)
        except inbox.LostLease:
            return
        except Exception:
            log.exception("the lease of %s could not be renewed; it is tried again", lane)


class Watchers:
    """Who wants to see how far a turn has come, by the lane that it is in."""

    def __init__(self) -> None:
        self._watching: dict[str, list[Progress]] = {}
        self._channels: dict[str, Callable[[Inbound], Progress]] = {}

    def watch_channel(self, channel: str, begin: Callable[[Inbound], Progress]) -> None:
        """Tell a channel of each turn of its own that begins; what it gives back is told how far that comes."""
        self._channels[channel] = begin

    def leave_channel(self, channel: str) -> None:
        """Stop telling a channel."""
        self._channels.pop(channel, None)

    def watch(self, lane: str, progress: Progress) -> None:
        """Tell ``progress`` about turns of the lane."""
        self._watching.setdefault(lane, []).append(progress)

    def leave(self, lane: str, progress: Progress) -> None:
        """Stop telling."""
        rest = [one for one in self._watching.get(lane, []) if one is not progress]
        if rest:
            self._watching[lane] = rest
        else:
            self._watching.pop(lane, None)

    def of(self, inbound: Inbound) -> Progress:
        """What a turn reports to."""
        begin = self._channels.get(inbound.channel)
        own = begin(inbound) if begin else None

        def tell(words: str) -> None:
            if own is not None:
                own(words)
            for progress in self._watching.get(inbound.lane, ()):
                progress(words)

        return tell
