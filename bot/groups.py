"""A group chat: whose figures it may see, what is recalled in it, and the commands that bind it to a dealer."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agents.turns import Said
from bot.incoming import Incoming
from core.actor import Actor
from core.dealers import service as dealers
from core.people import groups
from core.people import service as people
from core.replies import Button, Reply, say
from tools.context import ToolContext

COMMAND = re.compile(r"/(bind|unbind)(?:\s+(\S+))?\s*", re.IGNORECASE)


async def placed(
    session: AsyncSession, actor: Actor, incoming: Incoming, now: datetime, today: date
) -> tuple[Actor, bool]:
    """The actor as the group sees them, and whether figures may be shown in it."""
    narrowed = await groups.narrowed(session, actor, incoming.channel, incoming.chat, now, today)
    return (narrowed, True) if narrowed is not None else (groups.overheard(actor), False)


def recalled(past: Sequence[Said], ctx: ToolContext) -> Sequence[Said]:
    """What a brain may remember here: with a stranger about, nothing that was said to members alone."""
    return past if ctx.private else [turn for turn in past if turn.aloud]


def may_confirm_here(button: Button, past: Sequence[Said], ctx: ToolContext) -> bool:
    """Whether who is here now may hear what comes of a proposal: its members alone, or it was shown aloud before."""
    aloud = {shown.proposal for turn in past if turn.aloud for shown in turn.reply.buttons}
    return ctx.private or button.proposal in aloud


async def command(incoming: Incoming, ctx: ToolContext) -> Reply | None:
    """Bind or unbind the group; None where the message is no such command.

    It is a right of the person, whom an open group sees as less than they are.
    """
    found = COMMAND.fullmatch(incoming.text)
    if found is None or not ctx.in_a_group:
        return None
    place = (incoming.channel, incoming.chat)
    async with ctx.writes.begin() as session:
        actor = await people.actor_by_handle(session, ctx.actor.handle, ctx.today)
        if found[1].lower() == "unbind":
            await groups.unbind(session, actor, *place, ctx.now)
            return say(ctx.words("group.unbound"))
        dealer = await dealers.resolve(session, actor, found[2])
        await groups.bind(session, actor, *place, dealer.id, ctx.now)
        name = dealer.name if ctx.words.language == "zh" else dealer.name_en
    return say(ctx.words("group.bound", dealer=f"{dealer.code} {name}"))
