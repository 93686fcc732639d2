"""A thread a person and chat, its history in order, and one request for a person a turn."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Role, system
from core.conversations.models import Conversation, Handoff
from core.conversations.service import add, ask_for_person, history, last_reply, open_conversation
from core.db import Database
from core.errors import NotPermitted
from core.events.models import Event
from core.people.service import actor_for
from tests.factories import NOW, TODAY, make_conversation, make_person
from tests.races import race, results

pytestmark = pytest.mark.database


async def test_the_same_person_in_the_same_chat_goes_on(session: AsyncSession) -> None:
    one, two = await make_person(session, "a", Role.LEGAL), await make_person(session, "b", Role.LEGAL)
    first = await open_conversation(session, "web", "group", one.id, False, NOW)
    assert await open_conversation(session, "web", "group", one.id, True, NOW + timedelta(days=9)) is first
    assert not first.private
    others = [
        await open_conversation(session, "web", "group", two.id, False, NOW),
        await open_conversation(session, "web", "other", one.id, True, NOW),
        await open_conversation(session, "telegram", "group", one.id, True, NOW),
    ]
    assert len({first.id, *(other.id for other in others)}) == 4


async def test_history_is_the_last_messages_oldest_first(session: AsyncSession) -> None:
    conversation = await make_conversation(session, await make_person(session))
    other = await make_conversation(session, await make_person(session, "b", Role.LEGAL))
    assert await history(session, conversation.id) == []
    assert await last_reply(session, conversation.id) is None
    for number in range(6):
        turn = uuid4()
        await add(session, conversation.id, turn, 0, by_desk=False, text=f"q{number}", at=NOW)
        await add(session, conversation.id, turn, 1, by_desk=True, text=f"a{number}", at=NOW, reply={"n": number})
    await add(session, other.id, uuid4(), 0, by_desk=True, text="elsewhere", at=NOW)
    assert [message.text for message in await history(session, conversation.id, 3)] == ["a4", "q5", "a5"]
    assert len(await history(session, conversation.id)) == 12
    last = await last_reply(session, conversation.id)
    assert last is not None
    assert (last.text, last.reply, last.record) == ("a5", {"n": 5}, {})


async def test_a_turn_is_kept_once(session: AsyncSession) -> None:
    conversation, turn = await make_conversation(session, await make_person(session)), uuid4()
    await add(session, conversation.id, turn, 0, by_desk=False, text="q", at=NOW)
    with pytest.raises(IntegrityError):
        async with session.begin_nested():
            await add(session, conversation.id, turn, 0, by_desk=False, text="q", at=NOW)
    assert len(await history(session, conversation.id)) == 1


async def test_the_language_last_spoken_is_remembered(session: AsyncSession) -> None:
    conversation = await make_conversation(session, await make_person(session))
    for language in ("zh", "en", "en"):
        await add(session, conversation.id, uuid4(), 0, by_desk=True, text="", at=NOW, language=language)
    await add(session, conversation.id, uuid4(), 0, by_desk=True, text="", at=NOW)
    await session.refresh(conversation)
    assert conversation.language == "en"


async def test_a_repeated_turn_asks_for_a_person_once(session: AsyncSession) -> None:
    person = await make_person(session, "a", Role.LEGAL)
    conversation, turn = await make_conversation(session, person), uuid4()
    actor = await actor_for(session, person, TODAY)
    promised = NOW + timedelta(hours=2)
    first = await ask_for_person(session, actor, conversation.id, turn, "退货", NOW, promised)
    again = await ask_for_person(session, actor, conversation.id, turn, "other", NOW + timedelta(hours=1), promised)
    assert again is first
    assert (first.reason, first.state, first.promised_by) == ("退货", "open", promised)
    assert (await session.execute(select(func.count()).select_from(Event))).scalar_one() == 1
    with pytest.raises(NotPermitted):
        await ask_for_person(session, system("test"), conversation.id, uuid4(), "", NOW, promised)


async def test_a_chat_opened_at_once_is_one_conversation(database: Database) -> None:
    async with database.writes.begin() as session:
        person = await make_person(session)

    async def open_it(rival: Database) -> UUID:
        async with rival.writes.begin() as inside:
            opened = await open_conversation(inside, "web", "chat", person.id, True, NOW)
            await add(inside, opened.id, uuid4(), 0, by_desk=True, text="", at=NOW, language="zh")
            return opened.id

    ids = results(await race(database.url, [open_it] * 6))
    assert len(set(ids)) == 1
    async with database.reads() as session:
        assert (await session.execute(select(func.count()).select_from(Conversation))).scalar_one() == 1
        assert len(await history(session, ids[0])) == 6


async def test_a_person_asked_for_at_once_is_asked_for_once(database: Database) -> None:
    async with database.writes.begin() as session:
        person = await make_person(session, "a", Role.LEGAL)
        actor = await actor_for(session, person, TODAY)
        conversation, turn = await make_conversation(session, person), uuid4()

    async def ask(rival: Database) -> int:
        async with rival.writes.begin() as inside:
            return (await ask_for_person(inside, actor, conversation.id, turn, "退货", NOW, NOW)).id

    assert len(set(results(await race(database.url, [ask] * 4)))) == 1
    async with database.reads() as session:
        assert (await session.execute(select(func.count()).select_from(Handoff))).scalar_one() == 1
