"""Candidates and opinions in the caller's transaction; of an erased person nothing is kept or shown."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import system
from core.conversations.models import Conversation, Message
from core.dealers import names as dealer_names
from core.errors import NotFound
from core.learning.models import Candidate, Opinion
from core.learning.rules import Kind, is_worth_keeping, masked
from core.people.models import Person
from core.statements import insert_new, upsert

Intents = Sequence[Sequence[Any]]
OPEN = "open"
BATCH = 2_000


async def collect(
    session: AsyncSession,
    conversation_id: UUID,
    turn_id: UUID,
    kind: Kind,
    text: str,
    intents: Intents,
    at: datetime,
) -> bool:
    """Keep the words of a turn as a candidate, once; says whether anything general was left to keep."""
    kept = masked(text, await _names(session))
    if not is_worth_keeping(kept):
        return False
    values: dict[str, Any] = {
        "turn_id": turn_id,
        "conversation_id": conversation_id,
        "kind": str(kind),
        "text": kept,
        "intents": [list(one) for one in intents],
        "state": OPEN,
        "at": at,
    }
    return await insert_new(session, Candidate, values) is not None


async def said_before(session: AsyncSession, conversation_id: UUID, turn_id: UUID) -> tuple[Message, Message] | None:
    """What the person and the desk said in the turn before this one; None where there is none, or it was a press."""
    earlier = select(Message).where(Message.conversation_id == conversation_id, Message.turn_id != turn_id)
    last = (await session.execute(earlier.order_by(Message.id.desc()).limit(2))).scalars().all()
    if len(last) != 2 or last[0].turn_id != last[1].turn_id or not last[0].by_desk or not last[1].text:
        return None
    return last[1], last[0]


async def think_of(
    session: AsyncSession, person_id: int | None, turn_id: UUID, good: bool | None, at: datetime
) -> None:
    """Set, change or (None) take back what the person thinks of a reply; NotFound for another's turn.

    A thumb down makes the words a candidate, taken back it is none any more.
    """
    mine = (
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.turn_id == turn_id, Conversation.person_id == person_id)
        .order_by(Message.position)
    )
    said = (await session.execute(mine)).scalars().all()
    if not any(message.by_desk for message in said):
        raise NotFound
    conversation = said[0].conversation_id
    if good is None:
        await session.execute(delete(Opinion).where(Opinion.turn_id == turn_id))
    else:
        values = {"turn_id": turn_id, "conversation_id": conversation, "good": good, "at": at}
        await upsert(session, Opinion, ["turn_id"], values)
    if good is False:
        asked = next((message.text for message in said if not message.by_desk), "")
        record: Mapping[str, Any] = next((message.record for message in said if message.by_desk), {})
        await collect(session, conversation, turn_id, Kind.DISLIKED, asked, record.get("heard", ()), at)
    else:
        disliked = (Candidate.turn_id == turn_id, Candidate.kind == str(Kind.DISLIKED), Candidate.state == OPEN)
        await session.execute(delete(Candidate).where(*disliked))


async def opinions_of(session: AsyncSession, turn_ids: Iterable[UUID]) -> dict[UUID, bool]:
    """What was thought of these turns' replies."""
    found = select(Opinion.turn_id, Opinion.good).where(Opinion.turn_id.in_(list(turn_ids)))
    return {row.turn_id: row.good for row in await session.execute(found)}


async def open_candidates(session: AsyncSession, limit: int = BATCH) -> Sequence[Candidate]:
    """The latest that nobody has decided on, oldest first."""
    found = (
        select(Candidate)
        .join(Conversation, Conversation.id == Candidate.conversation_id)
        .join(Person, Person.id == Conversation.person_id)
        .where(Candidate.state == OPEN, Person.erased_at.is_(None))
    )
    return (await session.execute(found.order_by(Candidate.id.desc()).limit(limit))).scalars().all()[::-1]


async def decide(session: AsyncSession, ids: Iterable[int], state: str, at: datetime) -> int:
    """Accepted or dismissed; says how many."""
    found = (
        await session.execute(select(Candidate).where(Candidate.id.in_(list(ids)), Candidate.state == OPEN))
    ).scalars()
    decided = list(found)
    for candidate in decided:
        candidate.state = state
        candidate.decided_at = at
    return len(decided)


async def forget_erased(session: AsyncSession) -> None:
    """What erased people said goes, opinions too: candidates are kept no longer than conversations."""
    erased = (
        select(Conversation.id).join(Person, Person.id == Conversation.person_id).where(Person.erased_at.is_not(None))
    )
    for model in (Candidate, Opinion):
        await session.execute(
            delete(model).where(model.conversation_id.in_(erased)).execution_options(synchronize_session=False)
        )


async def _names(session: AsyncSession) -> list[str]:
    """People and dealers, by every name that they go by."""
    people = [name for name in (await session.execute(select(Person.name))).scalars() if name]
    dealers = await dealer_names.dealers(session, system("learning"))
    return [*people, *(name for one in dealers for name in one.names)]
