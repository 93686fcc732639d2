"""Those whose press a proposal waits for get it shown in their own chat."""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.conversations import reading
from core.conversations import service as conversations
from core.inbox import service as inbox
from core.people import service as people
from core.people.models import Person
from core.proposals import service as proposals
from core.proposals.models import Proposal, Status
from core.replies import Reply, say
from core.words import Catalogues
from tools.registry import Registry

MESSENGERS = frozenset({"telegram"})
"""Channels whose private chats are called like the account that is in them."""


async def to_approvers(
    session: AsyncSession, turn_id: UUID, channel: str, registry: Registry, catalogues: Catalogues, at: datetime
) -> set[tuple[str, str]]:
    """Show each proposal of the turn that its proposer may not confirm to all who may; returns the chats."""
    made = select(Proposal).where(Proposal.turn_id == turn_id, Proposal.status == Status.OPEN)
    chats: set[tuple[str, str]] = set()
    for proposal in (await session.execute(made)).scalars():
        if proposal.proposer_may:
            continue
        proposer = await session.get_one(Person, proposal.proposer_id)
        for person in await proposals.approvers_of(session, proposal):
            words = catalogues.words(person.language)
            reply = say(words("notice.confirm", name=proposer.name))
            reply += registry.kinds[proposal.kind].show(proposal, words)
            for place in await _places(session, person, channel, at):
                await _post(session, proposal, person, place, reply, at)
                chats.add(place)
    return chats


async def to_proposer(
    session: AsyncSession, turn_id: UUID, registry: Registry, catalogues: Catalogues, at: datetime
) -> set[tuple[str, str]]:
    """Show what a program proposed for a person in the person's own chat on the web, where they may confirm it."""
    made = select(Proposal).where(Proposal.turn_id == turn_id, Proposal.status == Status.OPEN, Proposal.proposer_may)
    chats: set[tuple[str, str]] = set()
    for proposal in (await session.execute(made)).scalars():
        person = await session.get_one(Person, proposal.proposer_id)
        words = catalogues.words(person.language)
        reply = say(words("notice.by_program")) + registry.kinds[proposal.kind].show(proposal, words)
        await _post(session, proposal, person, ("web", person.handle), reply, at)
        chats.add(("web", person.handle))
    return chats


async def to_other_places(
    session: AsyncSession, actor: Actor, said_in: tuple[str, str], text: str, turn_id: UUID, at: datetime
) -> None:
    """Tell a person something about themselves on the page and in each of their messengers, but where they are now."""
    assert actor.person_id is not None
    person = await session.get_one(Person, actor.person_id)
    for channel, chat in await _places(session, person, "web", at):
        if (channel, chat) != said_in:
            await _write(session, person, (channel, chat), uuid5(turn_id, f"{channel}:{chat}"), say(text), at)


async def to_person(
    session: AsyncSession, person: Person, reply: Reply, key: UUID, at: datetime
) -> set[tuple[str, str]]:
    """Tell a person something on the page and in each of their messengers, once by its key; returns the chats."""
    chats = set()
    for place in await _places(session, person, "web", at):
        await _write(session, person, place, uuid5(key, f"{place[0]}:{place[1]}"), reply, at)
        chats.add(place)
    return chats


async def _places(session: AsyncSession, person: Person, channel: str, at: datetime) -> list[tuple[str, str]]:
    """The page, the channel of the proposer where chats are called like people, and each of their messengers' chats."""
    named = sorted({"web", channel} - MESSENGERS)
    accounts = await people.accounts_of(session, person.id, MESSENGERS, at)
    return [(one, person.handle) for one in named] + accounts


async def _post(
    session: AsyncSession, proposal: Proposal, person: Person, place: tuple[str, str], reply: Reply, at: datetime
) -> None:
    channel, chat = place
    await _write(session, person, place, uuid5(proposal.id, f"{channel}:{chat}"), reply, at)


async def _write(
    session: AsyncSession, person: Person, place: tuple[str, str], turn_id: UUID, reply: Reply, at: datetime
) -> None:
    channel, chat = place
    conversation = await conversations.open_conversation(session, channel, chat, person.id, True, at)
    if await reading.of_turns(session, [turn_id]):
        return
    await conversations.add(
        session, conversation.id, turn_id, 1, by_desk=True, text=reply.plain(), reply=reply.as_json(), at=at
    )
    payload = {"turn": str(turn_id), "in_reply_to": None, "reply": reply.as_json(), "language": person.language}
    await inbox.send(session, channel, chat, str(turn_id), payload, at)
