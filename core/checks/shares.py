"""Percentages worked out from two figures of a result: what a row has of the whole, what is used of a limit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.checks.belonging import of_kind
from core.checks.facts import Fact
from core.checks.rounding import roundings
from core.checks.spoken import Said, Spoken
from core.checks.view import View
from core.checks.vocabulary import Vocabulary

SHARE = re.compile(
    r"占|份额|比重|贡献|(?<![a-z])(?:share|accounts? for|accounting for|makes? up|making up|contributes?|took|takes|"
    r"of the total|of that|of all|of (?:the )?(?:year|sell-in|sales|overdue))(?![a-z])"
)
POINT = Decimal("0.1")


@dataclass(frozen=True)
class Shares:
    """A sentence about a result, and the shares that may be told of it."""

    said: Said
    view: View
    vocabulary: Vocabulary

    def gives(self, place: int, sums: Sequence[Decimal]) -> bool:
        """Whether a percentage is the share of a row, of rows together (``sums``), or of a part of something."""
        one = self.said.numbers[place]
        whole = max((value for value in self.view.headline if self._money(value)), default=Decimal(0))
        if SHARE.search(self.said.text) and whole:
            rows = [fact.value for fact in self._rows(one) if fact.value < whole]
            if any(self._is(one, part, whole) for part in (*rows, *sums) if part < whole):
                return True
        return any(self._is(one, part, total) for part, total in (*self._parts(one), *self._counts()))

    def _counts(self) -> Iterator[tuple[Decimal, Decimal]]:
        """Of the two counts that a result begins with: 1 of 28."""
        counts = sorted(
            value
            for value in self.view.headline
            if any(fact.kind == "quantity" and not fact.unit for fact in self.view.facts.get(value, ()))
        )
        if len(counts) > 1 and counts[0] and SHARE.search(self.said.text):
            yield counts[0], counts[-1]

    def _is(self, one: Spoken, part: Decimal, whole: Decimal) -> bool:
        share = (part / whole * 100).quantize(POINT)
        said = abs(one.number.value)
        return said == share or any(way.gives(said, share) for way in roundings(one.number, self.said.text))

    def _money(self, value: Decimal) -> bool:
        return any(fact.kind == "money" for fact in self.view.facts.get(value, ()))

    def _rows(self, one: Spoken) -> Iterator[Fact]:
        """Amounts of a row that is named."""
        for same in self.view.facts.values():
            for fact in same:
                named = fact.entities & one.entities & self.view.belonging.rows
                if fact.kind == "money" and named and "before" not in fact.cues and self._headlined(fact):
                    yield fact

    def _headlined(self, fact: Fact) -> bool:
        """Of the kind that the whole is, where the whole is called by any name."""
        wholes = [other for value in self.view.headline for other in self.view.facts.get(value, ())]
        names = frozenset().union(*(self.vocabulary.strong(other.cues, "money") for other in wholes))
        own = self.vocabulary.strong(fact.cues, "money")
        return not names or not own or bool(names & own)

    def _parts(self, one: Spoken) -> Iterator[tuple[Decimal, Decimal]]:
        """A part by name and what it is a part of: what is used of the limit, what counts towards a threshold."""
        for name in self._told(one):
            whole = self.vocabulary.concepts[name].whole
            for part in self._called(name):
                for total in self._called(whole):
                    if 0 < part.value < total.value and self._belongs(part, total, one):
                        yield part.value, total.value

    def _told(self, one: Spoken) -> frozenset[str]:
        """The names of parts beside the number; else those before it of which the whole stands beside it."""
        around = one.around
        near = around.near.union(*around.after)
        wholes = {name for name in near if any(other.whole == name for other in self.vocabulary.concepts.values())}
        own = frozenset(name for name in near if self._is_part(name))
        earlier = frozenset(
            name for name in self.said.cues | around.earlier if self.vocabulary.concepts[name].whole in wholes
        )
        ahead = frozenset({"rebate_base"}) if of_kind(one.entities, "tier") or "threshold" in near else frozenset()
        return (own - wholes) or earlier or ahead or own

    def _is_part(self, name: str) -> bool:
        return bool(self.vocabulary.concepts[name].whole)

    def _called(self, name: str) -> Iterator[Fact]:
        for same in self.view.facts.values():
            for fact in same:
                if fact.kind == "money" and name in fact.cues and fact.value:
                    yield fact

    def _belongs(self, part: Fact, whole: Fact, one: Spoken) -> bool:
        """Both about the same dealer and time; of tiers the one that is named."""
        tiers = of_kind(whole.entities, "tier")
        if tiers and not tiers & one.entities:
            return False
        return all(
            not of_kind(part.entities, kind)
            or not of_kind(whole.entities, kind)
            or bool(of_kind(part.entities & whole.entities, kind))
            for kind in ("dealer", "period")
        )
