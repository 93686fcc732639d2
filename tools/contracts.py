"""Contracts in the chat: reviewed, asked, held against the system, compared, registered, their days listed."""

from typing import Any, Literal

from langchain.tools import ToolRuntime
from langchain_core.tools import tool

from core.actor import Permission
from core.contracts import own_reviews
from core.contracts.answering import answer
from core.contracts.findings import Side
from core.contracts.letter import DOCX, as_docx, letter_of
from core.documents import files
from core.errors import BadInput
from core.replies import File, Reply, Text, say
from tools import (
    contract_checks,
    contract_comparisons,
    contract_days,
    contract_register,
    contract_signatures,
    contract_signing,
)
from tools.context import ToolContext
from tools.contract_answers import told
from tools.contract_papers import Asked, FileName, Looked, Number, language_of, look, title_of
from tools.contract_replies import brief, details, missing, no_contract, only_high, summary
from tools.registry import Effect, ToolPackage, ToolSpec

Runtime = ToolRuntime[ToolContext, Any]
View = Literal["summary", "details", "high", "missing", "reply"]
LETTER_LINES, PAIR = 6, 2


@tool(parse_docstring=True, response_format="content_and_artifact")
async def review_contract(
    runtime: Runtime,
    view: View | None = None,
    contract: Number | None = None,
    dealer: str | None = None,
    file: FileName | None = None,
) -> tuple[str, Reply]:
    """What is risky in a contract and what it lacks: in the file just sent, the one in view, or a registered one.

    Args:
        view: summary when absent; details of all findings; only what is high; what is missing; or a draft reply to the
            other side that asks for changes.
        contract: The number of a registered contract, such as HT-2026-001.
        dealer: The dealer's code, for the dealer's registered contract.
        file: Which of several files that were sent, by its name.
    """
    ctx = runtime.context
    asked = Asked(contract, dealer, file)
    looked = await look(ctx, asked)
    reply = await _shown(ctx, asked, looked, view or "summary")
    return reply.plain(), reply


async def _shown(ctx: ToolContext, asked: Asked, looked: Looked, view: View) -> Reply:
    if not looked.is_contract:
        return no_contract(ctx.words)
    match view:
        case "details":
            return details(looked, ctx.words)
        case "high":
            return only_high(looked, ctx.words)
        case "missing":
            return missing(looked, ctx.words)
        case "reply":
            return await _drafted(ctx, asked, looked)
        case _ if len(ctx.attachments) > 1:
            return await _beside_others(ctx, looked)
        case _:
            return summary(looked, await title_of(ctx, looked.paper), ctx.words)


async def _beside_others(ctx: ToolContext, looked: Looked) -> Reply:
    """One of several contracts that were sent together: in short; the second of two offers to compare them."""
    async with ctx.reads() as session:
        seen = await own_reviews.in_view(session, ctx.actor, ctx.conversation)
    place = next(place for place, one in enumerate(seen, start=1) if one.sha256 == looked.paper.sha256)
    return brief(looked, place, ctx.words, compares=len(seen) == len(ctx.attachments) == PAIR)


async def _drafted(ctx: ToolContext, asked: Asked, looked: Looked) -> Reply:
    """The letter in the contract's own language, to read and to take along as a Word file."""
    theirs = language_of(looked.review)
    if theirs != looked.review.language:
        looked = await look(ctx, asked, theirs)
    title = next((line.strip() for line in looked.review.text.splitlines() if line.strip()), looked.paper.name)[:80]
    other, us = await _parties(ctx, looked)
    letter = letter_of(looked.review, title, other, us)
    if not letter.asks:
        return say(ctx.words("contracts.letter_nothing"))
    data = as_docx(letter)
    async with ctx.writes.begin() as session:
        sha256 = await files.store(session, data, DOCX, ctx.now)
    name = ctx.words("contracts.letter_name", name=looked.paper.name.rpartition(".")[0] or looked.paper.name)
    lines = letter.text.splitlines()
    one = letter.asks == 1
    said = ctx.words("contracts.letter.one") if one else ctx.words("contracts.letter", count=letter.asks)
    blocks = (
        Text(said),
        Text("\n".join(lines[:LETTER_LINES])),
        File(f"{name}.docx", sha256, DOCX),
    )
    rest = (Text("\n".join(lines[LETTER_LINES:])),) if len(lines) > LETTER_LINES else ()
    return Reply(blocks, more=rest)


async def _parties(ctx: ToolContext, looked: Looked) -> tuple[str, str]:
    """Whom the letter goes to and who writes it."""
    names = list(looked.review.facts.parties.values())
    own = ctx.brand.name_en if looked.review.language == "en" else ctx.brand.name
    brand = next((one for one in names if ctx.brand.name in one or ctx.brand.name_en in one), own)
    dealer = next((one for one in names if one != brand), "")
    return (brand, dealer) if looked.review.side is Side.DEALER else (dealer, brand)


@tool(parse_docstring=True, response_format="content_and_artifact")
async def ask_contract(
    question: str,
    runtime: Runtime,
    contract: Number | None = None,
    dealer: str | None = None,
    file: FileName | None = None,
) -> tuple[str, Reply]:
    """What a contract says to a question, with the clause word for word and its page, or that it doesn't say.

    Args:
        question: The question in the asker's own words.
        contract: The number of a registered contract; the contract in view when absent.
        dealer: The dealer's code, for the dealer's registered contract.
        file: Which of several files that were sent, by its name.
    """
    if not question.strip():
        raise BadInput("contracts.no_question")
    ctx = runtime.context
    looked = await look(ctx, Asked(contract, dealer, file))
    named = file is not None
    found = answer(looked.review, question)
    reply = told(looked, found, ctx.words, named=named) if looked.is_contract else no_contract(ctx.words)
    return reply.plain(), reply


PACKAGE = ToolPackage(
    tools=(
        ToolSpec(review_contract, Permission.CONTRACTS_READ, Effect.RECORD, private=True),
        ToolSpec(ask_contract, Permission.CONTRACTS_READ, Effect.RECORD, private=True),
        *contract_checks.TOOLS,
        *contract_comparisons.TOOLS,
        *contract_days.TOOLS,
        *contract_register.TOOLS,
        *contract_signing.TOOLS,
        *contract_signatures.TOOLS,
    ),
    kinds=(*contract_register.KINDS, *contract_signing.KINDS),
)
