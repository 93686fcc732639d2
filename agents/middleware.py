"""What surrounds each model and tool call: bounds, order, refusals in words, bugs with a reference."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from langchain.agents.middleware import AgentMiddleware, AgentState, ModelRequest, ModelResponse
from langchain.agents.middleware.types import ToolCallRequest
from langchain_core.messages import AIMessage, ToolMessage
from langgraph.types import Command

from agents.thinking import Thinking
from core.actor import not_permitted
from core.errors import QudaoError
from core.replies import say
from core.tracing import span
from tools.registry import Effect, Registry, ToolSpec

log = logging.getLogger(__name__)

MODEL_CALLS = 6
TOOL_CALLS = 10

ModelHandler = Callable[[ModelRequest[Thinking]], Awaitable[ModelResponse[Any]]]
ToolHandler = Callable[[ToolCallRequest], Awaitable[ToolMessage | Command[Any]]]


class Bounds(AgentMiddleware[AgentState[Any], Thinking]):
    """One turn's limits on calls; past them the turn ends in words."""

    async def awrap_model_call(self, request: ModelRequest[Thinking], handler: ModelHandler) -> Any:
        turn = request.runtime.context
        turn.run.model_calls += 1
        if turn.run.model_calls > MODEL_CALLS:
            log.warning("turn %s stopped after %s model calls", turn.turn_id, MODEL_CALLS)
            return AIMessage(turn.words("turn.too_much"))
        return await handler(request)

    async def awrap_tool_call(self, request: ToolCallRequest, handler: ToolHandler) -> ToolMessage | Command[Any]:
        turn = thinking(request)
        turn.run.tool_calls += 1
        if turn.run.tool_calls > TOOL_CALLS:
            return refusal(request, turn.words("turn.too_much"))
        return await handler(request)


class Manners(AgentMiddleware[AgentState[Any], Thinking]):
    """Tools that propose or record run one after the other; refusals become words and bugs a reference."""

    def __init__(self, registry: Registry) -> None:
        super().__init__()
        self._registry = registry

    async def awrap_tool_call(self, request: ToolCallRequest, handler: ToolHandler) -> ToolMessage | Command[Any]:
        turn = thinking(request)
        spec = self._registry.tools.get(request.tool_call["name"])
        if spec is None or not turn.actor.may(spec.permission) or (spec.private and not turn.private):
            return refusal(request, turn.words(not_permitted(turn.actor)))
        try:
            result = await self._called(spec, turn, request, handler)
        except QudaoError as error:
            return refusal(request, turn.words.error(error))
        except Exception:
            reference = turn.turn_id.hex[:8]
            log.exception("tool %s failed, reference %s", spec.name, reference)
            return refusal(request, turn.words("error.bug", reference=reference))
        if isinstance(result, ToolMessage) and result.artifact is None:
            log.warning("tool %s was called with arguments that don't fit: %s", spec.name, result.content)
            return refusal(request, turn.words("error.bad_input"))
        return result

    async def _called(
        self, spec: ToolSpec, turn: Thinking, request: ToolCallRequest, handler: ToolHandler
    ) -> ToolMessage | Command[Any]:
        with span("tool", tool=spec.name):
            if spec.effect is Effect.READ:
                return await handler(request)
            async with turn.run.in_order:
                return await handler(request)


class TurnsBrain(AgentMiddleware[AgentState[Any], Thinking]):
    """The model of a loop is the brain that the turn brought."""

    async def awrap_model_call(self, request: ModelRequest[Thinking], handler: ModelHandler) -> Any:
        return await handler(request.override(model=request.runtime.context.run.brain))


def thinking(request: ToolCallRequest) -> Thinking:
    """The turn that a call belongs to; without one the call fails."""
    turn: Any = request.runtime.context
    if not isinstance(turn, Thinking):
        raise TypeError("a tool was called outside a turn")
    return turn


def refusal(request: ToolCallRequest, words: str) -> ToolMessage:
    """A call's result when it was refused; the words are for the user and for the model alike."""
    return ToolMessage(
        words,
        tool_call_id=request.tool_call["id"],
        name=request.tool_call["name"],
        artifact=say(words),
        status="error",
    )
