"""Writing events, in the caller's transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.events.models import Event


def record(
    session: AsyncSession,
    actor: Actor,
    kind: str,
    subject: str,
    *,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    on_behalf_of: str | None = None,
    request_id: UUID | None = None,
) -> None:
    """Add an event; ``subject`` is ``table:key``, ``before`` and ``after`` hold only what changed, as plain JSON."""
    session.add(
        Event(
            at=at,
            actor=actor.handle,
            on_behalf_of=on_behalf_of,
            kind=kind,
            subject=subject,
            before=before,
            after=after,
            request_id=request_id,
        )
    )
