"""Dialogues through ``/v1`` with the official OpenAI client: ``python -m benchmarks.completions FILE…``.

What has no words is left out: files, groups, failing models, and presses for which no word may stand.
Contracts are signed by no key, so those dialogues are left out too.
"""

import asyncio
import json
import re
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from uuid import UUID

from openai import APIStatusError, AsyncOpenAI

from agents.turns import Call
from bot.api.completions.markdown import numbered
from bot.app import put_together, shared_parts
from bot.commands.eval import _template
from bot.desk import API_CHANNEL, Desk
from bot.evaluation.cases import Case, Turn, load_cases
from bot.evaluation.checking import failures
from bot.evaluation.running import ZONE, FreshCopy, Parts, copies_of
from bot.waiting import only_told_again
from core.actor import system
from core.brand import service as brands
from core.changes import Changes
from core.clock import fixed_clock, parse_moment
from core.conversations import reading
from core.conversations import service as conversations
from core.conversations.models import Message
from core.keys import service as keys
from core.keys.scopes import FOR_PEOPLE
from core.keys.service import NewKey
from core.people import service as people
from core.proposals import service as proposals
from core.proposals.models import Proposal
from core.replies import Reply
from core.settings import Settings
from tests.serving import Site, served

WORDS: Mapping[str, tuple[str, str]] = {"zh": ("确认", "取消"), "en": ("confirm", "cancel")}
ESCAPED = re.compile(r"\\([\\`*_\[<|])")


class NoWord(Exception):
    """The case presses what no word may stand for."""


SIGNING = frozenset({"sm2", "code"})
"""Tags of dialogues in which a contract is signed: no key does that."""


def can_be_said(case: Case) -> bool:
    """Whether all of a case is words, or presses that may be said."""
    files = any(turn.files(case.folder) or turn.model for turn in case.turns)
    return case.place == "private" and case.channel == "terminal" and not files and not SIGNING & {*case.tags}


@dataclass
class Talk:
    """One person's end of a dialogue."""

    desk: Desk
    client: AsyncOpenAI
    handle: str
    person_id: int
    seconds: list[float] = field(default_factory=list)

    async def last(self) -> Message | None:
        """What the desk said last."""
        async with self.desk.database.reads() as session:
            thread = await reading.thread(session, API_CHANNEL, self.handle, self.person_id)
            return await conversations.last_reply(session, thread.id) if thread else None

    async def say(self, text: str) -> str:
        """The answer's Markdown."""
        started = time.perf_counter()
        completion = await self.client.chat.completions.create(
            model="qudao", messages=[{"role": "user", "content": text}]
        )
        self.seconds.append(time.perf_counter() - started)
        return completion.choices[0].message.content or ""

    async def words_for(self, press: str) -> str:
        """What to say in place of a press; NoWord where only a button will do."""
        message = await self.last()
        shown = Reply.from_json(message.reply or {}) if message else Reply()
        buttons = shown.buttons
        button = next((one for one in buttons if press in {one.id, one.id.split(":")[0]}), None)
        if button is None:
            raise NoWord
        confirm, _ = WORDS["en" if re.search("[a-z]{3}", button.label) else "zh"]
        if button.id != "confirm":
            return str(numbered(buttons).index(button) + 1)
        if only_told_again(shown) or not await self._takes_a_word(button.proposal):
            raise NoWord
        return confirm

    async def _takes_a_word(self, proposal_id: str) -> bool:
        now = self.desk.clock()
        async with self.desk.database.reads() as session:
            brand, _ = await brands.current_at(session, now)
            waiting = await session.get(Proposal, UUID(proposal_id))
            return waiting is None or proposals.needs(waiting, brand) == "word"


async def play(case: Case, settings: Settings, parts: Parts, fresh: FreshCopy) -> tuple[list[str], list[float]]:
    """What failed in a case, and how long each answer took; NoWord where it can't be said to its end."""
    async with fresh() as database:
        desk = put_together(settings, database, parts, fixed_clock(parse_moment(case.today, ZONE)))
        async with served(desk) as site:
            talks: dict[str, Talk] = {}
            speaker, seconds = case.speaker, []
            try:
                for number, turn in enumerate(case.turns, start=1):
                    speaker = turn.speaker or speaker
                    talk = talks[speaker] = talks.get(speaker) or await _open(site, speaker)
                    if found := await _turn(talk, turn):
                        return [f"turn {number}: {one}" for one in found], []
            finally:
                for talk in talks.values():
                    seconds += talk.seconds
                    await talk.client.close()
            return [], seconds


async def _open(site: Site, handle: str) -> Talk:
    desk, now = site.desk, site.desk.clock()
    async with desk.database.writes.begin() as session:
        key = await keys.make(session, system("dialogues"), NewKey("dialogues", handle, FOR_PEOPLE), now)
        _, today = await brands.current_at(session, now)
        actor = await people.actor_by_handle(session, handle, today)
    assert actor.person_id is not None
    client = AsyncOpenAI(base_url=f"{site.url}/v1", api_key=key, max_retries=0)
    await client.models.list()  # its first use is noted here, not within a turn
    return Talk(desk, client, handle, actor.person_id)


async def _turn(talk: Talk, turn: Turn) -> list[str]:
    text = turn.says if turn.says is not None else await talk.words_for(turn.presses or "")
    if turn.expect.database is None:
        return await _graded(talk, turn, text, None)
    async with Changes(talk.desk.database) as changes:
        return await _graded(talk, turn, text, changes)


async def _graded(talk: Talk, turn: Turn, text: str, changes: Changes | None) -> list[str]:
    """Tools, buttons and sources as the conversation keeps them; words as the client reads them."""
    before = await talk.last()
    try:
        shown = await talk.say(text)
    except APIStatusError as error:
        return [f"the endpoint answered {error.status_code}"]
    after = await talk.last()
    kept = after if after is not None and (before is None or after.id != before.id) else None
    reply = Reply.from_json((kept.reply if kept else None) or {})
    record = kept.record if kept else {}
    calls = [Call(call["name"], call["args"], call["ok"]) for call in record.get("calls", ())]
    found = await failures(turn.expect, reply, calls, changes) if kept else []
    read = ESCAPED.sub(r"\1", shown).casefold()
    found += [
        f"nothing of {options} was read"
        for wanted in turn.expect.has
        for options in [wanted if isinstance(wanted, list) else [wanted]]
        if not any(one.casefold() in read for one in options)
    ]
    found += [f"{banned!r} was read" for banned in turn.expect.never if banned.casefold() in read]
    return found


async def _all(files: Sequence[Path]) -> int:
    settings = Settings()
    parts = shared_parts(settings)
    fresh = copies_of(await _template(settings, parts))
    played = passed = left_out = 0
    took: list[float] = []
    for case in (case for file in files for case in load_cases(file)):
        outcome = await _played(case, settings, parts, fresh)
        if outcome is None:
            left_out += 1
            continue
        found, seconds = outcome
        played, passed, took = played + 1, passed + (not found), took + seconds
        if found:
            print(f"✗ {case.id}\n    " + "\n    ".join(found))
    took.sort()
    figures = {"median_ms": median(took) * 1000, "p95_ms": took[int(len(took) * 0.95)] * 1000, "passed": passed}
    dataset = f"{played} dialogues through /v1"
    rows = [
        {"dataset": dataset, "method": "openai client", "metric": name, "value": round(one, 1)}
        for name, one in figures.items()
    ]
    print(json.dumps(rows, ensure_ascii=False, indent=2))
    print(f"{passed} of {played} passed, {left_out} have no words", file=sys.stderr)
    return 0 if passed == played else 1


async def _played(
    case: Case, settings: Settings, parts: Parts, fresh: FreshCopy
) -> tuple[list[str], list[float]] | None:
    """None where it can't be said."""
    if not can_be_said(case):
        return None
    try:
        return await play(case, settings, parts, fresh)
    except NoWord:
        return None


if __name__ == "__main__":
    sys.exit(asyncio.run(_all([Path(name) for name in sys.argv[1:]])))
