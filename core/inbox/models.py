"""Messages on their way in and out, and who is at work on which chat."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Document, Id, Key, Name, UtcDateTime


class InboundStatus(StrEnum):
    """A message is new until the transaction that saves its turn."""

    NEW = "new"
    DONE = "done"


class Inbound(Base):
    """A message as a channel delivered it; unique by the channel and the channel's own message id."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index("ix_inbox_waiting", "status", "lane", "id"),
    )

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    channel: Mapped[str] = mapped_column(Code(32))
    external_id: Mapped[str] = mapped_column(Code(190))
    lane: Mapped[str] = mapped_column(Code(190))
    account: Mapped[str] = mapped_column(Code(128))
    payload: Mapped[dict[str, Any]] = mapped_column(Document())
    received_at: Mapped[datetime] = mapped_column(UtcDateTime())
    status: Mapped[str] = mapped_column(Code(8), default=InboundStatus.NEW)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)


class Lease(Base):
    """Who works on a lane (a chat of a channel), until when; ``token``, new a claim, fences late writers off."""

    __tablename__ = "leases"

    lane: Mapped[str] = mapped_column(Code(190), primary_key=True)
    token: Mapped[UUID] = mapped_column(Id())
    until: Mapped[datetime] = mapped_column(UtcDateTime())


class Outbound(Base):
    """Something to be shown in a chat, written in the transaction of the turn that says it.

    ``parts``: how many of the messages that it takes on its channel are there already. ``unsure``: the last try may
    have been shown although the channel didn't say so.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("dedupe"),
        Index("ix_outbox_waiting", "channel", "sent_at", "id"),
        Index("ix_outbox_chat", "channel", "chat", "id"),
    )

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    channel: Mapped[str] = mapped_column(Code(32))
    chat: Mapped[str] = mapped_column(Code(128))
    dedupe: Mapped[str] = mapped_column(Code(96))
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"), index=True, default=None)
    payload: Mapped[dict[str, Any]] = mapped_column(Document())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    parts: Mapped[int | None] = mapped_column(default=None)
    unsure: Mapped[bool | None] = mapped_column(default=None)
    error: Mapped[str | None] = mapped_column(Name(300), default=None)
