"""Those whose press a proposal waits for get it shown in their own chat."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import or_, select
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


async def made_in(session: AsyncSession, turn_id: UUID, instead: object = None) -> Sequence[Proposal]:
    """The open proposals of a turn, and the one that took another's place at its press, by its id."""
    took_its_place = (Proposal.id == UUID(str(instead)),) if instead else ()
    asked = select(Proposal).where(or_(Proposal.turn_id == turn_id, *took_its_place), Proposal.status == Status.OPEN)
    return (await session.execute(asked)).scalars().all()


async def to_approvers(
    session: AsyncSession,
    made: Iterable[Proposal],
    channel: str,
    registry: Registry,
    catalogues: Catalogues,
    at: datetime,
    *,
    shown_to: int | None = None,
) -> set[tuple[str, str]]:
    """Show each proposal that its proposer may not confirm to all who may; returns the chats.

    ``shown_to`` is the person who has it before them already.
    """
    chats: set[tuple[str, str]] = set()
    for proposal in made:
        if proposal.proposer_may:
            continue
        proposer = await session.get_one(Person, proposal.proposer_id)
        for person in await proposals.approvers_of(session, proposal):
            if person.id == shown_to:
                continue
            words = catalogues.words(person.language)
            reply = say(words("notice.confirm", name=proposer.name))
            reply += registry.kinds[proposal.kind].show(proposal, words)
            for place in await _places(session, person, channel, at):
                await _post(session, proposal, person, place, reply, at)
                chats.add(place)
    return chats


async def to_proposer(
    session: AsyncSession, made: Iterable[Proposal], registry: Registry, catalogues: Catalogues, at: datetime
) -> set[tuple[str, str]]:
    """Show what a program proposed for a person in the person's own chat on the web, where they may confirm it."""
    chats: set[tuple[str, str]] = set()
    for proposal in made:
        if not proposal.proposer_may:
            continue
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
