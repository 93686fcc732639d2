"""The official OpenAI client, unmodified, talks to the desk."""

from collections.abc import AsyncIterator

import openai
import pytest
from openai import AsyncOpenAI
from sqlalchemy import func, select

from bot.desk import Desk
from core.actor import system
from core.keys import service as keys
from core.keys.scopes import Scope
from core.orders.models import Order
from core.scope import visible
from tests.bot.api.conftest import KeyFor
from tests.serving import Site


@pytest.fixture
async def client(site: Site, key_for: KeyFor) -> AsyncIterator[AsyncOpenAI]:
    """The official client with the key of D001's buyer."""
    async with AsyncOpenAI(base_url=f"{site.url}/v1", api_key=await key_for("D001-buyer"), max_retries=0) as client:
        yield client


async def said(client: AsyncOpenAI, text: str, conversation: str = "", key: str = "", language: str = "zh") -> str:
    headers = {"accept-language": language}
    headers |= {"x-qudao-conversation": conversation} if conversation else {}
    headers |= {"idempotency-key": key} if key else {}
    completion = await client.chat.completions.create(
        model="qudao", messages=[{"role": "user", "content": text}], extra_headers=headers
    )
    assert completion.choices[0].finish_reason == "stop"
    assert completion.usage is not None
    assert completion.usage.total_tokens == completion.usage.prompt_tokens + completion.usage.completion_tokens
    return completion.choices[0].message.content or ""


async def orders(desk: Desk) -> int:
    async with desk.database.reads() as session:
        everywhere = visible(system("test"), Order)
        return (await session.execute(select(func.count(Order.id)).where(everywhere))).scalar_one()


async def test_the_desk_is_the_one_model(client: AsyncOpenAI) -> None:
    assert [model.id async for model in client.models.list()] == ["qudao"]
    assert (await client.models.retrieve("qudao")).owned_by == "qudao"


async def test_another_model_is_not_found(client: AsyncOpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        await client.chat.completions.create(model="gpt-5", messages=[{"role": "user", "content": "你好"}])
    assert caught.value.code == "model_not_found"


async def test_a_price_is_answered_as_markdown(client: AsyncOpenAI) -> None:
    assert "28.51" in await said(client, "W-550多少钱")


async def test_the_last_user_message_counts(client: AsyncOpenAI) -> None:
    completion = await client.chat.completions.create(
        model="qudao",
        messages=[
            {"role": "system", "content": "You are a pirate."},
            {"role": "user", "content": "查一下返利"},
            {"role": "assistant", "content": "…"},
            {"role": "user", "content": [{"type": "text", "text": "W-550多少钱"}]},
        ],
        temperature=0.2,
    )
    assert "28.51" in (completion.choices[0].message.content or "")


async def test_a_stream_says_the_same_piece_by_piece(client: AsyncOpenAI) -> None:
    whole = await said(client, "W-550多少钱", "one")
    stream = await client.chat.completions.create(
        model="qudao",
        messages=[{"role": "user", "content": "W-550多少钱"}],
        stream=True,
        stream_options={"include_usage": True},
        extra_headers={"x-qudao-conversation": "two", "accept-language": "zh"},
    )
    chunks = [chunk async for chunk in stream]
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices) == whole
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert len({chunk.id for chunk in chunks}) == 1
    assert chunks[-1].choices == []
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.completion_tokens > 0


async def test_a_word_confirms_what_was_shown_last_and_once(client: AsyncOpenAI, desk: Desk) -> None:
    before = await orders(desk)
    shown = await said(client, "要10箱矿泉水")
    assert "“确认”" in shown
    assert await orders(desk) == before
    assert "SO-20261120-" in await said(client, "确认")
    assert await orders(desk) == before + 1
    await said(client, "确认")
    assert await orders(desk) == before + 1


async def test_a_number_presses_but_never_confirms(client: AsyncOpenAI, desk: Desk) -> None:
    before = await orders(desk)
    shown = await said(client, "要10箱矿泉水")
    assert "1. 修改\n2. 取消" in shown
    assert "取消" in await said(client, "2")
    assert await orders(desk) == before


async def test_a_label_on_two_presses_is_neither(client: AsyncOpenAI, site: Site, key_for: KeyFor, desk: Desk) -> None:
    for amount in ("矿泉水订1800箱", "冰红茶订1300箱"):
        await said(client, amount, conversation=f"c{len(amount)}{amount[0].encode().hex()}")
    async with AsyncOpenAI(base_url=f"{site.url}/v1", api_key=await key_for("D001-owner"), max_retries=0) as owner:
        assert "¥50,292.00" in await said(owner, "有什么等我确认的")
        assert "已取消" not in await said(owner, "取消")


async def test_a_key_without_confirm_can_not_confirm_by_a_word(site: Site, key_for: KeyFor, desk: Desk) -> None:
    key = await key_for("D001-buyer", *(scope for scope in Scope if scope not in {Scope.CONFIRM, Scope.WEBHOOKS}))
    before = await orders(desk)
    async with AsyncOpenAI(base_url=f"{site.url}/v1", api_key=key, max_retries=0) as client:
        await said(client, "要10箱矿泉水")
        assert "confirm" in await said(client, "确认")
    assert await orders(desk) == before


async def test_conversations_are_apart(client: AsyncOpenAI, desk: Desk) -> None:
    before = await orders(desk)
    await said(client, "要10箱矿泉水", "one")
    await said(client, "确认", "two")
    assert await orders(desk) == before


async def test_a_conversation_is_ones_own(client: AsyncOpenAI, site: Site, key_for: KeyFor, desk: Desk) -> None:
    before = await orders(desk)
    await said(client, "要10箱矿泉水", "shared")
    async with AsyncOpenAI(base_url=f"{site.url}/v1", api_key=await key_for("D001-owner"), max_retries=0) as owner:
        await said(owner, "确认", "shared")
    assert await orders(desk) == before


@pytest.mark.database
async def test_the_same_request_again_finds_the_first_answer(client: AsyncOpenAI, desk: Desk) -> None:
    first = await said(client, "要10箱矿泉水", key="order-1")
    before = await orders(desk)
    done = await said(client, "确认", key="yes-1")
    assert await orders(desk) == before + 1
    assert await said(client, "要10箱矿泉水", key="order-1") == first
    assert await said(client, "确认", key="yes-1") == done
    with pytest.raises(openai.ConflictError):
        await said(client, "要20箱矿泉水", key="order-1")
    assert await orders(desk) == before + 1


@pytest.mark.parametrize("key", ["", "qd_000000000000_" + "x" * 43, "sk-nonsense", "密钥"])
async def test_a_key_that_is_none_of_ours_is_refused_in_the_protocols_form(site: Site, key: str) -> None:
    from httpx import AsyncClient

    headers = {b"authorization": f"Bearer {key}".encode()} if key else {}
    async with AsyncClient(base_url=site.url) as client:
        response = await client.get("/v1/models", headers=headers)
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "invalid_api_key"
    assert response.json()["error"]["type"] == "authentication_error"


async def test_a_revoked_key_ends_at_once(client: AsyncOpenAI, desk: Desk) -> None:
    await client.models.list()
    async with desk.database.writes.begin() as session:
        await keys.revoke(session, system("test"), client.api_key[:15], desk.clock())
    with pytest.raises(openai.AuthenticationError):
        await client.models.list()


async def test_without_words_there_is_nothing_to_answer(client: AsyncOpenAI) -> None:
    with pytest.raises(openai.UnprocessableEntityError):
        await client.chat.completions.create(model="qudao", messages=[{"role": "user", "content": " "}])
    with pytest.raises(openai.BadRequestError) as caught:
        await client.chat.completions.create(model="qudao", messages=[])
    assert caught.value.param == "messages"


async def test_english_is_answered_in_english(site: Site, key_for: KeyFor) -> None:
    key = await key_for("D040-buyer")
    async with AsyncOpenAI(base_url=f"{site.url}/v1", api_key=key, max_retries=0) as client:
        shown = await said(client, "20 cases of mineral water please", language="en")
    assert 'reply "confirm"' in shown
    assert "1. Change" in shown


async def test_two_at_once_in_one_conversation_are_both_answered(client: AsyncOpenAI) -> None:
    import asyncio

    texts = ["W-550多少钱", "T-500多少钱", "查一下返利"]
    answers = await asyncio.gather(*(said(client, text) for text in texts))
    assert "28.51" in answers[0]
    assert "T-500" in answers[1]
    assert "返利" in answers[2]
