"""``qudao ingest``: publish a document from a file."""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from bot.commands.common import run, settled
from core.actor import Permission, system
from core.brand import service as brands
from core.clock import system_clock
from core.db import Database
from core.documents import files
from core.documents.publishing import Edition, publish
from core.errors import NotPermitted
from core.language.detect import detect
from core.language.embedder import load_embedder
from core.people import service as people
from core.reading.document import Document
from core.settings import Settings
from knowledge.indexing import embed_missing
from knowledge.publishing import read_file
from tools.documents import ROLES, Reader

SAMPLE = 4_000


@click.command("ingest")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", default="", help="What the document is called; its own title when absent.")
@click.option(
    "--audience", type=click.Choice([str(one) for one in Reader]), default="everyone", show_default=True,
    help="For whom it is meant.",
)  # fmt: skip
@click.option("--valid-from", type=click.DateTime(["%Y-%m-%d"]), help="Its first day; today when absent.")
@click.option("--as", "person", metavar="PERSON", help="Who publishes, such as trainer; the operator when absent.")
def command(file: Path, title: str, audience: str, valid_from: datetime | None, person: str | None) -> None:
    """Publish FILE (PDF, Markdown or text) under its name; a file of the same name becomes its next edition."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    wanted = Wanted(file.name, title, Reader(audience), valid_from.date() if valid_from else None)
    run(_ingest(settled(), file.read_bytes(), wanted, person))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the operator said about the file; the rest is read from it."""

    name: str
    title: str
    audience: Reader
    valid_from: date | None


async def _ingest(settings: Settings, data: bytes, wanted: Wanted, person: str | None) -> None:
    database = Database(settings.url)
    now = system_clock()
    try:
        async with database.reads() as session:
            _, today = await brands.current_at(session, now)
            actor = await people.actor_by_handle(session, person, today) if person else system("ingest")
        if not actor.may(Permission.DOCUMENTS_PUBLISH):
            raise NotPermitted
        document, pieces = await read_file(data, wanted.name, lambda page, whole: _count("page", page, whole))
        edition = _edition(document, wanted, today)
        async with database.writes.begin() as session:
            await files.store(session, data, document.mime, now)
            version = await publish(session, actor, edition, document, pieces, now)
        click.echo(
            f"Published {edition.title!r} from {wanted.name}, edition {version.number}, {version.pages} pages, "
            f"for {wanted.audience}, from {edition.valid_from}. It is found by its words now."
        )
        await _index(database, settings)
    finally:
        await database.close()


def _edition(document: Document, wanted: Wanted, today: date) -> Edition:
    if document.unread:
        pages = ", ".join(map(str, document.unread[:10]))
        click.echo(f"Pages that are pictures without text and can't be searched: {pages}", err=True)
    language = detect(" ".join(page.text for page in document.pages)[:SAMPLE], default="zh")
    title = wanted.title or document.title
    return Edition(wanted.name, title, language, ROLES[wanted.audience], wanted.valid_from or today)


async def _index(database: Database, settings: Settings) -> None:
    embedder = load_embedder(settings.embedder)
    if embedder is None:
        click.echo("No embedder is set (QUDAO_EMBEDDER): documents are searched by words alone.")
        return
    done = await embed_missing(database, embedder, lambda done, whole: _count("passage", done, whole))
    click.echo(f"Indexed by meaning: {done} passages.")


def _count(what: str, done: int, whole: int) -> None:
    """Every tenth, and the last."""
    if done == whole or done % 10 == 0:
        click.echo(f"  {what} {done} of {whole}", err=True)
