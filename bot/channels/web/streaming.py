"""Server-Sent Events: what the desk says in a chat, as soon as it is saved, and how far a turn has come."""

import json
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from bot.channels.web.cursor import Cursor
from bot.channels.web.hub import CHANNEL, Listener
from bot.channels.web.sessions import SignedIn
from bot.channels.web.showing import turns_json
from bot.channels.web.state import Web
from bot.enrolling import revealed
from core.errors import QudaoError
from core.inbox import service as inbox
from core.people import enrolments
from core.people import service as people

KEEP_ALIVE_SECONDS = 15
RETRY_MILLISECONDS = 1500


async def events(web: Web, who: SignedIn, cursor: Cursor) -> AsyncIterator[str]:
    """The stream of one tab, from the cursor on, until the reader leaves, is signed out, or the server stops."""
    with web.hub.listen(who.chat) as listener:
        web.watchers.watch(who.lane, listener.tell)
        try:
            yield f"retry: {RETRY_MILLISECONDS}\n: open\n\n"
            async for event in _events(web, who, cursor, listener):
                yield event
        finally:
            web.watchers.leave(who.lane, listener.tell)


async def _events(web: Web, who: SignedIn, cursor: Cursor, listener: Listener) -> AsyncIterator[str]:
    while not web.hub.closed:
        turns = await _new_turns(web, who, cursor)
        if turns is None:
            yield event("signed-out", {})
            return
        for words in listener.told():
            yield event("progress", {"text": words})
        for one, turn in turns:
            cursor = cursor.past([one])
            yield event("turn", turn, str(cursor))
        if turns:
            await _mark_shown(web, who, cursor.last, [turn["reveals"] for _, turn in turns if turn["reveals"]])
        elif not await listener.wait(KEEP_ALIVE_SECONDS):
            yield event("here", {})


async def _new_turns(web: Web, who: SignedIn, cursor: Cursor) -> list[tuple[int, dict[str, Any]]] | None:
    """What the reader hasn't seen; None where the session has ended meanwhile."""
    now = web.desk.clock()
    async with web.desk.database.reads() as session:
        try:
            actor = await people.actor_by_account(session, CHANNEL, who.account, now)
        except QudaoError:
            actor = None
        if actor is None:
            return None
        rows = [row for row in await inbox.since(session, CHANNEL, who.chat, cursor.floor) if row.id not in cursor]
        turns = await turns_json(session, rows, who.chat, now)
        for row, (_, turn) in zip(rows, turns, strict=True):
            more = await revealed(session, row.payload, web.desk.catalogues, web.desk.settings.sealing_key, now)
            last = turn["messages"][-1]
            turn["messages"][-1] = last | {"blocks": [*last["blocks"], *more.as_json()["blocks"]]}
        return turns


async def _mark_shown(web: Web, who: SignedIn, up_to: int, enrolled: Sequence[str]) -> None:
    async with web.desk.database.writes.begin() as session:
        await inbox.shown(session, CHANNEL, who.chat, up_to, web.desk.clock())
        for enrolment in enrolled:
            await enrolments.shown(session, UUID(enrolment), web.desk.clock())


def event(name: str, data: dict[str, Any], one: str = "") -> str:
    """As the wire has it; the id is what a browser sends back when it reconnects."""
    head = f"id: {one}\n" if one else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
