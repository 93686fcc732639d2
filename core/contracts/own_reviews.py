"""People's own reviews: kept by file, side and language, and by the one used last as what a conversation is about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
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
    session: AsyncSession, actor: Actor, conversation: UUID, paper: Paper, found: Review, at: datetime
) -> None:
    """Put a file in view, with what was found in it; the same file again is the same review."""
    assert actor.person_id is not None
    values = {
        "person_id": actor.person_id,
        "conversation_id": conversation,
        "sha256": paper.sha256,
        "side": side_of(actor),
        "language": found.language,
        "name": paper.name,
        "contract_id": paper.contract_id,
        "result": as_json(found),
        "made_at": at,
        "used_at": at,
    }
    await upsert(session, ContractReview, _KEY, values)


async def in_view(session: AsyncSession, actor: Actor, conversation: UUID) -> Paper | None:
    """What the conversation is about: the file that was looked at last, if they may still see it."""
    newest = (
        select(ContractReview.name, ContractReview.sha256, ContractReview.contract_id)
        .where(ContractReview.person_id == actor.person_id, ContractReview.conversation_id == conversation)
        .order_by(ContractReview.used_at.desc(), ContractReview.id.desc())
        .limit(1)
    )
    row = (await session.execute(newest)).one_or_none()
    if row is None:
        return None
    paper = Paper(*row)
    if paper.contract_id is not None:
        seen = select(Contract.id).where(visible(actor, Contract), Contract.id == paper.contract_id)
        if await session.scalar(seen) is None:
            raise NotFound("contracts.not_found")
    return paper


def reviewed(document: Document, actor: Actor, language: str, embedder: Embedder | None) -> Review:
    """A file read for the person who asks, in their language."""
    return review(document, side=side_of(actor), language=language, embedder=embedder)
