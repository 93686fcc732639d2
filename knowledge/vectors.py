"""Which passages are near a question in meaning: Chroma where this process owns its folder, else the stored vectors."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.ext.asyncio import AsyncSession

from core.documents import service as documents

NEAREST = 50
Vector = NDArray[np.float32]


class Copy(Protocol):
    """An index that holds a copy of the vectors."""

    def nearest(self, embedder: str, query: Vector, versions: Sequence[int], limit: int) -> dict[int, float] | None:
        """Cosines by passage; None where the copy can't answer now."""


@dataclass
class Vectors:
    """The way to the vectors; ``copy`` is asked first where there is one."""

    copy: Copy | None = None
    _kept: dict[tuple[str, tuple[int, ...]], tuple[int, list[int], Vector]] = field(default_factory=dict)

    async def nearest(
        self, session: AsyncSession, embedder: str, query: Vector, versions: Sequence[int]
    ) -> dict[int, float]:
        """Cosines of the nearest passages among the versions."""
        if self.copy is not None:
            found = self.copy.nearest(embedder, query, versions, NEAREST)
            if found:
                return found
        passages, matrix = await self._stored(session, embedder, tuple(sorted(versions)))
        if not passages:
            return {}
        cosines = matrix @ query
        best = np.argsort(-cosines)[:NEAREST]
        return {passages[i]: float(cosines[i]) for i in best}

    async def _stored(
        self, session: AsyncSession, embedder: str, versions: tuple[int, ...]
    ) -> tuple[list[int], Vector]:
        """The vectors of some versions as a matrix, read again when there are more of them than were kept."""
        count = await documents.count_vectors(session, versions, embedder)
        kept = self._kept.get((embedder, versions))
        if kept is None or kept[0] != count:
            found = await documents.vectors(session, versions, embedder)
            rows = [np.frombuffer(vector, dtype="<f4") for vector in found.values()]
            matrix = np.stack(rows).astype(np.float32) if rows else np.zeros((0, 1), dtype=np.float32)
            kept = (count, list(found), matrix)
            self._kept = {(embedder, versions): kept}
        return kept[1], kept[2]
