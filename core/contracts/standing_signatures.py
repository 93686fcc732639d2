"""The signatures that stand under a contract's text: those inside its PDF, and the signature files kept beside it."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.contracts.models import ContractSignature, Form
from core.contracts.service import Held
from core.contracts.signing.people import Person
from core.contracts.signing.signatures import Signature, verify
from core.contracts.signing.signed_pdf import is_pdf
from core.contracts.signing.sm2 import DetachedSignature, Sm2Service, verify_detached
from core.contracts.signing.trust import SigningService
from core.documents import files
from core.scope import visible


class Authority(Protocol):
    """Who gives people their keys, and whom verifiers trust."""

    def root(self, now: datetime) -> bytes:
        """The certificate that verifiers have to trust; DER."""

    def key_of(self, person: Person, now: datetime) -> SigningService:
        """The person's key with its certificate."""

    def sm2_key_of(self, person: Person) -> Sm2Service:
        """The person's key for signature files."""

    def known_sm2_keys(self) -> Collection[bytes]:
        """The public keys of everybody who has such a key."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A signature file kept with a contract, and what it says of the file that was signed."""

    kept: ContractSignature
    seen: DetachedSignature


@dataclass(frozen=True, slots=True)
class Standing:
    """All signatures under one text, made in whichever form."""

    within: Sequence[Signature] = ()
    beside: Sequence[Beside] = ()

    @property
    def organisations(self) -> frozenset[str]:
        """For whom somebody has signed so that it holds."""
        inside = {one.organisation for one in self.within if one.holds}
        return frozenset(inside | {one.seen.organisation for one in self.beside if one.seen.holds})

    def has_file_of(self, actor: Actor, organisation: str) -> bool:
        """Whether this person's signature file for that organisation is there and holds."""
        theirs = [one for one in self.beside if one.kept.signed_by == actor.handle]
        return any(one.seen.holds and one.seen.organisation == organisation for one in theirs)


async def kept(session: AsyncSession, actor: Actor, contract_id: int) -> Sequence[ContractSignature]:
    """Every signature made here under any file of a contract, the oldest first."""
    theirs = select(ContractSignature).where(
        visible(actor, ContractSignature), ContractSignature.contract_id == contract_id
    )
    return (await session.execute(theirs.order_by(ContractSignature.id))).scalars().all()


def one_text(newest: str, signatures: Iterable[ContractSignature]) -> frozenset[str]:
    """The newest file and those that it was before signatures were added to it, down to the one that nobody signed.

    A file that somebody registered in its place has another text, even where it begins with the same bytes.
    """
    before = {one.sha256: one.signed_sha256 for one in signatures if one.form == Form.PADES}
    found = [newest]
    while (earlier := before.get(found[-1])) is not None and earlier not in found:
        found.append(earlier)
    return frozenset(found)


async def standing(
    session: AsyncSession, actor: Actor, held: Held, authority: Authority | None, at: datetime
) -> Standing:
    """What stands under the file of a contract that counts; without an authority no signer is known."""
    rows = await kept(session, actor, held.contract.id)
    text = one_text(held.version.sha256, rows)
    own = [one for one in rows if one.form == Form.SM2 and one.signed_sha256 in text]
    data = {sha256: await files.load(session, sha256) for sha256 in {held.version.sha256, *(_files_of(own))}}

    def look() -> Standing:
        newest, name = data[held.version.sha256], held.version.name
        signed = is_pdf(newest) and b"/ByteRange" in newest
        roots = [authority.root(at)] if authority is not None else []
        within = verify(newest, roots, at=at, name=name) if signed else []
        known = authority.known_sm2_keys() if own and authority is not None else ()
        beside = [
            Beside(one, verify_detached(data[one.signed_sha256], data[one.sha256], known, name=name)) for one in own
        ]
        return Standing(within, beside)

    return await asyncio.to_thread(look)


def _files_of(signatures: Iterable[ContractSignature]) -> Iterable[str]:
    for one in signatures:
        yield from (one.signed_sha256, one.sha256)
