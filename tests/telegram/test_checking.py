"""``qudao doctor`` says of Telegram what can be known: the token's form, and what the server says of it."""

import pytest
from pydantic import SecretStr

from bot.channels.telegram.checking import check
from tests.telegram.bot_api import TOKEN, BotApi
from tests.telegram.line import settings_for


async def test_a_bot_that_answers_is_named(api: BotApi) -> None:
    found, mend = await check(settings_for(api))
    assert "@qudao_test_bot" in found
    assert mend == ""


@pytest.mark.parametrize("token", ["", "no token", "7700000001", "7700000001:short", f"{TOKEN} ", f"bot{TOKEN}"])
async def test_a_token_that_is_none_is_said_without_asking(api: BotApi, token: str) -> None:
    settings = settings_for(api).model_copy(update={"telegram_token": SecretStr(token)})
    found, mend = await check(settings)
    assert "QUDAO_TELEGRAM_TOKEN" in mend
    assert "short" not in found
    assert api.calls == []


async def test_a_token_that_telegram_refuses_is_said(api: BotApi) -> None:
    other = "7700000002:another-token-of-the-right-form"
    settings = settings_for(api).model_copy(update={"telegram_token": SecretStr(other)})
    found, mend = await check(settings)
    assert "refuses" in found
    assert mend
    assert other not in found + mend


async def test_where_telegram_can_not_be_reached_nothing_is_wrong(api: BotApi) -> None:
    settings = settings_for(api).model_copy(update={"telegram_base_url": "http://127.0.0.1:1"})
    found, mend = await check(settings)
    assert "doesn't answer" in found
    assert mend == ""
    assert TOKEN not in found
