"""Wakes the streams of a chat when there is something to show in it."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from core.db import Database
from core.inbox import service as inbox

CHANNEL = "web"
LOOK_BACK = 200
PROGRESS_KEPT = 20


class Listener:
    """One open stream: woken for new messages, told how far a turn has come."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._awake = asyncio.Event()
        self._progress: deque[str] = deque(maxlen=PROGRESS_KEPT)

    def wake(self) -> None:
        """There is something to look at; from any thread."""
        self._loop.call_soon_threadsafe(self._awake.set)

    def tell(self, words: str) -> None:
        """A turn of this chat has come this far; from any thread."""
        self._progress.append(words)
        self.wake()

    def told(self) -> list[str]:
        """What was told since the last call."""
        words = []
        while self._progress:
            words.append(self._progress.popleft())
        return words

    async def wait(self, seconds: float) -> bool:
        """Until woken; False when nothing happened for so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._awake.wait()
        except TimeoutError:
            return False
        self._awake.clear()
        return True


class Hub:
    """The open streams of this process, by chat. Turns saved here wake them at once, others at the next sweep."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listening: dict[str, set[Listener]] = {}
        self._seen: frozenset[int] = frozenset()
        self.closed = False

    @contextmanager
    def listen(self, chat: str) -> Iterator[Listener]:
        """A stream of the chat for as long as the block runs."""
        listener = Listener()
        self._listening.setdefault(chat, set()).add(listener)
        try:
            yield listener
        finally:
            self._listening[chat].discard(listener)
            if not self._listening[chat]:
                del self._listening[chat]

    def saved(self, channel: str, chat: str) -> None:
        """Something was written to a chat."""
        if channel == CHANNEL:
            for listener in tuple(self._listening.get(chat, ())):
                listener.wake()

    async def sweep(self) -> None:
        """Find what another process wrote."""
        if not self._listening:
            return
        async with self._database.reads() as session:
            last = await inbox.latest(session, CHANNEL, LOOK_BACK)
        new = {chat for one, chat in last if one not in self._seen}
        self._seen = frozenset(one for one, _ in last)
        for chat in new:
            self.saved(CHANNEL, chat)

    def close(self) -> None:
        """End every stream: a server that stops would otherwise wait for its readers."""
        self.closed = True
        for listeners in self._listening.values():
            for listener in listeners:
                listener.wake()
