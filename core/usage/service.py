"""Keeping and adding up what models used, in the caller's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.conversations.models import Conversation
from core.people.models import Person
from core.usage.models import Usage
from core.usage.rules import Spent

By = Literal["day", "person", "conversation"]


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it is kept."""

    turn_id: UUID
    conversation_id: UUID
    person_id: int
    model: str
    outcome: str
    tokens_in: int
    tokens_out: int
    cost: int
    currency: str
    fields: Mapping[str, Any]


def record(session: AsyncSession, call: Call, day: date, at: datetime) -> None:
    """Keep a call; ``day`` is the brand's."""
    session.add(
        Usage(
            at=at, day=day, turn_id=call.turn_id, conversation_id=call.conversation_id, person_id=call.person_id,
            model=call.model, outcome=call.outcome, tokens_in=call.tokens_in, tokens_out=call.tokens_out,
            cost=call.cost, currency=call.currency, fields=dict(call.fields),
        )
    )  # fmt: skip


async def spent(session: AsyncSession, conversation: UUID, person: int, day: date) -> dict[str, Spent]:
    """What was used in the conversation, by the person on the day, and by all on the day."""
    return {
        "conversation": await _sum(session, Usage.conversation_id == conversation),
        "person": await _sum(session, (Usage.person_id == person) & (Usage.day == day)),
        "day": await _sum(session, Usage.day == day),
    }


async def _sum(session: AsyncSession, which: ColumnElement[bool]) -> Spent:
    sums = select(func.sum(Usage.tokens_in + Usage.tokens_out), func.sum(Usage.cost)).where(which)
    tokens, cost = (await session.execute(sums)).one()
    return Spent(int(tokens or 0), int(cost or 0))


@dataclass(frozen=True, slots=True)
class CostRow:
    """Calls of a day, a person or a conversation in one currency."""

    key: str
    calls: int
    failed: int
    tokens_in: int
    tokens_out: int
    cost: int
    currency: str


async def costs(session: AsyncSession, by: By) -> list[CostRow]:
    """Sums by day (the last first), or by person or conversation (the dearest first)."""
    keys: dict[str, Any] = {"day": Usage.day, "person": Person.handle, "conversation": Usage.conversation_id}
    key = keys[by]
    calls = select(
        key, Usage.currency, Usage.outcome, func.count(), func.sum(Usage.tokens_in), func.sum(Usage.tokens_out),
        func.sum(Usage.cost),
    )  # fmt: skip
    if by == "person":
        calls = calls.join(Person, Person.id == Usage.person_id)
    if by == "conversation":
        calls = calls.join(Conversation, Conversation.id == Usage.conversation_id)
    rows = (await session.execute(calls.group_by(key, Usage.currency, Usage.outcome))).all()
    sums: dict[tuple[str, str], CostRow] = {}
    for one, currency, outcome, count, tokens_in, tokens_out, cost in rows:
        name = one.isoformat() if isinstance(one, date) else str(one)
        old = sums.get((name, currency), CostRow(name, 0, 0, 0, 0, 0, currency))
        sums[name, currency] = CostRow(
            name, old.calls + count, old.failed + (count if outcome != "answered" else 0),
            old.tokens_in + int(tokens_in), old.tokens_out + int(tokens_out), old.cost + int(cost), currency,
        )  # fmt: skip
    found = list(sums.values())
    if by == "day":
        return sorted(found, key=lambda row: (row.key, row.currency), reverse=True)
    return sorted(found, key=lambda row: (-row.cost, -row.tokens_in, row.key))
