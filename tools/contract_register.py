"""A contract on its way into the register, and from state to state: proposed by whoever may, confirmed by lawyers."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from langchain.tools import ToolRuntime
from langchain_core.tools import tool
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Permission
from core.contracts import registering, service
from core.contracts.findings import Side, places
from core.contracts.lifecycle import Terms, may_follow, terms_of
from core.contracts.models import State
from core.dealers.service import resolve
from core.errors import Refused
from core.proposals.models import Proposal
from core.proposals.service import Draft
from core.replies import Button, Buttons, Reply, Text, say
from core.words import Words
from tools.context import ToolContext
from tools.contract_papers import Asked, FileName, Looked, Number, look, party, registered
from tools.proposing import propose
from tools.registry import Effect, ProposalKind, ToolSpec

Runtime = ToolRuntime[ToolContext, Any]
StateName = Literal["draft", "in_review", "approved", "signed", "ended"]
KIND = "contract"


@tool(parse_docstring=True, response_format="content_and_artifact")
async def propose_contract(
    runtime: Runtime,
    contract: Number | None = None,
    dealer: str | None = None,
    title: str | None = None,
    state: StateName | None = None,
    file: FileName | None = None,
) -> tuple[str, Reply]:
    """Prepare to register the contract that was sent, to add its new version, or to move a registered one on.

    The brand's lawyers confirm it; until then the file is only the sender's own.

    Args:
        contract: Its number, such as HT-2026-001, where it is registered already.
        dealer: The dealer's code; the one among its parties when absent.
        title: What it is called; its own title when absent.
        state: What it becomes: in_review when it is new and none is named; draft, approved, signed or ended.
        file: Which of several files that were sent, by its name.
    """
    ctx = runtime.context
    async with ctx.reads() as session:
        standing = await _standing(session, ctx, contract, dealer)
    if standing is not None and not ctx.attachments and file is None:
        payload = _moved(standing, State(state or State.APPROVED))
    else:
        looked = await look(ctx, Asked(file=file))
        async with ctx.reads() as session:
            payload = await _filed(session, ctx, looked, standing, dealer)
        payload |= {"title": title or payload["title"], "state": state or State.IN_REVIEW}
    draft = Draft(
        kind=KIND,
        payload=payload,
        permission=str(Permission.CONTRACTS_APPROVE),
        dealer_id=payload["dealer_id"],
        proposer_may=ctx.actor.may(Permission.CONTRACTS_APPROVE),
    )
    proposal = await propose(ctx, draft)
    reply = show(proposal, ctx.words)
    return reply.plain(), reply


async def _standing(
    session: AsyncSession, ctx: ToolContext, contract: str | None, dealer: str | None
) -> service.Held | None:
    """The registered contract that is meant, by number, or by dealer where no file was sent; None for a new one."""
    whose = await resolve(session, ctx.actor, dealer) if dealer else None
    if contract:
        return await service.held(session, ctx.actor, await service.find(session, ctx.actor, contract))
    if whose is None or ctx.attachments:
        return None
    own = await service.of_dealer(session, ctx.actor, whose.id)
    return await service.held(session, ctx.actor, own) if own is not None else None


def _moved(standing: service.Held, state: State) -> dict[str, Any]:
    """A registered contract's next state; refused at once where that can't follow."""
    if not may_follow(State(standing.contract.state), state):
        raise Refused("contracts.cannot_become", state=state, number=standing.contract.number)
    return {
        "step": "move",
        "number": standing.contract.number,
        "title": standing.contract.title,
        "dealer_id": standing.dealer.id,
        "dealer": {"code": standing.dealer.code, "zh": standing.dealer.name, "en": standing.dealer.name_en},
        "state": state,
    }


async def _filed(
    session: AsyncSession, ctx: ToolContext, looked: Looked, standing: service.Held | None, dealer: str | None
) -> dict[str, Any]:
    """A new version of what isn't signed yet; of a signed contract's dealer, and of any other, a new contract."""
    held = standing or await registered(session, ctx, looked.paper)
    revises = held is not None and held.contract.state not in {State.SIGNED, State.ENDED}
    whose = held.dealer if held else await resolve(session, ctx.actor, dealer or await party(session, ctx, looked))
    first = next((line.strip() for line in looked.review.text.splitlines() if line.strip()), looked.paper.name)
    terms = terms_of(looked.review.text, looked.review.facts)
    return {
        "step": "revise" if revises else "register",
        "number": held.contract.number if held and revises else "",
        "title": held.contract.title if held and revises else first[:200],
        "kind": looked.review.kind,
        "side": _drafted_by(ctx, looked),
        "dealer_id": whose.id,
        "dealer": {"code": whose.code, "zh": whose.name, "en": whose.name_en},
        "file": {"name": looked.paper.name, "sha256": looked.paper.sha256},
        "owner_id": ctx.actor.person_id,
        "high": places(looked.review.findings)["high"],
        "terms": {
            "starts_on": terms.starts_on.isoformat() if terms.starts_on else None,
            "ends_on": terms.ends_on.isoformat() if terms.ends_on else None,
            "renews": terms.renews,
            "notice_days": terms.notice_days,
            "minimum_purchase": str(terms.minimum_purchase) if terms.minimum_purchase else None,
            "currency": terms.currency,
        },
    }


def _drafted_by(ctx: ToolContext, looked: Looked) -> Side:
    """Whoever drafts a contract mostly names himself first."""
    text = looked.review.text
    first = min(looked.review.facts.parties.values(), key=text.find, default=ctx.brand.name)
    return Side.BRAND if ctx.brand.name in first or ctx.brand.name_en in first else Side.DEALER


def show(proposal: Proposal, words: Words) -> Reply:
    """What would be registered or become of it, for whoever confirms."""
    stored = proposal.payload
    dealer = f"{stored['dealer']['code']} {stored['dealer'][words.language if words.language == 'zh' else 'en']}"
    state = words(f"contracts.state.{stored['state']}")
    key = f"contracts.propose.{stored['step']}"
    lines = [words(key, number=stored["number"], title=stored["title"], dealer=dealer, state=state)]
    if stored["step"] != "move":
        terms = _terms(stored["terms"])
        lines.append(words("contracts.propose.file", name=stored["file"]["name"], high=stored["high"]))
        if terms.starts_on and terms.ends_on:
            lines.append(words("contracts.fact.term", start=terms.starts_on, end=terms.ends_on))
        if terms.renews:
            lines.append(words("contracts.propose.renews", days=terms.notice_days or 0))
        if terms.minimum_purchase and terms.currency:
            amount = words.money(terms.minimum_purchase, terms.currency)
            lines.append(words("contracts.propose.minimum", amount=amount))
    if not proposal.proposer_may:
        lines.append(words("contracts.propose.waits"))
    key_ = str(proposal.id)
    decide = [
        Button("confirm", words("contracts.propose.confirm"), proposal=key_),
        Button("cancel", words("contracts.propose.cancel"), proposal=key_),
    ]
    return Reply((Text("\n".join(lines)), Buttons(tuple(decide))))


def _terms(stored: Mapping[str, Any]) -> Terms:
    """As the payload keeps them."""
    minimum = stored["minimum_purchase"]
    start, end = (date.fromisoformat(stored[name]) if stored[name] else None for name in ("starts_on", "ends_on"))
    return Terms(
        start, end, stored["renews"], stored["notice_days"], Decimal(minimum) if minimum else None, stored["currency"]
    )


async def carry_out(session: AsyncSession, actor: Actor, proposal: Proposal, at: datetime) -> dict[str, Any]:
    """As it was shown, in the confirming transaction."""
    stored = proposal.payload
    number = stored["number"]
    match stored["step"]:
        case "move":
            await registering.advance(session, actor, number, State(stored["state"]), at)
        case "revise":
            file = registering.Filed(**stored["file"])
            await registering.revise(session, actor, number, file, _terms(stored["terms"]), at)
        case _:
            entry = registering.Entry(
                dealer=stored["dealer"]["code"],
                kind=stored["kind"],
                title=stored["title"],
                side=stored["side"],
                state=State(stored["state"]),
                terms=_terms(stored["terms"]),
                owner_id=stored["owner_id"],
            )
            made = await registering.register(session, actor, entry, registering.Filed(**stored["file"]), at)
            number = made.number
    state = State.IN_REVIEW if stored["step"] == "revise" else stored["state"]
    return {"step": stored["step"], "number": number, "title": stored["title"], "state": str(state)}


def describe(result: Mapping[str, Any], words: Words) -> Reply:
    """What the register holds now."""
    state = words(f"contracts.state.{result['state']}")
    return say(words("contracts.done", number=result["number"], title=result["title"], state=state))


TOOLS = (ToolSpec(propose_contract, Permission.CONTRACTS_REGISTER, Effect.PROPOSE, private=True),)
KINDS = (ProposalKind(KIND, carry_out, show, describe),)
