"""Which passages are near a question in meaning: Chroma where this process owns its folder, else the stored vectors."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.ext.asyncio import AsyncSession

from core.db import Database
from core.documents import service as documents

log = logging.getLogger(__name__)

NEAREST = 50
Vector = NDArray[np.float32]


class Copy(Protocol):
    """An index that holds a copy of the vectors, and follows the database's."""

    async def follow(self, database: Database, embedder: str) -> int:
        """Bring it into step; returns how much changed."""

    def close(self) -> None:
        """Let go of it."""

    def holds(self, embedder: str, versions: Sequence[int]) -> int:
        """How many passages of these versions it has."""

    async def nearest(self, embedder: str, query: Vector, versions: Sequence[int], limit: int) -> dict[int, float]:
        """Cosines by passage."""


@dataclass
class Vectors:
    """The way to the vectors; ``copy`` is asked where there is one that has them all, else the stored ones."""

    copy: Copy | None = None
    _kept: dict[tuple[str, tuple[int, ...]], tuple[int, list[int], Vector]] = field(default_factory=dict)

    def close(self) -> None:
        """Let go of the copy."""
        if self.copy is not None:
            self.copy.close()
            self.copy = None

    async def nearest(
        self, session: AsyncSession, embedder: str, query: Vector, versions: Sequence[int]
    ) -> dict[int, float]:
        """Cosines of the nearest passages among the versions."""
        count = await documents.count_vectors(session, versions, embedder)
        if not count:
            return {}
        if self.copy is not None and self.copy.holds(embedder, versions) == count:
            try:
                return await self.copy.nearest(embedder, query, versions, NEAREST)
            except Exception:
                log.exception("the copy of the vectors doesn't answer; the stored ones are searched")
        passages, matrix = await self._stored(session, embedder, tuple(sorted(versions)), count)
        cosines = matrix @ query
        best = np.argsort(-cosines)[:NEAREST]
        return {passages[i]: float(cosines[i]) for i in best}

    async def _stored(
        self, session: AsyncSession, embedder: str, versions: tuple[int, ...], count: int
    ) -> tuple[list[int], Vector]:
        """The vectors of some versions as a matrix, read again when there are more of them than were kept."""
        kept = self._kept.get((embedder, versions))
        if kept is None or kept[0] != count:
            found = await documents.vectors(session, versions, embedder)
            rows = [np.frombuffer(vector, dtype="<f4") for vector in found.values()]
            matrix = np.stack(rows).astype(np.float32) if rows else np.zeros((0, 1), dtype=np.float32)
            kept = (count, list(found), matrix)
            self._kept = {(embedder, versions): kept}
        return kept[1], kept[2]
