"""Conversations as an operator looks them up: found, shown, exported; what an erased person said stays shut."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.conversations.models import Conversation, Message
from core.errors import NotFound
from core.people.models import Person

ERASED = "[erased]"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """A message with where it stands and who spoke; of an erased person's conversation, only when and by which side.

    ``person`` is a handle; ``calls`` are the tools that the desk called, with their arguments.
    """

    id: int
    conversation: UUID
    channel: str
    person: str
    at: datetime
    by_desk: bool
    text: str
    blocks: list[dict[str, Any]]
    calls: list[dict[str, Any]]
    brain: str | None

    def as_json(self) -> dict[str, Any]:
        """For an export: a line a message."""
        return {
            "id": self.id,
            "conversation": str(self.conversation),
            "channel": self.channel,
            "person": self.person,
            "at": self.at.isoformat(),
            "by": "desk" if self.by_desk else "person",
            "text": self.text,
            "blocks": self.blocks,
            "calls": self.calls,
            "brain": self.brain,
        }


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages; what is absent doesn't narrow. ``words`` stand in the text as they are, in any case of letters.

    Days are instants: from ``since`` on, before ``until``.
    """

    words: str = ""
    person: str | None = None
    channel: str | None = None
    conversation: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


async def search(session: AsyncSession, wanted: Wanted, limit: int) -> list[Entry]:
    """The latest messages that match, the newest first; an erased person's words are found by nobody."""
    found = _matching(wanted).order_by(Message.id.desc()).limit(limit)
    if wanted.words:
        found = found.where(Person.erased_at.is_(None))
    return [_entry(row) for row in await session.execute(found)]


async def show(session: AsyncSession, conversation: UUID, limit: int) -> list[Entry]:
    """The last messages of a conversation, oldest first; NotFound where there is none."""
    if await session.get(Conversation, conversation) is None:
        raise NotFound
    last = _matching(Wanted(conversation=conversation)).order_by(Message.id.desc()).limit(limit)
    return [_entry(row) for row in reversed((await session.execute(last)).all())]


async def export(session: AsyncSession, wanted: Wanted) -> AsyncIterator[Entry]:
    """Every message that matches, oldest first, a batch at a time."""
    after = 0
    while True:
        batch = _matching(wanted).where(Message.id > after).order_by(Message.id).limit(BATCH)
        rows = (await session.execute(batch)).all()
        for row in rows:
            yield _entry(row)
        if len(rows) < BATCH:
            return
        after = rows[-1].Message.id


def _matching(wanted: Wanted) -> Select[Message, Conversation, Person]:
    found = (
        select(Message, Conversation, Person)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Person, Person.id == Conversation.person_id)
    )
    if wanted.words:
        found = found.where(Message.text.icontains(wanted.words, autoescape=True))
    if wanted.person is not None:
        found = found.where(Person.handle == wanted.person)
    if wanted.channel is not None:
        found = found.where(Conversation.channel == wanted.channel)
    if wanted.conversation is not None:
        found = found.where(Conversation.id == wanted.conversation)
    if wanted.since is not None:
        found = found.where(Message.at >= wanted.since)
    if wanted.until is not None:
        found = found.where(Message.at < wanted.until)
    return found


def _entry(row: Row[Message, Conversation, Person]) -> Entry:
    message, conversation, person = row
    shut = person.erased_at is not None
    return Entry(
        id=message.id,
        conversation=conversation.id,
        channel=conversation.channel,
        person=ERASED if shut else person.handle,
        at=message.at,
        by_desk=message.by_desk,
        text=ERASED if shut else message.text,
        blocks=[] if shut else (message.reply or {}).get("blocks", []),
        calls=[] if shut else message.record.get("calls", []),
        brain=message.brain,
    )
