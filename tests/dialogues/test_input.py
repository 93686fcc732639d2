"""Messages and presses that no dialogue file can hold: too long, with letters no database keeps, or too late."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from bot.app import put_together
from bot.asking import ask
from bot.desk import Desk
from bot.evaluation.running import Parts
from bot.incoming import MESSAGE_LIMIT, Incoming
from core.changes import Changes
from core.db import Database
from core.errors import EmptyMessage, MessageTooLong
from core.replies import Button, Reply
from core.settings import Settings
from tests.factories import NOW

pytestmark = pytest.mark.embedder


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def desk(desk_url: str, settings: Settings, parts: Parts, watch: Watch) -> AsyncIterator[Desk]:
    database = Database(desk_url)
    yield put_together(settings, database, parts, watch)
    await database.close()


async def say(desk: Desk, who: str = "D001-buyer", text: str = "", **more: Any) -> Reply:
    return (await ask(desk, Incoming("terminal", who, who, text, **more), key=uuid4().hex)).reply


def the(reply: Reply, id_: str) -> Button:
    return next(button for button in reply.buttons if button.id == id_)


@pytest.mark.parametrize("text", ["", "   \n\t ", "\u200b\ufeff", "\x00\x00"], ids=["none", "spaces", "unseen", "NUL"])
async def test_an_empty_message_is_refused_and_nothing_is_stored(desk: Desk, text: str) -> None:
    async with Changes(desk.database) as changes:
        with pytest.raises(EmptyMessage):
            await say(desk, text=text)
        assert [await changes.added(table) for table in ("inbox", "messages", "outbox")] == [0, 0, 0]


async def test_a_hundred_thousand_characters_are_refused_and_nothing_is_stored(desk: Desk) -> None:
    async with Changes(desk.database) as changes:
        with pytest.raises(MessageTooLong) as refused:
            await say(desk, text="要10箱矿泉水，" * 12_500)
        assert refused.value.params == {"limit": MESSAGE_LIMIT}
        assert desk.catalogues.words("zh").error(refused.value).startswith("内容太长")
        assert [await changes.added(table) for table in ("inbox", "messages", "proposals")] == [0, 0, 0]


async def test_the_longest_message_that_is_taken_gets_an_answer(desk: Desk) -> None:
    text = ("货" * (MESSAGE_LIMIT - 1)) + "？"
    async with Changes(desk.database) as changes:
        reply = await say(desk, text=text)
        assert reply.blocks
        assert await changes.changed_tables() == []


@pytest.mark.parametrize(
    "text", ["绿茶\x00多少钱\x00一箱", "绿茶多少钱一箱\ud83d", "\udcff绿茶多少钱一箱", "绿茶\u202e多少钱\u0007一箱"]
)
async def test_letters_that_no_database_keeps_are_left_out(desk: Desk, text: str) -> None:
    assert "¥41.57" in (await say(desk, text=text)).plain()


async def test_an_expired_proposal_places_no_order(desk: Desk, watch: Watch) -> None:
    drafted = await say(desk, text="要50箱绿茶")
    watch.now = NOW + timedelta(hours=24)
    async with Changes(desk.database) as changes:
        reply = await say(desk, press="confirm", proposal=the(drafted, "confirm").proposal)
        assert "过期" in reply.plain()
        assert await changes.changed_tables() == []


async def test_a_proposal_holds_until_it_expires(desk: Desk, watch: Watch) -> None:
    drafted = await say(desk, text="要50箱绿茶")
    watch.now = NOW + timedelta(hours=23, minutes=59)
    async with Changes(desk.database) as changes:
        reply = await say(desk, press="confirm", proposal=the(drafted, "confirm").proposal)
        assert "已下单" in reply.plain()
        assert await changes.added("orders") == 1


@pytest.mark.parametrize(("minutes", "orders"), [(29, 1), (31, 0)])
async def test_a_word_confirms_only_while_the_draft_is_fresh(
    desk: Desk, watch: Watch, minutes: int, orders: int
) -> None:
    await say(desk, text="要50箱绿茶")
    watch.now = NOW + timedelta(minutes=minutes)
    async with Changes(desk.database) as changes:
        reply = await say(desk, text="确认")
        assert await changes.added("orders") == orders
    assert ("已下单" in reply.plain()) == bool(orders)


async def test_anothers_proposal_cannot_be_pressed_by_its_number(desk: Desk) -> None:
    drafted = await say(desk, text="要50箱绿茶")
    async with Changes(desk.database) as changes:
        for who in ("D002-buyer", "D002-owner", "rep-east", "manager", "admin"):
            reply = await say(desk, who, press="confirm", proposal=the(drafted, "confirm").proposal)
            assert "¥2,078.50" not in reply.plain()
            assert "已下单" not in reply.plain()
        assert await changes.changed_tables() == []
        assert await changes.added("presses") == 0


async def test_a_superseded_draft_cannot_be_pressed(desk: Desk) -> None:
    first = await say(desk, text="要50箱绿茶")
    second = await say(desk, text="改成60箱")
    async with Changes(desk.database) as changes:
        reply = await say(desk, press="confirm", proposal=the(first, "confirm").proposal)
        assert "¥2,494.20" in reply.plain()
        assert the(reply, "confirm").proposal == the(second, "confirm").proposal
        assert await changes.added("orders") == 0
        await say(desk, press="confirm", proposal=the(second, "confirm").proposal)
        assert await changes.added("orders") == 1
        assert await changes.added("order_lines[quantity=60]") == 1


async def test_what_waits_for_an_owner_is_not_shown_in_a_group(desk: Desk) -> None:
    await say(desk, text="矿泉水订2000箱")
    for text, press in (("", "confirm"), ("确认", ""), ("有什么等我确认的", "")):
        async with Changes(desk.database) as changes:
            incoming = Incoming("terminal", "group", "D001-owner", text, press, private=False)
            reply = (await ask(desk, incoming, key=uuid4().hex)).reply
            assert "¥" not in reply.plain()
            assert not [button for button in reply.buttons if button.proposal]
            assert await changes.changed_tables() == []


async def test_a_group_hears_the_rest_of_what_was_said_aloud(desk: Desk) -> None:
    async def heard(text: str, press: str = "") -> Reply:
        incoming = Incoming("terminal", "group", "D001-buyer", text, press, private=False)
        return (await ask(desk, incoming, key=uuid4().hex)).reply

    assert [button.id for button in (await heard("都有什么产品")).buttons] == ["more"]
    assert (await heard("", "more")).blocks
    assert "私聊" not in (await heard("", "more")).plain()
