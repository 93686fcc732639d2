"""A file on its way into the documents: read, cut into passages, published."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from core.actor import Actor
from core.db import Writes
from core.documents import files
from core.documents.models import Version
from core.documents.publishing import Edition, publish
from core.reading import read
from core.reading.document import Document
from core.reading.passages import Passage, passages

PageProgress = Callable[[int, int], None]


async def read_file(data: bytes, name: str, progress: PageProgress | None = None) -> tuple[Document, list[Passage]]:
    """Read and cut in another thread; UnreadableFile says what is wrong with a file."""

    def work() -> tuple[Document, list[Passage]]:
        document = read(data, name, progress=progress)
        return document, passages(document)

    return await asyncio.to_thread(work)


async def publish_file(
    writes: Writes,
    actor: Actor,
    edition: Edition,
    data: bytes,
    at: datetime,
    progress: PageProgress | None = None,
) -> Version:
    """Read and publish in one go; nothing is stored of a file that can't be read."""
    document, pieces = await read_file(data, edition.source, progress)
    async with writes.begin() as session:
        await files.store(session, data, document.mime, at)
        return await publish(session, actor, edition, document, pieces, at)
