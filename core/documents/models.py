"""Documents from file to passage. Vectors stand beside their passages; Chroma is a copy."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Blob, Code, Key, Name, UtcDateTime, Words


class StoredFile(Base):
    """The bytes of a file, kept once by their SHA-256 (hex)."""

    __tablename__ = "files"

    sha256: Mapped[str] = mapped_column(Code(64), primary_key=True)
    size: Mapped[int]
    mime: Mapped[str] = mapped_column(Code(100))
    data: Mapped[bytes] = mapped_column(Blob(), deferred=True)
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime())


class DocumentRow(Base):
    """A document under one file name, whatever its versions."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    source: Mapped[str] = mapped_column(Code(200), unique=True)
    title: Mapped[str] = mapped_column(Name(300))
    language: Mapped[str] = mapped_column(Code(16))


class IndexState(StrEnum):
    """How far a version is searchable."""

    WORDS = "words"
    MEANING = "meaning"


class Version(Base):
    """One edition of a document, valid over half-open days; a later one supersedes it."""

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date, default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime())
    recorded_by: Mapped[str] = mapped_column(Code(64))
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    index_state: Mapped[str] = mapped_column(Code(16), default=IndexState.WORDS, index=True)
    pages: Mapped[int] = mapped_column(default=0)


class Audience(Base):
    """Who may read a version: a role, a region and all below it, or a dealer; a row without any means everyone."""

    __tablename__ = "audiences"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("document_versions.id"), index=True)
    role: Mapped[str | None] = mapped_column(Code(16), default=None)
    region_path: Mapped[str | None] = mapped_column(Code(200), default=None)
    dealer_id: Mapped[int | None] = mapped_column(ForeignKey("dealers.id"), default=None)


class Page(Base):
    """The text of a physical page, counted from 1; 0 stands for a file without pages."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("document_versions.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Words())


class Passage(Base):
    """About 200 tokens of one page; ``vector`` is float32 little-endian from the embedder named ``embedder``."""

    __tablename__ = "passages"
    __table_args__ = (UniqueConstraint("version_id", "ordinal"),)

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("document_versions.id"))
    ordinal: Mapped[int]
    page: Mapped[int | None] = mapped_column(default=None)
    heading: Mapped[str] = mapped_column(Words())
    text: Mapped[str] = mapped_column(Words())
    terms: Mapped[int]
    embedder: Mapped[str | None] = mapped_column(Code(64), default=None)
    vector: Mapped[bytes | None] = mapped_column(Blob(), default=None, deferred=True)


class Posting(Base):
    """How often a search term stands in a passage."""

    __tablename__ = "postings"
    __table_args__ = (Index("ix_postings_term_passage", "term", "passage_id"),)

    passage_id: Mapped[int] = mapped_column(ForeignKey("passages.id"), primary_key=True)
    term: Mapped[str] = mapped_column(Code(64), primary_key=True)
    count: Mapped[int]
