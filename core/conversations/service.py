"""Conversations and what was said in them, in the caller's transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, true, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.conversations.keys import had_with
from core.conversations.models import Conversation, Handoff, Message
from core.errors import NotPermitted
from core.events.service import record as record_event
from core.statements import upsert


async def find_conversation(session: AsyncSession, channel: str, chat: str, person_id: int) -> Conversation | None:
    """The person's thread in this chat, where they have written before."""
    theirs = select(Conversation).where(
        Conversation.channel == channel, Conversation.chat == chat, Conversation.person_id == person_id
    )
    return (await session.execute(theirs)).scalar_one_or_none()


async def open_conversation(
    session: AsyncSession, channel: str, chat: str, person_id: int, private: bool, at: datetime
) -> Conversation:
    """The person's thread in this chat; the first message opens it."""
    if found := await find_conversation(session, channel, chat, person_id):
        return found
    values = {
        "id": uuid4(),
        "channel": channel,
        "chat": chat,
        "person_id": person_id,
        "private": private,
        "created_at": at,
    }
    await upsert(session, Conversation, ["channel", "chat", "person_id"], values, keep=True)
    opened = await find_conversation(session, channel, chat, person_id)
    assert opened is not None
    return opened


async def history(
    session: AsyncSession, conversation_id: UUID, limit: int = 40, key: str = "", since: datetime | None = None
) -> list[Message]:
    """The last ``limit`` messages, oldest first; ``key``: of the turns that it had; ``since``: from then on."""
    last = select(Message).where(
        Message.conversation_id == conversation_id,
        had_with(key) if key else true(),
        Message.at >= since if since else true(),
    )
    newest = last.order_by(Message.id.desc()).limit(limit)
    return list(reversed((await session.execute(newest)).scalars().all()))


async def add(  # noqa: PLR0913 - a message has that many columns
    session: AsyncSession,
    conversation_id: UUID,
    turn_id: UUID,
    position: int,
    *,
    by_desk: bool,
    text: str,
    at: datetime,
    reply: dict[str, Any] | None = None,
    record: dict[str, Any] | None = None,
    brain: str | None = None,
    language: str | None = None,
    external_id: str | None = None,
) -> Message:
    """Keep what was said; ``language``, where given, is the conversation's from here on."""
    message = Message(
        conversation_id=conversation_id,
        turn_id=turn_id,
        position=position,
        by_desk=by_desk,
        external_id=external_id,
        text=text,
        reply=reply,
        record=record or {},
        brain=brain,
        at=at,
    )
    session.add(message)
    if language is not None:
        spoken = update(Conversation).where(
            Conversation.id == conversation_id, Conversation.language.is_distinct_from(language)
        )
        await session.execute(spoken.values(language=language))
    return message


async def last_reply(session: AsyncSession, conversation_id: UUID, key: str = "") -> Message | None:
    """What the desk said last; ``key``: to it."""
    last = select(Message).where(
        Message.conversation_id == conversation_id, Message.by_desk, had_with(key) if key else true()
    )
    return (await session.execute(last.order_by(Message.id.desc()).limit(1))).scalar_one_or_none()


async def ask_for_person(
    session: AsyncSession,
    actor: Actor,
    conversation_id: UUID,
    turn_id: UUID,
    reason: str,
    now: datetime,
    promised_by: datetime,
) -> Handoff:
    """Ask for somebody to take over; a repeated turn finds its first request."""
    if actor.person_id is None:
        raise NotPermitted
    same = select(Handoff).where(Handoff.turn_id == turn_id)
    if found := (await session.execute(same)).scalar_one_or_none():
        return found
    handoff = Handoff(
        conversation_id=conversation_id,
        turn_id=turn_id,
        person_id=actor.person_id,
        reason=reason,
        created_at=now,
        promised_by=promised_by,
    )
    try:
        async with session.begin_nested():
            session.add(handoff)
    except IntegrityError:
        return (await session.execute(same)).scalar_one()
    record_event(session, actor, "handoff.asked", f"handoffs:{turn_id}", at=now)
    return handoff
