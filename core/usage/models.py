"""One row a call of a language model."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Document, Id, Key, UtcDateTime


class Usage(Base):
    """Tokens and cost of a call, and how many fields of which kind went out, masked or not; never their content.

    ``cost`` is in millionths of the currency's unit: whole numbers add up exactly on every database.
    """

    __tablename__ = "usage"
    __table_args__ = (
        Index("ix_usage_day", "day"),
        Index("ix_usage_person_day", "person_id", "day"),
        Index("ix_usage_conversation", "conversation_id"),
    )

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    day: Mapped[date] = mapped_column(Date)
    turn_id: Mapped[UUID] = mapped_column(Id())
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    model: Mapped[str] = mapped_column(Code(128))
    outcome: Mapped[str] = mapped_column(Code(16))
    tokens_in: Mapped[int]
    tokens_out: Mapped[int]
    cost: Mapped[int] = mapped_column(Key())
    currency: Mapped[str] = mapped_column(Code(3))
    fields: Mapped[dict[str, Any]] = mapped_column(Document(), default=dict)
