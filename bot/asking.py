"""One message answered at once, in this process: what ``ask``, ``chat`` and ``eval`` do."""

import mimetypes
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from bot.desk import Desk, Turn
from bot.incoming import Incoming
from core.documents import files
from core.errors import QudaoError
from core.inbox import service as inbox
from core.replies import Reply
from tools.context import Attachment, Progress

LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to one message, with what ``--json`` shows of it."""

    turn: Turn
    milliseconds: int

    @property
    def reply(self) -> Reply:
        """What was answered."""
        return self.turn.answer.reply


async def ask(desk: Desk, incoming: Incoming, progress: Progress = lambda _: None, key: str = "") -> Asked:
    """Put the message into the inbox, claim it, answer it. What can't be a message raises as QudaoError."""
    started = time.perf_counter()
    turn = await _answer(desk, key or uuid4().hex, incoming, progress)
    if turn is None:
        raise QudaoError("error.stale")
    return Asked(turn, round((time.perf_counter() - started) * 1000))


async def _answer(desk: Desk, key: str, incoming: Incoming, progress: Progress) -> Turn | None:
    token = uuid4()
    async with desk.database.writes.begin() as session:
        inbound, _ = await desk.take_in(session, key, incoming)
        mine = await inbox.claim_one(session, inbound, token, desk.clock(), LEASE)
    return await desk.reply_to(mine, token, progress) if mine else None


async def attach(desk: Desk, paths: Sequence[Path]) -> tuple[Attachment, ...]:
    """Store files that go with a message."""
    attached: list[Attachment] = []
    for path in paths:
        data = path.read_bytes()
        attached.append(await attach_bytes(desk, path.name, data))
    return tuple(attached)


async def attach_bytes(desk: Desk, name: str, data: bytes) -> Attachment:
    """Store one file; its type is guessed from the name and decided by its content when it is read."""
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    async with desk.database.writes.begin() as session:
        sha256 = await files.store(session, data, mime, desk.clock())
    return Attachment(name, sha256, mime, len(data))
