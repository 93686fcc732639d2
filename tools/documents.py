"""A trainer's file on its way into the documents: read at once, published when confirmed."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from langchain.tools import ToolRuntime
from langchain_core.tools import tool
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Permission, Role
from core.documents import files
from core.documents.publishing import Edition, publish
from core.errors import BadInput
from core.language.detect import detect
from core.proposals.models import Proposal
from core.proposals.service import Draft
from core.reading.document import Document, Page
from core.reading.passages import Passage
from core.replies import Button, Buttons, Reply, Text, say
from core.words import Words
from knowledge.publishing import read_file
from tools.context import Attachment, ToolContext
from tools.proposing import propose
from tools.registry import Effect, ProposalKind, ToolPackage, ToolSpec

PAGES_A_REPORT = 5
SAMPLE = 4_000


class Reader(StrEnum):
    """For whom a document is meant."""

    EVERYONE = "everyone"
    DEALERS = "dealers"
    STAFF = "staff"
    REPS = "reps"


ROLES: Mapping[Reader, tuple[Role, ...]] = {
    Reader.EVERYONE: (),
    Reader.DEALERS: (Role.OWNER, Role.BUYER, Role.TRAINER, Role.ADMIN),
    Reader.STAFF: (Role.REP, Role.MANAGER, Role.TRAINER, Role.FINANCE, Role.LEGAL, Role.OPERATOR, Role.ADMIN),
    Reader.REPS: (Role.REP, Role.MANAGER, Role.TRAINER, Role.ADMIN),
}


@tool(parse_docstring=True, response_format="content_and_artifact")
async def propose_document(
    runtime: ToolRuntime[ToolContext, Any],
    title: str | None = None,
    audience: Reader | None = None,
    valid_from: date | None = None,
    file: str | None = None,
) -> tuple[str, Reply]:
    """Prepare the file that was sent (PDF or Markdown) for publication; it is published when the person confirms.

    Args:
        title: What the document is called; its own title when absent.
        audience: For whom it is meant; everyone when absent.
        valid_from: From which day it counts; today when absent.
        file: Which of several files that were sent, by its name; the last one when absent.
    """
    ctx = runtime.context
    sent = (*ctx.earlier_files, *ctx.attachments)
    if not sent:
        raise BadInput("document.send_file")
    meant = next((one for one in reversed(sent) if one.name == file), sent[-1])
    document, pieces = await _read(ctx, meant)
    payload = {
        "source": PurePath(meant.name).name,
        "title": title or document.title or PurePath(meant.name).stem,
        "several": file is not None,
        "audience": str(audience or Reader.EVERYONE),
        "valid_from": (valid_from or ctx.today).isoformat(),
        "language": detect(" ".join(page.text for page in document.pages)[:SAMPLE], default=ctx.words.language),
        "document": _as_json(document),
        "pieces": [[one.ordinal, one.page, one.heading, one.text] for one in pieces],
    }
    draft = Draft(kind="document", payload=payload, permission=str(Permission.DOCUMENTS_PUBLISH))
    proposal = await propose(ctx, draft, apart_by="source" if file else "")
    reply = show(proposal, ctx.words)
    return reply.plain(), reply


async def _read(ctx: ToolContext, sent: Attachment) -> tuple[Document, list[Passage]]:
    async with ctx.reads() as session:
        data = await files.load(session, sent.sha256)

    def tell(page: int, whole: int) -> None:
        if page % PAGES_A_REPORT == 0 or page == whole:
            ctx.progress(ctx.words("document.reading", page=page, whole=whole))

    return await read_file(data, sent.name, tell)


def _as_json(document: Document) -> dict[str, Any]:
    pages = [[page.number, page.text] for page in document.pages]
    return {"mime": document.mime, "sha256": document.sha256, "pages": pages, "unread": list(document.unread)}


def show(proposal: Proposal, words: Words) -> Reply:
    """What would be published, to whom and from when."""
    stored = proposal.payload
    document = stored["document"]
    lines = [
        words("document.ready", title=stored["title"], source=stored["source"], pages=len(document["pages"])),
        words(
            "document.terms",
            audience=words(f"document.audience.{stored['audience']}"),
            day=date.fromisoformat(stored["valid_from"]),
        ),
    ]
    if document["unread"]:
        lines.append(words("document.unread", pages=", ".join(map(str, document["unread"][:10]))))
    lines.append(words("document.to_change"))
    others = [reader for reader in Reader if reader != stored["audience"]]
    choices = [
        Button(f"choose:{place}", words(f"document.only.{reader}"), words(f"document.only.{reader}"))
        for place, reader in enumerate(others[:2], start=1)
    ]
    key = str(proposal.id)
    named = words("document.confirm_one", title=stored["title"]) if stored.get("several") else words("document.confirm")
    decide = [
        Button("confirm", named, proposal=key),
        Button("cancel", words("document.cancel"), proposal=key),
    ]
    return Reply((Text("\n".join(lines)), Buttons((*decide, *choices))))


async def carry_out(session: AsyncSession, actor: Actor, proposal: Proposal, at: datetime) -> dict[str, Any]:
    """Publish what was read when it was proposed; the words of every page are searchable when this commits."""
    stored = proposal.payload
    edition = Edition(
        stored["source"],
        stored["title"],
        stored["language"],
        ROLES[Reader(stored["audience"])],
        date.fromisoformat(stored["valid_from"]),
    )
    kept = stored["document"]
    pages = tuple(Page(number, text, ()) for number, text in kept["pages"])
    document = Document(stored["source"], kept["mime"], kept["sha256"], pages, stored["title"])
    pieces = [Passage(ordinal, page, heading, text) for ordinal, page, heading, text in stored["pieces"]]
    version = await publish(session, actor, edition, document, pieces, at)
    return {"title": stored["title"], "version": version.number, "valid_from": stored["valid_from"]}


def describe(result: Mapping[str, Any], words: Words) -> Reply:
    """That it is published, and since when it answers."""
    day = date.fromisoformat(result["valid_from"])
    return say(words("document.published", title=result["title"], version=result["version"], day=day))


PACKAGE = ToolPackage(
    tools=(ToolSpec(propose_document, Permission.DOCUMENTS_PUBLISH, Effect.PROPOSE),),
    kinds=(ProposalKind("document", carry_out, show, describe),),
)
