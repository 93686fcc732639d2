"""Vectors for passages that have none, in small steps beside the desk's other work."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from core.db import Database
from core.documents import indexing
from core.language.embedder import Embedder

BATCH = 4


async def embed_missing(
    database: Database, embedder: Embedder, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> int:
    """Embed until nothing is left; each batch is its own short transaction, so it can be stopped at any moment."""
    done = 0
    async with database.reads() as session:
        whole = await indexing.count_without_vectors(session, embedder.name)
    while True:
        async with database.reads() as session:
            batch = await indexing.without_vectors(session, embedder.name, BATCH)
            known = {
                one.id: await indexing.known_vector(session, embedder.name, one.heading, one.text) for one in batch
            }
        if not batch:
            return done
        vectors = {passage: vector for passage, vector in known.items() if vector is not None}
        fresh = [one for one in batch if one.id not in vectors]
        texts = [f"{one.heading}\n{one.text}" for one in fresh]
        made: Iterable[Any] = await asyncio.to_thread(embedder.passages, texts) if texts else ()
        for one, vector in zip(fresh, made, strict=True):
            vectors[one.id] = np.asarray(vector, dtype="<f4").tobytes()
        async with database.writes.begin() as session:
            await indexing.keep_vectors(session, embedder.name, vectors)
        done += len(batch)
        progress(done, whole)
