"""Documents: listed, opened, searched."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import BaseModel

from bot.api.callers import Visit, visiting
from bot.api.files import shown
from bot.api.rest import cursors
from bot.api.rest.shapes import After, Limit, Page
from core.actor import Permission
from core.documents import service as documents
from core.keys.scopes import Scope
from knowledge.gate import Verdict

router = APIRouter(tags=["documents"])
Reader = Annotated[Visit, visiting(Scope.DOCUMENTS, Permission.KNOWLEDGE_READ)]
LARGEST_ID = 2**63 - 1


class DocumentListed(BaseModel):
    """A document in force; ``version`` opens it."""

    version: int
    source: str
    title: str
    language: str
    edition: int
    valid_from: date
    valid_to: date | None
    pages: int


class Passage(BaseModel):
    """Words of a document that answer, with where they stand; ``page`` counts from 1, null where there are none."""

    version: int
    source: str
    title: str
    page: int | None
    quote: str


class Found(BaseModel):
    """``verdict``: sure answers the question, near is the closest there is, none means that they don't tell."""

    verdict: Verdict
    passages: list[Passage]


@router.get("/documents")
async def list_documents(visit: Reader, after: After = None, limit: Limit = 50) -> Page[DocumentListed]:
    """What the person may read today, by file name."""
    start = cursors.read(after, str)[0] if after else ""
    async with visit.desk.database.reads() as session:
        found = await documents.listed(session, visit.actor, visit.today, start, limit + 1)
    items = [
        DocumentListed(
            version=one.version_id, source=one.source, title=one.title, language=one.language, edition=one.edition,
            valid_from=one.valid_from, valid_to=one.valid_to, pages=one.pages,
        )
        for one in found[:limit]
    ]  # fmt: skip
    return Page(items=items, next=cursors.written(items[-1].source) if len(found) > limit else None)


@router.get("/documents/search")
async def search_documents(visit: Reader, question: Annotated[str, Query(min_length=1, max_length=500)]) -> Found:
    """What the documents say to a question."""
    async with visit.desk.database.reads() as session:
        answer = await visit.desk.knowledge.answer(session, visit.actor, question, visit.today)
    passages = [
        Passage(version=hit.version_id, source=hit.source, title=hit.title, page=hit.page, quote=quote.text)
        for quote in answer.quotes
        for hit in [answer.hits[quote.passage]]
    ]
    return Found(verdict=answer.verdict, passages=[] if answer.verdict is Verdict.NONE else passages)


@router.get("/documents/{version}/file", response_class=Response)
async def open_document(visit: Reader, version: Annotated[int, Path(ge=0)]) -> Response:
    """The file of a document."""
    async with visit.desk.database.reads() as session:
        readable = await documents.open_version(session, visit.actor, min(version, LARGEST_ID), visit.today)
    return shown(readable.data, readable.source, readable.mime)
