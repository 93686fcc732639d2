"""Calls add up by day, person and conversation, on each database."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Role
from core.conversations.service import open_conversation
from core.usage import service as usage
from core.usage.rules import Spent
from tests.factories import NOW, TODAY, make_person

pytestmark = pytest.mark.database
YESTERDAY = TODAY - timedelta(days=1)


async def _call(session: AsyncSession, conversation: UUID, person: int, day: date, outcome: str = "answered") -> None:
    call = usage.Call(uuid4(), conversation, person, "m", outcome, 100, 20, 360, "CNY", {"prices": {"masked": 2}})
    usage.record(session, call, day, NOW)
    await session.flush()


async def test_sums(session: AsyncSession) -> None:
    one, other = await make_person(session, "one", Role.MANAGER), await make_person(session, "other", Role.MANAGER)
    first = await open_conversation(session, "web", "a", one.id, True, NOW)
    second = await open_conversation(session, "web", "b", other.id, True, NOW)
    for day in (YESTERDAY, TODAY):
        await _call(session, first.id, one.id, day)
    await _call(session, second.id, other.id, TODAY, "failed")
    assert await usage.spent(session, first.id, one.id, TODAY) == {
        "conversation": Spent(240, 720),
        "person": Spent(120, 360),
        "day": Spent(240, 720),
    }
    days = await usage.costs(session, "day")
    assert [(row.key, row.calls, row.failed, row.cost) for row in days] == [
        (TODAY.isoformat(), 2, 1, 720),
        (YESTERDAY.isoformat(), 1, 0, 360),
    ]
    assert [(row.key, row.calls) for row in await usage.costs(session, "person")] == [("one", 2), ("other", 1)]
    assert [row.key for row in await usage.costs(session, "conversation")] == [str(first.id), str(second.id)]


async def test_nothing_used(session: AsyncSession) -> None:
    assert await usage.costs(session, "day") == []
    assert (await usage.spent(session, uuid4(), 1, TODAY))["day"] == Spent()
