"""What happened, append-only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Document, Id, Key, UtcDateTime


class Event(Base):
    """One change of trade, money, permission or policy, written in the transaction that made it."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_subject", "subject"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    actor: Mapped[str] = mapped_column(Code(64))
    on_behalf_of: Mapped[str | None] = mapped_column(Code(64), default=None)
    kind: Mapped[str] = mapped_column(Code(48))
    subject: Mapped[str] = mapped_column(Code(96))
    before: Mapped[dict[str, Any] | None] = mapped_column(Document(), default=None)
    after: Mapped[dict[str, Any] | None] = mapped_column(Document(), default=None)
    request_id: Mapped[UUID | None] = mapped_column(Id(), default=None)
