"""Telegram by way of a Bot API on this machine: how long an answer takes, and whether the dialogues pass as elsewhere.

Times are from the moment that an update is there to be fetched until the server has the answer: polling, inbox, turn,
outbox and both sides of HTTP, all in one process (the server of the other side takes its share of the processor).
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sqlalchemy import select

from benchmarks import demo
from benchmarks.figures import Figure
from benchmarks.turns import show
from bot.app import put_together, shared_parts
from bot.channels.telegram.channel import Telegram
from bot.desk import Desk
from bot.evaluation.cases import load_cases
from bot.evaluation.running import Parts, Result, as_text, copies_of, run_case
from bot.worker import Watchers, Worker
from core.clock import Clock
from core.db import Database
from core.language.embedder import load_embedder
from core.people.models import Identity, Person
from core.settings import Settings
from tests.telegram.bot_api import BotApi
from tests.telegram.dialogues import play
from tests.telegram.line import settings_for
from tests.telegram.serving import bot_api

PLAIN, WITH_A_TOOL = "plain", "with a tool"
SAID: Mapping[str, str] = {PLAIN: "{talk}", WITH_A_TOOL: "绿茶{number}箱多少钱"}
TALK = ("你好", "谢谢", "辛苦了", "多谢", "早上好")
FIRST_USER = 10_000
WARM_UP = 3


@dataclass(frozen=True)
class Run:
    """Milliseconds of each answer, how many there were, and the time and processor time of all."""

    took: Sequence[float]
    answered: int
    seconds: float
    cpu: float


def ticking(start: datetime) -> Clock:
    """A clock that goes on from a moment of the demo's time."""
    began = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - began)


async def measure(template: Path, parts: Parts, chats: int, rounds: int) -> list[Figure]:
    """Each chat writes again as soon as it has its answer."""
    found: list[Figure] = []
    with TemporaryDirectory(prefix="qudao-telegram-") as folder:
        database = Database(demo.copy(template, Path(folder) / "qudao.db"))
        try:
            async with bot_api() as api:
                settings = settings_for(api, data_dir=Path(folder))
                desk = put_together(settings, database, parts, ticking(demo.MORNING))
                await _let_in(database, chats, demo.MORNING)
                for kind in SAID:
                    run = await _served(desk, api, kind, chats, rounds)
                    found += _figures(kind, chats, run, chats * rounds)
        finally:
            await database.close()
    return found


async def _served(desk: Desk, api: BotApi, kind: str, chats: int, rounds: int) -> Run:
    watchers = Watchers()
    worker = Worker(desk, watchers)
    channel = Telegram(desk, worker, watchers)
    await worker.start()
    await channel.start()
    try:
        for number in range(WARM_UP):
            await _ask(api, kind, FIRST_USER, number)
        api.shown.clear()
        began, worked = time.perf_counter(), time.process_time()
        took = await asyncio.gather(*(_chat(api, kind, FIRST_USER + chat, rounds) for chat in range(chats)))
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    finally:
        await channel.stop()
        await worker.stop()
    answered = sum(len(api.shown[FIRST_USER + chat]) for chat in range(chats))
    return Run([one for times in took for one in times], answered, seconds, cpu)


async def _chat(api: BotApi, kind: str, user: int, rounds: int) -> list[float]:
    return [await _ask(api, kind, user, WARM_UP + number) for number in range(rounds)]


async def _ask(api: BotApi, kind: str, user: int, number: int) -> float:
    there = len(api.shown[user])
    began = time.perf_counter()
    await api.say(user, SAID[kind].format(number=number + 2, talk=TALK[number % len(TALK)]))
    await api.until(lambda: len(api.shown[user]) > there, 300)
    return (time.perf_counter() - began) * 1000


def _figures(kind: str, chats: int, run: Run, asked: int) -> list[Figure]:
    method = f"{kind}, {chats} at once"
    values = {
        "p50 ms": float(np.percentile(run.took, 50)),
        "p95 ms": float(np.percentile(run.took, 95)),
        "CPU ms an answer": run.cpu / run.answered * 1000,
        "answers a second": run.answered / run.seconds,
        "answered of 100": run.answered / asked * 100,
    }
    return [Figure(dataset="telegram", method=method, metric=name, value=value) for name, value in values.items()]


async def _let_in(database: Database, chats: int, at: datetime) -> None:
    """A chat a dealer's buyer or owner, again and again."""
    async with database.writes.begin() as session:
        theirs = select(Person.id).where(Person.dealer_id.is_not(None), Person.role.is_not(None)).order_by(Person.id)
        people = (await session.execute(theirs)).scalars().all()
        for chat in range(chats):
            account = str(FIRST_USER + chat)
            person = people[chat % len(people)]
            session.add(Identity(channel="telegram", account=account, person_id=person, created_at=at))


async def dialogues(files: Sequence[Path], template: Path, parts: Parts, settings: Settings) -> int:
    """Play every case by way of Telegram, those that fail in the terminal too; how many fail on Telegram alone."""
    fresh = copies_of(template)
    results: list[Result] = []
    alone = 0
    for case in [case for file in files for case in load_cases(file)]:
        result = await play(case, parts, fresh, settings.data_dir)
        results.append(result)
        if not result.passed and (await run_case(case, settings, parts, fresh)).passed:
            alone += 1
            print(f"only on Telegram: {case.id}: {'; '.join(result.failures)}", flush=True)
    print(as_text(results))
    print(f"{alone} of {len(results)} fail on Telegram and pass in the terminal")
    return alone


async def run(given: argparse.Namespace) -> int:
    with TemporaryDirectory(prefix="qudao-telegram-") as folder:
        settings = Settings(_env_file=None, data_dir=Path(folder), database_url="")
        template = given.demo
        if template is None:
            print("Making the demo …", file=sys.stderr)
            template = Path(folder) / "demo.db"
            await demo.make(demo.sqlite_url(template), load_embedder("auto"))
        parts = shared_parts(settings)
        if given.dialogues:
            return 1 if await dialogues(given.dialogues, template, parts, settings) else 0
        found = [one for chats in (1, 50) for one in await measure(template, parts, chats, given.rounds)]
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        show(found)
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.telegram", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--rounds", type=int, default=20, help="messages of each kind a chat (default: 20)")
    parser.add_argument("--demo", type=Path, help="a demo database made already, with its documents indexed")
    parser.add_argument("--dialogues", type=Path, nargs="+", help="instead: play these files by way of Telegram")
    parser.add_argument("--json", action="store_true", help="for machines")
    return asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
