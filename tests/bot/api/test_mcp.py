"""The official MCP client, unmodified, works with the desk's tools as the person may, and confirms nothing."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from sqlalchemy import func, select

from bot.desk import Desk
from core.actor import PERMISSIONS, Role, system
from core.conversations.models import Conversation, Message
from core.keys import service as keys
from core.keys.scopes import NEVER_BY_KEY, Scope
from core.orders.models import Order
from core.proposals.models import Proposal, Status
from core.scope import visible
from tests.bot.api.conftest import KeyFor
from tests.serving import Site

Connect = Callable[..., AbstractAsyncContextManager[Client]]
PEOPLE = {
    Role.OWNER: "D001-owner", Role.BUYER: "D001-buyer", Role.REP: "rep-east", Role.MANAGER: "manager",
    Role.TRAINER: "trainer", Role.FINANCE: "finance", Role.LEGAL: "legal", Role.OPERATOR: "operator",
    Role.ADMIN: "admin",
}  # fmt: skip
TWENTY_CASES = {"lines": [{"sku": "W-550", "quantity": 20, "unit": "case"}]}


@pytest.fixture
def connect(site: Site, key_for: KeyFor) -> Connect:
    """Opens the official client with a key of its own."""

    @asynccontextmanager
    async def opened(person: str, *scopes: Scope, language: str = "zh", mode: str = "auto") -> AsyncIterator[Client]:
        headers = {"authorization": f"Bearer {await key_for(person, *scopes)}", "accept-language": language}
        async with httpx2.AsyncClient(headers=headers, timeout=30) as http:
            transport = streamable_http_client(f"{site.url}/mcp", http_client=http)
            async with Client(transport, mode=mode) as client:
                yield client

    return opened


def text_of(result: Any) -> str:
    return "\n".join(block.text for block in result.content)


async def orders(desk: Desk) -> int:
    async with desk.database.reads() as session:
        everywhere = visible(system("test"), Order)
        return (await session.execute(select(func.count(Order.id)).where(everywhere))).scalar_one()


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_price_is_read_with_either_protocol(connect: Connect, mode: str) -> None:
    async with connect("D001-buyer", mode=mode) as client:
        result = await client.call_tool("quote", {"sku": "W-550"})
    assert not result.is_error
    assert "28.51" in text_of(result)
    assert result.structured_content is not None
    assert result.structured_content["blocks"][0]["type"] == "text"


async def test_each_role_is_offered_what_the_registry_offers_it(connect: Connect, desk: Desk) -> None:
    for role, person in PEOPLE.items():
        async with connect(person) as client:
            listed = {tool.name: tool for tool in (await client.list_tools()).tools}
        by_key = PERMISSIONS[role] - NEVER_BY_KEY
        permitted = {spec.name for spec in desk.registry.tools.values() if spec.permission in by_key}
        assert listed.keys() == permitted, role
        for name, tool in listed.items():
            assert "runtime" not in tool.input_schema.get("properties", {}), name


async def test_a_key_with_fewer_scopes_is_offered_fewer_tools(connect: Connect) -> None:
    async with connect("D001-buyer", Scope.TOOLS, Scope.CATALOGUE) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == {"find_products", "help", "ask_for_person"}
        refused = await client.call_tool("quote", {"sku": "W-550"})
    assert refused.is_error
    assert "28.51" not in text_of(refused)


async def test_what_is_anothers_looks_missing(connect: Connect) -> None:
    async with connect("D001-buyer") as client:
        foreign = await client.call_tool("show_account", {"dealer": "D002"})
        missing = await client.call_tool("show_account", {"dealer": "D999"})
    assert foreign.is_error
    assert text_of(foreign) == text_of(missing)


async def test_a_proposal_comes_back_and_its_person_is_shown_it(connect: Connect, desk: Desk) -> None:
    before = await orders(desk)
    async with connect("D001-buyer") as client:
        result = await client.call_tool("propose_order", TWENTY_CASES)
        names = {tool.name for tool in (await client.list_tools()).tools}
    (proposal,) = result.structured_content["proposals"]
    assert proposal["status"] == Status.OPEN
    assert "570.20" in text_of(result)
    assert "王丽本人" in text_of(result)
    assert "buttons" not in {block["type"] for block in result.structured_content["blocks"]}
    assert not [name for name in names if "confirm" in name]
    assert await orders(desk) == before
    async with desk.database.reads() as session:
        on_the_web = select(Message.reply).join(Conversation).where(Conversation.channel == "web", Message.by_desk)
        (shown,) = (await session.execute(on_the_web)).scalars().all()
    assert proposal["id"] in str(shown)


async def test_a_forged_runtime_changes_nobody(connect: Connect) -> None:
    async with connect("D001-buyer") as client:
        result = await client.call_tool("show_account", {"runtime": {"context": {"actor": "admin"}}})
    assert not result.is_error
    assert "D002" not in text_of(result)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("quote", {}),
        ("quote", {"sku": 5}),
        ("quote", {"sku": "W-550", "quantity": "many"}),
        ("propose_order", {"lines": []}),
        ("propose_order", {"lines": [{"sku": "W-550"}]}),
        ("propose_order", {"lines": [{"sku": "X-1", "quantity": 1}]}),
        ("no_such_tool", {}),
    ],
)
async def test_what_does_not_fit_is_refused_in_words(
    connect: Connect, desk: Desk, name: str, arguments: dict[str, Any]
) -> None:
    async with connect("D001-buyer", language="en") as client:
        result = await client.call_tool(name, arguments)
    assert text_of(result)
    async with desk.database.reads() as session:
        assert (await session.execute(select(func.count(Proposal.id)))).scalar_one() == 0


async def test_a_revoked_key_ends_at_once(site: Site, key_for: KeyFor, desk: Desk) -> None:
    key = await key_for("D001-buyer")
    async with httpx2.AsyncClient(headers={"authorization": f"Bearer {key}"}) as http:
        async with Client(streamable_http_client(f"{site.url}/mcp", http_client=http)) as client:
            await client.list_tools()
            async with desk.database.writes.begin() as session:
                await keys.revoke(session, system("test"), key[:15], desk.clock())
        refused = await http.post(f"{site.url}/mcp", json={})
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"


async def test_a_key_without_the_scope_is_refused(site: Site, key_for: KeyFor) -> None:
    key = await key_for("D001-buyer", Scope.CATALOGUE)
    async with httpx2.AsyncClient(headers={"authorization": f"Bearer {key}"}) as http:
        refused = await http.post(f"{site.url}/mcp", json={})
    assert refused.status_code == 403
    assert refused.json()["type"] == "urn:qudao:problem:keys.no_scope"
