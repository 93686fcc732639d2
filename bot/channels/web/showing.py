"""A conversation as the page reads it: JSON of messages, of what waits, and of where proposals stand."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from core.conversations import reading
from core.conversations.models import Message
from core.inbox.models import Inbound, Outbound
from core.proposals import service as proposals
from core.replies import Reply


def message_json(message: Message, chat: str) -> dict[str, Any]:
    """What was said by the person (words, files) or by the desk (blocks)."""
    shown: dict[str, Any] = {"id": message.id, "turn": str(message.turn_id), "at": message.at.isoformat()}
    if message.by_desk:
        return shown | {"by": "desk", "blocks": (message.reply or {}).get("blocks", [])}
    return shown | {
        "by": "person",
        "key": own_key(message.external_id, chat),
        "text": message.text,
        "files": [file["name"] for file in message.record.get("files", [])],
    }


def waiting_json(inbound: Inbound, chat: str) -> dict[str, Any]:
    """A message that is stored and not answered yet."""
    return {
        "key": own_key(inbound.external_id, chat),
        "at": inbound.received_at.isoformat(),
        "text": inbound.payload["text"],
        "files": [file["name"] for file in inbound.payload["files"]],
        "press": inbound.payload["press"],
        "proposal": inbound.payload["proposal"],
    }


def external_id(key: str, chat: str) -> str:
    """The page's own key for a message, kept apart from other people's."""
    return f"{chat}:{key}"


def own_key(external: str | None, chat: str) -> str | None:
    """The key that the page gave the message."""
    return external.removeprefix(f"{chat}:") if external else None


async def turns_json(
    session: AsyncSession, rows: Sequence[Outbound], chat: str, at: datetime
) -> list[tuple[int, dict[str, Any]]]:
    """Each message of the outbox as the turn that it belongs to, whichever tab or person began it."""
    by_turn = await _messages_of(session, rows, chat)
    shown = []
    for row in rows:
        messages = by_turn.get(row.payload["turn"]) or await _unkept(session, row, chat)
        turn = {"in_reply_to": own_key(row.payload["in_reply_to"], chat), "messages": messages}
        turn["reveals"] = row.payload.get("reveals", "")
        shown.append((row.id, turn | {"proposals": await proposals_json(session, messages, at)}))
    return shown


async def unkept_json(session: AsyncSession, rows: Sequence[Outbound], chat: str) -> list[dict[str, Any]]:
    """What was said and no conversation remembers: apologies for turns that failed, with what they answer."""
    by_turn = await _messages_of(session, rows, chat)
    lost = [await _unkept(session, row, chat) for row in rows if row.payload["turn"] not in by_turn]
    return [message for messages in lost for message in messages]


async def _messages_of(session: AsyncSession, rows: Iterable[Outbound], chat: str) -> dict[str, list[dict[str, Any]]]:
    by_turn: dict[str, list[dict[str, Any]]] = {}
    for message in await reading.of_turns(session, [UUID(row.payload["turn"]) for row in rows]):
        by_turn.setdefault(str(message.turn_id), []).append(message_json(message, chat))
    return by_turn


async def _unkept(session: AsyncSession, row: Outbound, chat: str) -> list[dict[str, Any]]:
    """From the outbox, and from the inbox what it answers."""
    turn = {"id": None, "turn": row.payload["turn"]}
    reply = turn | {"by": "desk", "at": row.created_at.isoformat(), "blocks": row.payload["reply"]["blocks"]}
    asked = await session.get(Inbound, row.inbound_id) if row.inbound_id is not None else None
    return [turn | {"by": "person"} | waiting_json(asked, chat), reply] if asked else [reply]


async def proposals_json(session: AsyncSession, messages: Iterable[dict[str, Any]], at: datetime) -> dict[str, str]:
    """Where the proposals stand whose buttons are among these messages."""
    ids = {
        UUID(button.proposal)
        for message in messages
        if message["by"] == "desk"
        for button in Reply.from_json({"blocks": message["blocks"]}).buttons
        if button.proposal
    }
    if not ids:
        return {}
    return {str(one): str(status) for one, status in (await proposals.statuses(session, ids, at)).items()}
