"""What an operator's Prometheus reads, and who else doesn't."""

from collections.abc import Callable
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from bot.asking import ask
from bot.desk import Desk
from bot.incoming import Incoming
from bot.server import create_app
from core.settings import Settings

Read = Callable[..., AsyncClient]


@pytest.fixture
def read(desk: Desk) -> Read:
    def opened(host: str = "127.0.0.1", **headers: str) -> AsyncClient:
        transport = ASGITransport(app=create_app(desk, chores=False), client=(host, 50_000))
        return AsyncClient(transport=transport, base_url="http://desk.test", headers=headers)

    return opened


def samples(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def one(found: dict[tuple[str, frozenset[tuple[str, str]]], float], name: str, **labels: str) -> float:
    return found[name, frozenset(labels.items())]


async def say(desk: Desk, text: str) -> None:
    await ask(desk, Incoming("terminal", "D001-buyer", "D001-buyer", text))


@pytest.mark.database
async def test_turns_tools_and_what_waits_are_counted(desk: Desk, read: Read) -> None:
    await say(desk, "W-550多少钱")
    await say(desk, "要10箱矿泉水")
    await desk.receive("left", Incoming("web", "D001-buyer", "nobody", "你好"))
    async with read() as client:
        response = await client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain")
    found = samples(response.text)
    assert one(found, "qudao_turns_total", channel="terminal", brain="offline", outcome="answered") == 2
    assert one(found, "qudao_turn_seconds_count", channel="terminal") == 2
    assert one(found, "qudao_tool_calls_total", tool="quote", result="ok") == 1
    assert one(found, "qudao_tool_calls_total", tool="propose_order", result="ok") == 1
    assert one(found, "qudao_inbox_waiting") == 1
    assert one(found, "qudao_proposals_open") == 1
    assert one(found, "qudao_webhook_deliveries", state="given_up") == 0


async def test_without_a_token_only_this_machine_reads_and_no_proxy_on_it(read: Read) -> None:
    async with read("203.0.114.7") as client:
        assert (await client.get("/metrics")).status_code == 404
    for header in ("x-forwarded-for", "forwarded"):
        async with read("127.0.0.1", **{header: "203.0.114.7"}) as client:
            assert (await client.get("/metrics")).status_code == 404


class TestToken:
    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(data_dir=tmp_path, embedder="none", metrics_token=SecretStr("open-sesame"), _env_file=None)

    @pytest.mark.parametrize(
        ("shown", "status"), [("Bearer open-sesame", 200), ("Bearer open", 404), ("", 404), ("open-sesame", 404)]
    )
    async def test_with_a_token_whoever_has_it_reads(self, read: Read, shown: str, status: int) -> None:
        async with read("203.0.114.7", authorization=shown) as client:
            assert (await client.get("/metrics")).status_code == status
