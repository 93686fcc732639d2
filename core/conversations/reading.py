"""A conversation as its reader pages through it, in the caller's transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, exists, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from core.conversations.keys import had_with
from core.conversations.models import Conversation, Message
from core.errors import NotFound
from core.replies import File, Reply


async def thread(session: AsyncSession, channel: str, chat: str, person_id: int) -> Conversation | None:
    """The person's thread in this chat; None before the first message."""
    theirs = select(Conversation).where(
        Conversation.channel == channel, Conversation.chat == chat, Conversation.person_id == person_id
    )
    return (await session.execute(theirs)).scalar_one_or_none()


async def own(session: AsyncSession, person_id: int | None, conversation_id: UUID, key: str) -> Conversation:
    """A conversation that the person had with this key; any other and a missing one look the same."""
    theirs = select(Conversation).where(
        Conversation.id == conversation_id, Conversation.person_id == person_id, _spoken_in(key)
    )
    found = (await session.execute(theirs)).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


async def all_of(
    session: AsyncSession, person_id: int | None, key: str, limit: int, after: tuple[datetime, UUID] | None = None
) -> list[Conversation]:
    """The conversations that the person had with this key, the newest first, from the one past ``after`` on."""
    theirs = select(Conversation).where(Conversation.person_id == person_id, _spoken_in(key))
    if after is not None:
        at, last = after
        same_moment = and_(Conversation.created_at == at, Conversation.id < last)
        theirs = theirs.where(or_(Conversation.created_at < at, same_moment))
    newest = theirs.order_by(Conversation.created_at.desc(), Conversation.id.desc()).limit(limit)
    return list((await session.execute(newest)).scalars())


def _spoken_in(key: str) -> ColumnElement[bool]:
    return exists().where(Message.conversation_id == Conversation.id, had_with(key))


async def page(
    session: AsyncSession, conversation_id: UUID, limit: int, before: int | None = None, key: str = ""
) -> tuple[list[Message], bool]:
    """Up to ``limit`` messages older than the one with id ``before``, oldest first; and whether more are older.

    ``key``: only of the turns that it had.
    """
    last = select(Message).where(Message.conversation_id == conversation_id, had_with(key) if key else true())
    if before is not None:
        last = last.where(Message.id < before)
    found = (await session.execute(last.order_by(Message.id.desc()).limit(limit + 1))).scalars().all()
    return list(reversed(found[:limit])), len(found) > limit


async def of_turns(session: AsyncSession, turn_ids: Iterable[UUID]) -> Sequence[Message]:
    """What was said in these turns, in order."""
    said = select(Message).where(Message.turn_id.in_(list(turn_ids)))
    return (await session.execute(said.order_by(Message.id, Message.position))).scalars().all()


async def reply_of(session: AsyncSession, turn_id: UUID) -> tuple[Message, bool] | None:
    """What the desk said in a turn, and whether it has said nothing since in that conversation."""
    said = select(Message).where(Message.turn_id == turn_id, Message.by_desk)
    message = (await session.execute(said)).scalar_one_or_none()
    if message is None:
        return None
    later = select(Message.id).where(
        Message.conversation_id == message.conversation_id, Message.by_desk, Message.id > message.id
    )
    return message, (await session.execute(later.limit(1))).first() is None


async def file_shown(session: AsyncSession, conversation_id: UUID, sha256: str, key: str = "") -> File | None:
    """The file of this hash as a reply of the conversation (to this ``key``) named it; None where none did."""
    naming = select(Message.reply).where(
        Message.conversation_id == conversation_id,
        Message.by_desk,
        cast(Message.reply, String).contains(sha256, autoescape=True),
        had_with(key) if key else true(),
    )
    for reply in (await session.execute(naming.order_by(Message.id.desc()))).scalars():
        shown = Reply.from_json(reply or {})
        for block in (*shown.blocks, *shown.more):
            if isinstance(block, File) and block.sha256 == sha256:
                return block
    return None
