"""A model's words reach the official OpenAI client as they are released, and nothing that is taken back."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from openai import AsyncOpenAI

from bot.app import put_together
from bot.desk import Desk
from bot.evaluation.endpoint import FakeEndpoint, Request, Says, endpoint
from core.clock import Clock
from core.db import Database
from core.settings import Settings
from tests.bot.api.conftest import KeyFor, Parts
from tests.serving import Site

FIRST, SECOND = "您这个季度的返利如下。", "以结算单为准，请看明细。"


@pytest.fixture
async def fake() -> AsyncIterator[FakeEndpoint]:
    """An endpoint that calls for the rebate and then says what its script says."""
    async with endpoint(says(FIRST + SECOND)) as fake:
        yield fake


@pytest.fixture
async def desk(
    demo_database: Database, clock: Clock, parts: Parts, tmp_path: Path, fake: FakeEndpoint
) -> AsyncIterator[Desk]:
    """A desk whose model it is."""
    model: dict[str, Any] = {"llm_base_url": fake.url, "llm_model": "fake", "llm_seconds": 5}
    settings = Settings(data_dir=tmp_path, embedder="none", api_rate=100_000, _env_file=None, **model)
    desk = put_together(settings, demo_database, parts, clock)
    yield desk
    await desk.brains.aclose()


@pytest.fixture
async def client(site: Site, key_for: KeyFor) -> AsyncIterator[AsyncOpenAI]:
    """The official client with the key of D001's buyer."""
    async with AsyncOpenAI(base_url=f"{site.url}/v1", api_key=await key_for("D001-buyer"), max_retries=0) as client:
        yield client


def says(text: str) -> Any:
    def script(request: Request) -> Says:
        return Says(text) if request.results else Says(calls=[("explain_rebate", {})])

    return script


async def streamed(client: AsyncOpenAI, conversation: str = "") -> AsyncIterator[str]:
    """The pieces in which the answer comes."""
    stream = await client.chat.completions.create(
        model="qudao",
        messages=[{"role": "user", "content": "查一下返利"}],
        stream=True,
        extra_headers={"x-qudao-conversation": conversation} if conversation else {},
    )
    async for chunk in stream:
        if chunk.choices and (piece := chunk.choices[0].delta.content):
            yield piece


async def test_a_sentence_is_there_before_the_model_has_finished(client: AsyncOpenAI, fake: FakeEndpoint) -> None:
    fake.held_after = FIRST
    pieces = streamed(client)
    assert await anext(pieces) == FIRST
    assert not fake.go.is_set()
    fake.go.set()
    rest = [piece async for piece in pieces]
    assert rest[0] == SECOND
    assert "¥2,718.31" in "".join(rest[1:])


async def test_the_pieces_together_are_the_reply(client: AsyncOpenAI, fake: FakeEndpoint) -> None:
    whole = "".join([piece async for piece in streamed(client, "one")])
    plain = await client.chat.completions.create(
        model="qudao",
        messages=[{"role": "user", "content": "查一下返利"}],
        extra_headers={"x-qudao-conversation": "two"},
    )
    assert whole == plain.choices[0].message.content
    assert whole.startswith(FIRST + SECOND + "\n\n")


async def test_a_lie_is_never_in_the_stream(client: AsyncOpenAI, fake: FakeEndpoint) -> None:
    fake.script = says(FIRST + "已为您兑付¥9,999.99到账。" + SECOND)
    pieces = [piece async for piece in streamed(client)]
    assert pieces[0] == FIRST
    assert "9,999" not in "".join(pieces)
    assert "兑付" not in "".join(pieces)
    assert "¥2,718.31" in "".join(pieces)


async def test_a_stream_that_is_cut_is_finished_by_the_built_in_brain(client: AsyncOpenAI, fake: FakeEndpoint) -> None:
    fake.fails, fake.since = "cut", 1
    whole = "".join([piece async for piece in streamed(client)])
    assert whole.count(FIRST) <= 1
    assert "¥2,718.31" in whole


async def test_marks_in_a_models_words_are_shown_as_they_are(client: AsyncOpenAI, fake: FakeEndpoint) -> None:
    fake.script = says("返利[如下]。\n- 请看明细。")
    pieces = [piece async for piece in streamed(client)]
    assert pieces[0] == "返利\\[如下]。"
    assert "".join(pieces).count("如下") == 1


async def test_words_of_a_turn_that_ran_out_of_time_stay_and_the_apology_follows(
    client: AsyncOpenAI, fake: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    think = Desk._think

    async def breaks(self: Desk, *args: Any) -> Any:
        await think(self, *args)
        raise TimeoutError

    monkeypatch.setattr(Desk, "_think", breaks)
    first, second, rest = [piece async for piece in streamed(client)]
    assert (first, second) == (FIRST, SECOND)
    assert rest.startswith("\n\n")
    assert "¥" not in rest
