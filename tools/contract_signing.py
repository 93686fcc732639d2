"""Signing a registered contract, confirmed by the signer's own press; and looking at the signatures of any PDF."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from langchain.tools import ToolRuntime
from langchain_core.tools import tool
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Permission
from core.contracts import service
from core.contracts.countersigning import Authority, Consent, check_signable, countersign
from core.contracts.signing.signatures import Signature, verify
from core.documents import files
from core.errors import BadInput, NotSetUp
from core.proposals.models import Proposal
from core.proposals.service import Draft
from core.replies import Button, Buttons, Reply, Text, say
from core.words import Words
from tools.context import ToolContext
from tools.contract_papers import Asked, Number, meant, registered
from tools.proposing import propose
from tools.registry import CarryOut, Effect, ProposalKind, ToolSpec

Runtime = ToolRuntime[ToolContext, Any]
KIND = "signature"


@tool(parse_docstring=True, response_format="content_and_artifact")
async def propose_signature(
    runtime: Runtime, contract: Number | None = None, dealer: str | None = None
) -> tuple[str, Reply]:
    """Prepare the person's own signature under a registered contract that lawyers approved; a press signs it.

    Args:
        contract: The contract's number, such as HT-2026-001; the one in view when absent.
        dealer: The dealer's code, for the dealer's registered contract.
    """
    ctx = runtime.context
    async with ctx.reads() as session:
        held = await _held(session, ctx, Asked(contract, dealer))
    check_signable(held)
    own = ctx.actor.dealer_id is not None
    organisation = held.dealer.name if own else ctx.brand.name
    payload = {
        "number": held.contract.number,
        "title": held.contract.title,
        "file": {"name": held.version.name, "sha256": held.version.sha256},
        "signer": ctx.actor.name,
        "organisation": organisation,
        "parties": [ctx.brand.name, held.dealer.name],
        "reason": ctx.words("contracts.sign.reason", number=held.contract.number),
        "consent": ctx.words("contracts.sign.consent", number=held.contract.number, organisation=organisation),
    }
    draft = Draft(KIND, payload, str(Permission.CONTRACTS_SIGN), dealer_id=held.dealer.id)
    proposal = await propose(ctx, draft)
    reply = show(proposal, ctx.words)
    return reply.plain(), reply


async def _held(session: AsyncSession, ctx: ToolContext, asked: Asked) -> service.Held:
    paper = await meant(session, ctx, asked)
    held = await registered(session, ctx, paper)
    if held is None:
        raise BadInput("contracts.sign.registered_only")
    return held


def show(proposal: Proposal, words: Words) -> Reply:
    """What would be signed, as whom, and the words that are agreed to."""
    stored = proposal.payload
    lines = [
        words("contracts.sign.propose", number=stored["number"], title=stored["title"], name=stored["file"]["name"]),
        words("contracts.sign.as", signer=stored["signer"], organisation=stored["organisation"]),
        stored["consent"],
    ]
    key = str(proposal.id)
    decide = (
        Button("confirm", words("contracts.sign.confirm"), proposal=key),
        Button("cancel", words("contracts.propose.cancel"), proposal=key),
    )
    return Reply((Text("\n".join(lines)), Buttons(decide)))


def kind_with(authority: Authority) -> ProposalKind:
    """The kind of proposal that signs with keys of this authority."""
    return ProposalKind(KIND, _signing(authority), show, describe)


def _signing(authority: Authority) -> CarryOut:
    async def carry_out(session: AsyncSession, actor: Actor, proposal: Proposal, at: datetime) -> dict[str, Any]:
        stored = proposal.payload
        consent = Consent(
            stored["number"], stored["file"]["sha256"], stored["organisation"], stored["reason"], stored["consent"]
        )
        state, kept = await countersign(session, actor, consent, stored["parties"], authority, at)
        return {"number": consent.number, "state": str(state), "sha256": kept.sha256_after, "signer": stored["signer"]}

    return carry_out


async def _without_authority(
    _session: AsyncSession, _actor: Actor, _proposal: Proposal, _at: datetime
) -> dict[str, Any]:
    raise NotSetUp("contracts.sign.no_authority")


def describe(result: Mapping[str, Any], words: Words) -> Reply:
    """That it is signed, and whether by both sides."""
    key = "contracts.sign.done_both" if result["state"] == "signed" else "contracts.sign.done_one"
    return say(words(key, number=result["number"], fingerprint=result["sha256"][:16]))


@tool(parse_docstring=True, response_format="content_and_artifact")
async def verify_signature(
    runtime: Runtime, contract: Number | None = None, dealer: str | None = None, file: str | None = None
) -> tuple[str, Reply]:
    """Whether the electronic signatures of a PDF hold: whose they are, and whether a byte was changed since.

    Args:
        contract: The number of a registered contract; the file just sent or in view when absent.
        dealer: The dealer's code, for the dealer's registered contract.
        file: Which of several files that were sent, by its name.
    """
    ctx = runtime.context
    async with ctx.reads() as session:
        paper = await meant(session, ctx, Asked(contract, dealer, file))
        data = await files.load(session, paper.sha256)
    if not data.startswith(b"%PDF"):
        reply = say(ctx.words("contracts.signatures.not_pdf", name=paper.name))
        return reply.plain(), reply
    roots = [ctx.authority.root(ctx.now)] if ctx.authority is not None else []
    found = await asyncio.to_thread(verify, data, roots, at=ctx.now, name=paper.name)
    reply = _told(found, paper.name, ctx.words)
    return reply.plain(), reply


def _told(found: Sequence[Signature], name: str, words: Words) -> Reply:
    if not found:
        return say(words("contracts.signatures.none", name=name))
    good = all(one.holds for one in found)
    key = "contracts.signatures.good" if good else "contracts.signatures.bad"
    lines = [words(key, name=name, count=len(found))]
    lines += [_line(place, one, words) for place, one in enumerate(found, start=1)]
    return Reply((Text("\n".join(lines)),))


def _line(place: int, one: Signature, words: Words) -> str:
    """A broken seal matters more than who made it."""
    if not one.intact:
        verdict = "broken"
    elif one.later == "changed":
        verdict = "changed"
    else:
        verdict = "holds" if one.trusted else str(one.trust)
    who = f"{one.signer} {one.organisation}".strip()
    when = one.signed_at if one.signed_at is not None else "–"
    said = words(f"contracts.verdict.{verdict}")
    return words("contracts.signatures.one", place=place, who=who, when=when, verdict=said)


TOOLS = (
    ToolSpec(propose_signature, Permission.CONTRACTS_SIGN, Effect.PROPOSE, private=True),
    ToolSpec(verify_signature, Permission.CONTRACTS_READ, private=True),
)
KINDS = (ProposalKind(KIND, _without_authority, show, describe),)
