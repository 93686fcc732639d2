"""What goes on beside the answering while a server runs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from zoneinfo import ZoneInfo

from bot import reminders, webhooks
from bot.desk import Desk
from core.brand import service as brands
from core.demo import clock as demo_clock
from core.errors import NotSetUp
from core.forecasts import running as forecasts
from core.forecasts.foreseeing import nightly
from core.keys import repeats
from core.proposals import service as proposals
from core.settings import Settings
from core.webhooks import service as deliveries
from knowledge.chroma import ChromaCopy, open_folder, open_server
from knowledge.indexing import embed_missing

log = logging.getLogger(__name__)

A_MINUTE = 60.0
AN_HOUR = 3600.0
INDEX_SECONDS = 10.0
CHROMA_FOLDER = "chroma"
COPY_AFTER = 5.0  # loading Chroma takes seconds of processor time: the page comes first

NIGHT = range(1, 6)  # hours where the brand trades

Job = Callable[[], Awaitable[object]]


class Chores:
    """Jobs that are done again and again; one that fails is logged and tried again at its next turn."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def every(self, seconds: float, job: Job, *, first_after: float = 0) -> None:
        """Begin now, or ``first_after`` seconds from now, and again ``seconds`` after each end."""
        self._tasks.append(asyncio.create_task(self._repeat(seconds, job, first_after)))

    async def stop(self) -> None:
        """Stop them wherever they are: each of their transactions is either whole or not at all."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task

    async def _repeat(self, seconds: float, job: Job, first_after: float) -> None:
        await asyncio.sleep(first_after)
        while True:
            try:
                await job()
            except NotSetUp:
                log.info("no brand yet; a chore waits")
            except Exception:
                log.exception("a chore failed; it is tried again")
            await asyncio.sleep(seconds)


def begin(chores: Chores, desk: Desk) -> None:
    """What a desk needs done: proposals expired, documents indexed, and in a demo, orders moved along."""

    async def expire() -> None:
        async with desk.database.writes.begin() as session:
            await proposals.expire(session, desk.clock())

    async def move_demo_orders() -> None:
        now = desk.clock()
        async with desk.database.reads() as session:
            brand, _ = await brands.current_at(session, now)
        if brand.is_demo:
            async with desk.database.writes.begin() as session:
                await demo_clock.advance(session, now)

    async def index() -> None:
        embedder = desk.knowledge.embedder
        if embedder is not None:
            await embed_missing(desk.database, embedder)

    async def copy_vectors() -> None:
        embedder, vectors = desk.knowledge.embedder, desk.knowledge.vectors
        if embedder is None:
            return
        if vectors.copy is None:
            vectors.copy = await asyncio.to_thread(open_copy, desk.settings)
        if vectors.copy is not None:
            await vectors.copy.follow(desk.database, embedder.name)

    chores.every(A_MINUTE, expire)
    _for_programs(chores, desk)
    chores.every(A_MINUTE, move_demo_orders)
    chores.every(A_MINUTE, lambda: forecast_by_night(desk), first_after=A_MINUTE)
    chores.every(AN_HOUR, lambda: reminders.remind(desk), first_after=A_MINUTE)
    chores.every(INDEX_SECONDS, index)
    chores.every(INDEX_SECONDS, copy_vectors, first_after=COPY_AFTER)


async def forecast_by_night(desk: Desk) -> None:
    """The day's forecasts, once, in hours when hardly anybody asks; of several servers one computes them."""
    now = desk.clock()
    async with desk.database.reads() as session:
        brand, day = await brands.current_at(session, now)
    if now.astimezone(ZoneInfo(brand.zone)).hour in NIGHT:
        await forecasts.refresh(desk.database, day, now, engine=nightly())


def _for_programs(chores: Chores, desk: Desk) -> None:
    """Webhooks sent, and what was kept for programs forgotten in time."""

    async def forget_old() -> None:
        async with desk.database.writes.begin() as session:
            await repeats.forget_old(session, desk.clock())
            await deliveries.forget_old(session, desk.clock())

    chores.every(AN_HOUR, forget_old)
    chores.every(webhooks.SWEEP_SECONDS, webhooks.Sender(desk).sweep)


def open_copy(settings: Settings) -> ChromaCopy | None:
    """The Chroma copy that the settings name; None where another process has the embedded one."""
    if settings.chroma_url:
        return open_server(settings.chroma_url, settings.chroma_prefix)
    return open_folder(settings.data_dir / CHROMA_FOLDER, settings.chroma_prefix)
