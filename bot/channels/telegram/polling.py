"""Asking Telegram for updates: each is in the inbox before the next question tells Telegram that it was taken."""

import asyncio
import logging

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram.client import POLL_SECONDS, TOKEN_REFUSED, failure_of
from bot.channels.telegram.intake import ALLOWED, Intake

log = logging.getLogger(__name__)

LONGEST_WAIT = 30.0
TRIES = 3


class Poller:
    """One loop; ``seconds`` is how long Telegram may hold a question open."""

    def __init__(self, bot: Bot, intake: Intake, seconds: int = POLL_SECONDS) -> None:
        self._bot = bot
        self._intake = intake
        self._seconds = seconds
        self._offset: int | None = None
        self._stumbled: tuple[int, int] = (0, 0)

    async def run(self) -> None:
        """Until cancelled, or until the token is refused."""
        wait = 1.0
        while True:
            try:
                await self.once()
                wait = 1.0
            except InvalidToken:
                log.error(TOKEN_REFUSED)  # noqa: TRY400 - the trace would show the token
                return
            except Conflict:
                log.warning("another process asks Telegram with this token; use a webhook where there are several")
                wait = await _pause(LONGEST_WAIT)
            except TelegramError as error:
                failure = failure_of(error)
                log.warning("Telegram could not be asked (%s); trying again", failure.words)
                asked = failure.retry_in.total_seconds() if failure.retry_in else 0
                wait = await _pause(max(wait, asked))
            except Exception:
                log.exception("an update could not be stored; it is asked for again")
                wait = await _pause(wait)

    async def once(self) -> None:
        """One question, and what it brought into the inbox."""
        for update in await self._bot.get_updates(
            offset=self._offset, timeout=self._seconds, allowed_updates=ALLOWED, read_timeout=self._seconds + 10
        ):
            await self._store(update)
            self._offset = update.update_id + 1

    async def _store(self, update: Update) -> None:
        """An update that fails again and again is left out, so that those behind it come through."""
        try:
            await self._intake.take(update)
        except Exception:
            last, tries = self._stumbled
            tries = tries + 1 if last == update.update_id else 1
            self._stumbled = (update.update_id, tries)
            if tries < TRIES:
                raise
            log.exception("update %s can't be stored and is left out", update.update_id)


async def _pause(seconds: float) -> float:
    """Wait, and say how long to wait the next time."""
    await asyncio.sleep(seconds)
    return min(seconds * 2, LONGEST_WAIT)
