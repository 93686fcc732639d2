"""Days of contracts are told to whoever is concerned, once, and a purchase target only where it is at risk."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import reminders
from bot.app import put_together, shared_parts
from bot.desk import Desk
from core.actor import system
from core.clock import fixed_clock
from core.contracts import reminding
from core.contracts.models import ContractDate, DateKind
from core.conversations.models import Conversation, Message
from core.db import Database
from core.people.models import Person
from core.scope import visible
from core.settings import Settings
from tests.conftest import DEMO_UNTIL, NOW

ACTOR = system("test")


@pytest.fixture
def desk(demo_database: Database) -> Desk:
    settings = Settings(_env_file=None, embedder="none", database_url="")
    return put_together(settings, demo_database, shared_parts(settings), fixed_clock(NOW + timedelta(days=1)))


async def _told(database: Database, handle: str) -> Sequence[str]:
    async with database.reads() as session:
        mine = (
            select(Message.text)
            .join(Conversation, Conversation.id == Message.conversation_id)
            .join(Person, Person.id == Conversation.person_id)
            .where(Person.handle == handle, Message.by_desk)
        )
        return (await session.execute(mine)).scalars().all()


async def test_what_is_due_waits_from_the_day_of_its_reminder_on(demo_database: Database) -> None:
    async with demo_database.reads() as session:
        early = await reminding.waiting(session, ACTOR, DEMO_UNTIL)
        later = await reminding.waiting(session, ACTOR, DEMO_UNTIL + timedelta(days=1))
    kinds = [(one.due.contract.number, one.due.date.kind) for one in later]
    assert ("HT-2026-005", DateKind.RENEWAL_OPENS) in kinds
    assert ("HT-2026-005", DateKind.RENEWAL_OPENS) not in [(o.due.contract.number, o.due.date.kind) for o in early]
    pace = next(one.pace for one in later if one.due.date.kind == DateKind.MINIMUM_PURCHASE)
    assert pace is not None
    assert pace.short > 0
    assert ("HT-2026-005", DateKind.MINIMUM_PURCHASE) not in kinds  # it will be reached


async def test_a_reminder_reaches_the_owner_the_lawyers_and_the_dealer_once(desk: Desk) -> None:
    assert await reminders.remind(desk) >= 2
    assert await reminders.remind(desk) == 0
    for handle in ("rep-east", "legal", "D005-owner"):
        told = [words for words in await _told(desk.database, handle) if "HT-2026-005" in words]
        assert len(told) == 1, handle
        assert "2026年11月21日" in told[0]
    assert await _told(desk.database, "D001-owner") == []
    assert "上海虹桥佳味" not in (await _told(desk.database, "D005-owner"))[0]
    assert "CN¥" in next(words for words in await _told(desk.database, "D040-owner") if "HT-2026-040" in words)
    async with desk.database.reads() as session:
        dates = select(ContractDate).where(visible(ACTOR, ContractDate), ContractDate.told_at.is_not(None))
        assert (await session.execute(dates)).scalars().all()
