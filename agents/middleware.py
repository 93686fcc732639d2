"""What surrounds each model and tool call: bounds, order, refusals in words, bugs with a reference."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from langchain.agents.middleware import AgentMiddleware, AgentState, ModelRequest, ModelResponse
from langchain.agents.middleware.types import ToolCallRequest
from langchain_core.messages import AIMessage, ToolMessage
from langgraph.types import Command

from core.errors import QudaoError
from core.replies import say
from tools.context import ToolContext
from tools.registry import Effect, Registry

log = logging.getLogger(__name__)

MODEL_CALLS = 6
TOOL_CALLS = 10

ModelHandler = Callable[[ModelRequest[ToolContext]], Awaitable[ModelResponse[Any]]]
ToolHandler = Callable[[ToolCallRequest], Awaitable[ToolMessage | Command[Any]]]


class Bounds(AgentMiddleware[AgentState[Any], ToolContext]):
    """One turn's limits on calls; past them the turn ends in words. Made anew for each turn."""

    def __init__(self, ctx: ToolContext) -> None:
        super().__init__()
        self._ctx = ctx
        self._model_calls = 0
        self._tool_calls = 0

    async def awrap_model_call(self, request: ModelRequest[ToolContext], handler: ModelHandler) -> Any:
        self._model_calls += 1
        if self._model_calls > MODEL_CALLS:
            log.warning("turn %s stopped after %s model calls", self._ctx.turn_id, MODEL_CALLS)
            return AIMessage(self._ctx.words("turn.too_much"))
        return await handler(request)

    async def awrap_tool_call(self, request: ToolCallRequest, handler: ToolHandler) -> ToolMessage | Command[Any]:
        self._tool_calls += 1
        if self._tool_calls > TOOL_CALLS:
            return refusal(request, self._ctx.words("turn.too_much"))
        return await handler(request)


class Manners(AgentMiddleware[AgentState[Any], ToolContext]):
    """Tools that propose or record run one after the other; refusals become words and bugs a reference."""

    def __init__(self, ctx: ToolContext, registry: Registry) -> None:
        super().__init__()
        self._ctx = ctx
        self._registry = registry
        self._in_order = asyncio.Lock()

    async def awrap_tool_call(self, request: ToolCallRequest, handler: ToolHandler) -> ToolMessage | Command[Any]:
        spec = self._registry.tools.get(request.tool_call["name"])
        if spec is None or not self._ctx.actor.may(spec.permission) or (spec.private and not self._ctx.private):
            return refusal(request, self._ctx.words("error.not_permitted"))
        try:
            if spec.effect is Effect.READ:
                result = await handler(request)
            else:
                async with self._in_order:
                    result = await handler(request)
        except QudaoError as error:
            return refusal(request, self._ctx.words.error(error))
        except Exception:
            reference = self._ctx.turn_id.hex[:8]
            log.exception("tool %s failed, reference %s", spec.name, reference)
            return refusal(request, self._ctx.words("error.bug", reference=reference))
        if isinstance(result, ToolMessage) and result.artifact is None:
            log.warning("tool %s was called with arguments that don't fit: %s", spec.name, result.content)
            return refusal(request, self._ctx.words("error.bad_input"))
        return result


def refusal(request: ToolCallRequest, words: str) -> ToolMessage:
    """A call's result when it was refused; the words are for the user and for the model alike."""
    return ToolMessage(
        words,
        tool_call_id=request.tool_call["id"],
        name=request.tool_call["name"],
        artifact=say(words),
        status="error",
    )
