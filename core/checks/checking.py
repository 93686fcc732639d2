"""One sentence of a model's, checked before anybody sees it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from core.checks.apiece import wrong_each
from core.checks.carriage import wrong_carriage
from core.checks.claims import false_claims
from core.checks.compared import wrong_labels, wrong_spans
from core.checks.comparisons import wrong_comparisons
from core.checks.completeness import wrong_wholes
from core.checks.crossing import wrong_crossings
from core.checks.currencies import wrong_currencies
from core.checks.debts import wrong_debts, wrong_due, wrong_next
from core.checks.enough import wrong_enough
from core.checks.figures import wrong_figures
from core.checks.finished import wrong_chances
from core.checks.freebies import wrong_free
from core.checks.gifts import wrong_gifts
from core.checks.growth import wrong_growth
from core.checks.identities import wrong_identities
from core.checks.lasting import wrong_lasting
from core.checks.leading import wrong_leaders
from core.checks.matters import unfounded_rules
from core.checks.meanings import wrong_meanings
from core.checks.months import wrong_months, wrong_paper_days, wrong_stretch_told
from core.checks.moving import wrong_moves
from core.checks.names import (
    unknown_sources,
    unknown_things,
    unknown_tokens,
    wrong_pairs,
)
from core.checks.nothing import wrong_nothing, wrong_temporary
from core.checks.packing import wrong_contents
from core.checks.pairs import wrong_matches, wrong_packs
from core.checks.ranks import wrong_ranks
from core.checks.reaching import wrong_reaching
from core.checks.reasons import unfounded_reasons
from core.checks.said import Said
from core.checks.silence import wrong_silence, wrong_silent_counts
from core.checks.sized import wrong_size_packs
from core.checks.speech import wrong_speech
from core.checks.standings import wrong_standings
from core.checks.sums import wrong_sums
from core.checks.superlatives import wrong_superlatives
from core.checks.times import unknown_clocks, unknown_times
from core.checks.unoffered import wrong_unoffered
from core.checks.view import Reader, View
from core.checks.wrong import Wrong

BACK = re.compile(
    r"[^a-z\u4e00-\u9fff]*(?:that(?:'s| is| was)|this is|it(?:'s| is)|which is|这(?:就|也|已经?)?是|那(?:就"
    r"|也)?是|也就是|已经?是|属于|[正刚恰]好)"
)

OPEN_QUESTION = re.compile(
    r"(?:多少|几箱|几件|几瓶|哪款|哪种|哪个)[^。.!！]{0,12}[?？]\s*$|(?i:(?<![a-z])(?:how many|how much|which"
    r"|what quantity)(?![a-z]))[^.!]{0,60}\?\s*$"
)


@dataclass(frozen=True)
class Checker:
    """For one turn: how to read, the reader's language, and what was really done in this conversation."""

    reader: Reader
    language: str
    done: frozenset[str] = frozenset()

    def check(self, sentence: str, view: View, before: str = "") -> Wrong | None:
        """The first thing that is wrong with it, if any is.

        What its figures are about, the sentence before it may say; what it claims, it claims alone.
        """
        said = self.reader.read(sentence, view.heads)
        asked = bool(OPEN_QUESTION.search(before)) if before else False
        if (claimed := self._first(self._claims(said, view, asked=asked))) is not None:
            return claimed
        wrong = self._first(self._figures(said, view))
        if not before or (wrong is None and not BACK.match(said.text)):
            return wrong
        both = self.reader.read(f"{before}\n{sentence}", view.heads)
        if wrong is None:
            return self._first(self._relations(both, view))
        return wrong if self._first(self._figures(both, view)) else None

    def _first(self, checks: Iterator[Iterator[Wrong]]) -> Wrong | None:
        return next((wrong for found in checks for wrong in found), None)

    def _claims(self, said: Said, view: View, *, asked: bool) -> Iterator[Iterator[Wrong]]:
        vocabulary = self.reader.vocabulary
        yield wrong_speech(said.text, view, self.language)
        yield false_claims(said.text, view, self.done, vocabulary, asked=asked)
        yield wrong_carriage(said.text, view)
        yield unfounded_reasons(said, view, vocabulary)
        yield unfounded_rules(said, view, vocabulary)
        yield unknown_sources(said, view, vocabulary)
        yield unknown_things(said, view, vocabulary)
        yield unknown_tokens(said, view)

    def _relations(self, said: Said, view: View) -> Iterator[Iterator[Wrong]]:
        """What a sentence that points back says of the one before it: that is the lowest."""
        yield wrong_identities(said, view, self.reader.vocabulary)
        yield wrong_superlatives(said, view)
        yield wrong_growth(said, view)
        yield wrong_contents(said, view)

    def _figures(self, said: Said, view: View) -> Iterator[Iterator[Wrong]]:
        vocabulary = self.reader.vocabulary
        yield wrong_pairs(said, view)
        yield unknown_times(said, view)
        yield unknown_clocks(said, view)
        yield wrong_meanings(said, view)
        yield wrong_lasting(said, view)
        yield wrong_figures(said, view, vocabulary)
        yield wrong_currencies(said, view)
        yield wrong_enough(said, view)
        yield wrong_crossings(said, view)
        yield wrong_reaching(said, view)
        yield wrong_chances(said, view)
        yield wrong_each(said, view)
        yield wrong_moves(said, view)
        yield wrong_months(said, view)
        yield wrong_stretch_told(said, view)
        yield wrong_paper_days(said, view)
        yield wrong_temporary(said, view)
        yield wrong_sums(said, view, vocabulary)
        yield wrong_matches(said, view)
        yield wrong_packs(said, view)
        yield wrong_contents(said, view)
        yield wrong_ranks(said, view)
        yield wrong_leaders(said, view)
        yield chain(wrong_free(said, view), wrong_unoffered(said, view), wrong_size_packs(said, view))
        yield wrong_gifts(said, view)
        yield wrong_standings(said, view)
        yield wrong_debts(said, view)
        yield wrong_next(said, view)
        yield wrong_due(said, view)
        yield wrong_nothing(said, view)
        yield wrong_silence(said, view)
        yield wrong_silent_counts(said, view)
        yield wrong_identities(said, view, vocabulary)
        yield wrong_comparisons(said, view)
        yield wrong_superlatives(said, view)
        yield wrong_growth(said, view)
        yield wrong_spans(said, view)
        yield wrong_labels(said, view)
        yield wrong_wholes(said, view, vocabulary)
