"""Documents and files, to those who may read them."""

from urllib.parse import quote

from fastapi import APIRouter, Response

from bot.api.headers import DOCUMENT_POLICY
from bot.channels.web.hub import CHANNEL
from bot.channels.web.sessions import Who
from bot.channels.web.state import WebState
from core.conversations import reading
from core.documents import files
from core.documents import service as documents
from core.errors import NotFound

router = APIRouter(tags=["files"])

AS_IT_IS = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp", "image/gif"})
AS_TEXT = frozenset({"text/plain", "text/markdown", "text/csv"})


@router.get("/documents/{version}/{filename}")
async def document(version: int, filename: str, who: Who, web: WebState) -> Response:
    """The document itself, shown in the browser so that ``#page=N`` opens there; not found for those it isn't for."""
    async with web.desk.database.reads() as session:
        readable = await documents.open_version(session, who.actor, version, who.today)
    return shown(readable.data, readable.source or filename, readable.mime)


@router.get("/files/{sha256}")
async def file(sha256: str, who: Who, web: WebState) -> Response:
    """A file that a reply of the person's own conversation named."""
    async with web.desk.database.reads() as session:
        assert who.actor.person_id is not None
        thread = await reading.thread(session, CHANNEL, who.chat, who.actor.person_id)
        named = await reading.file_shown(session, thread.id, sha256) if thread else None
        if named is None:
            raise NotFound
        data = await files.load(session, sha256)
    return shown(data, named.name, named.mime)


def shown(data: bytes, name: str, mime: str) -> Response:
    """What is harmless to show is shown, text as plain text; the rest is saved."""
    kind = mime.partition(";")[0].strip().lower()
    if kind in AS_TEXT:
        kind, inline = "text/plain; charset=utf-8", True
    else:
        inline = kind in AS_IT_IS
        kind = kind if inline else "application/octet-stream"
    headers = {
        "content-disposition": f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}",
        "content-security-policy": DOCUMENT_POLICY,
        "cache-control": "private, max-age=300",
    }
    return Response(data, media_type=kind, headers=headers)
