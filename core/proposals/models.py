"""What was proposed and waits for the right person's press."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Document, Id, Key, Money, UtcDateTime


class Status(StrEnum):
    """A proposal leaves ``open`` once; ``claimed`` exists only inside the confirming transaction."""

    OPEN = "open"
    CLAIMED = "claimed"
    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


class Proposal(Base):
    """A change that code will carry out when the people it needs have pressed.

    ``permission`` is needed to press, by ``approvers`` different people; ``proposer_may``: whether the proposer counts.
    ``amount`` decides how strong a confirmation must be. ``(turn_id, call_index)`` makes a repeated turn find it.
    """

    __tablename__ = "proposals"
    __table_args__ = (
        UniqueConstraint("turn_id", "call_index"),
        Index("ix_proposals_open", "conversation_id", "status"),
    )

    id: Mapped[UUID] = mapped_column(Id(), primary_key=True)
    kind: Mapped[str] = mapped_column(Code(32))
    payload: Mapped[dict[str, Any]] = mapped_column(Document())
    proposer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    dealer_id: Mapped[int | None] = mapped_column(ForeignKey("dealers.id"), index=True, default=None)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    turn_id: Mapped[UUID] = mapped_column(Id())
    call_index: Mapped[int]
    permission: Mapped[str] = mapped_column(Code(32))
    approvers: Mapped[int] = mapped_column(default=1)
    proposer_may: Mapped[bool] = mapped_column(default=True)
    amount: Mapped[Decimal | None] = mapped_column(Money(), default=None)
    currency: Mapped[str | None] = mapped_column(Code(3), default=None)
    status: Mapped[str] = mapped_column(Code(16), default=Status.OPEN)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(Document(), default=None)


class Press(Base):
    """One person's yes to a proposal."""

    __tablename__ = "presses"
    __table_args__ = (UniqueConstraint("proposal_id", "person_id"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposals.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
