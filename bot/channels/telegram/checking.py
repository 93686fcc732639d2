"""Whether the settings for Telegram can work, for the operator."""

import re

from telegram.error import Forbidden, InvalidToken, TelegramError

from bot.channels.telegram.client import failure_of, open_bot
from core.settings import Settings

TOKEN = re.compile(r"\d{5,16}:[A-Za-z0-9_-]{20,64}")
ANEW = "set QUDAO_TELEGRAM_TOKEN as @BotFather gave it"


async def check(settings: Settings) -> tuple[str, str]:
    """What was found, and how to mend it; empty where nothing is wrong, or where Telegram can't be asked."""
    assert settings.telegram_token is not None
    if not TOKEN.fullmatch(settings.telegram_token.get_secret_value()):
        return "QUDAO_TELEGRAM_TOKEN is no bot's token, such as 123456:ABC…", ANEW
    bot = open_bot(settings)
    try:
        await bot.initialize()
    except (InvalidToken, Forbidden):
        return "Telegram refuses the bot's token", ANEW
    except TelegramError as error:
        return f"the token looks right; {settings.telegram_base_url} doesn't answer ({failure_of(error).words})", ""
    finally:
        await bot.shutdown()
    return f"@{bot.bot.username} answers at {settings.telegram_base_url}", ""
