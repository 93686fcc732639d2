"""What the page may ask of the desk, over a real app and a real database."""

from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from bot.channels.web import messages
from bot.desk import Desk
from core.actor import system
from core.documents.models import StoredFile
from core.inbox.models import Inbound
from core.orders.models import Order
from core.scope import visible
from tests.bot.web.conftest import Browse, say, talk


async def _files(desk: Desk) -> int:
    async with desk.database.reads() as session:
        return int((await session.execute(select(func.count()).select_from(StoredFile))).scalar_one())


async def inbox_size(desk: Desk) -> int:
    async with desk.database.reads() as session:
        return (await session.execute(select(func.count(Inbound.id)))).scalar_one()


async def orders(desk: Desk) -> int:
    async with desk.database.reads() as session:
        mine = visible(system("test"), Order)
        return (await session.execute(select(func.count(Order.id)).where(mine))).scalar_one()


def buttons(message: Any) -> dict[str, Any]:
    rows = [block["buttons"] for block in message["blocks"] if block["type"] == "buttons"]
    return {button["id"]: button for row in rows for button in row}


async def test_a_message_waits_and_is_answered_in_the_conversation(app: FastAPI, browse: Browse) -> None:
    client = await browse("D001-buyer")
    assert await say(client, "W-550多少钱") == {"id": "message-0001", "new": True, "at": "2026-11-20T01:30:00+00:00"}
    before = await talk(client)
    assert [one["text"] for one in before["waiting"]] == ["W-550多少钱"]
    assert before["messages"] == []

    assert await app.state.web.worker.drain() == 1
    after = await talk(client)
    assert after["waiting"] == []
    mine, desks = after["messages"]
    assert (mine["by"], mine["key"], mine["text"]) == ("person", "message-0001", "W-550多少钱")
    assert desks["by"] == "desk"
    assert "28.51" in desks["blocks"][0]["text"]


async def test_the_same_id_twice_is_one_message(desk: Desk, app: FastAPI, browse: Browse) -> None:
    client = await browse("D001-buyer")
    assert (await say(client, "W-550多少钱"))["new"] is True
    assert (await say(client, "W-550多少钱"))["new"] is False
    await app.state.web.worker.drain()
    assert (await say(client, "W-550多少钱"))["new"] is False
    assert await app.state.web.worker.drain() == 0
    assert await inbox_size(desk) == 1


async def test_the_same_id_of_two_people_is_two_messages(desk: Desk, browse: Browse) -> None:
    await say(await browse("D001-buyer"), "你好")
    await say(await browse("D002-buyer"), "你好")
    assert await inbox_size(desk) == 2


async def test_the_conversation_follows_the_person_and_nobody_else(app: FastAPI, browse: Browse) -> None:
    phone, laptop, other = await browse("D001-buyer"), await browse("D001-buyer"), await browse("D001-owner")
    await say(phone, "W-550多少钱")
    await app.state.web.worker.drain()
    assert len((await talk(laptop))["messages"]) == 2
    assert (await talk(other))["messages"] == []


@pytest.mark.database
async def test_four_presses_place_one_order(desk: Desk, app: FastAPI, browse: Browse) -> None:
    client = await browse("D001-buyer")
    await say(client, "要10箱矿泉水")
    await app.state.web.worker.drain()
    page = await talk(client)
    confirm = buttons(page["messages"][-1])["confirm"]
    assert page["proposals"] == {confirm["proposal"]: "open"}

    before = await orders(desk)
    for i in range(4):
        await say(client, "", f"press-000{i}", press="confirm", proposal=confirm["proposal"])
    await app.state.web.worker.drain()
    assert await orders(desk) == before + 1
    assert (await talk(client))["proposals"][confirm["proposal"]] == "done"


async def test_history_is_read_page_by_page(app: FastAPI, browse: Browse) -> None:
    client = await browse("D001-buyer")
    for i in range(4):
        await say(client, f"你好{i}", f"message-000{i}")
    await app.state.web.worker.drain()
    newest = (await client.get("/desk/messages", params={"limit": 3})).json()
    assert newest["earlier"] is True
    older = (await client.get("/desk/messages", params={"limit": 100, "before": newest["messages"][0]["id"]})).json()
    assert older["earlier"] is False
    assert "waiting" not in older
    ids = [one["id"] for one in older["messages"] + newest["messages"]]
    assert ids == sorted(set(ids))
    assert len(ids) == 8


async def test_what_can_not_be_a_message_is_refused_in_words_and_not_stored(desk: Desk, browse: Browse) -> None:
    client = await browse("D001-buyer")
    bad: list[tuple[dict[str, str], str]] = [
        ({"id": "message-0001", "text": " \n "}, "没有收到文字"),
        ({"id": "message-0001", "text": "\x00"}, "没有收到文字"),
        ({"id": "message-0001", "text": "茶" * 100_000}, "8,000"),
        ({"id": "short", "text": "你好"}, "无法处理"),
        ({"id": "has spaces in it", "text": "你好"}, "无法处理"),
        ({"text": "你好"}, "无法处理"),
    ]
    for fields, reason in bad:
        refused = await client.post("/desk/messages", data=fields)
        assert refused.status_code == 422, fields
        assert refused.headers["content-type"] == "application/problem+json"
        assert reason in refused.json()["detail"]
    assert await inbox_size(desk) == 0


async def test_odd_characters_are_taken_and_answered(app: FastAPI, browse: Browse) -> None:
    client = await browse("D001-buyer")
    for i, text in enumerate(("👍👍", "a\x00b", "<script>alert(1)</script>")):
        await say(client, text, f"message-000{i}")
    assert await app.state.web.worker.drain() == 3
    assert len((await talk(client))["messages"]) == 6


async def test_a_turn_that_failed_is_still_in_the_history(
    app: FastAPI, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> Any:
        raise RuntimeError("a bug")

    client = await browse("D001-buyer")
    await say(client, "你好", "message-0001")
    await app.state.web.worker.drain()
    monkeypatch.setattr("bot.decisions.decide", broken)
    await say(client, "W-550多少钱", "message-0002")
    await app.state.web.worker.drain()
    messages = (await talk(client))["messages"]
    assert [one.get("text") for one in messages if one["by"] == "person"] == ["你好", "W-550多少钱"]
    assert "编号" in messages[-1]["blocks"][0]["text"]


async def test_files_are_stored_with_their_message(desk: Desk, app: FastAPI, browse: Browse) -> None:
    client = await browse("trainer")
    files: list[Any] = [
        ("id", (None, "message-0001")),
        ("files", ("../up/冬季陈列.md", "# 冬季陈列\n\n端架两层。".encode(), "text/markdown")),
        ("files", ("b.md", b"# b", "text/markdown")),
    ]
    assert (await client.post("/desk/messages", files=files)).status_code == 202
    assert (await talk(client))["waiting"][0]["files"] == ["冬季陈列.md", "b.md"]
    await app.state.web.worker.drain()
    page = await talk(client)
    assert page["messages"][0]["files"] == ["冬季陈列.md", "b.md"]
    assert buttons(page["messages"][1])["confirm"]


async def test_too_many_and_too_large_files_are_refused_before_any_is_stored(desk: Desk, browse: Browse) -> None:
    client = await browse("trainer")
    many: list[Any] = [("id", (None, "message-0001"))] + [
        ("files", (f"{i}.md", b"x", "text/markdown")) for i in range(6)
    ]
    large: list[Any] = [
        ("id", (None, "message-0001")),
        ("files", ("small.md", b"x", "text/markdown")),
        ("files", ("large.pdf", b"x" * (messages.FILE_BYTES + 1), "application/pdf")),
    ]
    stored = await _files(desk)
    for files, reason in ((many, "5个文件"), (large, "large.pdf 超过20 MB")):
        refused = await client.post("/desk/messages", files=files)
        assert refused.status_code == 413
        assert reason in refused.json()["detail"]
    assert await _files(desk) == stored
    assert await inbox_size(desk) == 0


async def test_an_endless_body_is_cut_off(browse: Browse) -> None:
    client = await browse("D001-buyer")
    said = await client.post("/sign-in/x", headers={"content-length": "2000000"}, content=b"")
    assert said.status_code == 413

    async def endless() -> Any:
        while True:
            yield b"x" * 1_000_000

    sent = await client.post(
        "/desk/messages", headers={"content-type": "multipart/form-data; boundary=x"}, content=endless()
    )
    assert (sent.status_code, sent.headers["content-type"]) == (413, "application/problem+json")


async def test_refusals_speak_the_language_chosen_on_the_page(browse: Browse) -> None:
    client = await browse("D001-buyer")
    client.cookies.set("language", "en")
    refused = await client.post("/desk/messages", data={"id": "message-0001", "text": ""})
    assert "example" in refused.json()["detail"]
    assert refused.json()["type"] == "urn:qudao:problem:error.empty_message"
