"""The register of contracts: what was agreed with which dealer, its files, its dates; and what people had reviewed."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Document, Id, Key, Money, Name, UtcDateTime, dealer_owned
from core.policy import Policy


class State(StrEnum):
    """How far a contract has come; only what is signed binds."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SIGNED = "signed"
    ENDED = "ended"


class DateKind(StrEnum):
    """What a day of a contract is for."""

    RENEWAL_OPENS = "renewal_opens"
    NOTICE_DUE = "notice_due"
    MINIMUM_PURCHASE = "minimum_purchase"
    ENDS = "ends"


class Form(StrEnum):
    """How a signature is made: inside a PDF, or as a file of its own beside any file."""

    PADES = "pades"
    SM2 = "sm2"


class Contract(Base):
    """A contract with a dealer. ``side`` says whose paper it is; ``ends_on`` is its last day; ``owner_id`` is whoever
    looks after it; what it ``renews`` for itself goes on unless notice is given ``notice_days`` before the end.
    """

    __tablename__ = "contracts"
    __table_args__ = dealer_owned((Index("ix_contracts_state", "state", "ends_on"),))

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    number: Mapped[str] = mapped_column(Code(40), unique=True)
    kind: Mapped[str] = mapped_column(Code(24))
    title: Mapped[str] = mapped_column(Name(200))
    side: Mapped[str] = mapped_column(Code(8))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    state: Mapped[str] = mapped_column(Code(16))
    starts_on: Mapped[date | None] = mapped_column(Date, default=None)
    ends_on: Mapped[date | None] = mapped_column(Date, default=None)
    renews: Mapped[bool] = mapped_column(default=False)
    notice_days: Mapped[int | None] = mapped_column(default=None)
    minimum_purchase: Mapped[Decimal | None] = mapped_column(Money(), default=None)
    currency: Mapped[str | None] = mapped_column(Code(3), default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime())
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime())


class ContractVersion(Base):
    """A file of a contract; the one with the highest number counts."""

    __tablename__ = "contract_versions"
    __table_args__ = dealer_owned((UniqueConstraint("contract_id", "number"),))

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"))
    name: Mapped[str] = mapped_column(Name(200))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime())
    recorded_by: Mapped[str] = mapped_column(Code(64))


class ContractSignature(Base):
    """Somebody's signature under a contract's file ``signed_sha256``, for the ``organisation`` that they spoke for.

    ``sha256`` is the file that it made: that PDF with one signature more (a version of the contract too), or a
    signature file beside it, which is kept here alone.
    """

    __tablename__ = "contract_signatures"
    __table_args__ = dealer_owned((UniqueConstraint("contract_id", "sha256"),))

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    form: Mapped[str] = mapped_column(Code(8))
    signed_sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"))
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"))
    name: Mapped[str] = mapped_column(Name(200))
    organisation: Mapped[str] = mapped_column(Name(200))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime())
    signed_by: Mapped[str] = mapped_column(Code(64))


class ContractDate(Base):
    """A day that somebody must think of; ``told_at`` is when they were reminded, from ``remind_on`` on."""

    __tablename__ = "contract_dates"
    __table_args__ = dealer_owned((UniqueConstraint("contract_id", "kind", "day"),))

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    kind: Mapped[str] = mapped_column(Code(24))
    day: Mapped[date] = mapped_column(Date)
    remind_on: Mapped[date] = mapped_column(Date, index=True)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)


class ContractTemplate(Policy, Base):
    """The brand's own wording of a kind of contract in a language."""

    __tablename__ = "contract_templates"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    kind: Mapped[str] = mapped_column(Code(24))
    language: Mapped[str] = mapped_column(Code(16))
    title: Mapped[str] = mapped_column(Name(200))
    name: Mapped[str] = mapped_column(Name(200))
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"))


class ContractReview(Base):
    """A person's own review of a file in a conversation; the one used last is the contract in view there.

    What was looked at in one ``turn_id`` is in view together. ``contract_id`` is set where the file was a registered
    contract's, which they must still be allowed to see.
    """

    __tablename__ = "contract_reviews"
    __table_args__ = (
        UniqueConstraint("person_id", "conversation_id", "sha256", "side", "language", name="uq_contract_reviews_file"),
    )

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    conversation_id: Mapped[UUID] = mapped_column(Id(), ForeignKey("conversations.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"))
    name: Mapped[str] = mapped_column(Name(200))
    side: Mapped[str] = mapped_column(Code(8))
    language: Mapped[str] = mapped_column(Code(16))
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"), default=None)
    turn_id: Mapped[UUID | None] = mapped_column(Id(), default=None)
    result: Mapped[dict[str, Any]] = mapped_column(Document())
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())
    used_at: Mapped[datetime] = mapped_column(UtcDateTime())
