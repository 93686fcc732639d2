"""Proposals: shown, confirmed and taken back by a person's own key."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from bot.api.callers import Visit, visiting
from bot.api.completions.asked import conversation_name
from bot.api.completions.speaking import chat_of
from bot.api.problems import problem_body
from bot.api.proposing import keep, posted, wake
from bot.api.rest.repeating import Made, OnceOnly
from bot.api.rest.shapes import Money, Page
from core.keys.scopes import Scope
from core.people.factors import Proof
from core.proposals import rights
from core.proposals import service as proposals
from core.proposals.models import Proposal, Status
from core.proposals.service import Draft, Outcome
from core.replies import Buttons, Reply

router = APIRouter(tags=["proposals"])
Reader = Annotated[Visit, visiting(Scope.ORDERS)]
Presser = Annotated[Visit, visiting(Scope.CONFIRM)]
Drafter = Annotated[Visit, visiting(Scope.PROPOSE)]
ConversationName = Annotated[
    str, Field(max_length=48, description="One of the person's; there a proposal takes the place of the one before.")
]

BESIDE = "proposals"
"""The conversation of proposals that name none: they wait there beside each other."""


class ProposalShown(BaseModel):
    """What waits for a press. ``text`` is what a person would read; ``may_confirm``: whether this key's yes counts."""

    id: UUID
    kind: str
    status: Status
    text: str
    amount: Money | None
    created_at: datetime
    expires_at: datetime
    needs: str
    may_confirm: bool


class Confirmation(BaseModel):
    """What goes with a press: above the brand's second limit the six digits of the person's authenticator."""

    model_config = ConfigDict(extra="forbid")
    code: Annotated[str, Field(max_length=32, examples=["492039"])] = ""


class Confirmed(BaseModel):
    """What came of a press. ``first`` is false where it had been pressed before; ``waiting_for`` are still missing."""

    proposal: ProposalShown
    order: str | None
    text: str
    first: bool
    waiting_for: int


async def propose(visit: Visit, turn: UUID, draft: Draft, conversation: str = "") -> ProposalShown:
    """Keep a draft beside the person's others, or in a conversation that they named, where it is the only one."""
    named = conversation_name(conversation)
    return shown(visit, await keep(visit, chat_of(visit, named or BESIDE), turn, draft, beside=not named))


def shown(visit: Visit, proposal: Proposal) -> ProposalShown:
    """A proposal as it stands."""
    overdue = proposal.status == Status.OPEN and proposal.expires_at <= visit.now
    amount = proposal.amount
    return ProposalShown(
        id=proposal.id,
        kind=proposal.kind,
        status=Status.EXPIRED if overdue else Status(proposal.status),
        text=_words(visit.desk.registry.kinds[proposal.kind].shown_to(visit.actor, proposal, visit.words)),
        amount=Money.of(amount, proposal.currency) if amount is not None and proposal.currency else None,
        created_at=proposal.created_at,
        expires_at=proposal.expires_at,
        needs=proposals.needs(proposal, visit.brand),
        may_confirm=visit.actor.presses and rights.may_press(visit.actor, proposal),
    )


def _words(reply: Reply) -> str:
    return Reply(tuple(block for block in reply.blocks if not isinstance(block, Buttons))).plain()


@router.get("/proposals")
async def list_waiting(visit: Reader) -> Page[ProposalShown]:
    """What waits for the person's press, oldest first."""
    async with visit.desk.database.reads() as session:
        waiting = await proposals.waiting_for(session, visit.actor, visit.now)
    return Page(items=[shown(visit, one) for one in waiting])


@router.get("/proposals/{proposal_id}")
async def show_proposal(visit: Reader, proposal_id: UUID) -> ProposalShown:
    """One proposal as it stands."""
    async with visit.desk.database.reads() as session:
        return shown(visit, await rights.find(session, visit.actor, proposal_id))


@router.post(
    "/proposals/{proposal_id}/confirm",
    response_model=Confirmed,
    responses={202: {"model": Confirmed, "description": "It counts, and others must press too."}},
)
async def confirm(visit: Presser, once: OnceOnly, proposal_id: UUID, given: Confirmation | None = None) -> Response:
    """The person's press: carried out once, whoever else presses and however often it is sent.

    Above the brand's second limit it takes a code, each good for once; wrong ones are counted, and five lock.
    """
    desk = visit.desk
    proof = Proof(given.code, desk.settings.sealing_key) if given and given.code else None

    async def work() -> Made:
        async with desk.database.writes.begin() as session:
            carry_out = desk.registry.carry_out
            outcome = await proposals.confirm(session, visit.actor, proposal_id, visit.now, carry_out, proof)
            chats = await posted(visit, session, (outcome.replacement,)) if outcome.replacement else set()
        wake(visit, chats)
        return _made(visit, outcome)

    return await once(visit, work)


@router.post("/proposals/{proposal_id}/cancel", response_model=ProposalShown)
async def cancel(visit: Drafter, once: OnceOnly, proposal_id: UUID) -> Response:
    """Take one's own proposal back, or turn down one that waits for one's press."""

    async def work() -> Made:
        async with visit.desk.database.writes.begin() as session:
            proposal = await proposals.cancel(session, visit.actor, proposal_id, visit.now)
        return Made(200, shown(visit, proposal))

    return await once(visit, work)


def _made(visit: Visit, outcome: Outcome) -> Made:
    proposal = shown(visit, outcome.proposal)
    if outcome.refusal is not None:
        key, params = outcome.refusal
        return Made(409, problem_body(visit.words, 409, key, **params))
    if outcome.replacement is not None:
        fresh = shown(visit, outcome.replacement)
        key = "confirm.changed" if fresh.may_confirm else "confirm.changed_for_another"
        return Made(409, problem_body(visit.words, 409, key) | {"replacement": fresh.model_dump(mode="json")})
    if outcome.status is Status.DONE and outcome.result is not None:
        described = visit.desk.registry.kinds[outcome.proposal.kind].describe(outcome.result, visit.words)
        order: Any = outcome.result.get("order")
        return Made(200, Confirmed(
            proposal=proposal, order=order, text=_words(described), first=outcome.first, waiting_for=0
        ))  # fmt: skip
    if outcome.waiting_for:
        text = visit.words("confirm.waits", count=outcome.waiting_for)
        return Made(202, Confirmed(
            proposal=proposal, order=None, text=text, first=outcome.first, waiting_for=outcome.waiting_for
        ))  # fmt: skip
    return Made(410, problem_body(visit.words, 410, f"proposal.{outcome.status}"))
