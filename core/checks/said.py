"""A text with its numbers and times, each number with the words around it."""

from dataclasses import dataclass
from decimal import Decimal

from core.checks.around import Around, Thing
from core.language.numerals import Number
from core.language.periods import TimeRange


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number as it was said and ``shown``; ``own`` are its phrase's things, ``entities`` all that it may be about."""

    number: Number
    kind: str
    unit: str
    around: Around
    entities: frozenset[str]
    own: frozenset[str] = frozenset()
    touching: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    shown: str = ""


Step = tuple[Decimal, str, Decimal]
"""Two numbers with a sign of arithmetic between them."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text with its numbers and times, in folded words."""

    text: str
    numbers: tuple[Spoken, ...]
    times: tuple[TimeRange, ...]
    things: tuple[Thing, ...]
    cues: frozenset[str]
    steps: tuple[Step, ...] = ()

    @property
    def entities(self) -> frozenset[str]:
        """All things that it names."""
        return frozenset(name for name, _, _ in self.things)
