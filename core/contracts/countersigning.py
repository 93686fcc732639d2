"""A registered contract signed by a person of either side: the file, its evidence and the state, in one transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.contracts import service
from core.contracts.models import State
from core.contracts.registering import Filed, add_signed
from core.contracts.signing.evidence import Evidence, evidence
from core.contracts.signing.pades import sign
from core.contracts.signing.people import Person
from core.contracts.signing.signatures import verify
from core.contracts.signing.trust import SigningService
from core.documents import files
from core.errors import Refused, Stale
from core.events.service import record

PDF = "application/pdf"
SIGNABLE = frozenset({State.APPROVED, State.SIGNED})


class Authority(Protocol):
    """Who gives people their keys, and whom verifiers trust."""

    def root(self, now: datetime) -> bytes:
        """The certificate that verifiers have to trust; DER."""

    def key_of(self, person: Person, now: datetime) -> SigningService:
        """The person's key with its certificate."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to: which contract, the very bytes of its file, for whom, and in what words."""

    number: str
    sha256: str
    organisation: str
    reason: str
    words: str


def check_signable(held: service.Held) -> None:
    """Refused where lawyers haven't approved it yet, or it has ended."""
    if held.contract.state not in SIGNABLE:
        raise Refused("contracts.not_approved", number=held.contract.number)


async def countersign(
    session: AsyncSession, actor: Actor, consent: Consent, parties: Sequence[str], authority: Authority, at: datetime
) -> tuple[State, Evidence]:
    """Sign the file that was agreed to; signed is a contract that somebody of each of the ``parties`` has signed."""
    held = await service.held(session, actor, await service.lock(session, actor, consent.number))
    check_signable(held)
    if held.version.sha256 != consent.sha256:
        raise Stale("contracts.changed_meanwhile", number=consent.number)
    before = await files.load(session, consent.sha256)
    person = Person(f"people:{actor.person_id}", actor.name, consent.organisation)
    key, name = authority.key_of(person, at), held.version.name
    shown = (actor.name, consent.organisation, f"{at:%Y-%m-%d %H:%M} UTC")
    after = await asyncio.to_thread(sign, before, key, at=at, reason=consent.reason, name=name, shown=shown)
    found = await asyncio.to_thread(verify, after, [authority.root(at)], at=at, name=name)
    signed = {one.organisation for one in found if one.holds}
    state = State.SIGNED if signed >= set(parties) else State(held.contract.state)
    sha256 = await files.store(session, after, PDF, at)
    await add_signed(session, actor, held.contract, Filed(name, sha256), state, at)
    kept = evidence(before, after, key, person=actor.handle, at=at, reason=consent.reason, consent=consent.words)
    record(
        session, actor, "contract.signature", f"contracts:{consent.number}", at=at, after=dict(kept.as_plain()),
    )  # fmt: skip
    return state, kept
