"""A registered contract signed by a person of either side: the file, its evidence and the state, in one transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.contracts import service
from core.contracts.models import ContractSignature, Form, State
from core.contracts.registering import Filed, add_signed, settle
from core.contracts.service import Held
from core.contracts.signing.errors import NotPdf
from core.contracts.signing.evidence import Evidence, evidence, sm2_evidence
from core.contracts.signing.pades import sign
from core.contracts.signing.people import Person
from core.contracts.signing.signed_pdf import is_pdf
from core.contracts.signing.sm2 import MIME, SUFFIX, sign_detached
from core.contracts.standing_signatures import Authority, Standing, kept, one_text, standing
from core.documents import files
from core.errors import Refused, Stale
from core.events.service import record

PDF = "application/pdf"
SIGNABLE = frozenset({State.APPROVED, State.SIGNED})


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to: which contract, the very bytes of its file, for whom, in what words and which form."""

    number: str
    sha256: str
    organisation: str
    reason: str
    words: str
    form: Form = Form.PADES


@dataclass(frozen=True, slots=True)
class Signed:
    """What came of it; ``file`` is what the signature made: the signed PDF, or the signature file.

    ``both``: somebody of each side has signed here; a contract may be in the state ``signed`` from paper already.
    """

    state: State
    both: bool
    evidence: Evidence
    file: Filed


def check_signable(held: Held) -> None:
    """Refused where lawyers haven't approved it yet, or it has ended."""
    if held.contract.state not in SIGNABLE:
        raise Refused("contracts.not_approved", number=held.contract.number)


def check_not_signed_yet(found: Standing, actor: Actor, held: Held, organisation: str) -> None:
    """Refused where the person's signature file is there already."""
    if found.has_file_of(actor, organisation):
        raise Refused("contracts.sign.already", number=held.contract.number)


def form_for(data: bytes, name: str, wanted: Form | None) -> Form:
    """The form that a file's signature takes: what isn't a PDF carries none inside and gets a file beside it."""
    if wanted is Form.PADES and not is_pdf(data):
        raise NotPdf(name=name)
    return wanted or (Form.PADES if is_pdf(data) else Form.SM2)


async def countersign(
    session: AsyncSession, actor: Actor, consent: Consent, parties: Sequence[str], authority: Authority, at: datetime
) -> Signed:
    """Sign the text that was agreed to; signed is a contract that somebody of each of the ``parties`` has signed.

    Somebody else's signature that came meanwhile takes nothing away: the text is the same. Another text is Stale.
    """
    held = await service.held(session, actor, await service.lock(session, actor, consent.number))
    check_signable(held)
    rows = await kept(session, actor, held.contract.id)
    if consent.sha256 not in one_text(held.version.sha256, rows):
        raise Stale("contracts.changed_meanwhile", number=consent.number)
    if consent.form is Form.SM2:
        check_not_signed_yet(await standing(session, actor, held, authority, at), actor, held, consent.organisation)
    make = _beside if consent.form is Form.SM2 else _within
    proof, file = await make(session, actor, consent, held, authority, at)
    state = State(held.contract.state)
    if consent.form is Form.PADES:
        held = replace(held, version=await add_signed(session, actor, held.contract, file, state, at))
    after = await standing(session, actor, held, authority, at)
    both = after.organisations >= set(parties)
    if both:
        state = State.SIGNED
        await settle(session, actor, held.contract, state, at)
    record(
        session, actor, "contract.signature", f"contracts:{consent.number}", at=at, after=dict(proof.as_plain()),
    )  # fmt: skip
    return Signed(state, both, proof, file)


async def _within(
    session: AsyncSession, actor: Actor, consent: Consent, held: Held, authority: Authority, at: datetime
) -> tuple[Evidence, Filed]:
    """Into the PDF as it stands, others' signatures included."""
    before = await files.load(session, held.version.sha256)
    name = held.version.name
    key = authority.key_of(_person(actor, consent), at)
    shown = (actor.name, consent.organisation, f"{at:%Y-%m-%d %H:%M} UTC")
    after = await asyncio.to_thread(sign, before, key, at=at, reason=consent.reason, name=name, shown=shown)
    file = Filed(name, await files.store(session, after, PDF, at))
    await _keep(session, actor, consent, held, held.version.sha256, file, at)
    proof = evidence(before, after, key, person=actor.handle, at=at, reason=consent.reason, consent=consent.words)
    return proof, file


async def _beside(
    session: AsyncSession, actor: Actor, consent: Consent, held: Held, authority: Authority, at: datetime
) -> tuple[Evidence, Filed]:
    """A file of its own, over the very bytes that were agreed to."""
    data = await files.load(session, consent.sha256)

    def work() -> tuple[Evidence, bytes]:
        key = authority.sm2_key_of(_person(actor, consent))
        made = sign_detached(
            data, key, signer=actor.name, organisation=consent.organisation, at=at, reason=consent.reason,
            name=held.version.name,
        )  # fmt: skip
        proof = sm2_evidence(
            data, made, key, person=actor.handle, signer=f"{actor.name}, {consent.organisation}", at=at,
            reason=consent.reason, consent=consent.words,
        )  # fmt: skip
        return proof, made

    proof, made = await asyncio.to_thread(work)
    name = f"{consent.number}-{consent.organisation}"[: 200 - len(SUFFIX)] + SUFFIX
    file = Filed(name, await files.store(session, made, MIME, at))
    await _keep(session, actor, consent, held, consent.sha256, file, at)
    return proof, file


def _person(actor: Actor, consent: Consent) -> Person:
    return Person(f"people:{actor.person_id}", actor.name, consent.organisation)


async def _keep(
    session: AsyncSession, actor: Actor, consent: Consent, held: Held, signed: str, file: Filed, at: datetime
) -> None:
    session.add(
        ContractSignature(
            contract_id=held.contract.id,
            dealer_id=held.dealer.id,
            form=consent.form,
            signed_sha256=signed,
            sha256=file.sha256,
            name=file.name,
            organisation=consent.organisation,
            signed_at=at,
            signed_by=actor.handle,
        )
    )
    await session.flush()
