"""What is said is written once, sent in order, and tried again, longer and longer, but not for ever."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.db import Database
from core.inbox import service as inbox
from core.inbox.models import Outbound
from tests.factories import NOW
from tests.races import Act, race, results

pytestmark = pytest.mark.database
RETRY = timedelta(seconds=2)
LEASE = timedelta(seconds=30)


async def say(session: AsyncSession, dedupe: str, chat: str = "a", channel: str = "telegram") -> Outbound:
    return await inbox.send(session, channel, chat, dedupe, {"text": dedupe}, NOW)


async def due(session: AsyncSession, at: datetime = NOW, channel: str = "telegram") -> list[str]:
    return [message.dedupe for message in await inbox.waiting(session, channel, at, 50)]


async def test_the_same_saying_twice_is_one(session: AsyncSession) -> None:
    first = await say(session, "turn-1")
    again = await inbox.send(session, "telegram", "a", "turn-1", {"text": "other"}, NOW)
    assert again.id == first.id
    assert (await session.execute(select(func.count()).select_from(Outbound))).scalar_one() == 1


async def test_what_was_sent_waits_no_more(session: AsyncSession) -> None:
    one, _two = await say(session, "1"), await say(session, "2")
    await say(session, "web", channel="web")
    assert await due(session) == ["1", "2"]
    await inbox.sent(session, one.id, NOW)
    await inbox.sent(session, one.id, NOW + RETRY)
    assert await due(session) == ["2"]
    await session.refresh(one)
    assert (one.sent_at, one.attempts) == (NOW, 1)


async def test_a_failure_holds_up_its_chat_and_no_other(session: AsyncSession) -> None:
    one = await say(session, "1")
    await say(session, "2")
    await say(session, "3", chat="b")
    await inbox.failed(session, one.id, NOW, RETRY)
    assert await due(session) == ["3"]
    assert await due(session, NOW + RETRY) == ["1", "2", "3"]


async def test_the_wait_doubles_up_to_an_hour_and_then_it_is_given_up(session: AsyncSession) -> None:
    message = await say(session, "1")
    behind = await say(session, "2")
    waits = []
    for _ in range(inbox.MAX_SENDS):
        await inbox.failed(session, message.id, NOW, RETRY)
        assert message.next_try_at is not None
        waits.append(int((message.next_try_at - NOW).total_seconds()))
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600]
    assert message.given_up_at == NOW
    assert await due(session, NOW + timedelta(days=9)) == [behind.dedupe]


async def test_a_channel_that_asks_for_patience_gets_it(session: AsyncSession) -> None:
    message = await say(session, "1")
    await inbox.failed(session, message.id, NOW, timedelta(hours=3))
    assert message.next_try_at == NOW + timedelta(hours=3)


async def test_a_chat_is_told_what_it_missed(session: AsyncSession) -> None:
    one, two, _other = await say(session, "1"), await say(session, "2"), await say(session, "3", chat="b")
    await inbox.sent(session, one.id, NOW)
    assert [message.dedupe for message in await inbox.since(session, "telegram", "a", 0)] == ["1", "2"]
    assert [message.dedupe for message in await inbox.since(session, "telegram", "a", one.id)] == ["2"]
    assert list(await inbox.since(session, "telegram", "a", two.id)) == []


async def test_what_a_dead_sender_took_is_tried_again(session: AsyncSession) -> None:
    await say(session, "1")
    assert len(await inbox.take_to_send(session, "telegram", NOW, LEASE)) == 1
    assert list(await inbox.take_to_send(session, "telegram", NOW, LEASE)) == []
    assert len(await inbox.take_to_send(session, "telegram", NOW + LEASE, LEASE)) == 1


def taking() -> Act[list[str]]:
    async def take(rival: Database) -> list[str]:
        async with rival.writes.begin() as session:
            return [message.dedupe for message in await inbox.take_to_send(session, "telegram", NOW, LEASE)]

    return take


async def test_senders_at_once_take_each_message_once(database: Database) -> None:
    async with database.writes.begin() as session:
        for number in range(10):
            await say(session, str(number), chat=f"chat-{number % 3}")
    taken = [dedupe for part in results(await race(database.url, [taking()] * 4)) for dedupe in part]
    assert sorted(taken, key=int) == [str(number) for number in range(10)]


async def test_the_same_saying_at_once_is_one(database: Database) -> None:
    async def speak(rival: Database) -> int:
        async with rival.writes.begin() as session:
            return (await say(session, "turn-1")).id

    assert len(set(results(await race(database.url, [speak] * 6)))) == 1
