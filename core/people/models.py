"""People, how they were invited, and the accounts they speak from. Personal data stays here."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Id, Key, Name, UtcDateTime


class Person(Base):
    """Somebody who may speak with the desk, or receives goods; ``handle`` is how commands name them."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    handle: Mapped[str] = mapped_column(Code(64), unique=True)
    name: Mapped[str] = mapped_column(Name())
    phone: Mapped[str | None] = mapped_column(Name(40), default=None)
    role: Mapped[str | None] = mapped_column(Code(16), default=None)
    dealer_id: Mapped[int | None] = mapped_column(ForeignKey("dealers.id"), index=True, default=None)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), default=None)
    language: Mapped[str] = mapped_column(Code(16))
    retention: Mapped[str] = mapped_column(Code(16), default="trade")
    active_until: Mapped[date | None] = mapped_column(Date, default=None)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)


class Invite(Base):
    """A one-time right to bind an account to a person; only the hash of its token is kept."""

    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[str] = mapped_column(Code(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    created_by: Mapped[str] = mapped_column(Code(64))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)


class Identity(Base):
    """An account on a channel that speaks for a person until it is revoked. A web sign-in is one too, with an end."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("channel", "account"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    channel: Mapped[str] = mapped_column(Code(32))
    account: Mapped[str] = mapped_column(Code(128))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)


class Factor(Base):
    """A person's authenticator. The secret is sealed (core.sealing); ``last_step``: a code is good for once."""

    __tablename__ = "factors"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    secret: Mapped[str] = mapped_column(Name(300))
    enrolled_at: Mapped[datetime] = mapped_column(UtcDateTime())
    enrolled_by: Mapped[str] = mapped_column(Code(64))
    last_step: Mapped[int] = mapped_column(default=0)
    wrong: Mapped[int] = mapped_column(default=0)
    locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)


class Enrolment(Base):
    """An authenticator that a person is setting up: it counts once it has shown a right code.

    The secret is sealed, and shown until ``shown_at``; ``shown_as`` is the message with it, on a channel that can take
    it back.
    """

    __tablename__ = "enrolments"

    id: Mapped[UUID] = mapped_column(Id(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    secret: Mapped[str] = mapped_column(Name(300))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    wrong: Mapped[int] = mapped_column(default=0)
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    shown_as: Mapped[str | None] = mapped_column(Code(64), default=None)


class BoundGroup(Base):
    """A group chat that is bound to a dealer; ``members`` is how many the channel counts, without the desk itself."""

    __tablename__ = "bound_groups"
    __table_args__ = (UniqueConstraint("channel", "chat"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    channel: Mapped[str] = mapped_column(Code(32))
    chat: Mapped[str] = mapped_column(Code(128))
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    bound_by: Mapped[str] = mapped_column(Code(64))
    bound_at: Mapped[datetime] = mapped_column(UtcDateTime())
    unbound_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    members: Mapped[int] = mapped_column(default=0)
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime())


class GroupMember(Base):
    """An account that the channel says is in a group."""

    __tablename__ = "group_members"
    __table_args__ = (UniqueConstraint("channel", "chat", "account"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    channel: Mapped[str] = mapped_column(Code(32))
    chat: Mapped[str] = mapped_column(Code(128))
    account: Mapped[str] = mapped_column(Code(128))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime())
