"""A text with its numbers and times, each number with the words around it."""

import re
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

    def between(self, place: int) -> str:
        """What stands between a number and the next."""
        return self.text[self.numbers[place].number.span[1] : self.numbers[place + 1].number.span[0]]

    def run(self, place: int, joint: re.Pattern[str]) -> tuple[int, int]:
        """The first and last place of the numbers in a row around one, with nothing but ``joint`` between them."""
        first = last = place
        while first and joint.fullmatch(self.between(first - 1)):
            first -= 1
        while last + 1 < len(self.numbers) and joint.fullmatch(self.between(last)):
            last += 1
        return first, last

    @property
    def entities(self) -> frozenset[str]:
        """All things that it names."""
        return frozenset(name for name, _, _ in self.things)
