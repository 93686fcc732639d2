"""Questions to the documents: found by words and by meaning, answered with the page they stand on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.documents import service as documents
from core.documents.service import Words
from core.language.embedder import Embedder
from core.language.normalise import fold
from core.language.tokens import search_tokens
from knowledge.abstaining import Found, confidence
from knowledge.gate import Verdict, signals, verdict
from knowledge.languages import Answer, Way, across, asked_in_english, likelier
from knowledge.quotes import answer_sentences
from knowledge.ranking import bm25, fuse, leaning, self_score
from knowledge.synonyms import InChinese, terms_asked, wholly_chinese
from knowledge.vectors import Vectors

__all__ = ["Answer", "Knowledge"]

PASSAGES = 4
LEANT_ON = 0.35  # worth of a term of the question before
HALF, ABROAD = 0.5, 0.3  # the share of meaning in a passage's score: between two languages it tells less
UNREAD = 20
LEANT_UPON = 4  # passages that answered the question before


SOURCE = re.compile(
    r"(?:手册|规定|政策|文件|制度|合同外)(?:里面?|上|中)?(?:是|到底)?(?:怎么|咋)(?:说|写|讲|规定)的?[,，。 ]*"
    r"|(?:what|how) (?:does|do|is) (?:the |your |our )?(?:policy|policies|handbook|guide|rules?|manual)"
    r"(?: say| put it| written)?(?: about)?[,:;]? *",
    re.IGNORECASE,
)
LEFT = 4


def without_source(question: str) -> str:
    """「手册怎么说的，多久之内报」 asks how soon, and not about the handbook."""
    rest = SOURCE.sub("", question).strip()
    return rest if len(rest) >= LEFT else question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the terms that it is looked up by; ``abroad`` where the documents are in another language."""

    question: str
    worth: Mapping[str, float]
    abroad: InChinese | None = None
    about: str = ""

    @property
    def before(self) -> "Asked | None":
        """What it leans on, as a question of its own."""
        if not self.about:
            return None
        if self.abroad is None:
            return Asked(self.about, terms_asked(self.about))
        abroad = InChinese.of(self.about)
        return Asked(self.about, abroad.worth, abroad)

    def lexical(self, words: Words) -> dict[int, float]:
        """The passages' scores by words."""

        def score(worth: Mapping[str, float]) -> dict[int, float]:
            return bm25(worth, words.postings, words.lengths, words.average, total=words.total, worth=worth)

        return self.abroad.lexical(score) if self.abroad else score(self.worth)

    def most(self, words: Words) -> float:
        """About what a passage would score that holds all that was asked."""
        if self.abroad is None:
            return self_score(search_tokens(self.question), words.postings, words.total)
        best = [max((self_score(way, words.postings, words.total) / len(way) for way in ways if way), default=0.0)
                for ways in self.abroad.ways]  # fmt: skip
        return self_score(self.abroad.own, words.postings, words.total) + sum(best)


@dataclass
class Knowledge:
    """What answering from documents needs besides the database: an embedder, where there is one, and its vectors."""

    embedder: Embedder | None = None
    vectors: Vectors = field(default_factory=Vectors)

    async def answer(self, session: AsyncSession, actor: Actor, question: str, day: date, *, about: str = "") -> Answer:
        """Ranked by words and meaning over what the actor may read that day; ``about`` is what it leans on.

        An English question is asked of English documents and, in the trade's words, of Chinese ones: whichever
        answers it better. A near passage in the asker's language would otherwise hide the answer in the other.
        """
        found = await self._answered(session, actor, question, day, about)
        if about and found.verdict is Verdict.NONE:  # what it leant on was another matter
            return await self._answered(session, actor, question, day, "")
        return found

    async def _answered(self, session: AsyncSession, actor: Actor, question: str, day: date, about: str) -> Answer:
        versions = await documents.readable_versions(session, actor, day)
        question = wholly_chinese(without_source(question))
        leant_on = {term: LEANT_ON * worth for term, worth in terms_asked(about).items()}
        asked = Asked(question, leant_on | dict(terms_asked(question)), about=about)
        if not asked_in_english(question):
            return (await self._found(session, actor, day, versions, asked)).answer
        languages = await documents.languages_of(session, versions)
        chinese = [version for version in versions if languages.get(version, "").startswith("zh")]
        others = [version for version in versions if version not in chinese]
        own = await self._found(session, actor, day, others, asked)
        abroad = InChinese.of(question)
        worth = dict.fromkeys(InChinese.of(about).worth, LEANT_ON) | abroad.worth
        other = await self._found(session, actor, day, chinese, Asked(question, worth, abroad, about))
        return likelier(own, other)

    async def _found(
        self, session: AsyncSession, actor: Actor, day: date, versions: Sequence[int], asked: Asked
    ) -> Way:
        """What some of the documents say."""
        before = asked.before
        worth = {**(before.worth if before else {}), **asked.worth}
        words = await documents.words_of(session, versions, worth) if versions else Words({}, {}, 0, 0.0)
        lexical = asked.lexical(words)
        dense = await self._dense(session, asked, list(versions))
        unread = await self._unread(session, lexical) if dense else frozenset()
        share = ABROAD if asked.abroad else HALF
        ranked = fuse(dense, lexical, share, unread=unread)
        if before is not None:
            dense_before = await self._dense(session, before, list(versions))
            ranked = leaning(ranked, fuse(dense_before, before.lexical(words), share)[:LEANT_UPON])
        ranked = ranked[:PASSAGES]
        hits = await documents.hits(session, actor, day, [passage for passage, _ in ranked])
        if not hits:
            return Way(Answer((), (), Verdict.NONE))
        scores = dict(ranked)
        quotes = answer_sentences(
            asked.question,
            [hit.text for hit in hits],
            [scores[hit.passage_id] for hit in hits],
            headings=[hit.heading for hit in hits],
            asked=asked.worth,
        )
        top = hits[0]
        near = None if not dense or top.passage_id in unread else dense
        share = lexical.get(top.passage_id, 0.0) / (asked.most(words) or 1.0)
        quoted = " ".join(quote.text for quote in quotes)
        seen = signals(asked.question, quoted, share, top.passage_id, near)
        seen = across(seen) if asked.abroad else seen
        found = Found(top.passage_id, top.text, words.postings, words.total, lexical, top_heading=top.heading)
        judged = verdict(seen, 0.0 if near else confidence(asked.question, found))
        return Way(Answer(tuple(hits), tuple(quotes), judged), seen)

    async def _unread(self, session: AsyncSession, lexical: Mapping[int, float]) -> frozenset[int]:
        """Those of the best by words that were published a moment ago and have no vector yet."""
        assert self.embedder is not None
        best = sorted(lexical, key=lambda passage: -lexical[passage])[:UNREAD]
        return await documents.without_vector(session, best, self.embedder.name)

    async def _dense(self, session: AsyncSession, asked: Asked, versions: list[int]) -> dict[int, float]:
        if self.embedder is None or not versions:
            return {}
        return await self.vectors.nearest(session, self.embedder.name, self._query(asked), versions)

    def _query(self, asked: Asked) -> NDArray[np.float32]:
        assert self.embedder is not None
        vector = self.embedder.query(fold(asked.question))  # as the intents read it: embedded once a turn
        if not asked.about:
            return vector
        both = vector + LEANT_ON * self.embedder.query(fold(asked.about))
        return np.asarray(both / np.linalg.norm(both), dtype=np.float32)
