"""A single call of a tool, outside of any brain's loop: the same permissions, the same words where it is refused."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from langchain.tools import ToolRuntime
from pydantic import ValidationError

from core.errors import QudaoError
from core.replies import Reply, say
from core.tracing import span
from tools.context import ToolContext
from tools.registry import Registry, ToolSpec

log = logging.getLogger(__name__)

NAMED = 5


@dataclass(frozen=True, slots=True)
class Called:
    """What came of a call; ``ok`` is False where it was refused, and then the reply says why."""

    reply: Reply
    ok: bool = True


async def call_tool(registry: Registry, name: str, args: Mapping[str, Any], ctx: ToolContext) -> Called:
    """Call a tool that the actor is offered; one that isn't looks as one that doesn't exist."""
    offered = {spec.name: spec for spec in registry.offered_to(ctx.actor, private=ctx.private)}
    if name not in offered:
        return Called(say(ctx.words("error.not_permitted")), ok=False)
    try:
        with span("tool", tool=name):
            return Called(await _run(offered[name], args, ctx))
    except QudaoError as error:
        return Called(say(ctx.words.error(error)), ok=False)
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:NAMED]]
        return Called(say("\n".join([ctx.words("error.bad_input"), *wrong])), ok=False)
    except Exception:
        reference = ctx.turn_id.hex[:8]
        log.exception("tool %s failed, reference %s", name, reference)
        return Called(say(ctx.words("error.bug", reference=reference)), ok=False)


async def _run(spec: ToolSpec, args: Mapping[str, Any], ctx: ToolContext) -> Reply:
    runtime: ToolRuntime[ToolContext, Any] = ToolRuntime(
        state={}, context=ctx, config={}, stream_writer=lambda _: None, tool_call_id="call", store=None
    )
    call = {"name": spec.name, "args": {**args, "runtime": runtime}, "id": "call", "type": "tool_call"}
    message = await spec.tool.ainvoke(call)
    reply: Reply = message.artifact
    return reply
