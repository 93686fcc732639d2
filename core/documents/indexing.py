"""Vectors of passages, written as they are made; a version is indexed by meaning when none is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.documents.models import IndexState, Passage, Version


@dataclass(frozen=True, slots=True)
class Unembedded:
    """A passage that has no vector of the embedder in use."""

    id: int
    version_id: int
    heading: str
    text: str


async def without_vectors(session: AsyncSession, embedder: str, limit: int) -> list[Unembedded]:
    """Passages still to be embedded, the newest documents' first."""
    missing = or_(Passage.embedder.is_(None), Passage.embedder != embedder)
    found = (
        select(Passage.id, Passage.version_id, Passage.heading, Passage.text)
        .where(missing)
        .order_by(Passage.version_id.desc(), Passage.ordinal)
        .limit(limit)
    )
    return [Unembedded(*row) for row in (await session.execute(found))]


async def count_without_vectors(session: AsyncSession, embedder: str) -> int:
    """How many are left."""
    return len(await without_vectors(session, embedder, 1_000_000))


async def keep_vectors(session: AsyncSession, embedder: str, vectors: Mapping[int, bytes]) -> None:
    """Store vectors beside their passages, and mark the versions that are complete by that."""
    for passage_id, vector in vectors.items():
        await session.execute(update(Passage).where(Passage.id == passage_id).values(embedder=embedder, vector=vector))
    incomplete = exists().where(
        Passage.version_id == Version.id, or_(Passage.embedder.is_(None), Passage.embedder != embedder)
    )
    done = update(Version).where(~incomplete, Version.index_state != IndexState.MEANING)
    await session.execute(done.values(index_state=IndexState.MEANING).execution_options(synchronize_session=False))


async def known_vector(session: AsyncSession, embedder: str, heading: str, text: str) -> bytes | None:
    """The vector of the same words in an earlier version, so that an unchanged page costs nothing."""
    same = select(Passage.vector).where(
        Passage.text == text, Passage.heading == heading, Passage.embedder == embedder, Passage.vector.is_not(None)
    )
    return (await session.execute(same.limit(1))).scalar_one_or_none()


async def vectors_state(session: AsyncSession, embedder: str) -> tuple[int, int]:
    """How many vectors there are and the highest passage among them: another pair, another state."""
    state = select(func.count(Passage.id), func.coalesce(func.max(Passage.id), 0)).where(Passage.embedder == embedder)
    count, highest = (await session.execute(state)).one()
    return count, highest


async def vectors_after(session: AsyncSession, embedder: str, after: int, limit: int) -> list[tuple[int, int, bytes]]:
    """Stored vectors with their passage and version, in the order of passages, for an index that is a copy."""
    found = (
        select(Passage.id, Passage.version_id, Passage.vector)
        .where(Passage.embedder == embedder, Passage.vector.is_not(None), Passage.id > after)
        .order_by(Passage.id)
        .limit(limit)
    )
    return [(passage, version, vector) for passage, version, vector in await session.execute(found) if vector]
