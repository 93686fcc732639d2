"""One version of a contract as one side reads it, looked at only where another version differs."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from core.contracts.comparing.actors import Cast
from core.contracts.comparing.changes import Words
from core.contracts.comparing.measures import measures
from core.contracts.cues import compiled, names
from core.contracts.findings import Severity, Side
from core.contracts.kinds import kind_of
from core.contracts.missing import expected_in, presence_in, present_in
from core.contracts.parties import parties_of
from core.contracts.playbook import Expected, Playbook, Text
from core.contracts.presence import is_clause_on
from core.contracts.review import raised_by_sentence
from core.contracts.signals import plain, signals_in
from core.contracts.text import Contract

_NOBODY = "(?!)"
_MOST = 2  # times that a kind of word counts in one change


@dataclass(frozen=True, slots=True)
class Raised:
    """What a review by words alone would say about changed words; ``sure`` where a rule says so."""

    category: str
    severity: Severity
    reason: Text
    sure: bool


class Reader:
    """Knows who is who, what the changed sentences are found to be, and which clauses the whole lacks."""

    def __init__(self, contract: Contract, playbook: Playbook, side: Side) -> None:
        self._contract = contract
        self._playbook = playbook
        self._side = side
        self._parties = parties_of(contract.masked)
        self._kind = kind_of(contract)
        self._words = names(playbook.words, self._parties, side)
        self._found: list[tuple[int, Raised]] = []
        known = dict(self._words)
        self.cast = Cast(*(re.compile(known[who] or _NOBODY, re.IGNORECASE) for who in ("us", "them", "both")))

    def look_at(self, stretches: Sequence[Words]) -> None:
        """Find what a review raises in the sentences of these stretches."""
        spans = sorted((words.start, words.end) for words in stretches)
        sentences = tuple(
            each
            for each in self._contract.sentences
            if any(start < each.end and each.start < end for start, end in spans)
        )
        part = replace(self._contract, sentences=sentences)
        signals = signals_in(part, self._playbook, self._parties, self._side, self._kind)
        for each in raised_by_sentence(part, signals, self._playbook, self._kind, _silent):
            said = each.rule or each.learnt
            if said is not None and said.severity is not Severity.INFO:
                raised = Raised(said.category, said.severity, said.reason, sure=each.rule is not None)
                self._found.append((each.start, raised))

    def findings(self, words: Words | None) -> Mapping[str, Raised]:
        """By category, of each only the gravest; a right of our own is no risk of ours, whatever a rule makes of it."""
        if words and self._is_ours(words.text):
            return {}
        inside = [raised for start, raised in self._found if words and words.start <= start < words.end]
        return {raised.category: raised for raised in sorted(inside, key=lambda one: (one.severity.weight, one.sure))}

    @cached_property
    def absent(self) -> Mapping[str, Expected]:
        """What such a contract should have and this one hasn't."""
        expected = expected_in(self._contract, self._playbook, self._kind)
        signals = signals_in(self._contract, self._playbook, self._parties, self._side, self._kind)
        presence = presence_in(self._contract, signals, None)
        return {each.category: each for each in expected if not present_in(self._contract, each, presence)}

    def shows(self, category: str, words: Words) -> bool:
        """Whether the words are a clause of this category."""
        mine = [each for each in self._playbook.expected if each.category == category]
        if any(re.search(pattern, words.heading, re.IGNORECASE) for each in mine for pattern in each.headings):
            return True
        if self._contract.language == "zh":
            return any(is_clause_on(each.subject, plain(words.text, self._parties, self._side)) for each in mine)
        return any(re.search(pattern, words.text, re.IGNORECASE) for each in mine for pattern in each.shows)

    def topic(self, words: Words) -> str:
        """The category that most words point to; ``other`` where none does."""
        counts: Counter[str] = Counter()
        for category, pattern in self._playbook.cues["topics"].items():
            topic = compiled(pattern, self._words)
            counts[category] = 2 * len(topic.findall(words.heading)) + len(topic.findall(words.text))
        category, most = max(counts.items(), key=lambda item: item[1])
        return category if most else "other"

    def tone(self, words: Words | None) -> tuple[int, int, int]:
        """What the words ask of the others less what they ask of us; what they allow us less them; fair less hard."""
        if words is None:
            return 0, 0, 0
        book, text = measures(), words.text
        ours, theirs = (self._count(book.burdens, who, text) for who in ("us", "them"))
        may, they_may = (self._count(book.powers, who, text) for who in ("us", "them"))
        hard = self._kinds("hard", book.hard, text) * (1 if self._is_ours(text) else -1)
        return theirs - ours, may - they_may, self._kinds("fair", book.fair, text) + hard

    def _is_ours(self, text: str) -> bool:
        """Whether the words give a right to us alone and ask nothing of us: it is hard on the others."""
        book = measures()
        count = {who: self._count(book.powers, who, text) for who in ("us", "them")}
        return count["us"] > 0 and not count["them"] and not self._count(book.burdens, "us", text)

    def _count(self, patterns: Iterable[str], who: str, text: str) -> int:
        found = sum(len(compiled(each.replace("{who}", f"{{{who}}}"), self._words).findall(text)) for each in patterns)
        return min(found, _MOST)

    def _kinds(self, group: str, english: str, text: str) -> int:
        """How many kinds of such words there are; who may and must what is counted apart."""
        cues = self._playbook.cues[group]
        apart = {"duty", "power", "theirs", "ours"}
        found = sum(
            bool(compiled(pattern, self._words).search(text)) for key, pattern in cues.items() if key not in apart
        )
        return found + bool(re.search(english, text, re.IGNORECASE))


def _silent(_step: str, _done: int, _all: int) -> None:
    """Nobody waits to hear how far it is."""
