"""A document's file, pages, passages and postings, written in the caller's transaction."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Role
from core.documents.models import Audience, DocumentRow, IndexState, Page, Passage, Posting, Version
from core.errors import Refused
from core.events.service import record
from core.language.tokens import search_tokens
from core.reading.document import Document
from core.reading.passages import Passage as Piece

TERM_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Edition:
    """What is said about a document when it is published. ``audience`` names roles; empty means everyone."""

    source: str
    title: str
    language: str
    audience: tuple[Role, ...]
    valid_from: date
    valid_to: date | None = None


async def publish(
    session: AsyncSession, actor: Actor, edition: Edition, document: Document, pieces: Sequence[Piece], at: datetime
) -> Version:
    """Add the next version of the document; from its first day on it takes the place of the one before.

    The same bytes on the same terms again are refused. Words are searchable at once, meaning when it was indexed.
    """
    row = await _document(session, edition)
    newest = select(Version).where(Version.document_id == row.id).order_by(Version.number.desc()).limit(1)
    before = (await session.execute(newest)).scalar_one_or_none()
    if before and before.sha256 == document.sha256 and before.valid_from == edition.valid_from:
        raise Refused("document.same_again", title=row.title)
    version = Version(
        document_id=row.id,
        number=before.number + 1 if before else 1,
        sha256=document.sha256,
        valid_from=edition.valid_from,
        valid_to=edition.valid_to,
        recorded_at=at,
        recorded_by=actor.handle,
        index_state=IndexState.WORDS,
        pages=len(document.pages),
    )
    session.add(version)
    await session.flush()
    session.add_all(Audience(version_id=version.id, role=role) for role in edition.audience)
    await session.flush()
    pages = [{"version_id": version.id, "number": page.number or 0, "text": page.text} for page in document.pages]
    await session.execute(insert(Page), _one_a_number(pages))
    await _write_passages(session, version.id, pieces)
    after = {"title": edition.title, "version": version.number, "sha256": document.sha256}
    record(session, actor, "document.published", f"documents:{edition.source}", at=at, after=after)
    return version


async def _document(session: AsyncSession, edition: Edition) -> DocumentRow:
    found = select(DocumentRow).where(DocumentRow.source == edition.source).with_for_update()
    row = (await session.execute(found)).scalar_one_or_none()
    if row is None:
        row = DocumentRow(source=edition.source, title=edition.title, language=edition.language)
        session.add(row)
        await session.flush()
    row.title, row.language = edition.title, edition.language
    return row


def _one_a_number(pages: list[dict[str, object]]) -> list[dict[str, object]]:
    """A file without pages is one page, number 0."""
    if len(pages) < 2 or pages[0]["number"] != pages[1]["number"]:
        return pages
    return [{**pages[0], "text": "\n".join(str(page["text"]) for page in pages)}]


async def _write_passages(session: AsyncSession, version_id: int, pieces: Sequence[Piece]) -> None:
    counted = [Counter(term[:TERM_LENGTH] for term in search_tokens(f"{p.heading}\n{p.text}")) for p in pieces]
    rows = [
        {
            "version_id": version_id,
            "ordinal": piece.ordinal,
            "page": piece.page,
            "heading": piece.heading,
            "text": piece.text,
            "terms": sum(terms.values()),
        }
        for piece, terms in zip(pieces, counted, strict=True)
    ]
    if not rows:
        return
    await session.execute(insert(Passage), rows)
    ids = select(Passage.id).where(Passage.version_id == version_id).order_by(Passage.ordinal)
    passage_ids = (await session.execute(ids)).scalars().all()
    postings = [
        {"passage_id": passage_id, "term": term, "count": count}
        for passage_id, terms in zip(passage_ids, counted, strict=True)
        for term, count in terms.items()
    ]
    await session.execute(insert(Posting), postings)


async def count_documents(session: AsyncSession) -> int:
    """How many documents there are, whatever their validity."""
    return (await session.execute(select(func.count(DocumentRow.id)))).scalar_one()
