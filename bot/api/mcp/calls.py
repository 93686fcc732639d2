"""A call of a tool that comes in by MCP. What it proposes waits for its person: nothing is confirmed this way."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from bot import notices
from bot.api.callers import Visit
from bot.api.proposing import conversation_of, posted, wake
from core.conversations import service as conversations
from core.conversations.keys import marked
from core.proposals import service as proposals
from core.proposals.models import Proposal
from core.replies import Buttons, Reply, say
from tools.calling import Called, call_tool
from tools.context import ToolContext
from tools.registry import Effect, ToolSpec

CHAT = "mcp"
RECORDED = 2_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A call's reply without its buttons, which nobody can press here, and what it proposed."""

    text: str
    content: dict[str, Any]
    ok: bool


def offered(visit: Visit) -> list[ToolSpec]:
    """What the registry offers to this person by this key."""
    return visit.desk.registry.offered_to(visit.actor, private=True)


async def call(visit: Visit, name: str, args: Mapping[str, Any]) -> Shown:
    """Call a tool; what only reads leaves no trace, the rest is kept in the person's conversation."""
    spec = visit.desk.registry.tools.get(name)
    keeps = spec is not None and spec.effect is not Effect.READ and visit.actor.may(spec.permission)
    conversation = await _conversation(visit) if keeps else uuid4()
    ctx = _context(visit, conversation)
    try:
        async with asyncio.timeout(visit.desk.settings.turn_seconds):
            called = await call_tool(visit.desk.registry, name, args, ctx)
    except TimeoutError:
        words = visit.words("error.turn_time", reference=ctx.turn_id.hex[:8])
        called = Called(say(words), ok=False)
    visit.desk.metrics.call(name if spec is not None else "unknown", ok=called.ok)
    if not keeps:
        return _shown(visit, called, [])
    return _shown(visit, called, await _keep(visit, ctx, called, f"{name} {json.dumps(args, ensure_ascii=False)}"))


async def _conversation(visit: Visit) -> UUID:
    async with visit.desk.database.writes.begin() as session:
        return await conversation_of(visit, session, f"{visit.caller.owner}/{CHAT}")


def _context(visit: Visit, conversation: UUID) -> ToolContext:
    desk = visit.desk
    return ToolContext(
        actor=replace(visit.actor, presses=False),
        now=visit.now,
        today=visit.today,
        words=visit.words,
        brand=visit.brand,
        conversation=conversation,
        private=True,
        turn_id=uuid4(),
        reads=desk.database.reads,
        writes=desk.database.writes,
        knowledge=desk.knowledge,
        authority=desk.authority,
    )


async def _keep(visit: Visit, ctx: ToolContext, called: Called, said: str) -> list[Proposal]:
    """The turn in the conversation, and its proposals shown where they can be confirmed."""
    key = marked(visit.caller.prefix)
    visit = replace(visit, caller=replace(visit.caller, actor=ctx.actor))
    async with visit.desk.database.writes.begin() as session:
        await conversations.add(
            session, ctx.conversation, ctx.turn_id, 0, by_desk=False, text=said[:RECORDED], at=visit.now, record=key
        )
        await conversations.add(
            session, ctx.conversation, ctx.turn_id, 1, by_desk=True, text=called.reply.plain(),
            reply=called.reply.as_json(), at=visit.now, language=visit.words.tag, record=key,
        )  # fmt: skip
        chats = await posted(visit, session, await notices.made_in(session, ctx.turn_id))
        made = list(await proposals.of_turn(session, visit.actor, ctx.turn_id))
    wake(visit, chats)
    return made


def _shown(visit: Visit, called: Called, made: list[Proposal]) -> Shown:
    reply = Reply(tuple(block for block in called.reply.blocks if not isinstance(block, Buttons)))
    content: dict[str, Any] = {"blocks": reply.as_json()["blocks"]}
    text = reply.plain()
    if made:
        content["proposals"] = [_proposal(visit, one) for one in made]
        text += "\n" + visit.words("api.mcp.proposed", name=visit.actor.name)
    return Shown(text, content, called.ok)


def _proposal(visit: Visit, proposal: Proposal) -> dict[str, Any]:
    return {
        "id": str(proposal.id),
        "kind": proposal.kind,
        "status": str(proposal.status),
        "amount": str(proposal.amount) if proposal.amount is not None else None,
        "currency": proposal.currency,
        "expires_at": proposal.expires_at.isoformat(),
        "confirm_at": visit.desk.settings.public_url or None,
    }
