"""Keys that programs show, and the answers kept for requests that are sent again."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Document, Key, Name, UtcDateTime


class AccessKey(Base):
    """A person's key or a service's (without a person). Of its secret only the hash is kept; ``prefix`` names it."""

    __tablename__ = "access_keys"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    prefix: Mapped[str] = mapped_column(Code(16), unique=True)
    secret_hash: Mapped[str] = mapped_column(Code(64))
    name: Mapped[str] = mapped_column(Name(100))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True, default=None)
    scopes: Mapped[list[str]] = mapped_column(Document())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    created_by: Mapped[str] = mapped_column(Code(64))
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)


class KeptAnswer(Base):
    """What a request with an ``Idempotency-Key`` was answered; no ``status`` while it is being worked on.

    ``owner`` keeps people's keys apart; ``fingerprint`` is the SHA-256 of method, path and body.
    """

    __tablename__ = "kept_answers"
    __table_args__ = (UniqueConstraint("owner", "request_key"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    owner: Mapped[str] = mapped_column(Code(80))
    request_key: Mapped[str] = mapped_column(Code(100))
    fingerprint: Mapped[str] = mapped_column(Code(64))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime())
    status: Mapped[int | None] = mapped_column(default=None)
    body: Mapped[dict[str, Any] | None] = mapped_column(Document(), default=None)
