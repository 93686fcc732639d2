"""Conversations, what was said in them, and where a person took over."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Document, Id, Key, UtcDateTime, Words


class Conversation(Base):
    """One person's thread in one chat of a channel; in a group each member has a thread of their own."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("channel", "chat", "person_id"),)

    id: Mapped[UUID] = mapped_column(Id(), primary_key=True)
    channel: Mapped[str] = mapped_column(Code(32))
    chat: Mapped[str] = mapped_column(Code(128))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    private: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str | None] = mapped_column(Code(16), default=None)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())


class Message(Base):
    """What was said in a turn: by the person (words, a press, a file) or by the desk (with the calls behind it)."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("turn_id", "position"),
        Index("ix_messages_conversation", "conversation_id", "id"),
    )

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    turn_id: Mapped[UUID] = mapped_column(Id())
    position: Mapped[int]
    by_desk: Mapped[bool]
    external_id: Mapped[str | None] = mapped_column(Code(190), default=None)
    text: Mapped[str] = mapped_column(Words())
    reply: Mapped[dict[str, Any] | None] = mapped_column(Document(), default=None)
    record: Mapped[dict[str, Any]] = mapped_column(Document(), default=dict)
    brain: Mapped[str | None] = mapped_column(Code(16), default=None)
    at: Mapped[datetime] = mapped_column(UtcDateTime())


class Handoff(Base):
    """A request for a person; one a turn."""

    __tablename__ = "handoffs"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    turn_id: Mapped[UUID] = mapped_column(Id(), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(Words())
    state: Mapped[str] = mapped_column(Code(16), default="open")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    promised_by: Mapped[datetime] = mapped_column(UtcDateTime())
