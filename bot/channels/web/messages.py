"""What the page asks of the desk: the history, a message, the stream."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from bot.api.problems import TooLarge
from bot.api.same_site import OwnPage
from bot.asking import attach_bytes
from bot.channels.web.cursor import KEPT, Cursor
from bot.channels.web.hub import CHANNEL
from bot.channels.web.opinions import with_opinions
from bot.channels.web.sessions import SignedIn, Who
from bot.channels.web.showing import external_id, message_json, proposals_json, unkept_json, waiting_json
from bot.channels.web.state import Web, WebState
from bot.channels.web.streaming import events
from bot.incoming import Incoming
from core.conversations import reading
from core.errors import BadInput
from core.inbox import service as inbox
from tools.context import Attachment

FILES = 5
FILE_BYTES = 20_000_000
BODY_BYTES = FILES * FILE_BYTES + 1_000_000
PATH = "/desk/messages"
PAGE = 30
KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")

router = APIRouter(tags=["web chat"])


@router.get(PATH)
async def history(
    who: Who, web: WebState, before: int | None = None, limit: Annotated[int, Query(ge=1, le=100)] = PAGE
) -> dict[str, Any]:
    """A page of the person's conversation, oldest first; the newest one with what still waits and where to listen."""
    now = web.desk.clock()
    async with web.desk.database.reads() as session:
        sent = await inbox.latest(session, CHANNEL, KEPT, who.chat)
        assert who.actor.person_id is not None
        thread = await reading.thread(session, CHANNEL, who.chat, who.actor.person_id)
        said, earlier = await reading.page(session, thread.id, limit, before) if thread else ([], False)
        messages = [message_json(message, who.chat) for message in said]
        await with_opinions(session, messages)
        page = {"messages": messages, "earlier": earlier}
        page["proposals"] = await proposals_json(session, messages, now)
        if before is None:
            rows = await inbox.since(session, CHANNEL, who.chat, sent[0][0] - 1) if sent else []
            messages += await unkept_json(session, rows, who.chat)
            messages.sort(key=lambda message: message["at"])
            page["waiting"] = [waiting_json(one, who.chat) for one in await inbox.unanswered(session, who.lane)]
            page["cursor"] = str(Cursor.after(one for one, _ in sent))
        return page


@router.post(PATH, status_code=202, max_body_size=BODY_BYTES)
async def send(request: Request, _: OwnPage, who: Who, web: WebState) -> dict[str, Any]:
    """Put a message into the inbox, once by its ``id``; the answer comes by the stream."""
    try:
        async with request.form(max_files=FILES + 1, max_fields=10) as form:
            key = _text(form, "id")
            if not KEY.fullmatch(key):
                raise BadInput
            incoming = Incoming(
                CHANNEL,
                who.chat,
                who.account,
                _text(form, "text"),
                _text(form, "press"),
                _text(form, "proposal"),
                await _files(web, form),
            )
    except HTTPException as error:
        if error.status_code != 400:  # what Starlette says to a form with too many parts
            raise
        raise TooLarge("web.too_many_files", count=FILES) from error
    inbound, new = await web.desk.receive(external_id(key, who.chat), incoming)
    web.worker.nudge()
    return {"id": key, "new": new, "at": inbound.received_at.isoformat()}


@router.get("/desk/stream")
async def stream(
    who: Who, web: WebState, after: str = "0", last_event_id: Annotated[str | None, Header()] = None
) -> StreamingResponse:
    """Everything that the desk says in this chat after a cursor, for as long as the page is open."""
    return _stream(web, who, Cursor.read(last_event_id or after))


def _stream(web: Web, who: SignedIn, cursor: Cursor) -> StreamingResponse:
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(events(web, who, cursor), media_type="text/event-stream", headers=headers)


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


async def _files(web: Web, form: FormData) -> tuple[Attachment, ...]:
    """Every file is looked at before the first is stored."""
    files = [item for item in form.getlist("files") if isinstance(item, UploadFile) and item.filename]
    if len(files) > FILES:
        raise TooLarge("web.too_many_files", count=FILES)
    for file in files:
        if (file.size or 0) > FILE_BYTES:
            raise TooLarge(name=file.filename, limit=FILE_BYTES // 1_000_000)
    return tuple([await attach_bytes(web.desk, _name(file), await file.read()) for file in files])


def _name(file: UploadFile) -> str:
    """The last part of what the browser calls it, bounded."""
    return re.split(r"[/\\]", file.filename or "")[-1][-150:] or "file"
