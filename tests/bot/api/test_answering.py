"""A sender that waits for its answer, and one that doesn't stay."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from bot.answering import Answering
from bot.desk import API_CHANNEL, Desk
from bot.incoming import Incoming
from bot.worker import Worker
from core.conversations.models import Message
from core.inbox import service as inbox
from core.inbox.models import Inbound, InboundStatus, Outbound
from core.keys import service as keys
from core.keys.service import Caller
from tests.bot.api.conftest import KeyFor


@pytest.fixture
async def caller(desk: Desk, key_for: KeyFor) -> Caller:
    key = await key_for("D001-buyer")
    async with desk.database.reads() as session:
        caller = await keys.check(session, key, desk.clock())
    assert caller is not None
    return caller


def message(caller: Caller, text: str) -> Incoming:
    return Incoming(API_CHANNEL, caller.owner, caller.prefix, text)


async def count(desk: Desk, what: type[Message | Inbound | Outbound]) -> int:
    async with desk.database.reads() as session:
        return (await session.execute(select(func.count()).select_from(what))).scalar_one()


async def test_a_sender_that_leaves_is_answered_all_the_same(desk: Desk, caller: Caller) -> None:
    answering = Answering(desk)
    asking = asyncio.create_task(answering.say(caller, message(caller, "W-550多少钱"), "one"))
    while not await count(desk, Inbound):
        pass
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    await answering.stop()
    worker = Worker(desk)
    await worker.drain()
    answered = await answering.say(caller, message(caller, "W-550多少钱"), "one")
    assert "28.51" in answered.reply.plain()
    assert await count(desk, Inbound) == 1
    assert await count(desk, Message) == 2


@pytest.mark.database
async def test_what_was_said_before_is_answered_before(desk: Desk, caller: Caller) -> None:
    """A message whose process died waits in the lane; the next sender finds it there."""
    await desk.receive(f"{caller.owner}:lost", message(caller, "要10箱矿泉水"))
    answered = await Answering(desk).say(caller, message(caller, "确认"))
    assert "SO-20261120-" in answered.reply.plain()
    async with desk.database.reads() as session:
        texts = (await session.execute(select(Message.text).where(~Message.by_desk).order_by(Message.id))).scalars()
        assert list(texts) == ["要10箱矿泉水", "确认"]


async def test_a_lane_at_work_elsewhere_is_waited_for(desk: Desk, caller: Caller) -> None:
    """Another process has the lane; when it gives it back, this sender goes on."""
    token = uuid4()
    await desk.receive(f"{caller.owner}:other", message(caller, "你好"))
    async with desk.database.writes.begin() as session:
        taken = await inbox.claim(session, token, desk.clock(), timedelta(minutes=1))
    assert taken is not None
    asking = asyncio.create_task(Answering(desk).say(caller, message(caller, "W-550多少钱")))
    while await count(desk, Inbound) < 2:
        pass
    assert not asking.done()
    assert await desk.reply_to(taken, token) is not None
    assert "28.51" in (await asking).reply.plain()
    async with desk.database.reads() as session:
        left = select(func.count()).where(Inbound.status == InboundStatus.NEW)
        assert (await session.execute(left)).scalar_one() == 0


async def test_an_answer_that_was_read_waits_for_no_sending(desk: Desk, caller: Caller) -> None:
    await Answering(desk).say(caller, message(caller, "你好"))
    async with desk.database.reads() as session:
        (sent,) = (await session.execute(select(Outbound.sent_at))).scalars().all()
    assert sent is not None
