"""A key's secret is nowhere but with whom it was given to: not in a log, an answer, an event or the database."""

import io
import logging
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from bot.desk import Desk
from bot.telemetry import logs
from core.actor import system
from core.schema import metadata
from core.webhooks import service as webhooks
from core.webhooks.service import NewWebhook
from tests.bot.api.conftest import KeyFor
from tests.serving import Site


@pytest.fixture
def written() -> Any:
    """All that is logged, by everybody and at every level, as both formats write it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logs.AsJson())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(before)


async def everything(desk: Desk) -> str:
    async with desk.database.reads() as session:
        rows = []
        for table in metadata.tables:
            rows += [f"{table} {tuple(row)}" for row in await session.execute(text(f"SELECT * FROM {table}"))]
    return "\n".join(rows)


async def test_a_secret_is_nowhere(site: Site, desk: Desk, key_for: KeyFor, written: io.StringIO) -> None:
    key = await key_for("D001-buyer")
    secret = key.split("_", 2)[2]
    answers = []
    async with AsyncClient(base_url=site.url, headers={"authorization": f"Bearer {key}"}) as client:
        body = {"model": "qudao", "messages": [{"role": "user", "content": "W-550多少钱"}]}
        answers += [
            await client.get("/api/me"),
            await client.get("/api/orders", params={"cursor": "x"}),
            await client.post("/api/orders", json={"lines": []}),
            await client.post("/api/orders", json={"lines": [{"sku": "W-550", "quantity": 20}]}),
            await client.post("/v1/chat/completions", json=body, headers={"idempotency-key": "one"}),
            await client.post("/v1/chat/completions", json=body | {"stream": True}),
            await client.post("/v1/chat/completions", json={}),
            await client.post("/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"}),
            await client.get("/metrics"),
            await client.get("/no/such/page"),
            await client.get("/api/me", headers={"authorization": f"Bearer {key}x"}),
            await client.get("/api/me", headers={"authorization": f"Basic {key}"}),
        ]
    told = "\n".join(f"{answer.status_code} {answer.headers} {answer.text}" for answer in answers)
    assert {200, 201, 401, 404, 422} <= {answer.status_code for answer in answers}
    for place, words in (("answers", told), ("log", written.getvalue()), ("database", await everything(desk))):
        assert secret not in words, place


async def test_a_bug_tells_no_secret(
    site: Site, desk: Desk, key_for: KeyFor, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = await key_for("D001-buyer")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("core.accounts.service.receivable", broken)
    async with AsyncClient(base_url=site.url, headers={"authorization": f"Bearer {key}"}) as client:
        response = await client.get("/api/account")
    assert response.status_code == 500
    assert "broken on purpose" in written.getvalue()
    for words in (response.text, written.getvalue()):
        assert key.split("_", 2)[2] not in words


async def test_a_webhooks_secret_is_in_its_row_and_nowhere_else(desk: Desk, written: io.StringIO) -> None:
    new = NewWebhook("erp", "http://127.0.0.1:9/hook", ("*",))
    async with desk.database.writes.begin() as session:
        secret = await webhooks.make(session, system("test"), new, desk.clock(), key="")
    rows = [row for row in (await everything(desk)).split("\n") if secret in row]
    assert [row.partition(" ")[0] for row in rows] == ["webhooks"]
    assert secret not in written.getvalue()
