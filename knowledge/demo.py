"""The demo brand's documents, published as a trainer's would be."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from core.actor import system
from core.clock import system_clock
from core.db import Database
from core.demo.documents import build, documents
from core.documents.publishing import Edition, count_documents
from knowledge.indexing import embed_missing
from knowledge.publishing import publish_file
from knowledge.service import Knowledge


async def publish_demo_documents(database: Database, progress: Callable[[str], None] = lambda _: None) -> None:
    """Publish them unless documents are there already; answerable by words when this returns."""
    async with database.reads() as session:
        if await count_documents(session):
            return
    with TemporaryDirectory(prefix="qudao-demo-") as folder:
        for path, document in zip(build(Path(folder)), documents(), strict=True):
            progress(document.file_name)
            edition = Edition(
                document.file_name, document.title, document.language, document.audience, document.valid_from
            )
            await publish_file(database.writes, system("demo"), edition, path.read_bytes(), system_clock())


async def index_by_meaning(
    database: Database, knowledge: Knowledge, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> None:
    """Embed whatever has no vector yet; nothing to do without an embedder."""
    if knowledge.embedder is not None:
        await embed_missing(database, knowledge.embedder, progress)
