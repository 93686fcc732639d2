"""What the built-in brain may learn from: what people said that it wasn't sure of, and what they thought of answers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Document, Id, Key, UtcDateTime, Words


class Candidate(Base):
    """Words of a turn without personal data, as a possible example; ``intents`` are the likeliest ones with scores."""

    __tablename__ = "learning_candidates"
    __table_args__ = (Index("ix_learning_candidates_state", "state", "at"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    turn_id: Mapped[UUID] = mapped_column(Id(), unique=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    kind: Mapped[str] = mapped_column(Code(16))
    text: Mapped[str] = mapped_column(Words())
    intents: Mapped[list[Any]] = mapped_column(Document(), default=list)
    state: Mapped[str] = mapped_column(Code(16), default="open")
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)


class Opinion(Base):
    """A thumb up or down under a reply; one a turn."""

    __tablename__ = "opinions"

    turn_id: Mapped[UUID] = mapped_column(Id(), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    good: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime())
