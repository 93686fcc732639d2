"""The Chroma copy of the stored vectors: one collection an embedder, brought into step with the database.

The database is the truth. A passage in the copy carries its version and a checksum of its vector, so that a copy of
another database, or of an older state, is noticed and mended, and a lost one is made again.
"""

import asyncio
import hashlib
import logging
import shutil
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from core.db import Database
from core.documents import indexing

log = logging.getLogger(__name__)

BATCH = 500
OWNER = "owner.lock"
Vector = NDArray[np.float32]


class ChromaCopy:
    """A copy that this process may write; ``open_folder`` and ``open_server`` make one. Not for two threads at once."""

    def __init__(self, client: Any, prefix: str, release: Callable[[], None] = lambda: None) -> None:
        self._client = client
        self._prefix = prefix
        self._release = release
        self._collections: dict[str, Any] = {}
        self._held: dict[str, Counter[int]] = {}
        self._seen: dict[str, tuple[int, int]] = {}

    def holds(self, embedder: str, versions: Sequence[int]) -> int:
        """How many passages of these versions are in the copy, as this process brought it into step."""
        held = self._held.get(embedder, Counter())
        return sum(held[version] for version in versions)

    async def nearest(self, embedder: str, query: Vector, versions: Sequence[int], limit: int) -> dict[int, float]:
        """Cosines of the nearest passages among the versions."""

        def ask() -> Any:
            return self._collection(embedder).query(
                query_embeddings=[query],
                n_results=limit,
                where={"version": {"$in": [int(version) for version in versions]}},
                include=["distances"],
            )

        found = await asyncio.to_thread(ask)
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return {int(passage): 1.0 - float(distance) for passage, distance in pairs}

    async def follow(self, database: Database, embedder: str) -> int:
        """Bring the copy into step; returns how many passages were written or removed. Quick where nothing changed."""
        async with database.reads() as session:
            state = await indexing.vectors_state(session, embedder)
        if self._seen.get(embedder) == state:
            return 0
        known = await asyncio.to_thread(self._known, embedder)
        held: Counter[int] = Counter()
        changed, after = 0, 0
        while True:
            async with database.reads() as session:
                batch = await indexing.vectors_after(session, embedder, after, BATCH)
            if not batch:
                break
            after = batch[-1][0]
            held.update(version for _, version, _ in batch)
            fresh = [one for one in batch if known.pop(str(one[0]), None) != zlib.crc32(one[2])]
            changed += len(fresh)
            if fresh:
                await asyncio.to_thread(self._write, embedder, fresh)
        if known:
            await asyncio.to_thread(self._collection(embedder).delete, ids=list(known))
        self._held[embedder] = held
        self._seen[embedder] = state
        return changed + len(known)

    def count(self, embedder: str) -> int:
        """How many passages the copy itself says it holds."""
        return int(self._collection(embedder).count())

    def close(self) -> None:
        """Let go of the folder, or hang up."""
        self._client.close()
        self._release()

    def _collection(self, embedder: str) -> Any:
        if embedder not in self._collections:
            self._collections[embedder] = self._client.get_or_create_collection(
                f"{self._prefix}-{hashlib.sha256(embedder.encode()).hexdigest()[:16]}",
                configuration={"hnsw": {"space": "cosine"}},
                metadata={"embedder": embedder},
                embedding_function=None,
            )
        return self._collections[embedder]

    def _known(self, embedder: str) -> dict[str, int]:
        """Checksums of what the collection holds, by passage."""
        held = self._collection(embedder).get(include=["metadatas"])
        return {passage: int(about["crc"]) for passage, about in zip(held["ids"], held["metadatas"], strict=True)}

    def _write(self, embedder: str, batch: Sequence[tuple[int, int, bytes]]) -> None:
        self._collection(embedder).upsert(
            ids=[str(passage) for passage, _, _ in batch],
            embeddings=[np.frombuffer(vector, dtype="<f4") for _, _, vector in batch],
            metadatas=[{"version": version, "crc": zlib.crc32(vector)} for _, version, vector in batch],
        )


def open_folder(folder: Path, prefix: str) -> ChromaCopy | None:
    """The embedded copy in a folder; None where another process has it: two would go on seeing what is deleted.

    A copy that can't be opened is thrown away and made again from the database.
    """
    folder.mkdir(parents=True, exist_ok=True)
    owner = FileLock(folder / OWNER)
    try:
        owner.acquire(timeout=0)
    except Timeout:
        return None
    kept = sorted(folder.glob("index-*"))
    try:
        return ChromaCopy(_client(kept[0] if kept else _new(folder)), prefix, owner.release)
    except Exception:
        log.exception("the copy of the vectors can't be opened; it is made again from the database")
        for broken in kept:
            shutil.rmtree(broken)
        return ChromaCopy(_client(_new(folder)), prefix, owner.release)


def _new(folder: Path) -> Path:
    """Another name each time: Chroma remembers, for as long as the process lives, what it could not open."""
    return folder / f"index-{uuid4().hex}"


def open_server(url: str, prefix: str) -> ChromaCopy:
    """The copy on a Chroma server, such as ``http://chroma:8000``."""
    import chromadb
    from chromadb.config import Settings

    scheme, _, rest = url.rpartition("://")
    host, _, port = rest.strip("/").partition(":")
    secure = scheme == "https"
    client = chromadb.HttpClient(
        host, int(port or (443 if secure else 8000)), ssl=secure, settings=Settings(anonymized_telemetry=False)
    )
    return ChromaCopy(client, prefix, lambda: _hang_up(client))


def _hang_up(client: Any) -> None:
    """What the client's own ``close`` leaves open: its connections, and those of the part that checks names."""
    for part in (client, client._admin_client):  # noqa: SLF001
        part._server._session.close()  # noqa: SLF001


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    client.heartbeat()
    return cast(Any, client)
