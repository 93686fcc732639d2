"""An OpenAI-compatible endpoint: one call within its time, once more where that helps, every failure by its kind."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage

from agents.llm.breaker import Breaker
from core.clock import Clock
from core.settings import Settings

log = logging.getLogger(__name__)

RETRY_AFTER = 0.4
LONGEST_WAIT = 5.0
KEYLESS = "none"
PATIENCE = 5.0


class Kind(StrEnum):
    """What went wrong, as far as what to do about it differs."""

    KEY = "key"
    BUSY = "busy"
    DOWN = "down"
    TIME = "time"
    REFUSED = "refused"
    GARBAGE = "garbage"


class Failure(Exception):
    """A call that gave no usable answer. ``wait`` is what the endpoint asked for, in seconds."""

    def __init__(self, kind: Kind, reason: str, wait: float | None = None) -> None:
        super().__init__(f"{kind}: {reason}")
        self.kind = kind
        self.reason = reason
        self.wait = wait


Sleep = Callable[[float], Awaitable[None]]


@dataclass
class Endpoint:
    """One desk's. ``stream`` gives chunks; an endpoint that doesn't stream gives one."""

    settings: Settings
    breaker: Breaker
    sleep: Sleep = asyncio.sleep
    _model: Any = None
    _client: Any = None
    _tools: dict[tuple[str, ...], Any] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings, clock: Clock) -> "Endpoint":
        """As the settings say; the libraries are loaded now, so that no turn waits for them."""
        made = cls(settings, Breaker(clock))
        made._model, made._client = _chat_model(settings)
        return made

    @property
    def model(self) -> str:
        """The model's name."""
        return self.settings.llm_model

    async def stream(
        self, messages: Sequence[BaseMessage], tools: Sequence[Any], seconds: float
    ) -> AsyncGenerator[AIMessageChunk]:
        """The answer in chunks, all within ``seconds``; what fails raises ``Failure``.

        Where nothing had come yet and waiting may help, it is tried once more.
        """
        deadline = asyncio.get_running_loop().time() + seconds
        for last in (False, True):
            begun = False
            try:
                async with aclosing(self._once(messages, tools, deadline)) as chunks:
                    async for chunk in chunks:
                        begun = True
                        yield chunk
            except Failure as failure:
                wait = RETRY_AFTER if failure.wait is None else failure.wait
                left = deadline - asyncio.get_running_loop().time()
                again = failure.kind in {Kind.BUSY, Kind.DOWN} and wait <= min(LONGEST_WAIT, left / 2)
                if begun or last or not again:
                    self.breaker.failed(for_long=failure.kind is Kind.KEY)
                    raise
                log.info("the model's endpoint failed (%s); once more in %s s", failure, wait)
            else:
                self.breaker.worked()
                return
            await self.sleep(wait)

    async def _once(
        self, messages: Sequence[BaseMessage], tools: Sequence[Any], deadline: float
    ) -> AsyncGenerator[AIMessageChunk]:
        model = self._bound(tools)
        try:
            if not self.settings.llm_stream:
                async with asyncio.timeout_at(deadline):
                    yield _whole(await model.ainvoke(list(messages)))
                return
            stream = model.astream(list(messages))
            async with aclosing(stream):
                while True:
                    async with asyncio.timeout_at(deadline):
                        chunk = await anext(stream, None)
                    if chunk is None:
                        return
                    yield chunk
        except Exception as error:
            raise failure_of(error) from error

    def _bound(self, tools: Sequence[Any]) -> Any:
        """The model with the tools on offer; their schemas are written out once."""
        if self._model is None:
            self._model, self._client = _chat_model(self.settings)
        names = tuple(sorted(tool.name for tool in tools))
        if not names:
            return self._model
        if names not in self._tools:
            self._tools[names] = self._model.bind_tools(sorted(tools, key=lambda tool: tool.name))
        return self._tools[names]

    async def aclose(self) -> None:
        """Let go of its connections."""
        if self._client is not None:
            await self._client.aclose()
        self._model = self._client = None
        self._tools.clear()


def _chat_model(settings: Settings) -> tuple[Any, Any]:
    """LangChain's ChatOpenAI with a connection pool of this desk's own."""
    import httpx2
    from langchain_openai import ChatOpenAI

    client = httpx2.AsyncClient(timeout=settings.llm_seconds, follow_redirects=True)
    model = ChatOpenAI(
        base_url=settings.llm_base_url,
        model=settings.llm_model,
        api_key=settings.llm_api_key or KEYLESS,
        temperature=settings.llm_temperature,
        max_tokens=settings.llm_max_tokens,
        timeout=settings.llm_seconds,
        max_retries=0,
        stream_chunk_timeout=settings.llm_seconds,
        stream_usage=True,
        use_responses_api=False,
        http_async_client=client,
        extra_body=settings.llm_extra or None,
    )
    return model, client


def _whole(message: BaseMessage) -> AIMessageChunk:
    """A plain answer as the only chunk of a stream."""
    if not isinstance(message, AIMessage):
        raise TypeError(f"{type(message).__name__} is no answer")
    return AIMessageChunk(
        content=message.content,
        tool_calls=message.tool_calls,
        invalid_tool_calls=message.invalid_tool_calls,
        usage_metadata=message.usage_metadata,
        response_metadata=message.response_metadata,
    )


def failure_of(error: Exception) -> Failure:
    """A library's exception by what to do about it; its text may hold what was sent and is cut short."""
    import httpx2
    import openai

    if isinstance(error, Failure):
        return error
    said = f"{type(error).__name__}: {str(error)[:160]}"
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return Failure(Kind.KEY, f"HTTP {error.status_code}")
    if isinstance(error, openai.APIStatusError):
        kind = Kind.BUSY if error.status_code in {408, 409, 429} or error.status_code >= 500 else Kind.REFUSED
        return Failure(kind, f"HTTP {error.status_code}", _asked_for(error.response.headers.get("retry-after")))
    if isinstance(error, TimeoutError | openai.APITimeoutError | httpx2.TimeoutException):
        return Failure(Kind.TIME, said)
    if isinstance(error, openai.APIConnectionError | httpx2.HTTPError | OSError):
        return Failure(Kind.DOWN, said)
    if isinstance(error, openai.APIError | json.JSONDecodeError | ValueError | TypeError | KeyError | IndexError):
        return Failure(Kind.GARBAGE, said)
    return Failure(Kind.GARBAGE, said)


def _asked_for(header: str | None) -> float | None:
    """Retry-After in seconds; a date is taken for too long."""
    if header is None:
        return None
    try:
        return max(float(header), 0.0)
    except ValueError:
        return LONGEST_WAIT + 1


async def reached(settings: Settings) -> str | None:
    """Why the endpoint can't be used, in a few words; None where it answers. It asks for one token."""
    model, client = _chat_model(settings.model_copy(update={"llm_max_tokens": 1, "llm_seconds": PATIENCE}))
    try:
        await model.ainvoke([HumanMessage("ping")])
    except Exception as error:  # noqa: BLE001 - whatever the libraries raise
        failure = failure_of(error)
        return f"the key is refused ({failure.reason})" if failure.kind is Kind.KEY else str(failure)
    finally:
        await client.aclose()
    return None
