"""What an operator finds, and what stays shut."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from core.conversations import records
from core.conversations import service as conversations
from core.conversations.models import Conversation
from core.conversations.records import ERASED, Wanted
from core.errors import NotFound
from core.people.models import Person
from tests.factories import NOW, make_conversation, make_person

pytestmark = pytest.mark.database


async def talked(session: AsyncSession, handle: str, *texts: str, channel: str = "web") -> tuple[Person, Conversation]:
    person = await make_person(session, handle)
    conversation = await make_conversation(session, person, channel)
    for minute, text in enumerate(texts):
        turn, at = uuid4(), NOW + timedelta(minutes=minute)
        await conversations.add(session, conversation.id, turn, 0, by_desk=False, text=text, at=at)
        record = {"calls": [{"name": "quote", "args": {"sku": "W-550"}, "ok": True}]}
        await conversations.add(
            session, conversation.id, turn, 1, by_desk=True, text=f"答：{text}", at=at, record=record,
            reply={"blocks": [{"type": "text", "text": f"答：{text}"}]},
        )  # fmt: skip
    return person, conversation


async def test_words_are_found_as_they_are(session: AsyncSession) -> None:
    await talked(session, "one", "Green tea 100%", "别的")
    await talked(session, "two", "green TEA", channel="api")
    found = await records.search(session, Wanted("green tea"), 10)
    assert [(entry.person, entry.by_desk) for entry in found] == [
        ("two", True), ("two", False), ("one", True), ("one", False),
    ]  # fmt: skip
    assert len(await records.search(session, Wanted("100%"), 10)) == 2
    assert await records.search(session, Wanted("100_"), 10) == []
    assert {entry.person for entry in await records.search(session, Wanted("tea", channel="api"), 10)} == {"two"}
    assert {entry.person for entry in await records.search(session, Wanted("tea", person="one"), 10)} == {"one"}


async def test_days_are_half_open(session: AsyncSession) -> None:
    await talked(session, "one", "a", "b", "c")
    wanted = Wanted(since=NOW + timedelta(minutes=1), until=NOW + timedelta(minutes=2))
    assert {entry.text for entry in await records.search(session, wanted, 10)} == {"b", "答：b"}


async def test_a_conversation_is_shown_in_order_with_its_calls(session: AsyncSession) -> None:
    _, conversation = await talked(session, "one", "a", "b")
    shown = await records.show(session, conversation.id, 3)
    assert [entry.text for entry in shown] == ["答：a", "b", "答：b"]
    assert shown[0].calls == [{"name": "quote", "args": {"sku": "W-550"}, "ok": True}]
    with pytest.raises(NotFound):
        await records.show(session, uuid4(), 3)


async def test_what_an_erased_person_said_is_shut_everywhere(session: AsyncSession) -> None:
    person, conversation = await talked(session, "one", "我的电话13800000000")
    await talked(session, "two", "别的")
    person.erased_at = NOW
    await session.flush()
    assert await records.search(session, Wanted("13800000000"), 10) == []
    exported = [entry.as_json() async for entry in records.export(session, Wanted())]
    assert len(exported) == 4
    shown = [entry.as_json() for entry in await records.show(session, conversation.id, 10)]
    for entry in [*exported[:2], *shown]:
        assert (entry["person"], entry["text"], entry["blocks"], entry["calls"]) == (ERASED, ERASED, [], [])
    assert "13800000000" not in str(exported)
    assert "two" in {entry["person"] for entry in exported}


async def test_an_export_has_every_message_once(session: AsyncSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "BATCH", 3)
    await talked(session, "one", *"abcdefg")
    exported = [entry.id async for entry in records.export(session, Wanted())]
    assert len(exported) == 14
    assert exported == sorted(set(exported))
