"""Storing what a tool proposes, until a person presses."""

from core.proposals import service as proposals
from core.proposals.models import Proposal
from tools.context import ToolContext


async def propose(ctx: ToolContext, draft: proposals.Draft, *, apart_by: str = "") -> Proposal:
    """The proposal of this call; ``apart_by``: the field of its payload that lets it stand beside others of a turn."""
    async with ctx.writes.begin() as session:
        return await proposals.propose(
            session,
            ctx.actor,
            draft,
            conversation=ctx.conversation,
            turn_id=ctx.turn_id,
            call_index=next(ctx.call_index),
            at=ctx.now,
            apart_by=apart_by,
        )
