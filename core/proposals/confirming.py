"""The press of a button: claimed once, carried out in the same transaction, without a model."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core import faults
from core.actor import Actor
from core.brand.service import current_at
from core.errors import QudaoError
from core.events.service import record
from core.money import Amount
from core.people.factors import Proof, prove
from core.people.models import Person
from core.proposals.drafts import CarryOut, Changed, Draft, Outcome
from core.proposals.models import Press, Proposal, Status
from core.proposals.payload import decode, encode
from core.proposals.proposing import close, make
from core.proposals.rights import check_press, find
from core.proposals.waiting import NEVER_BY_WORD, needs
from core.statements import changed_rows

RETRIABLE = frozenset({"factor.needed", "factor.wrong", "factor.used"})
OF_A_SIGNATURE: Mapping[str, str] = {  # what speaks of limits and orders is said in other words of a signature
    "factor.needed": "factor.needed.signing",
    "factor.locked": "factor.locked.signing",
    "factor.not_enrolled": "factor.not_enrolled.signing",
}


async def confirm(
    session: AsyncSession,
    actor: Actor,
    proposal_id: UUID,
    at: datetime,
    carry_out: Mapping[str, CarryOut],
    proof: Proof | None = None,
) -> Outcome:
    """Carry out an open proposal that the actor may approve; a second press returns the first outcome.

    Above the brand's second limit, and for a signature where the brand says so, it is claimed only with a good code;
    without one the outcome says what is lacking. Claiming comes before looking: presses of one proposal go one by one.
    The presser's own factor is locked before it, and nothing else is. Whatever goes wrong unforeseen leaves the
    proposal open, with the rest of the caller's transaction untouched.
    """
    proposal = await find(session, actor, proposal_id)
    check_press(actor, proposal)
    if lacking := await _unproved(session, actor, proposal, at, proof):
        return lacking
    async with session.begin_nested():
        claim = (
            update(Proposal)
            .where(Proposal.id == proposal_id, Proposal.status == Status.OPEN, Proposal.expires_at > at)
            .values(status=Status.CLAIMED)
        )
        if await changed_rows(session, claim):
            faults.point("proposals.claimed")
            return await _pressed(session, actor, proposal, at, carry_out)
    await close(session, (Proposal.id == proposal_id) & (Proposal.expires_at <= at), Status.EXPIRED, at)
    return await _as_it_stands(session, await find(session, actor, proposal_id))


async def _unproved(
    session: AsyncSession, actor: Actor, proposal: Proposal, at: datetime, proof: Proof | None
) -> Outcome | None:
    """What a press that takes a code lacks; None where it may go on, or has nothing more to add."""
    if not _is_open(proposal, at) or actor.person_id in await _pressers(session, proposal):
        return None
    brand, _ = await current_at(session, at)
    if needs(proposal, brand) != "second_factor":
        return None
    signs = proposal.permission in NEVER_BY_WORD
    error = await prove(session, actor, proof, at)
    if error is None or not _is_open(await find(session, actor, proposal.id), at):
        return None  # good, or decided while this waited for the lock: with the same code, in another press
    limit = Amount(brand.button_limit, brand.currency)
    key = error.message_key
    refusal = (OF_A_SIGNATURE.get(key, key) if signs else key, {**error.params, "limit": limit})
    return Outcome(Status.OPEN, proposal, refusal=refusal, lacks_code=error.message_key in RETRIABLE)


async def _pressers(session: AsyncSession, proposal: Proposal) -> set[int]:
    pressed = select(Press.person_id).where(Press.proposal_id == proposal.id)
    return set((await session.execute(pressed)).scalars())


def _is_open(proposal: Proposal, at: datetime) -> bool:
    return proposal.status == Status.OPEN and proposal.expires_at > at


async def _pressed(
    session: AsyncSession, actor: Actor, proposal: Proposal, at: datetime, carry_out: Mapping[str, CarryOut]
) -> Outcome:
    """Count the press of a claimed proposal; the one that completes the number carries out."""
    people = await _pressers(session, proposal)
    first = actor.person_id not in people
    if first:
        session.add(Press(proposal_id=proposal.id, person_id=actor.person_id, at=at))
        await session.flush()
        record(session, actor, "proposal.pressed", f"proposals:{proposal.id}", at=at)
    missing = proposal.approvers - len(people | {actor.person_id})
    if missing > 0:
        await _decide(session, proposal, Status.OPEN)
        return Outcome(Status.OPEN, proposal, waiting_for=missing, first=first)
    return await _carried_out(session, actor, proposal, at, carry_out[proposal.kind])


async def _carried_out(
    session: AsyncSession, actor: Actor, proposal: Proposal, at: datetime, carry_out: CarryOut
) -> Outcome:
    decided: dict[str, Any] = {"decided_at": at, "decided_by": actor.person_id}
    replacement = result = refusal = None
    outcome: dict[str, Any]
    try:
        async with session.begin_nested():
            result = await carry_out(session, actor, proposal, at)
    except Changed as changed:
        replacement = await _replace(session, actor, proposal, changed.draft, at)
        status, outcome = Status.SUPERSEDED, {"replaced_by": str(replacement.id)}
    except QudaoError as error:
        refusal = (error.message_key, error.params)
        status, outcome = Status.REFUSED, {"refusal": {"key": error.message_key, "params": encode(error.params)}}
    else:
        status, outcome = Status.DONE, {"result": encode(result)}
        result = decode(outcome["result"])
    faults.point("proposals.carried_out")
    await _decide(session, proposal, status, outcome=outcome, **decided)
    proposer = await session.get_one(Person, proposal.proposer_id)
    record(
        session,
        actor,
        f"proposal.{status}",
        f"proposals:{proposal.id}",
        at=at,
        on_behalf_of=proposer.handle if proposer.id != actor.person_id else None,
        after=outcome,
    )
    return Outcome(status, proposal, result, replacement=replacement, first=True, refusal=refusal)


async def _replace(session: AsyncSession, presser: Actor, old: Proposal, draft: Draft, at: datetime) -> Proposal:
    """A fresh proposal on today's terms, in the old one's place; nobody has pressed it yet.

    The draft says what its presser may. Where another proposed it, that one may no more than before.
    """
    await session.refresh(old)
    own = presser.person_id == old.proposer_id
    may = draft.proposer_may if own else old.proposer_may and draft.permission == old.permission
    fresh = make(
        replace(draft, proposer_may=may),
        uuid4(),
        proposer_id=old.proposer_id,
        conversation=old.conversation_id,
        turn_id=uuid5(old.id, "changed"),
        call_index=0,
        at=at,
    )
    session.add(fresh)
    await session.flush()
    return fresh


async def _decide(session: AsyncSession, proposal: Proposal, status: Status, **values: Any) -> None:
    mine = update(Proposal).where(Proposal.id == proposal.id, Proposal.status == Status.CLAIMED)
    await changed_rows(session, mine.values(status=status, **values))
    await session.refresh(proposal)


async def _as_it_stands(session: AsyncSession, proposal: Proposal) -> Outcome:
    """The outcome of an earlier press, as that press saw it but for ``first``."""
    kept = proposal.outcome or {}
    refusal = kept.get("refusal")
    replaced_by = kept.get("replaced_by")
    pressed = select(func.count()).select_from(Press).where(Press.proposal_id == proposal.id)
    open_ = proposal.status == Status.OPEN
    return Outcome(
        Status(proposal.status),
        proposal,
        result=decode(kept["result"]) if "result" in kept else None,
        waiting_for=proposal.approvers - (await session.execute(pressed)).scalar_one() if open_ else 0,
        replacement=await session.get(Proposal, UUID(replaced_by)) if replaced_by else None,
        refusal=(refusal["key"], decode(refusal["params"])) if refusal else None,
    )
