"""A model's words stand in the chat as they are released; the finished answer goes on from them."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.telegram.progress import Progress
from bot.desk import Desk
from bot.evaluation.endpoint import FakeEndpoint, Request, Says, endpoint
from core.db import Database
from tests.telegram.bot_api import BROKEN, BROKEN_AFTERWARDS, FLOOD, BotApi, Fault
from tests.telegram.line import BUYER, Hands, Line, Parts, line_to, settings_for
from tools.context import Spoken

FIRST, SECOND = "您要的价格如下。", "请看明细。"
PRICE = "W-550多少钱"


def says(text: str) -> Any:
    def script(request: Request) -> Says:
        return Says(text) if request.results else Says(calls=[("quote", {"sku": "W-550"})])

    return script


@pytest.fixture
async def fake() -> AsyncIterator[FakeEndpoint]:
    """An endpoint that calls for a price and then says what its script says."""
    async with endpoint(says(FIRST + SECOND)) as fake:
        yield fake


@pytest.fixture
async def line(
    api: BotApi, market: Database, plain_parts: Parts, hands: Hands, fake: FakeEndpoint
) -> AsyncIterator[Line]:
    """A desk whose model it is, and that edits without waiting."""
    settings = settings_for(api, llm_base_url=fake.url, llm_model="fake", llm_seconds=5)
    async with line_to(api, market, plain_parts, hands, settings) as opened:
        with_progress(opened, at_first=60)
        yield opened
        await opened.desk.brains.aclose()


def with_progress(line: Line, at_first: float) -> None:
    line.channel.progress = Progress(line.channel.bot, at_first=at_first, between=0)
    line.channel.sender._progress = line.channel.progress
    line.channel._watchers.watch_channel("telegram", line.channel.progress.begin)


async def asked(line: Line) -> asyncio.Task[int]:
    """The price is asked for and thought about."""
    await line.api.say(BUYER, PRICE)
    await line.fetch()
    return asyncio.create_task(line.worker.drain())


async def test_a_sentence_is_there_before_the_model_has_finished(line: Line, fake: FakeEndpoint) -> None:
    fake.held_after = FIRST
    answering = await asked(line)
    (shown,) = await line.api.answers(BUYER, 1)
    assert shown.text == f"{FIRST} …"
    assert line.api.called("sendMessage")[0].get("disable_notification") is not True
    fake.go.set()
    await answering
    await line.channel.sender.drain()
    (shown,) = line.api.shown[BUYER]
    assert shown.text.startswith(f"{FIRST}{SECOND}\n")
    assert "¥" in shown.text


async def test_a_lie_is_never_shown(line: Line, fake: FakeEndpoint) -> None:
    fake.script = says(FIRST + "已为您下单，共¥9,999.99。" + SECOND)
    answering = await asked(line)
    await answering
    await line.channel.sender.drain()
    (shown,) = line.api.shown[BUYER]
    assert shown.text.startswith(f"{FIRST}\n")
    assert "¥" in shown.text
    assert "9,999" not in str(line.api.calls)
    assert "已为您下单" not in str(line.api.calls)


@pytest.fixture
def speaking(line: Line, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Turns say a sentence that their reply doesn't have, then what they do, and end when the event is set."""
    done, think = asyncio.Event(), Desk._think

    async def slowly(self: Desk, turn_id: Any, incoming: Any, progress: Any) -> Any:
        progress(Spoken("先说一句<1>。"))
        progress("正在读第3页")
        await done.wait()
        return await think(self, turn_id, incoming, progress)

    monkeypatch.setattr(Desk, "_think", slowly)
    return done


async def test_what_is_being_done_stands_under_what_was_said(line: Line, speaking: asyncio.Event) -> None:
    answering = await asked(line)
    (shown,) = await line.api.answers(BUYER, 1)
    await line.api.until(lambda: "⏳" in shown.text)
    assert shown.text == "先说一句<1>。 …\n⏳ 正在读第3页"
    speaking.set()
    await answering


async def test_an_answer_that_does_not_go_on_from_what_was_said_leaves_it_there(
    line: Line, speaking: asyncio.Event, fake: FakeEndpoint
) -> None:
    fake.fails = "error500"
    answering = await asked(line)
    await line.api.answers(BUYER, 1)
    speaking.set()
    await answering
    await line.channel.sender.drain()
    said, answer = line.api.shown[BUYER]
    assert said.text.startswith("先说一句<1>。")
    assert "¥" in answer.text


@pytest.mark.parametrize("failure", [FLOOD, BROKEN, BROKEN_AFTERWARDS], ids=["flood", "broken", "unsure"])
async def test_an_answer_that_has_to_wait_still_goes_over_what_was_said(
    line: Line, hands: Hands, fake: FakeEndpoint, failure: Fault
) -> None:
    fake.held_after = FIRST
    answering = await asked(line)
    await line.api.answers(BUYER, 1)
    line.api.fail("editMessageText", failure)
    fake.go.set()
    await answering
    await line.channel.sender.drain()
    hands.wait(5)
    await line.channel.sender.drain()
    (shown,) = line.api.shown[BUYER]
    assert "¥" in shown.text
    assert all(sent is not None for sent, *_ in await line.outbox())


async def test_the_next_turn_has_words_of_its_own(line: Line, fake: FakeEndpoint) -> None:
    for number in (1, 2):
        answering = await asked(line)
        await answering
        await line.channel.sender.drain()
        assert len(line.api.shown[BUYER]) == number
