"""Proposals that come in by an interface: kept, told to whoever must press, and shown to their person elsewhere."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot import notices
from bot.api.callers import Visit
from bot.desk import API_CHANNEL
from core.conversations import service as conversations
from core.errors import NotPermitted
from core.proposals import service as proposals
from core.proposals.models import Proposal
from core.proposals.service import Draft

Chats = set[tuple[str, str]]


async def conversation_of(visit: Visit, session: AsyncSession, chat: str) -> UUID:
    """The id of the person's thread in this chat; NotPermitted for a service, which has none."""
    if visit.actor.person_id is None:
        raise NotPermitted
    thread = await conversations.open_conversation(session, API_CHANNEL, chat, visit.actor.person_id, True, visit.now)
    return thread.id


async def keep(visit: Visit, chat: str, turn: UUID, draft: Draft, *, beside: bool = False) -> Proposal:
    """Store a draft as the turn's proposal, beside what is open or in its place; a repeated turn finds its first."""
    async with visit.desk.database.writes.begin() as session:
        thread = await conversation_of(visit, session, chat)
        proposal = await proposals.propose(
            session, visit.actor, draft, conversation=thread, turn_id=turn, call_index=0, at=visit.now,
            beside=beside,
        )  # fmt: skip
        chats = await posted(visit, session, await notices.made_in(session, turn))
    wake(visit, chats)
    return proposal


async def posted(visit: Visit, session: AsyncSession, made: Sequence[Proposal]) -> Chats:
    """Show proposals to those whose press they need: others where the proposer may not, else the person."""
    desk = visit.desk
    chats = await notices.to_approvers(
        session, made, API_CHANNEL, desk.registry, desk.catalogues, visit.now, shown_to=visit.actor.person_id
    )
    if not visit.actor.presses:
        chats |= await notices.to_proposer(session, made, desk.registry, desk.catalogues, visit.now)
    return chats


def wake(visit: Visit, chats: Chats) -> None:
    """Tell whoever looks at these chats; after the commit."""
    for channel, chat in chats:
        for saved in visit.desk.on_saved:
            saved(channel, chat)
