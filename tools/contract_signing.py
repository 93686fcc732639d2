"""Signing a registered contract, in its PDF or beside it by SM2, confirmed by the signer's own press."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from langchain.tools import ToolRuntime
from langchain_core.tools import tool
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Permission
from core.contracts import service
from core.contracts.countersigning import PDF, Consent, check_not_signed_yet, check_signable, countersign, form_for
from core.contracts.models import Form
from core.contracts.signing.sm2 import MIME
from core.contracts.standing_signatures import Authority, standing
from core.documents import files
from core.errors import BadInput, NotSetUp
from core.proposals.models import Proposal
from core.proposals.service import Draft
from core.replies import Button, Buttons, File, Reply, Text, say
from core.words import Words
from tools.context import ToolContext
from tools.contract_papers import Asked, Number, meant, registered
from tools.proposing import propose
from tools.registry import CarryOut, Effect, ProposalKind, ToolSpec

Runtime = ToolRuntime[ToolContext, Any]
KIND = "signature"


@tool(parse_docstring=True, response_format="content_and_artifact")
async def propose_signature(
    runtime: Runtime, contract: Number | None = None, dealer: str | None = None, form: Form | None = None
) -> tuple[str, Reply]:
    """Prepare the person's own signature under a registered contract that lawyers approved; a press signs it.

    Args:
        contract: The contract's number, such as HT-2026-001; the one in view when absent.
        dealer: The dealer's code, for the dealer's registered contract.
        form: pades, inside the PDF; or sm2 (国密), a signature file beside any contract. When absent pades for a PDF,
            and sm2 for what carries no signature inside.
    """
    ctx = runtime.context
    async with ctx.reads() as session:
        held = await _held(session, ctx, Asked(contract, dealer))
        check_signable(held)
        data = await files.load(session, held.version.sha256)
        chosen = form_for(data, held.version.name, form)
        organisation = held.dealer.name if ctx.actor.dealer_id is not None else ctx.brand.name
        if chosen is Form.SM2 and ctx.authority is not None:
            found = await standing(session, ctx.actor, held, ctx.authority, ctx.now)
            check_not_signed_yet(found, ctx.actor, held, organisation)
    payload = {
        "number": held.contract.number,
        "title": held.contract.title,
        "file": {"name": held.version.name, "sha256": held.version.sha256},
        "form": str(chosen),
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
    """What would be signed, as whom and in which form, and the words that are agreed to."""
    stored = proposal.payload
    lines = [
        words("contracts.sign.propose", number=stored["number"], title=stored["title"], name=stored["file"]["name"]),
        words("contracts.sign.as", signer=stored["signer"], organisation=stored["organisation"]),
        words(f"contracts.sign.form.{_form_of(stored)}"),
        stored["consent"],
    ]
    key = str(proposal.id)
    decide = (
        Button("confirm", words("contracts.sign.confirm"), proposal=key),
        Button("cancel", words("contracts.propose.cancel"), proposal=key),
    )
    return Reply((Text("\n".join(lines)), Buttons(decide)))


def _form_of(stored: Mapping[str, Any]) -> Form:
    return Form(stored.get("form", Form.PADES))  # a proposal from before there were two waits without one


def kind_with(authority: Authority) -> ProposalKind:
    """The kind of proposal that signs with keys of this authority."""
    return ProposalKind(KIND, _signing(authority), show, describe)


def _signing(authority: Authority) -> CarryOut:
    async def carry_out(session: AsyncSession, actor: Actor, proposal: Proposal, at: datetime) -> dict[str, Any]:
        stored = proposal.payload
        consent = Consent(
            stored["number"], stored["file"]["sha256"], stored["organisation"], stored["reason"], stored["consent"],
            _form_of(stored),
        )  # fmt: skip
        signed = await countersign(session, actor, consent, stored["parties"], authority, at)
        return {
            "number": consent.number,
            "state": str(signed.state),
            "sha256": signed.file.sha256,
            "signer": stored["signer"],
            "form": str(consent.form),
            "name": signed.file.name,
            "both": signed.both,
        }

    return carry_out


async def _without_authority(
    _session: AsyncSession, _actor: Actor, _proposal: Proposal, _at: datetime
) -> dict[str, Any]:
    raise NotSetUp("contracts.sign.no_authority")


def describe(result: Mapping[str, Any], words: Words) -> Reply:
    """That it is signed, and whether by both sides, with the file that the signature made."""
    both = result.get("both", result["state"] == "signed")
    key = "contracts.sign.done_both" if both else "contracts.sign.done_one"
    told = say(words(key, number=result["number"], fingerprint=result["sha256"][:16]))
    if "name" not in result:
        return told  # one from before the files were handed over
    beside = _form_of(result) is Form.SM2
    file = File(result["name"], result["sha256"], MIME if beside else PDF)
    return told + Reply((*((Text(words("contracts.sign.keep")),) if beside else ()), file))


TOOLS = (ToolSpec(propose_signature, Permission.CONTRACTS_SIGN, Effect.PROPOSE, private=True),)
KINDS = (ProposalKind(KIND, _without_authority, show, describe),)
