"""What an actor may read on a day: documents, passages, postings and vectors, always under audience and validity."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from core.actor import Actor, Role
from core.documents.models import Audience, DocumentRow, Passage, Posting, StoredFile, Version
from core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with the document that it stands in."""

    passage_id: int
    version_id: int
    source: str
    title: str
    page: int | None
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """What lexical ranking needs of the question's terms, over everything that the actor may read."""

    postings: Mapping[str, Mapping[int, int]]
    lengths: Mapping[int, int]
    total: int
    average: float


def readable(actor: Actor, day: date) -> ColumnElement[bool]:
    """Versions in force on the day (of each document the newest such) whose audience the actor belongs to."""
    later = aliased(Version)
    newer = exists().where(
        later.document_id == Version.document_id, later.number > Version.number, _in_force(later, day)
    )
    return and_(_in_force(Version, day), ~newer, _for(actor))


def _in_force(version: type[Version], day: date) -> ColumnElement[bool]:
    open_ended = or_(version.valid_to.is_(None), version.valid_to > day)
    return and_(version.valid_from <= day, open_ended, version.superseded_at.is_(None))


def _for(actor: Actor) -> ColumnElement[bool]:
    """A document for everyone names no audience, and nothing else is for a group that anybody may be in.

    Else it must fit the actor, and in company whoever hears them.
    """
    for_everyone = ~exists().where(Audience.version_id == Version.id)
    if actor.heard_by is not None and not actor.heard_by:
        return for_everyone
    roles = sorted({actor.role} | (actor.heard_by or frozenset()))
    return or_(for_everyone, and_(*(_fits(actor, role) for role in roles)))


def _fits(actor: Actor, role: Role) -> ColumnElement[bool]:
    """One of its rows must fit in all that it names: the role, and where the actor belongs."""
    path = actor.region_path
    below = literal(path).startswith(Audience.region_path) if path else Audience.region_path.is_(None)
    return exists().where(
        Audience.version_id == Version.id,
        or_(Audience.role.is_(None), Audience.role == str(role)),
        or_(Audience.region_path.is_(None), below),
        or_(Audience.dealer_id.is_(None), Audience.dealer_id == actor.dealer_id),
    )


async def readable_versions(session: AsyncSession, actor: Actor, day: date) -> list[int]:
    """The ids of what the actor may read."""
    return list((await session.execute(select(Version.id).where(readable(actor, day)))).scalars())


async def languages_of(session: AsyncSession, versions: Sequence[int]) -> dict[int, str]:
    """What language each version is written in."""
    found = select(Version.id, DocumentRow.language).join(DocumentRow, DocumentRow.id == Version.document_id)
    rows = await session.execute(found.where(Version.id.in_(versions)))
    return {row[0]: row[1] for row in rows}


async def words_of(session: AsyncSession, versions: Sequence[int], terms: Iterable[str]) -> Words:
    """Postings of the terms within some versions, with the lengths of the passages that hold them."""
    size = select(func.count(Passage.id), func.avg(Passage.terms)).where(Passage.version_id.in_(versions))
    total, average = (await session.execute(size)).one()
    wanted = (
        select(Posting.term, Posting.passage_id, Posting.count, Passage.terms)
        .join(Passage, Passage.id == Posting.passage_id)
        .where(Posting.term.in_(list(dict.fromkeys(terms))), Passage.version_id.in_(versions))
    )
    postings: dict[str, dict[int, int]] = {}
    lengths: dict[int, int] = {}
    for term, passage_id, count, length in await session.execute(wanted):
        postings.setdefault(term, {})[passage_id] = count
        lengths[passage_id] = length
    return Words(postings, lengths, total, float(average or 0))


async def hits(session: AsyncSession, actor: Actor, day: date, passage_ids: Sequence[int]) -> list[Hit]:
    """The passages, in the order asked, read again under access and validity: what an index returns is only a hint."""
    found = (
        select(Passage, Version, DocumentRow)
        .join(Version, Version.id == Passage.version_id)
        .join(DocumentRow, DocumentRow.id == Version.document_id)
        .where(Passage.id.in_(passage_ids), readable(actor, day))
    )
    rows = {
        passage.id: Hit(passage.id, version.id, row.source, row.title, passage.page, passage.heading, passage.text)
        for passage, version, row in (await session.execute(found))
    }
    return [rows[passage_id] for passage_id in passage_ids if passage_id in rows]


async def vectors(session: AsyncSession, versions: Sequence[int], embedder: str) -> dict[int, bytes]:
    """The stored vectors of some versions' passages, as float32 little-endian, by passage."""
    found = select(Passage.id, Passage.vector).where(
        Passage.version_id.in_(versions), Passage.embedder == embedder, Passage.vector.is_not(None)
    )
    return {passage: vector for passage, vector in (await session.execute(found)) if vector is not None}


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in force, as a list shows it."""

    version_id: int
    source: str
    title: str
    language: str
    edition: int
    valid_from: date
    valid_to: date | None
    pages: int


async def listed(session: AsyncSession, actor: Actor, day: date, after: str, limit: int) -> list[Listed]:
    """What the actor may read that day, by file name, from the one past ``after`` on."""
    found = (
        select(
            Version.id,
            DocumentRow.source,
            DocumentRow.title,
            DocumentRow.language,
            Version.number,
            Version.valid_from,
            Version.valid_to,
            Version.pages,
        )
        .join(DocumentRow, DocumentRow.id == Version.document_id)
        .where(readable(actor, day), DocumentRow.source > after)
        .order_by(DocumentRow.source)
        .limit(limit)
    )
    return [Listed(*row) for row in await session.execute(found)]


@dataclass(frozen=True, slots=True)
class Readable:
    """A document's file as an actor may open it."""

    source: str
    title: str
    mime: str
    data: bytes


async def open_version(session: AsyncSession, actor: Actor, version_id: int, day: date) -> Readable:
    """The file behind a citation; NotFound where it is missing, out of force or not for the actor."""
    found = (
        select(DocumentRow.source, DocumentRow.title, StoredFile.mime, StoredFile.data)
        .join(Version, Version.document_id == DocumentRow.id)
        .join(StoredFile, StoredFile.sha256 == Version.sha256)
        .where(Version.id == version_id, readable(actor, day))
    )
    row = (await session.execute(found)).one_or_none()
    if row is None:
        raise NotFound
    return Readable(*row)


async def count_vectors(session: AsyncSession, versions: Sequence[int], embedder: str) -> int:
    """How many of the versions' passages have a vector of this embedder."""
    found = select(func.count(Passage.id)).where(Passage.version_id.in_(versions), Passage.embedder == embedder)
    return (await session.execute(found)).scalar_one()


async def without_vector(session: AsyncSession, passage_ids: Sequence[int], embedder: str) -> frozenset[int]:
    """Those of the passages that are known by their words only."""
    if not passage_ids:
        return frozenset()
    known = select(Passage.id).where(Passage.id.in_(passage_ids), Passage.embedder == embedder)
    return frozenset(passage_ids) - frozenset((await session.execute(known)).scalars())
