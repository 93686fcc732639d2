"""Runs cases, each on a fresh copy of the demo database."""

import json
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from agents.brains import Learnt
from bot.app import put_together
from bot.asking import ask, attach
from bot.desk import Desk
from bot.evaluation.cases import Case, Turn
from bot.evaluation.checking import failures
from bot.evaluation.models import Model, model_of
from bot.incoming import Incoming
from core.actor import system
from core.brand import service as brands
from core.changes import Changes
from core.clock import fixed_clock, parse_moment
from core.db import Database
from core.demo.factors import code_of
from core.errors import QudaoError
from core.language.embedder import Embedder
from core.people import service as people
from core.people.models import Person
from core.replies import say
from core.settings import Settings
from tools.registry import Registry

ZONE = "Asia/Shanghai"
GROUP = "group"
Parts = tuple[Registry, Embedder | None, Learnt]
FreshCopy = Callable[[], AbstractAsyncContextManager[Database]]
BeforeTurn = Callable[[Desk, int], None]


@dataclass(frozen=True, slots=True)
class Result:
    """A case with what failed in it."""

    case: Case
    failures: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether everything held."""
        return not self.failures


def copies_of(template: Path) -> FreshCopy:
    """Fresh copies of an SQLite file that nobody has open."""

    @asynccontextmanager
    async def fresh() -> AsyncIterator[Database]:
        with TemporaryDirectory(prefix="qudao-eval-") as folder:
            file = Path(folder) / "demo.db"
            shutil.copyfile(template, file)
            async with copy_at(f"sqlite+aiosqlite:///{file.as_posix()}")() as database:
                yield database

    return fresh


def copy_at(url: str) -> FreshCopy:
    """The one copy that was made for a case, on any server."""

    @asynccontextmanager
    async def fresh() -> AsyncIterator[Database]:
        database = Database(url)
        try:
            yield database
        finally:
            await database.close()

    return fresh


async def run_case(
    case: Case, settings: Settings, parts: Parts, fresh: FreshCopy, before_turn: BeforeTurn | None = None
) -> Result:
    """One dialogue from beginning to end; the first turn that fails ends it, since the rest would mean nothing.

    ``before_turn`` is told the desk and the turn's number, from one on.
    """
    async with fresh() as database, model_of(settings, parts[2]) as model:
        desk = put_together(model.settings, database, parts, fixed_clock(parse_moment(case.today, ZONE)))
        try:
            return await _run_turns(desk, case, model, before_turn)
        finally:
            await desk.brains.aclose()


async def _run_turns(desk: Desk, case: Case, model: Model, before_turn: BeforeTurn | None) -> Result:
    await _bind(desk, case)
    await set_brand(desk.database, case, desk.clock())
    speaker = case.speaker
    for number, turn in enumerate(case.turns, start=1):
        speaker = turn.speaker or speaker
        if before_turn is not None:
            before_turn(desk, number)
        if turn.model is not None:
            await model.turn(desk, turn.model)
        found = await _run_turn(desk, case, turn, speaker, f"{case.id}:{number}")
        if found:
            return Result(case, tuple(f"turn {number}: {one}" for one in found))
    return Result(case, ())


async def set_brand(database: Database, case: Case, at: datetime) -> None:
    """The settings of the brand that a case has otherwise than the demo."""
    if case.brand:
        async with database.writes.begin() as session:
            await brands.change(session, system("eval"), at, **case.brand)


async def _bind(desk: Desk, case: Case) -> None:
    """Give each speaker an account on the case's channel, called like the person."""
    if case.channel == "terminal":
        return
    for handle in {case.speaker, *(turn.speaker for turn in case.turns if turn.speaker)}:
        async with desk.database.writes.begin() as session:
            person = (await session.execute(select(Person).where(Person.handle == handle))).scalar_one()
            await people.bind(session, system("eval"), case.channel, handle, person, desk.clock())


async def _run_turn(desk: Desk, case: Case, turn: Turn, speaker: str, key: str) -> list[str]:
    private = case.place == "private"
    files = await attach(desk, turn.files(case.folder))
    chat = speaker if private else GROUP
    says = code_of(speaker, desk.clock(), turn.code) if turn.code else turn.says or ""
    incoming = Incoming(case.channel, chat, speaker, says, turn.presses or "", files=files, private=private)
    if turn.expect.database is None:
        reply, calls = await _said(desk, incoming, key)
        return await failures(turn.expect, reply, calls, None)
    async with Changes(desk.database) as changes:
        reply, calls = await _said(desk, incoming, key)
        return await failures(turn.expect, reply, calls, changes)


async def _said(desk: Desk, incoming: Incoming, key: str) -> tuple[Any, Any]:
    try:
        asked = await ask(desk, incoming, key=key)
    except QudaoError as error:
        return say(desk.catalogues.words("zh").error(error)), ()
    return asked.reply, asked.turn.answer.calls


def as_json(results: list[Result]) -> dict[str, Any]:
    """What ``qudao eval --json`` prints."""
    total: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    for result in results:
        for tag in {*result.case.tags, "all"}:
            total[tag] += 1
            passed[tag] += result.passed
    return {
        "cases": [
            {"id": r.case.id, "tags": r.case.tags, "passed": r.passed, "failures": list(r.failures)} for r in results
        ],
        "totals": {tag: {"passed": passed[tag], "total": total[tag]} for tag in sorted(total)},
    }


def as_text(results: list[Result]) -> str:
    """Failing cases with their reasons, then totals by tag."""
    lines = [f"✗ {r.case.id}\n    " + "\n    ".join(r.failures) for r in results if not r.passed]
    totals = as_json(results)["totals"]
    lines += [f"{tag:<24}{count['passed']:>5} of {count['total']}" for tag, count in totals.items()]
    return "\n".join(lines)


def dump(results: list[Result]) -> str:
    """The JSON, for machines."""
    return json.dumps(as_json(results), ensure_ascii=False, indent=2)
