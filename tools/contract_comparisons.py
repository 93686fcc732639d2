"""What another wording changed: against the brand's own, against the version before, or between two files sent."""

import asyncio
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Literal

from langchain.tools import ToolRuntime
from langchain_core.tools import tool
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Permission
from core.contracts import own_reviews, service
from core.contracts.comparing import redline
from core.contracts.comparing.changes import Change, Deviation, Effect
from core.contracts.comparing.deviation import compare
from core.contracts.letter import DOCX
from core.contracts.own_reviews import Paper, side_of
from core.documents import files
from core.errors import BadInput
from core.reading import read
from core.replies import Block, Citation, Citations, File, Reply, Text, say
from core.words import Words
from tools.context import ToolContext
from tools.contract_papers import Asked, FileName, Looked, Number, language_of, look
from tools.contract_replies import CITED, figures_in, no_contract, shortened, where
from tools.registry import Effect as Touches
from tools.registry import ToolSpec

Runtime = ToolRuntime[ToolContext, Any]
Against = Literal["template", "version"]
HTML = "text/html"
SHOWN, PAIR = 5, 2


@dataclass(frozen=True, slots=True)
class Other:
    """What it is compared with."""

    title: str
    name: str
    sha256: str


@tool(parse_docstring=True, response_format="content_and_artifact")
async def compare_contracts(
    runtime: Runtime,
    against: Against | None = None,
    other: FileName | None = None,
    contract: Number | None = None,
    dealer: str | None = None,
    file: FileName | None = None,
) -> tuple[str, Reply]:
    """What a contract changes against our standard form, its version before, or another file that was sent; redlined.

    Args:
        against: template for our own standard form, or version for the registered version before it. When absent, two
            files that were sent together are compared with each other, and any one with our standard form.
        other: The name of another file that was sent, to compare with instead.
        contract: The number of a registered contract; the contract in view when absent.
        dealer: The dealer's code, for the dealer's registered contract.
        file: Which of several files that were sent, by its name.
    """
    ctx = runtime.context
    if not (contract or dealer or other) and against != "template":
        async with ctx.reads() as session:
            file, other = await _two_sent(session, ctx, file, against)
    beside = await look(ctx, Asked(file=other)) if other else None
    looked = await look(ctx, Asked(contract, dealer, file))
    if not looked.is_contract or (beside is not None and not beside.is_contract):
        reply = no_contract(ctx.words)
        return reply.plain(), reply
    async with ctx.reads() as session:
        before = await _other(session, ctx, looked, against, beside)
        old, new = await files.load(session, before.sha256), await files.load(session, looked.paper.sha256)
    found = await asyncio.to_thread(_compared, ctx, before, old, looked.paper, new)
    first = looked.first or (beside is not None and beside.first)
    reply = await _shown(ctx, found, before, looked, first=first)
    return reply.plain(), reply


def _compared(ctx: ToolContext, before: Other, old: bytes, paper: Paper, new: bytes) -> Deviation:
    side, language = side_of(ctx.actor), ctx.words.tag
    return compare(read(old, before.name), read(new, paper.name), side=side, language=language)


async def _two_sent(
    session: AsyncSession, ctx: ToolContext, file: str | None, against: Against | None
) -> tuple[str | None, str | None]:
    """Two files sent in this message, or in view together: the later one, and the other that it is held against.

    Where one is in view and versions are asked for, the two that the conversation is about.
    """
    names = [one.name for one in ctx.attachments]
    if not names:
        seen = await own_reviews.in_view(session, ctx.actor, ctx.conversation)
        names = [one.name for one in seen]
        if against == "version" and len(seen) == 1 and seen[0].contract_id is None:
            names = await own_reviews.looked_at(session, ctx.actor, ctx.conversation)
    if len(names) != len(set(names)) or len(names) != PAIR or file not in {None, *names}:
        return file, None
    newer = file or names[1]
    return newer, next(one for one in names if one != newer)


async def _other(
    session: AsyncSession, ctx: ToolContext, looked: Looked, against: Against | None, beside: Looked | None
) -> Other:
    """The older of the two wordings."""
    if beside is not None:
        return Other(beside.paper.name, beside.paper.name, beside.paper.sha256)
    if against == "version":
        return await _version_before(session, ctx, looked)
    own = await service.template(session, looked.review.kind, language_of(looked.review), ctx.today)
    return Other(own.title, own.name, own.sha256)


async def _version_before(session: AsyncSession, ctx: ToolContext, looked: Looked) -> Other:
    """A registered contract's version before the one in view; for a file that was sent, the file sent before it."""
    if looked.paper.contract_id is not None:
        known = await service.versions(session, ctx.actor, looked.paper.contract_id)
        older = [one for one in known if one.sha256 != looked.paper.sha256]
        if older:
            return Other(f"{older[-1].name} v{older[-1].number}", older[-1].name, older[-1].sha256)
    sent = [one for one in (*ctx.earlier_files, *ctx.attachments) if one.sha256 != looked.paper.sha256]
    if not sent:
        raise BadInput("contracts.no_version_before")
    return Other(sent[-1].name, PurePath(sent[-1].name).name, sent[-1].sha256)


async def _shown(ctx: ToolContext, found: Deviation, before: Other, looked: Looked, *, first: bool) -> Reply:
    """What is worse first; the marked text as Word and for the browser."""
    words = ctx.words
    if not found.changes:
        return say(words("contracts.same_as", other=before.title))
    worse, better = found.of(Effect.WEAKENED), found.of(Effect.STRENGTHENED)
    neutral = found.of(Effect.NEUTRAL)
    ordered = [*worse, *better, *neutral]
    lines = [
        words(
            "contracts.compared", other=before.title, count=len(ordered),
            worse=len(worse), better=len(better), neutral=len(neutral),
        )
    ]  # fmt: skip
    lines += [_line(place, one, words) for place, one in enumerate(ordered, start=1)]
    blocks: list[Block] = [Text("\n".join(lines[: SHOWN + 1]))]
    cited = [one for one in ordered[:SHOWN] if one.after]
    items = dict.fromkeys(
        Citation(looked.paper.name, one.after.page, one.title, shortened(one.after.text, CITED))
        for one in cited
        if one.after
    )
    if items:
        blocks.append(Citations(tuple(items)))
    blocks += await _marked(ctx, found, looked)
    if first:
        blocks.append(Text(words("contracts.caveat")))
    rest = (Text("\n".join(lines[SHOWN + 1 :])),) if len(lines) > SHOWN + 1 else ()
    quoted = [side.text for one in ordered for side in (one.before, one.after) if side]
    stated = tuple(dict.fromkeys(figure for text in quoted for figure in figures_in(text)))
    return Reply(tuple(blocks), stated, more=rest)


def _line(place: int, one: Change, words: Words) -> str:
    at = one.after or one.before
    assert at is not None
    before, after = (shortened(side.text) if side else "" for side in (one.before, one.after))
    said = words(
        f"contracts.change.{one.how}",
        place=place,
        effect=words(f"contracts.effect.{one.effect}"),
        title=one.title,
        where=where(at.clause, at.page, words),
        before=before,
        after=after,
    )
    return f"{said}{words('contracts.change.why', why=one.why)}" if one.why else said


async def _marked(ctx: ToolContext, found: Deviation, looked: Looked) -> tuple[File, File]:
    """The redline, kept for whoever opens it."""
    stem = looked.paper.name.rpartition(".")[0] or looked.paper.name
    title = ctx.words("contracts.redline", name=stem)
    word = await asyncio.to_thread(redline.as_docx, found, title=title, author=ctx.actor.name, at=ctx.now)
    page = await asyncio.to_thread(redline.as_html, found, title=title)
    async with ctx.writes.begin() as session:
        first = await files.store(session, word, DOCX, ctx.now)
        second = await files.store(session, page.encode(), HTML, ctx.now)
    return File(f"{title}.docx", first, DOCX), File(f"{title}.html", second, HTML)


TOOLS = (ToolSpec(compare_contracts, Permission.CONTRACTS_READ, Touches.RECORD, private=True),)
