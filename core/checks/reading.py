"""A figure as the checks know it, and how the texts around it are read."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.checks.heads import Heads
from core.checks.spoken import Named, Said, read_said
from core.checks.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with the concepts that it goes by and the things that it is about."""

    kind: str
    value: Decimal
    unit: str
    cues: frozenset[str]
    entities: frozenset[str]

    @property
    def timeless(self) -> frozenset[str]:
        """What it is about; the time of what was before is left out, for that is checked by itself."""
        apart = ("period:", "year:") if "before" in self.cues else ()
        return frozenset(name for name in self.entities if not name.startswith(apart))


@dataclass(frozen=True)
class Reader:
    """How texts are read: the vocabulary, who knows names, and what day it is."""

    vocabulary: Vocabulary
    named: Named
    today: date
    fiscal: int = 1

    def read(self, text: str, heads: Heads | None = None) -> Said:
        """One sentence, cell or line."""
        return read_said(text, self.vocabulary, self.named, self.today, self.fiscal, heads)
