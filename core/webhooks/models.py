"""Who is told of events by HTTP, and how each telling went."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Document, Id, Key, Name, UtcDateTime, Words


class DeliveryState(StrEnum):
    """``waiting`` until the receiver has taken it; ``given_up`` after the last try: an operator may send it again.

    ``skipped`` is about another dealer than the receiver's.
    """

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"
    SKIPPED = "skipped"


class Webhook(Base):
    """A receiver. ``kinds`` are kinds of event, ``order.*`` means all that begin so. ``sealed_secret`` signs
    (a signature can't be made from a hash), and goes when the receiver is ended. ``floor`` is the id of the last event
    that is settled for it; ``mark`` and ``marked_at`` are where the floor moves next.
    """

    __tablename__ = "webhooks"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    name: Mapped[str] = mapped_column(Code(64), unique=True)
    url: Mapped[str] = mapped_column(Words())
    kinds: Mapped[list[str]] = mapped_column(Document())
    sealed_secret: Mapped[str | None] = mapped_column(Name(300), default=None)
    dealer_id: Mapped[int | None] = mapped_column(ForeignKey("dealers.id"), default=None)
    floor: Mapped[int] = mapped_column(Key())
    mark: Mapped[int] = mapped_column(Key())
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    created_by: Mapped[str] = mapped_column(Code(64))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)


class Delivery(Base):
    """One event on its way to one receiver; ``id`` is the receiver's means to tell a repetition."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        Index("ix_webhook_deliveries_due", "state", "next_try_at"),
    )

    id: Mapped[UUID] = mapped_column(Id(), primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhooks.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True, default=None)
    payload: Mapped[dict[str, Any]] = mapped_column(Document())
    state: Mapped[str] = mapped_column(Code(16), default=DeliveryState.WAITING)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime())
    attempts: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int | None] = mapped_column(default=None)
    problem: Mapped[str | None] = mapped_column(Name(200), default=None)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
