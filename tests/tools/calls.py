"""Tools called as the loop calls them: with arguments as a model gives them, and a context that it can't touch."""

from datetime import date, datetime
from typing import Any, cast
from uuid import uuid4

from langchain.tools import ToolRuntime
from langchain_core.messages import ToolMessage
from langchain_core.tools import BaseTool

from core.actor import Actor
from core.brand import service as brands
from core.clock import business_day
from core.db import Database
from core.people.service import actor_by_handle
from core.replies import Reply
from core.words import Catalogues
from knowledge.service import Knowledge
from tests.factories import NOW
from tools.context import ToolContext


async def context_for(
    database: Database, who: str | Actor, language: str = "zh", *, now: datetime = NOW, today: date | None = None
) -> ToolContext:
    """What the desk would hand to tools when this person speaks in a private chat."""
    day = today or business_day(now, "Asia/Shanghai")
    async with database.reads() as session:
        brand = await brands.current(session, day)
        actor = who if isinstance(who, Actor) else await actor_by_handle(session, who, day)
    assert actor is not None
    return ToolContext(
        actor=actor,
        now=now,
        today=day,
        words=Catalogues().words(language),
        brand=brand,
        conversation=uuid4(),
        private=True,
        turn_id=uuid4(),
        reads=database.reads,
        writes=database.writes,
        knowledge=cast(Knowledge, None),
    )


async def call(tool: BaseTool, context: ToolContext, /, **arguments: Any) -> Reply:
    """The reply of one call; the text for the model is what the reply says."""
    runtime: ToolRuntime[ToolContext, Any] = ToolRuntime(
        state={}, context=context, config={}, stream_writer=lambda _: None, tool_call_id="call", store=None
    )
    asked = {"name": tool.name, "args": {**arguments, "runtime": runtime}, "id": "call", "type": "tool_call"}
    message = cast(ToolMessage, await tool.ainvoke(asked))
    reply = cast(Reply, message.artifact)
    assert message.content == reply.plain()
    return reply


def first_text(reply: Reply) -> str:
    """The words that it begins with."""
    return reply.plain().splitlines()[0]
