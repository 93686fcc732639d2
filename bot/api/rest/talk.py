"""Messages to the desk, and the conversations that they make."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Path
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from bot.api.callers import Visit, visiting
from bot.api.completions.asked import conversation_name, request_key
from bot.api.completions.speaking import chat_of, say
from bot.api.files import shown
from bot.api.rest import cursors
from bot.api.rest.shapes import After, Limit, Page
from bot.desk import API_CHANNEL
from bot.incoming import MESSAGE_LIMIT, Incoming
from core.conversations import reading
from core.conversations.models import Message
from core.documents import files
from core.errors import NotFound
from core.keys.scopes import Scope
from core.learning import service as learning

router = APIRouter(tags=["messages"])
Speaker = Annotated[Visit, visiting(Scope.MESSAGES)]
RequestKey = Annotated[
    str | None,
    Header(alias="idempotency-key", max_length=100, description="Sent again with the same body: the same answer."),
]


class MessageSent(BaseModel):
    """Words, or the press of a button that a reply to this key offered (its id, and its proposal where it has one).

    ``confirm`` takes the scope confirm, ``cancel`` the scope propose.
    """

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(max_length=MESSAGE_LIMIT)] = ""
    press: Annotated[str, Field(max_length=64)] = ""
    proposal: Annotated[str, Field(max_length=64)] = ""
    conversation: Annotated[str, Field(max_length=48, description="Empty is the person's own.")] = ""


class ReplyShown(BaseModel):
    """What the desk said: blocks in reading order, each with its ``type``, and the same as plain words."""

    turn: UUID
    conversation: str
    text: str
    blocks: list[dict[str, Any]]


class OpinionGiven(BaseModel):
    """What the person thinks of a reply; null takes it back."""

    model_config = ConfigDict(extra="forbid")
    good: StrictBool | None


class ConversationShown(BaseModel):
    """A conversation that the person had with this key."""

    id: UUID
    channel: str
    name: str
    language: str | None
    created_at: datetime


class MessageShown(BaseModel):
    """What was said by the person or by the desk."""

    id: int
    turn: UUID
    at: datetime
    by: str
    text: str
    blocks: list[dict[str, Any]] | None

    @classmethod
    def of(cls, message: Message) -> "MessageShown":
        """As the conversation keeps it."""
        blocks = (message.reply or {}).get("blocks", []) if message.by_desk else None
        by = "desk" if message.by_desk else "person"
        return cls(id=message.id, turn=message.turn_id, at=message.at, by=by, text=message.text, blocks=blocks)


@router.post("/messages")
async def send_message(visit: Speaker, message: MessageSent, key: RequestKey = None) -> ReplyShown:
    """Say something to the desk, or press a button, and get the reply."""
    conversation = conversation_name(message.conversation)
    if message.press:
        chat = chat_of(visit, conversation)
        incoming = Incoming(API_CHANNEL, chat, visit.caller.prefix, message.text, message.press, message.proposal)
        answered = await visit.programs.answering.say(visit.caller, incoming, request_key(key))
    else:
        answered = await say(visit, message.text, conversation, request_key(key))
    return ReplyShown(
        turn=UUID(answered.turn),
        conversation=conversation,
        text=answered.reply.plain(),
        blocks=answered.reply.as_json()["blocks"],
    )


@router.put("/turns/{turn}/opinion", status_code=204)
async def give_opinion(visit: Speaker, turn: UUID, opinion: OpinionGiven) -> None:
    """A thumb up or down for the reply of a turn, which helps the brand see what its desk misses."""
    async with visit.desk.database.writes.begin() as session:
        await learning.think_of(session, visit.actor.person_id, turn, opinion.good, visit.now)


@router.get("/conversations")
async def list_conversations(visit: Speaker, after: After = None, limit: Limit = 50) -> Page[ConversationShown]:
    """The conversations that were had with this key, the newest first.

    What the person is told on other channels, or with other keys, which may have more scopes, no key reads.
    """
    place = _place(after) if after else None
    async with visit.desk.database.reads() as session:
        found = await reading.all_of(session, visit.actor.person_id, visit.caller.prefix, limit + 1, place)
    items = [
        ConversationShown(
            id=one.id, channel=one.channel, name=one.chat.partition("/")[2], language=one.language,
            created_at=one.created_at,
        )
        for one in found[:limit]
    ]  # fmt: skip
    last = items[-1] if len(found) > limit else None
    return Page(items=items, next=cursors.written(last.created_at.isoformat(), str(last.id)) if last else None)


def _place(cursor: str) -> tuple[datetime, UUID]:
    moment, one = cursors.read(cursor, str, str)
    try:
        at, conversation = datetime.fromisoformat(moment), UUID(one)
    except ValueError:
        raise cursors.BadCursor from None
    if at.tzinfo is None:
        raise cursors.BadCursor
    return at, conversation


@router.get("/conversations/{conversation}/messages")
async def list_messages(
    visit: Speaker, conversation: UUID, after: After = None, limit: Limit = 50
) -> Page[MessageShown]:
    """What was said with this key, oldest first; ``next`` leads to what was said before."""
    before = cursors.read(after, int)[0] if after else None
    async with visit.desk.database.reads() as session:
        thread = await reading.own(session, visit.actor.person_id, conversation, visit.caller.prefix)
        said, earlier = await reading.page(session, thread.id, limit, before, visit.caller.prefix)
    return Page(items=[MessageShown.of(one) for one in said], next=cursors.written(said[0].id) if earlier else None)


@router.get("/conversations/{conversation}/files/{sha256}", response_class=Response)
async def open_file(
    visit: Speaker, conversation: UUID, sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
) -> Response:
    """A file that a reply to this key named."""
    async with visit.desk.database.reads() as session:
        thread = await reading.own(session, visit.actor.person_id, conversation, visit.caller.prefix)
        named = await reading.file_shown(session, thread.id, sha256, visit.caller.prefix)
        if named is None:
            raise NotFound
        data = await files.load(session, sha256)
    return shown(data, named.name, named.mime)
