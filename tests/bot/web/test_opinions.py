"""Thumbs under replies: the person's own, changed and taken back, and what a thumb down leaves."""

from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from bot.desk import Desk
from core.learning.models import Candidate
from tests.bot.web.conftest import Browse, say, talk


async def candidates(desk: Desk) -> list[tuple[str, str]]:
    async with desk.database.reads() as session:
        return [(one.kind, one.text) for one in (await session.execute(select(Candidate))).scalars()]


async def reply(client: Any, app: FastAPI, text: str = "W-550多少钱") -> Any:
    await say(client, text)
    await app.state.web.worker.drain()
    return (await talk(client))["messages"][-1]


async def test_a_thumb_is_shown_changed_and_taken_back(app: FastAPI, desk: Desk, browse: Browse) -> None:
    client = await browse("D001-buyer")
    shown = await reply(client, app)
    assert "good" not in shown
    for good in (True, False, None):
        answer = await client.post(f"/desk/turns/{shown['turn']}/opinion", json={"good": good})
        assert answer.status_code == 204
        assert (await talk(client))["messages"][-1].get("good") is good
        assert await candidates(desk) == ([("disliked", "W-550多少钱")] if good is False else [])


async def test_another_persons_reply_takes_no_thumb(app: FastAPI, browse: Browse) -> None:
    shown = await reply(await browse("D001-buyer"), app)
    other = await browse("D002-buyer")
    assert (await other.post(f"/desk/turns/{shown['turn']}/opinion", json={"good": False})).status_code == 404


@pytest.mark.parametrize("body", [{}, {"good": "yes"}, {"good": True, "more": 1}])
async def test_what_is_no_opinion_is_refused(app: FastAPI, browse: Browse, body: dict[str, Any]) -> None:
    client = await browse("D001-buyer")
    shown = await reply(client, app)
    assert (await client.post(f"/desk/turns/{shown['turn']}/opinion", json=body)).status_code == 422


async def test_another_sites_page_gives_no_opinion(app: FastAPI, browse: Browse) -> None:
    client = await browse("D001-buyer")
    shown = await reply(client, app)
    foreign = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
    answer = await client.post(f"/desk/turns/{shown['turn']}/opinion", json={"good": True}, headers=foreign)
    assert answer.status_code == 403


async def test_words_after_a_missed_answer_make_the_question_a_candidate(
    app: FastAPI, desk: Desk, browse: Browse
) -> None:
    client = await browse("D001-buyer")
    await say(client, "绿茶多少钱")
    await app.state.web.worker.drain()
    await say(client, "不对，我问的是库存", key="message-0002")
    await app.state.web.worker.drain()
    assert ("corrected", "绿茶多少钱") in await candidates(desk)


async def test_a_correction_of_a_draft_is_no_candidate(app: FastAPI, desk: Desk, browse: Browse) -> None:
    client = await browse("D001-buyer")
    await say(client, "绿茶要50箱")
    await app.state.web.worker.drain()
    await say(client, "不对，是60箱", key="message-0002")
    await app.state.web.worker.drain()
    assert await candidates(desk) == []
