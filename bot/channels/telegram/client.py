"""The Bot API through python-telegram-bot: where it is, how it is told apart from its token, what a failure means."""

import hashlib
import hmac
import logging
import os
from dataclasses import dataclass
from datetime import timedelta

import httpx
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from core.settings import Settings

CHANNEL = "telegram"
TELL_ADDRESSES = ("httpx", "telegram.Bot", "telegram.request.BaseRequest", "telegram.request.HTTPXRequest")
CONNECTIONS = 64
SECONDS = 15.0
POLL_SECONDS = 25
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
TOKEN_REFUSED = "Telegram refuses the bot's token: set QUDAO_TELEGRAM_TOKEN anew and start again"  # noqa: S105
FIRST_WAIT = timedelta(seconds=1)


def open_bot(settings: Settings) -> Bot:
    """A client of the Bot API for the settings' token; nothing is asked of the server yet."""
    assert settings.telegram_token is not None
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # the library's own switch: times to wait come as timedelta
    keep_out_of_logs(settings.telegram_token.get_secret_value())
    root = settings.telegram_base_url.rstrip("/").removesuffix("/bot")
    return Bot(
        settings.telegram_token.get_secret_value(),
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=_request(SECONDS),
        get_updates_request=_request(SECONDS),
    )


class Redacted(logging.Filter):
    """Takes a token out of what a library logs: it is part of every address."""

    def __init__(self, token: str) -> None:
        super().__init__(token)

    def filter(self, record: logging.LogRecord) -> bool:
        words = record.getMessage()
        if self.name in words:
            record.msg, record.args = words.replace(self.name, "…"), ()
        return True


def keep_out_of_logs(token: str) -> None:
    """Whoever turns the libraries' logs on doesn't find the token in them."""
    for name in TELL_ADDRESSES:
        logger = logging.getLogger(name)
        if not any(isinstance(one, Redacted) and one.name == token for one in logger.filters):
            logger.addFilter(Redacted(token))


def _request(seconds: float) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=CONNECTIONS,
        read_timeout=seconds,
        write_timeout=seconds,
        connect_timeout=seconds,
        pool_timeout=seconds,
    )


def webhook_secret(settings: Settings) -> str:
    """What Telegram sends along so that we know it is Telegram: made from the token, the same in every process."""
    assert settings.telegram_token is not None
    token = settings.telegram_token.get_secret_value().encode()
    return hmac.new(token, b"qudao telegram webhook", hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Failure:
    """What an error of the Bot API means for the message that was to be sent.

    ``retry_in`` None: never again. ``unsure``: it may have arrived. ``moved_to``: the chat has another id now.
    ``as_plain``: the server couldn't read the marks; without them it may.
    """

    words: str
    retry_in: timedelta | None = FIRST_WAIT
    unsure: bool = False
    moved_to: str = ""
    as_plain: bool = False


def failure_of(error: TelegramError) -> Failure:
    """Read an error; its words carry no token."""
    words = f"{type(error).__name__}: {error.message}"
    match error:
        case RetryAfter():
            wait = error.retry_after
            return Failure(words, wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
        case ChatMigrated():
            return Failure(words, moved_to=str(error.new_chat_id))
        case InvalidToken():
            return Failure("The bot's token was refused.", timedelta(minutes=1))
        case BadRequest():
            return Failure(words, None, as_plain="parse entities" in error.message.lower())
        case Forbidden():
            return Failure(words, None)
    cause = error.__cause__
    unsure = isinstance(cause, httpx.HTTPError) and not isinstance(cause, NOT_SENT)
    return Failure(words, unsure=unsure)
