"""One sentence of a model's, checked before anybody sees it."""

from dataclasses import dataclass

from core.checks.claims import false_claims
from core.checks.figures import wrong_figures
from core.checks.meanings import wrong_meanings
from core.checks.names import (
    unknown_clocks,
    unknown_sources,
    unknown_things,
    unknown_times,
    unknown_tokens,
    wrong_pairs,
)
from core.checks.pairs import wrong_matches, wrong_packs
from core.checks.ranks import wrong_ranks
from core.checks.speech import wrong_speech
from core.checks.sums import wrong_sums
from core.checks.view import Reader, View
from core.checks.wrong import Wrong


@dataclass(frozen=True)
class Checker:
    """For one turn: how to read, the reader's language, and what was really done in this conversation."""

    reader: Reader
    language: str
    done: frozenset[str] = frozenset()

    def check(self, sentence: str, view: View, before: str = "") -> Wrong | None:
        """The first thing that is wrong with it, if any is; what it says nothing of, the sentence before it may say."""
        wrong = self._wrong(sentence, view)
        if wrong is None or not before:
            return wrong
        return wrong if self._wrong(f"{before} {sentence}", view) else None

    def _wrong(self, sentence: str, view: View) -> Wrong | None:
        said = self.reader.read(sentence, view.heads)
        vocabulary = self.reader.vocabulary
        for found in (
            wrong_speech(said.text, view, self.language),
            false_claims(said.text, view, self.done, vocabulary),
            unknown_sources(said, view, vocabulary),
            unknown_things(said, view, vocabulary),
            wrong_pairs(said, view),
            unknown_times(said, view),
            unknown_clocks(said, view),
            wrong_meanings(said, view),
            unknown_tokens(said, view),
            wrong_figures(said, view, vocabulary),
            wrong_sums(said, view, vocabulary),
            wrong_matches(said, view),
            wrong_packs(said, view),
            wrong_ranks(said, view),
        ):
            if (wrong := next(found, None)) is not None:
                return wrong
        return None
