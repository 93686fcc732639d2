"""What a turn leaves for learning: words that weren't understood, and those whose answer missed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from agents.turns import Answer
from core.learning import service as learning
from core.learning.rules import Kind, is_rephrased, says_it_missed


async def notice(
    session: AsyncSession, conversation: UUID, turn_id: UUID, said: str, answer: Answer, at: datetime
) -> None:
    """Keep what the brain wasn't sure of, and the words before these where these say that the answer missed."""
    if not said:
        return
    if doubt := _doubt(answer):
        await learning.collect(session, conversation, turn_id, doubt, said, answer.heard.intents, at)
    before = await learning.said_before(session, conversation, turn_id)
    if before is None:
        return
    asked, answered = before
    missed = says_it_missed(said) or is_rephrased(asked.text, said, at - answered.at)
    if missed and not _in_an_order(answered.record):
        intents = answered.record.get("heard", ())
        await learning.collect(session, conversation, asked.turn_id, Kind.CORRECTED, asked.text, intents, at)


def _doubt(answer: Answer) -> Kind | None:
    """What the brain wasn't sure of, and questions to which no document had an answer."""
    if answer.heard.doubt:
        return Kind(answer.heard.doubt)
    searched = [call.name for call in answer.calls] == ["search_knowledge"]
    return Kind.MISSED if searched and not answer.reply.citations else None


def _in_an_order(record: Mapping[str, Any]) -> bool:
    """A draft or an open question is corrected as a matter of course: 「不对，是8箱」."""
    proposed = any(call["name"].startswith("propose_") for call in record.get("calls", ()))
    return proposed or bool(record.get("asked")) or bool(record.get("decided"))
