"""Questions to the documents: found by words and by meaning, answered with the page they stand on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.documents import service as documents
from core.documents.service import Hit
from core.language.embedder import Embedder
from core.language.normalise import fold
from core.language.tokens import search_tokens
from knowledge.abstaining import Found, confidence
from knowledge.gate import Verdict, signals, verdict
from knowledge.quotes import Quote, answer_sentences
from knowledge.ranking import bm25, fuse, self_score
from knowledge.synonyms import terms_asked
from knowledge.vectors import Vectors

PASSAGES = 4
UNREAD = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What the documents say to a question, best passage first, and how much of an answer it is."""

    hits: tuple[Hit, ...]
    quotes: tuple[Quote, ...]
    verdict: Verdict


@dataclass
class Knowledge:
    """What answering from documents needs besides the database: an embedder, where there is one, and its vectors."""

    embedder: Embedder | None = None
    vectors: Vectors = field(default_factory=Vectors)

    async def answer(self, session: AsyncSession, actor: Actor, question: str, day: date) -> Answer:
        """Ranked by words and meaning over what the actor may read that day."""
        versions = await documents.readable_versions(session, actor, day)
        terms = search_tokens(question)
        asked = terms_asked(question)
        words = await documents.words_of(session, versions, asked)
        lexical = bm25(asked, words.postings, words.lengths, words.average, total=words.total, worth=asked)
        dense = await self._dense(session, question, versions)
        unread = await self._unread(session, lexical) if dense else frozenset()
        ranked = fuse(dense, lexical, unread=unread)[:PASSAGES]
        hits = await documents.hits(session, actor, day, [passage for passage, _ in ranked])
        if not hits:
            return Answer((), (), Verdict.NONE)
        scores = dict(ranked)
        quotes = answer_sentences(
            question,
            [hit.text for hit in hits],
            [scores[hit.passage_id] for hit in hits],
            headings=[hit.heading for hit in hits],
        )
        top = hits[0]
        near = None if not dense or top.passage_id in unread else dense
        share = lexical.get(top.passage_id, 0.0) / (self_score(terms, words.postings, words.total) or 1.0)
        quoted = " ".join(quote.text for quote in quotes)
        seen = signals(question, quoted, share, top.passage_id, near)
        found = Found(top.passage_id, top.text, words.postings, words.total, lexical, top_heading=top.heading)
        judged = verdict(seen, 0.0 if near else confidence(question, found))
        return Answer(tuple(hits), tuple(quotes), judged)

    async def _unread(self, session: AsyncSession, lexical: Mapping[int, float]) -> frozenset[int]:
        """Those of the best by words that were published a moment ago and have no vector yet."""
        assert self.embedder is not None
        best = sorted(lexical, key=lambda passage: -lexical[passage])[:UNREAD]
        return await documents.without_vector(session, best, self.embedder.name)

    async def _dense(self, session: AsyncSession, question: str, versions: list[int]) -> dict[int, float]:
        if self.embedder is None or not versions:
            return {}
        return await self.vectors.nearest(session, self.embedder.name, self._query(question), versions)

    def _query(self, question: str) -> NDArray[np.float32]:
        assert self.embedder is not None
        return self.embedder.query(fold(question))  # as the intents read it: embedded once a turn
