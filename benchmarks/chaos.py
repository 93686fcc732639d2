"""Workers are killed while messages come in: is each answered exactly once, in order, and is each order placed once?

Every conversation is a dealer's: it orders, confirms by button and asks on, again and again. A share of the messages is
delivered twice. Two processes run bot.worker over the same database; ten times one of them is ended with SIGKILL at a
random moment and another started. Ends with status 1 where anything was lost, doubled or out of order.
"""

import argparse
import asyncio
import random
import secrets
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, make_url, select, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from benchmarks import demo
from benchmarks.chaos_checks import Found, Plan, Watched, plan, verify
from bot.app import put_together, shared_parts
from bot.worker import Worker
from core.clock import Clock, system_clock
from core.db import Database
from core.inbox import service as inbox
from core.inbox.models import Inbound, InboundStatus
from core.settings import Settings

LEASE_SECONDS = 2.0
PATIENCE_SECONDS = 540.0


class Workers:
    """Worker processes over one database."""

    def __init__(self, url: str, began: datetime) -> None:
        self._command = [sys.executable, "-m", "benchmarks.chaos", "--work", url, "--began", began.isoformat()]
        self._running: list[asyncio.subprocess.Process] = []

    async def start(self, number: int) -> None:
        for _ in range(number):
            self._running.append(await asyncio.create_subprocess_exec(*self._command))

    async def kill_one(self, draw: random.Random) -> None:
        """End one without a word, and start another."""
        victim = self._running.pop(draw.randrange(len(self._running)))
        victim.kill()
        await victim.wait()
        await self.start(1)

    async def stop(self) -> None:
        for process in self._running:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
        for process in self._running:
            try:
                await asyncio.wait_for(process.wait(), 20)
            except TimeoutError:
                process.kill()
                await process.wait()


def demo_clock(began: datetime) -> Clock:
    """Runs on from the demo's last morning, the same in every process."""
    return lambda: demo.MORNING + (system_clock() - began)


async def work(url: str, began: datetime) -> None:
    """A worker process: answers until it is told to stop."""
    settings = Settings(database_url=url, embedder="none", lease_seconds=LEASE_SECONDS, _env_file=None)
    database = Database(url)
    worker = Worker(put_together(settings, database, shared_parts(settings), demo_clock(began)))
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await worker.start()
    await stop.wait()
    await worker.stop()
    await database.close()


async def deliver(database: Database, planned: Plan, clock: Clock, watched: Watched) -> None:
    """As a channel does: one delivery after the other, without waiting for answers."""
    for key in planned.deliveries:
        message = planned.messages[key].cleaned()
        async with database.writes.begin() as session:
            _, new = await inbox.receive(
                session, message.channel, key, message.lane, message.account, message.payload(), clock()
            )
        watched.deliveries += 1
        watched.repeated += not new
        await asyncio.sleep(0.005)


async def answered(database: Database) -> int:
    done = select(func.count()).select_from(Inbound).where(Inbound.status == InboundStatus.DONE)
    async with database.reads() as session:
        return (await session.execute(done)).scalar_one()


async def run(database: Database, planned: Plan, kills: int, draw: random.Random) -> Watched:
    """Deliver, kill, wait for the last answer."""
    watched = Watched()
    began = system_clock()
    started = time.monotonic()
    moments = sorted(draw.sample(range(len(planned.messages) // 50, len(planned.messages) * 19 // 20), kills))
    workers = Workers(database.url, began)
    await workers.start(2)
    delivering = asyncio.create_task(deliver(database, planned, demo_clock(began), watched))
    try:
        while time.monotonic() - started < PATIENCE_SECONDS:
            done = await answered(database)
            if moments and done >= moments[0]:
                moments.pop(0)
                await asyncio.sleep(draw.random() * 0.3)
                await workers.kill_one(draw)
                watched.kills += 1
            elif done == len(planned.messages) and delivering.done():
                watched.finished = True
                break
            await asyncio.sleep(0.05)
        if watched.finished:
            await delivering
    finally:
        delivering.cancel()
        await workers.stop()
    watched.seconds = time.monotonic() - started
    watched.check(watched.kills == kills, f"{watched.kills} kills instead of {kills}")
    return watched


@asynccontextmanager
async def database_of_its_own(server: str | None, folder: Path) -> AsyncIterator[str]:
    """An SQLite file, or a database made on the server and dropped afterwards."""
    if server is None:
        yield demo.sqlite_url(folder / "chaos.db")
        return
    name = f"qudao_chaos_{secrets.token_hex(4)}"
    await _administer(server, f"CREATE DATABASE {name}")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        await _administer(server, f"DROP DATABASE IF EXISTS {name}")


async def _administer(server: str, statement: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


async def chaos(given: argparse.Namespace) -> Watched:
    draw = random.Random(given.seed)
    planned = plan(given.conversations, given.messages, given.duplicates, draw)
    with TemporaryDirectory(prefix="qudao-chaos-") as folder:
        async with database_of_its_own(given.url, Path(folder)) as url:
            print("Making the demo …", flush=True)
            await demo.make(url, None, documents=False)
            database = Database(url)
            try:
                before = await Found.of(database)
                print(f"{len(planned.deliveries)} deliveries, {given.kills} kills …", flush=True)
                watched = await run(database, planned, given.kills, draw)
                verify(await Found.of(database), before, planned, watched)
            finally:
                await database.close()
    watched.name = make_url(url).get_backend_name()
    return watched


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--url", help="a server on which to make a database (default: an SQLite file)")
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--conversations", type=int, default=50)
    parser.add_argument("--duplicates", type=float, default=0.3, help="share that is delivered twice (default: 0.3)")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", metavar="URL", help=argparse.SUPPRESS)
    parser.add_argument("--began", type=datetime.fromisoformat, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        asyncio.run(work(given.work, given.began))
        return 0
    watched = asyncio.run(chaos(given))
    print(
        f"{watched.name}: {given.messages} messages of {given.conversations} conversations, {watched.deliveries}"
        f" deliveries ({watched.repeated} repeated), {watched.kills} kills, {watched.taken_over} messages taken over, "
        f"{watched.orders} orders, {watched.seconds:.0f} s"
    )
    for violation in watched.violations:
        print(f"  VIOLATED: {violation}")
    if not watched.violations:
        print("  each answered once and in order, none lost, no lease left, each confirmation one order")
    return bool(watched.violations)


if __name__ == "__main__":
    sys.exit(main())
