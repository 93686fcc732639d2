"""People's own reviews: kept by file, side and language, and by the one used last as what a conversation is about."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.contracts.findings import Review, Side
from core.contracts.models import Contract, ContractReview
from core.contracts.review import review
from core.errors import NotFound
from core.language.embedder import Embedder
from core.reading.document import Document
from core.scope import visible
from core.statements import upsert

_REVIEW: TypeAdapter[Review] = TypeAdapter(Review)
A_MOMENT = timedelta(microseconds=1)
_KEY = ("person_id", "conversation_id", "sha256", "side", "language")


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that somebody has in view; ``contract_id`` where it is a registered contract's."""

    name: str
    sha256: str
    contract_id: int | None = None


def as_json(found: Review) -> dict[str, Any]:
    """A review as plain JSON; ``from_json`` reads it back."""
    made: dict[str, Any] = _REVIEW.dump_python(found, mode="json")
    return made


def from_json(kept: dict[str, Any]) -> Review:
    """The inverse of ``as_json``."""
    return _REVIEW.validate_python(kept)


def side_of(actor: Actor) -> Side:
    """Whose lawyer reads: a dealer's for a dealer's people, the brand's for its own."""
    return Side.DEALER if actor.dealer_id is not None else Side.BRAND


async def kept(session: AsyncSession, actor: Actor, conversation: UUID, paper: Paper, language: str) -> Review | None:
    """What was found in a file before; None where nobody looked yet."""
    mine = select(ContractReview.result).where(
        ContractReview.person_id == actor.person_id,
        ContractReview.conversation_id == conversation,
        ContractReview.sha256 == paper.sha256,
        ContractReview.side == side_of(actor),
        ContractReview.language == language,
    )
    found = (await session.execute(mine)).scalar_one_or_none()
    return from_json(found) if found is not None else None


async def keep(
    session: AsyncSession, actor: Actor, conversation: UUID, turn: UUID, paper: Paper, found: Review, at: datetime
) -> None:
    """Put a file in view, beside others of the same turn, with what was found in it; again it is the same review."""
    assert actor.person_id is not None
    newest = select(func.max(ContractReview.used_at)).where(
        ContractReview.person_id == actor.person_id, ContractReview.conversation_id == conversation
    )
    before = await session.scalar(newest)
    used_at = max(at, before + A_MOMENT) if before is not None else at  # clocks of several machines differ
    values = {
        "person_id": actor.person_id,
        "conversation_id": conversation,
        "sha256": paper.sha256,
        "side": side_of(actor),
        "language": found.language,
        "name": paper.name,
        "contract_id": paper.contract_id,
        "turn_id": turn,
        "result": as_json(found),
        "made_at": at,
        "used_at": used_at,
    }
    await upsert(session, ContractReview, _KEY, values)


async def in_view(session: AsyncSession, actor: Actor, conversation: UUID) -> list[Paper]:
    """What the conversation is about, as far as they may still see it: the file looked at last, with those of its turn.

    In the order in which they were looked at.
    """
    mine = ContractReview.person_id == actor.person_id, ContractReview.conversation_id == conversation
    newest = select(ContractReview.id, ContractReview.turn_id).where(*mine).order_by(ContractReview.used_at.desc())
    last = (await session.execute(newest.limit(1))).one_or_none()
    if last is None:
        return []
    together = ContractReview.turn_id == last.turn_id if last.turn_id is not None else ContractReview.id == last.id
    rows = select(ContractReview.name, ContractReview.sha256, ContractReview.contract_id).where(*mine, together)
    found = [Paper(*row) for row in await session.execute(rows.order_by(ContractReview.used_at))]
    for paper in found:
        if paper.contract_id is not None:
            seen = select(Contract.id).where(visible(actor, Contract), Contract.id == paper.contract_id)
            if await session.scalar(seen) is None:
                raise NotFound("contracts.not_found")
    return list(dict.fromkeys(found))


async def looked_at(session: AsyncSession, actor: Actor, conversation: UUID) -> list[str]:
    """The names of all files that were looked at in a conversation, the first one first."""
    mine = ContractReview.person_id == actor.person_id, ContractReview.conversation_id == conversation
    rows = await session.execute(select(ContractReview.name).where(*mine).order_by(ContractReview.id))
    return list(dict.fromkeys(rows.scalars()))


def reviewed(document: Document, actor: Actor, language: str, embedder: Embedder | None) -> Review:
    """A file read for the person who asks, in their language."""
    return review(document, side=side_of(actor), language=language, embedder=embedder)
