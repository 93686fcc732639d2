"""A sentence about a result, and what it says around a number."""

import re
from dataclasses import dataclass
from decimal import Decimal

from core.checks.around import clause_of
from core.checks.rounding import roundings
from core.checks.spoken import Said, Spoken
from core.checks.view import View
from core.checks.vocabulary import Vocabulary

IN_BRACKETS = re.compile(r"\( ?(?:cn|us)?[¥$]?$")


@dataclass(frozen=True)
class Working:
    """A sentence about a result, out of which something is worked out."""

    said: Said
    view: View
    vocabulary: Vocabulary

    @property
    def _cues(self) -> frozenset[str]:
        return self.vocabulary.all_cues(self.said.text)

    def _is(self, one: Spoken, value: Decimal) -> bool:
        said = abs(one.number.value)
        return said == value or any(way.gives(said, value) for way in roundings(one.number, self.said.text))

    def _clause(self, place: int) -> str:
        """What stands between the numbers and breaks around a number."""
        spans = [one.number.span for one in self.said.numbers]
        start, end = clause_of(self.said.text, spans, spans[place])
        if IN_BRACKETS.search(self.said.text[: spans[place][0]]):
            opened = self.said.text.rindex("(", 0, spans[place][0])
            start = clause_of(self.said.text, [(opened, opened)], (opened, opened))[0]
        return f"{self.said.text[start : spans[place][0]]} {self.said.text[spans[place][1] : end]}"
