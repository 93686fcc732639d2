"""Where the Bot API has drafts, a turn is shown as one; the answer is the only message that stays."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram import progress
from bot.evaluation.endpoint import FakeEndpoint, endpoint
from core.db import Database
from tests.telegram.bot_api import BAD_GATEWAY, BotApi, Fault
from tests.telegram.line import BUYER, Hands, Line, Parts, line_to, settings_for
from tests.telegram.test_streaming import FIRST, SECOND, asked, says, speaking, with_progress

__all__ = ["speaking"]


@pytest.fixture
async def fake() -> AsyncIterator[FakeEndpoint]:
    """An endpoint that calls for a price and then says what its script says."""
    async with endpoint(says(FIRST + SECOND)) as fake:
        yield fake


@pytest.fixture
async def line(
    api: BotApi, market: Database, plain_parts: Parts, hands: Hands, fake: FakeEndpoint
) -> AsyncIterator[Line]:
    """A desk with a model, on a Bot API that has drafts."""
    api.offers_drafts = True
    settings = settings_for(api, llm_base_url=fake.url, llm_model="fake", llm_seconds=5)
    async with line_to(api, market, plain_parts, hands, settings) as opened:
        with_progress(opened, at_first=60)
        yield opened
        await opened.desk.brains.aclose()


async def drafted(line: Line, text: str) -> None:
    await line.api.until(lambda: line.api.drafts.get(BUYER) == text)


async def test_words_stand_in_a_draft_until_the_answer_comes(line: Line, fake: FakeEndpoint) -> None:
    fake.held_after = FIRST
    answering = await asked(line)
    await drafted(line, f"{FIRST} …")
    assert line.api.shown[BUYER] == []
    fake.go.set()
    await answering
    await line.channel.sender.drain()
    (shown,) = line.api.shown[BUYER]
    assert shown.text.startswith(f"{FIRST}{SECOND}\n")
    assert shown.edits == 0
    assert line.api.drafts == {}
    assert line.api.called("editMessageText") == []


async def test_a_lie_is_in_no_draft(line: Line, fake: FakeEndpoint) -> None:
    fake.script = says(FIRST + "已为您下单，共¥9,999.99。" + SECOND)
    await (await asked(line))
    await line.channel.sender.drain()
    assert "9,999" not in str(line.api.calls)
    assert "已为您下单" not in str(line.api.calls)


async def test_words_that_the_answer_does_not_go_on_from_stay_in_a_message_of_their_own(
    line: Line, speaking: asyncio.Event, fake: FakeEndpoint
) -> None:
    fake.fails = "error500"
    answering = await asked(line)
    await drafted(line, "先说一句<1>。 …\n⏳ 正在读第3页")
    speaking.set()
    await answering
    line.api.fail("sendMessage", None, BAD_GATEWAY)
    await line.channel.sender.drain()
    line.hands.wait(60)
    await line.channel.sender.drain()
    said, answer = line.api.shown[BUYER]
    assert said.text == "先说一句<1>。"
    assert "¥" in answer.text


async def test_a_draft_that_nothing_follows_is_sent_again_before_it_goes(
    line: Line, speaking: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "DRAFT_LASTS", 0.01)
    answering = await asked(line)
    await line.api.until(lambda: len(line.api.called("sendMessageDraft")) > 3)
    speaking.set()
    await answering


@pytest.mark.parametrize("refused", [Fault(404), Fault(400)], ids=["unknown", "refused"])
async def test_a_bot_api_without_drafts_is_asked_once_and_messages_are_edited(
    line: Line, speaking: asyncio.Event, refused: Fault
) -> None:
    line.api.fail("sendMessageDraft", refused)
    answering = await asked(line)
    (shown,) = await line.api.answers(BUYER, 1)
    await line.api.until(lambda: "⏳" in shown.text)
    speaking.set()
    await answering
    assert line.api.called("sendMessageDraft") == []
    assert line.api.drafts == {}
