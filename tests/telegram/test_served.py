"""The channel inside the served desk: the webhook and its secret, and polling for real."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from sqlalchemy import select

from bot.app import put_together
from bot.channels.telegram.webhook import PATH
from core.db import Database
from core.inbox.models import Inbound
from tests.serving import Site, served
from tests.telegram.bot_api import BotApi
from tests.telegram.line import BUYER, Hands, Parts, settings_for


@asynccontextmanager
async def desk_at(api: BotApi, market: Database, parts: Parts, hands: Hands, webhook: bool) -> AsyncIterator[Site]:
    settings = settings_for(api, telegram_webhook_url="https://desk.example.com" if webhook else "", workers=2)
    async with served(put_together(settings, market, parts, hands)) as site:
        await api.until(lambda: len(api.menus) == 6)
        if webhook:
            assert api.webhook["url"] == f"https://desk.example.com{PATH}"
            api.webhook["url"] = site.url + PATH
        yield site


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_a_dialogue(api: BotApi, market: Database, plain_parts: Parts, hands: Hands, webhook: bool) -> None:
    async with desk_at(api, market, plain_parts, hands, webhook):
        await api.say(BUYER, "来10箱W-550")
        (ordered,) = await api.answers(BUYER, 1)
        await api.press(BUYER, ordered, "confirm")
        _, done = await api.answers(BUYER, 2)
        assert "SO-" in done.text


async def test_a_wrong_secret_is_refused_and_stores_nothing(
    api: BotApi, market: Database, plain_parts: Parts, hands: Hands
) -> None:
    async with desk_at(api, market, plain_parts, hands, True) as site:
        update = {"update_id": 1, "message": api.message(BUYER, None, text="你好")}
        for secret in ("", "wrong", api.webhook["secret_token"][:-1]):
            assert (await api.call_webhook(update, secret)).status_code == 403
        async with httpx.AsyncClient() as client:
            assert (await client.post(site.url + PATH, json=update)).status_code == 403
        async with market.engine.connect() as connection:
            assert (await connection.execute(select(Inbound.id))).all() == []
        assert (await api.call_webhook(update)).status_code == 200
        assert (await api.call_webhook(update)).status_code == 200
        await api.answers(BUYER, 1)
        async with market.engine.connect() as connection:
            assert len((await connection.execute(select(Inbound.id))).all()) == 1


async def test_what_is_no_update_is_refused(api: BotApi, market: Database, plain_parts: Parts, hands: Hands) -> None:
    async with desk_at(api, market, plain_parts, hands, True) as site:
        headers = {"X-Telegram-Bot-Api-Secret-Token": api.webhook["secret_token"]}
        async with httpx.AsyncClient() as client:
            for body in (b"", b"[]", b'{"update_id": "x", "message": 3}', b"\xff"):
                response = await client.post(site.url + PATH, content=body, headers=headers)
                assert response.status_code == 400, body


async def test_without_a_token_there_is_no_such_address(market: Database, plain_parts: Parts, hands: Hands) -> None:
    from core.settings import Settings

    settings = Settings(_env_file=None, embedder="none")
    async with served(put_together(settings, market, plain_parts, hands)) as site, httpx.AsyncClient() as client:
        assert (await client.post(site.url + PATH, json={})).status_code == 404
