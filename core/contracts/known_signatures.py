"""Whether the authority's folder is the one that the signatures in the database were made with."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import system
from core.contracts.models import ContractSignature, Form
from core.contracts.signing.authority import DemoAuthority
from core.contracts.signing.signatures import Trust, verify
from core.contracts.signing.sm2 import verify_detached
from core.documents import files
from core.scope import visible


@dataclass(frozen=True, slots=True)
class Known:
    """How many signatures there are, and of which forms the authority doesn't know all that were looked at."""

    count: int
    strange: frozenset[Form]


async def known(session: AsyncSession, authority: DemoAuthority, at: datetime) -> Known:
    """Look at the oldest and the newest of each form: keys lost on the way know the newest alone. None are made."""
    mine = select(ContractSignature).where(visible(system("doctor"), ContractSignature))
    rows = (await session.execute(mine.order_by(ContractSignature.id))).scalars().all()
    strange = set()
    for form in Form:
        of_form = [one for one in rows if one.form == form]
        for one in (*of_form[:1], *of_form[1:][-1:]):
            if not await _is_known(session, one, authority, at):
                strange.add(form)
    return Known(len(rows), frozenset(strange))


async def _is_known(session: AsyncSession, one: ContractSignature, authority: DemoAuthority, at: datetime) -> bool:
    made = await files.load(session, one.sha256)
    if one.form == Form.PADES:
        return await asyncio.to_thread(_vouched_for, made, authority.kept_root(), at)
    signed = await files.load(session, one.signed_sha256)
    seen = verify_detached(signed, made, authority.known_sm2_keys(), name=one.name)
    return seen.trusted


def _vouched_for(pdf: bytes, root: bytes | None, at: datetime) -> bool:
    """Whether any signature's certificate comes from this root, run out or not."""
    found = verify(pdf, [root], at=at) if root is not None else []
    return any(one.trust not in {Trust.UNKNOWN_AUTHORITY, Trust.UNFIT} for one in found)
