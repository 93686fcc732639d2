"""While a turn is thought there is something to see, and the answer takes its place."""

import asyncio
from typing import Any

import pytest

from bot.channels.telegram.progress import Progress
from bot.desk import Desk
from tests.telegram.bot_api import BAD_GATEWAY, Fault
from tests.telegram.line import BUYER, Line


@pytest.fixture
def thinking(line: Line, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Turns report how far they are, and end when the event is set; what is to be seen is shown at once."""
    line.channel.progress = Progress(line.channel.bot, at_first=0, between=0)
    line.channel.sender._progress = line.channel.progress
    line.channel._watchers.watch_channel("telegram", line.channel.progress.begin)
    done, think = asyncio.Event(), Desk._think

    async def slowly(self: Desk, turn_id: Any, incoming: Any, progress: Any) -> Any:
        progress("正在读第3页")
        await done.wait()
        return await think(self, turn_id, incoming, progress)

    monkeypatch.setattr(Desk, "_think", slowly)
    return done


async def test_the_answer_overwrites_the_progress(line: Line, thinking: asyncio.Event) -> None:
    await line.api.say(BUYER, "W-550多少钱")
    await line.fetch()
    answering = asyncio.create_task(line.worker.drain())
    (shown,) = await line.api.answers(BUYER, 1)
    assert shown.text == "⏳ 正在读第3页"
    thinking.set()
    await answering
    await line.channel.sender.drain()
    (shown,) = line.api.shown[BUYER]
    assert "¥" in shown.text
    assert shown.edits == 1


async def test_progress_that_can_not_be_shown_delays_no_answer(line: Line, thinking: asyncio.Event) -> None:
    line.api.fail("sendMessage", BAD_GATEWAY)
    await line.api.say(BUYER, "W-550多少钱")
    await line.fetch()
    answering = asyncio.create_task(line.worker.drain())
    await line.api.until(lambda: line.api.faults["sendMessage"] == [] and not answering.done())
    thinking.set()
    await answering
    await line.channel.sender.drain()
    (shown,) = line.api.shown[BUYER]
    assert "¥" in shown.text


async def test_a_progress_that_was_deleted_is_answered_anew(line: Line, thinking: asyncio.Event) -> None:
    await line.api.say(BUYER, "W-550多少钱")
    await line.fetch()
    answering = asyncio.create_task(line.worker.drain())
    await line.api.answers(BUYER, 1)
    line.api.fail("editMessageText", Fault(400))
    thinking.set()
    await answering
    await line.channel.sender.drain()
    assert "¥" in line.api.shown[BUYER][-1].text
