"""Which contract is meant, and what a review finds in it: the file just sent, a registered one, or the one in view."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from core.contracts import own_reviews, service
from core.contracts.findings import Kind, Review
from core.contracts.models import Contract
from core.contracts.own_reviews import Paper
from core.dealers.service import resolve
from core.documents import files
from core.errors import BadInput, NotFound
from core.language.detect import detect
from core.reading import read
from core.reading.document import Document
from tools.context import Attachment, ToolContext

Number = Annotated[str, Field(json_schema_extra={"format": "contract-number"})]
FileName = Annotated[str, Field(json_schema_extra={"format": "sent-file"})]
PAGES_A_REPORT = 10
SAMPLE = 4_000
LEGAL_FORM = re.compile(r"[\s,]+(?:Co\b\.?(?:,?\s*(?:Ltd|Limited))?|Ltd|Limited|Inc|LLC|Corp)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a call names of a contract; all None means the one sent with the message, else the one in view.

    Where several were looked at together, one of them has to be named.
    """

    contract: str | None = None
    dealer: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """A contract that was looked at; ``first``: nothing was looked at in this conversation before."""

    paper: Paper
    review: Review
    first: bool

    @property
    def is_contract(self) -> bool:
        """Whether it reads like one at all."""
        return self.review.kind is not Kind.OTHER or bool(self.review.facts.parties)


async def meant(session: AsyncSession, ctx: ToolContext, asked: Asked) -> Paper:
    """The file that a call is about; what isn't within the asker's scope is as missing."""
    if asked.contract:
        return await of_register(session, ctx, await service.find(session, ctx.actor, asked.contract))
    if asked.dealer:
        dealer = await resolve(session, ctx.actor, asked.dealer)
        own = await service.of_dealer(session, ctx.actor, dealer.id)
        if own is None:
            raise NotFound("contracts.none_of_dealer")
        return await of_register(session, ctx, own)
    sent = (*ctx.earlier_files, *ctx.attachments)
    named = next((one for one in reversed(sent) if one.name == asked.file), None) if asked.file else None
    if named or ctx.attachments:
        return _of(named or ctx.attachments[-1])
    if (seen := await _in_view(session, ctx, asked)) is not None:
        return seen
    if ctx.actor.dealer_id is not None:
        own = await service.of_dealer(session, ctx.actor, ctx.actor.dealer_id)
        if own is not None:
            return await of_register(session, ctx, own)
    if ctx.earlier_files:
        return _of(ctx.earlier_files[-1])
    raise BadInput("contracts.send_file")


async def _in_view(session: AsyncSession, ctx: ToolContext, asked: Asked) -> Paper | None:
    """What the conversation is about; BadInput where that is several files and none of them is named."""
    seen = await own_reviews.in_view(session, ctx.actor, ctx.conversation)
    if asked.file:
        seen = [one for one in seen if one.name == asked.file] or seen
    if len(seen) > 1:
        raise BadInput("contracts.which_file", names=ctx.words("list.comma").join(one.name for one in seen))
    return seen[0] if seen else None


async def registered(session: AsyncSession, ctx: ToolContext, paper: Paper) -> service.Held | None:
    """The register's entry behind a file in view; None where it is only the asker's own."""
    if paper.contract_id is None:
        return None
    return await service.by_id(session, ctx.actor, paper.contract_id)


async def title_of(ctx: ToolContext, paper: Paper) -> str:
    """A registered contract's title and number; else what its file is called."""
    async with ctx.reads() as session:
        held = await registered(session, ctx, paper)
    return f"{held.contract.title} {held.contract.number}" if held else paper.name


async def party(session: AsyncSession, ctx: ToolContext, looked: Looked) -> str | None:
    """The dealer among the parties, as far as the asker knows them; their own for a dealer's people."""
    if ctx.actor.dealer_id is not None:
        return None
    for name in looked.review.facts.parties.values():
        for called in dict.fromkeys((name, LEGAL_FORM.sub("", name))):
            with suppress(NotFound):
                return (await resolve(session, ctx.actor, called)).code
    raise BadInput("contracts.which_dealer")


async def of_register(session: AsyncSession, ctx: ToolContext, contract: Contract) -> Paper:
    """The file that counts of a registered contract."""
    found = await service.held(session, ctx.actor, contract)
    return Paper(found.version.name, found.version.sha256, contract.id)


def _of(sent: Attachment) -> Paper:
    return Paper(PurePath(sent.name).name, sent.sha256)


async def look(ctx: ToolContext, asked: Asked, language: str | None = None) -> Looked:
    """Review what a call is about, once a conversation, and put it in view; ``language`` of reasons is the reader's."""
    spoken = language or ctx.words.tag
    async with ctx.reads() as session:
        paper = await meant(session, ctx, asked)
        first = not await own_reviews.in_view(session, ctx.actor, ctx.conversation)
        known = await own_reviews.kept(session, ctx.actor, ctx.conversation, paper, spoken)
        data = await files.load(session, paper.sha256) if known is None else b""
    found = known or await _reviewed(ctx, data, paper.name, spoken)
    looked = Looked(paper, found, first)
    if looked.is_contract:
        async with ctx.writes.begin() as session:
            await own_reviews.keep(session, ctx.actor, ctx.conversation, ctx.turn_id, paper, found, ctx.now)
    return looked


async def opened(ctx: ToolContext, sha256: str, name: str) -> Document:
    """A stored file as it reads."""
    async with ctx.reads() as session:
        data = await files.load(session, sha256)
    return await asyncio.to_thread(read, data, name)


async def _reviewed(ctx: ToolContext, data: bytes, name: str, language: str) -> Review:
    """In another thread: a long contract takes seconds; how far it has come is told page by page."""
    loop = asyncio.get_running_loop()

    def told(page: int, whole: int) -> None:
        if page % PAGES_A_REPORT == 0 or page == whole:
            words = ctx.words("contracts.reading", page=page, whole=whole)
            loop.call_soon_threadsafe(ctx.progress, words)

    def work() -> Review:
        document = read(data, name, progress=told, scans=True)
        return own_reviews.reviewed(document, ctx.actor, language, ctx.knowledge.embedder)

    return await asyncio.to_thread(work)


def language_of(review: Review) -> str:
    """The language that the other side writes in: a contract's own, with its characters."""
    return detect(review.text[:SAMPLE], among=("zh", "zh_TW", "en"), default="zh")
