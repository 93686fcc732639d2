"""A completion as a stream: a model's words as they are released, and the rest of the reply once it is saved."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request

from bot.answering import Answered
from bot.api.callers import Visit
from bot.api.completions.asked import MODEL, Completion, usage
from bot.api.completions.errors import refused_object
from bot.api.completions.markdown import to_markdown
from bot.api.completions.speaking import say
from core.errors import QudaoError
from core.replies import Reply, Text
from tools.context import Spoken

BREATH_SECONDS = 10.0
PARAGRAPH = re.compile(r"(?=\n\n)")


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is asked, by whom, in which conversation; ``id`` names the completion."""

    id: str
    visit: Visit
    asked: Completion
    said: str
    conversation: str
    key: str

    def envelope(self, kind: str) -> dict[str, Any]:
        """What every answer begins with."""
        return {"id": self.id, "object": kind, "created": int(self.visit.now.timestamp()), "model": MODEL}


@dataclass
class Overheard:
    """What is said while the turn is thought; told from any thread."""

    words: str = ""
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, words: str) -> None:
        """Words of the reply are kept; what is being done meanwhile is none of its words."""
        if isinstance(words, Spoken):
            self.words = words
            self._loop.call_soon_threadsafe(self._news.set)

    def over(self, _: object) -> None:
        """The turn has its answer."""
        self._news.set()

    async def wait(self, seconds: float) -> bool:
        """Until there is news; False where there was none for so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return False
        self._news.clear()
        return True


async def stream(request: Request, exchange: Exchange) -> AsyncIterator[str]:
    """Chunks: the role at once, what is said, then why it ends; a comment now and then keeps it open."""
    yield _chunk(exchange, {"role": "assistant", "content": ""})
    heard = Overheard()
    answering = asyncio.create_task(say(exchange.visit, exchange.said, exchange.conversation, exchange.key, heard.tell))
    answering.add_done_callback(heard.over)
    written = ""
    try:
        while not answering.done():
            if not await heard.wait(BREATH_SECONDS):
                yield ": …\n\n"
            elif piece := _beyond(written, heard.words, exchange):
                written += piece
                yield _chunk(exchange, {"content": piece})
        answered = answering.result()
    except QudaoError as error:
        yield _data(refused_object(request, error)[1])
        return
    finally:
        answering.cancel()
    for piece in _rest(written, answered, exchange):
        written += piece
        yield _chunk(exchange, {"content": piece})
    yield _chunk(exchange, {}, "stop")
    if exchange.asked.stream_options and exchange.asked.stream_options.include_usage:
        yield _data(
            exchange.envelope("chat.completion.chunk") | {"choices": [], "usage": usage(exchange.said, written)}
        )
    yield "data: [DONE]\n\n"


def _beyond(written: str, spoken: str, exchange: Exchange) -> str:
    """What has been said since, as the finished reply will begin."""
    shown = "".join(to_markdown(Reply((Text(spoken),)), exchange.visit.words))
    return shown[len(written) :] if shown.startswith(written) else ""


def _rest(written: str, answered: Answered, exchange: Exchange) -> Iterator[str]:
    """The reply behind what is written, a piece a paragraph; whole where it is another than was begun."""
    whole = "\n\n".join(to_markdown(answered.reply, exchange.visit.words))
    rest = whole[len(written) :] if whole.startswith(written) else f"\n\n{whole}"
    return (piece for piece in PARAGRAPH.split(rest) if piece)


def _chunk(exchange: Exchange, delta: dict[str, Any], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return _data(exchange.envelope("chat.completion.chunk") | {"choices": [choice]})


def _data(content: dict[str, Any]) -> str:
    return f"data: {json.dumps(content, ensure_ascii=False)}\n\n"
