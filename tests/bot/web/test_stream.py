"""The stream on a real server: at once, in order, resumed where it stopped, ended when it must."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pyotp
import pytest
from httpx import AsyncClient

from bot.desk import Desk
from core.inbox import service as inbox
from core.inbox.models import Outbound
from tests.bot.web.conftest import say, talk
from tests.serving import Site, served

SECONDS = 20


@pytest.fixture
async def site(desk: Desk) -> AsyncIterator[Site]:
    async with served(desk) as one:
        yield one


@asynccontextmanager
async def signed_in(site: Site, handle: str) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(base_url=site.url, headers={"origin": site.url}, timeout=SECONDS) as client:
        link = await site.link_for(handle)
        assert (await client.post(link)).status_code == 303
        yield client


class Reader:
    """Events as a browser would read them."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines
        self.last_id = ""

    async def next(self, *kinds: str) -> Any:
        """The next event of one of these kinds: its name and data."""
        name = ""
        async with asyncio.timeout(SECONDS):
            async for line in self._lines:
                field, _, value = line.partition(": ")
                if field == "id":
                    self.last_id = value
                elif field == "event":
                    name = value
                elif field == "data" and (not kinds or name in kinds):
                    return name, json.loads(value)
        return "closed", None

    async def turn(self) -> Any:
        return (await self.next("turn"))[1]


@asynccontextmanager
async def listening(client: AsyncClient, last_id: str = "", after: str = "0") -> AsyncIterator[Reader]:
    headers = {"last-event-id": last_id} if last_id else {}
    async with client.stream("GET", "/desk/stream", params={"after": after}, headers=headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-store"
        yield Reader(response.aiter_lines())


def heard(turn: Any) -> str:
    return str(turn["messages"][0]["text"])


@pytest.mark.database
async def test_an_answer_reaches_every_open_tab(site: Site) -> None:
    async with signed_in(site, "D001-buyer") as client, listening(client) as one, listening(client) as two:
        await say(client, "W-550多少钱")
        for tab in (one, two):
            turn = await tab.turn()
            assert turn["in_reply_to"] == "message-0001"
            assert [message["by"] for message in turn["messages"]] == ["person", "desk"]
            assert "28.51" in turn["messages"][1]["blocks"][0]["text"]


@pytest.mark.database
async def test_a_reader_who_returns_gets_what_was_missed_and_nothing_twice(site: Site) -> None:
    async with signed_in(site, "D001-buyer") as client:
        async with listening(client) as tab:
            await say(client, "你好一", "message-0001")
            assert heard(await tab.turn()) == "你好一"
            last_id = tab.last_id
        async with listening(client) as meanwhile:
            await say(client, "你好二", "message-0002")
            await say(client, "你好三", "message-0003")
            for _ in range(3):
                await meanwhile.turn()
        async with listening(client, last_id) as tab:
            assert [heard(await tab.turn()), heard(await tab.turn())] == ["你好二", "你好三"]
            await say(client, "你好四", "message-0004")
            assert heard(await tab.turn()) == "你好四"


async def test_the_history_says_where_to_listen_from(site: Site) -> None:
    async with signed_in(site, "D001-buyer") as client:
        async with listening(client) as tab:
            await say(client, "你好一", "message-0001")
            await tab.turn()
        cursor = (await talk(client))["cursor"]
        async with listening(client, after=cursor) as tab:
            await say(client, "你好二", "message-0002")
            assert heard(await tab.turn()) == "你好二"


async def test_what_was_shown_is_marked_as_sent(site: Site) -> None:
    async with signed_in(site, "D001-buyer") as client, listening(client) as tab:
        await say(client, "你好")
        await tab.turn()
        await say(client, "你好", "message-0002")
        await tab.turn()
    async with site.desk.database.reads() as session:
        first = (await inbox.since(session, "web", "D001-buyer", 0))[0]
    assert first.sent_at is not None


async def test_nobody_hears_another_persons_chat(site: Site) -> None:
    people = signed_in(site, "D001-buyer"), signed_in(site, "D002-buyer")
    async with people[0] as buyer, people[1] as other, listening(other) as tab:
        await say(buyer, "你好", "message-0001")
        await say(other, "W-550多少钱", "message-0002")
        assert heard(await tab.turn()) == "W-550多少钱"


async def test_what_another_process_wrote_is_found_by_the_sweep(site: Site) -> None:
    async with signed_in(site, "D001-buyer") as client, listening(client) as tab:
        await say(client, "你好")
        await tab.turn()
        payload: dict[str, Any] = {
            "turn": "00000000-0000-0000-0000-000000000001",
            "in_reply_to": None,
            "reply": {"blocks": []},
        }
        async with site.desk.database.writes.begin() as session:
            session.add(
                Outbound(channel="web", chat="D001-buyer", dedupe="x", payload=payload, created_at=site.desk.clock())
            )
        assert (await tab.turn())["messages"][0]["turn"] == payload["turn"]


async def test_progress_is_told_while_a_file_is_read(site: Site) -> None:
    text = "\n\n".join(f"# 第{i}章\n\n端架陈列要求第{i}条。" for i in range(50))
    async with signed_in(site, "trainer") as client, listening(client) as tab:
        files: list[Any] = [("id", (None, "message-0001")), ("files", ("要求.md", text.encode(), "text/markdown"))]
        assert (await client.post("/desk/messages", files=files)).status_code == 202
        name, data = await tab.next("progress", "turn")
        while name == "progress":
            assert data["text"]
            name, data = await tab.next("progress", "turn")
        assert data["in_reply_to"] == "message-0001"


async def test_signing_out_ends_the_open_streams(site: Site) -> None:
    async with signed_in(site, "D001-buyer") as client, listening(client) as tab:
        await say(client, "你好")
        await tab.turn()
        assert (await client.post("/sign-out")).status_code == 303
        payload: dict[str, Any] = {
            "turn": "00000000-0000-0000-0000-000000000002",
            "in_reply_to": None,
            "reply": {"blocks": []},
        }
        async with site.desk.database.writes.begin() as session:
            await inbox.send(session, "web", "D001-buyer", "late", payload, site.desk.clock())
        assert (await tab.next("turn", "signed-out"))[0] == "signed-out"


async def test_a_server_that_stops_ends_its_streams(desk: Desk) -> None:
    async with AsyncClient(timeout=SECONDS) as client:
        async with served(desk) as site:
            client.headers["origin"] = site.url
            assert (await client.post(await site.link_for("D001-buyer"))).status_code == 303
            request = client.build_request("GET", f"{site.url}/desk/stream")
            response = await client.send(request, stream=True)
            tab = Reader(response.aiter_lines())
        assert (await tab.next("turn"))[0] == "closed"
        await response.aclose()


async def test_an_authenticators_secret_is_shown_once_and_in_no_history(site: Site, desk: Desk) -> None:
    async with signed_in(site, "D001-buyer") as client:
        async with listening(client) as tab:
            await say(client, "登记身份验证器")
            shown = [block["text"] for block in (await tab.turn())["messages"][-1]["blocks"]]
            found = re.search(r"密钥：([A-Z2-7 ]+)", "\n".join(shown))
            assert found is not None
            secret = found[1].replace(" ", "").strip()
            await say(client, pyotp.TOTP(secret).at(desk.clock()), "message-0002")
            assert "已启用" in str(await tab.turn())
        async with listening(client) as later:
            again = str(await later.turn())
            assert "不再显示" in again
        history = (await client.get("/desk/messages")).text
        for kept in (again, history):
            assert secret not in kept
            assert found[1].strip() not in kept
