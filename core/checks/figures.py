"""Whether every number in a sentence is one that is in view, under its own name and about the same thing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.checks.around import PHRASE
from core.checks.belonging import about_one
from core.checks.callings import ASSERTING
from core.checks.closing import Closing
from core.checks.conditions import things_told, wrong_days, wrong_steps, wrong_stretches, wrong_tiers
from core.checks.derived import Deriving
from core.checks.earned_on import of_earning
from core.checks.equations import miscalled, proved
from core.checks.evident import evident
from core.checks.exempting import exempt, is_page
from core.checks.fitting import NOTHING, fits, time_told_alone, told_apart, without_day
from core.checks.further import is_further
from core.checks.inclusions import wrong_inclusions
from core.checks.manner import TAKEN, Manner
from core.checks.marked import of_marked
from core.checks.matching import matching, said_so
from core.checks.months import of_that_time
from core.checks.multiples import Multiples
from core.checks.naming import EXPECTED, Sentence
from core.checks.packing import contents
from core.checks.pairs import of_offer, of_pack
from core.checks.placed import of_place
from core.checks.proving import Proving
from core.checks.rates import of_its_time
from core.checks.rows import is_bound, of_extreme, of_several, of_that_day, wrong_bounds, wrong_extremes
from core.checks.spoken import Said, Spoken
from core.checks.sums import comes_to, summand
from core.checks.tallies import tallied
from core.checks.times import ASKING, OFFERING
from core.checks.view import Fact, View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong
from core.checks.wrong_counts import (
    wrong_denials,
    wrong_everyone,
    wrong_invoices,
    wrong_ordering,
    wrong_parts,
    wrong_ratios,
    wrong_states,
    wrong_tiers_of_all,
)

DIFFERENCES = frozenset({"missing", "gain", "discount", "change", "rose", "fell"})
LEAST_AMOUNT = 1000
ADDING = re.compile(r"(?<![a-z])(?:would|will|to) add (?:another |about )?(?:cn)?$")
ADDS = re.compile(
    r"(?:再|会|能|可|就)?(?:多|增加|额外)(?:出|拿|得|返|赚)?(?:约|了)? ?(?:cn)?$|(?<![a-z])(?:add(?:s|ed)?"
    r"|extra|additional|gain(?:s)?) (?:about )?(?:cn)?$"
)
BETWEEN = re.compile(
    r"(?:相差|差)(?:了|着|距|额)?(?:有|是|约|大约)*(?:cn)?$|(?<![a-z])(?:by|apart|gap of"
    r"|difference of) (?:about |just |only )?(?:cn)?$"
)
SUPPOSED = re.compile(r"档|冲|升|达到|再|如果|若|就|补|(?<![a-z])(?:if|once|tier|reach|next)(?![a-z])")
MORE_BEHIND = re.compile(r" (?:yuan |rmb )?more(?! (?:to|of|in|purch|order|need|would reach|gets|reach))|更多")


def wrong_figures(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """What doesn't hold among the numbers of a sentence."""
    found = [matching(one, said, view, vocabulary) for one in said.numbers]
    things = things_told(said, found, view, vocabulary)
    alone = time_told_alone(said)
    apart = [told_apart(one, said, view) for one in said.numbers]
    matched = [
        tuple(fact for fact in facts if fits(one, fact, mine, view, alone if fact.kind == "money" else NOTHING, aside))
        for one, facts, mine, aside in zip(said.numbers, found, things, apart, strict=True)
    ]
    yield from wrong_parts(said, view)
    yield from wrong_invoices(said, view)
    yield from wrong_ordering(said, view)
    yield from wrong_everyone(said, view)
    yield from wrong_denials(said, view)
    yield from wrong_inclusions(said, view)
    yield from wrong_extremes(said, view)
    yield from wrong_bounds(said, view)
    yield from wrong_ratios(said, view)
    yield from wrong_tiers_of_all(said, view)
    yield from wrong_states(said, view, vocabulary)
    yield from wrong_steps(said, found, view)
    yield from wrong_days(said, matched, view)
    yield from wrong_stretches(said, matched)
    yield from wrong_tiers(said, found, view, vocabulary)
    telling = Telling(Sentence(said, matched, things, view, vocabulary), found)
    shown = proved(said, view, vocabulary)
    for place in miscalled(said, view, vocabulary):
        yield Wrong(f"{said.numbers[place].shown} goes by another name")
    for place, one in enumerate(said.numbers):
        if place in shown or _is_offered(one, said) or _proves_itself(place, said, view, vocabulary):
            continue
        if (rows := tallied(place, said, view, vocabulary)) is not None:
            if not rows:
                yield Wrong(f"{one.shown} rows aren't so")
            continue
        if (rated := of_its_time(place, said, view)) is not None and "rebate_rate" in said.cues:
            if not rated:
                yield Wrong(f"{one.shown} is the rate of another time")
            continue
        if not is_bound(place, said, view, vocabulary) and (why := telling.wrong(place)):
            yield Wrong(why)


def _is_offered(one: Spoken, said: Said) -> bool:
    """Whether it is a small number within a question that offers something: it tells nothing."""
    small = one.kind == "quantity" and one.number.value < LEAST_AMOUNT
    return small and bool(OFFERING.search(said.text[: one.number.span[0]]) and ASKING.search(said.text))


def _proves_itself(place: int, said: Said, view: View, vocabulary: Vocabulary) -> bool:
    """Whether what stands beside it proves it: the row of its place, its rate, a step's cases."""
    return (
        exempt(said.numbers[place], said, view)
        or of_offer(place, said, view)
        or contents(place, said, view)
        or of_pack(place, said, view)
        or evident(place, said, view)
        or of_place(place, said, view)
        or of_earning(place, said, view)
        or is_further(place, said, view)
    )


@dataclass(frozen=True)
class Telling:
    """A sentence about a result, and of each of its numbers the figures that it may be."""

    sentence: Sentence
    found: Sequence[tuple[Fact, ...]]

    def wrong(self, place: int) -> str:
        """Why a number may not be told so; nothing where it may."""
        one = self.sentence.said.numbers[place]
        if is_page(one, self.sentence.said):
            return f"page {one.number.value} is not cited"
        then = self.found[place] and all("before" in fact.cues for fact in self.found[place])
        compared = self._deriving.compares(place) or (then and self._deriving.gained(place))
        comes = bool(self.found[place]) and all(
            "next" in f.cues and not f.cues & DIFFERENCES for f in self.found[place]
        )
        before = self.sentence.said.text[: one.number.span[0]]
        if comes and (ADDS.search(before) or (EXPECTED.search(before) and not SUPPOSED.search(before))):
            return f"{one.shown} goes by another name"
        apart = _is_amount(one) and compared and not _difference(self.found[place])
        if apart or not self.found[place]:
            return "" if self._derived(place) else f"{one.shown} is in no result"
        things = without_day(self.sentence.things[place], one)
        theirs = bool(self.sentence.matched[place]) and about_one(things, [f.timeless for f in self.found[place]])
        own = one.kind == "quantity" and said_so(one, self.sentence.view) and not one.around.near & ASSERTING
        more = self._told_as_more(place) and any("gain" in fact.cues for fact in self.found[place])
        explained = theirs and (own or more or (compared and self._manner.gains(place)) or self._explained(place))
        if explained or self._manner.rates_apart(place) or self._proving.passes(place):
            return ""
        named = (theirs and self.sentence.rightly_named(place)) or of_that_day(one, self.sentence.view)
        if named or self._unnamed(place) or self._apart(place) or self._proving.leaves(place):
            return ""
        return f"{one.shown} goes by another name" if theirs else f"{one.shown} belongs to something else"

    def _explained(self, place: int) -> bool:
        """Whether the way in which it is told says which figure of its things it is."""
        before = self.sentence.said.text[: self.sentence.said.numbers[place].number.span[0]]
        adding = ADDING.search(before) and all("gain" in fact.cues for fact in self.found[place])
        manner = self._manner
        return bool(adding) or any(
            way(place) for way in (manner.moves_on, manner.is_gain, manner.rounded_unnamed, manner.of_paper)
        )

    def _apart(self, place: int) -> bool:
        """Whether it is told as what lies between two figures, and does."""
        text, span = self.sentence.said.text, self.sentence.said.numbers[place].number.span
        told = BETWEEN.search(text[: span[0]]) and self.sentence.view.listings
        return bool(told) and self._deriving.gives(place, self.sentence.things[place])

    @property
    def _manner(self) -> Manner:
        return Manner(self.sentence, self.found)

    def _told_as_more(self, place: int) -> bool:
        """Whether "more" stands behind it and nothing that it would take: which is 21,424.76 more."""
        text, (begin, end) = self.sentence.said.text, self.sentence.said.numbers[place].number.span
        return bool(MORE_BEHIND.match(text, end)) and not TAKEN.search(PHRASE.split(text[:begin])[-1])

    @property
    def _deriving(self) -> Deriving:
        return Deriving(self.sentence.said, self.sentence.view, self.sentence.vocabulary)

    @property
    def _proving(self) -> Proving:
        return Proving(self.sentence.said, self.sentence.view, self.sentence.vocabulary)

    @property
    def _closing(self) -> Closing:
        return Closing(self.sentence.said, self.sentence.view, self.sentence.vocabulary)

    def _derived(self, place: int) -> bool:
        """Whether it is the reader's own, or worked out from figures."""
        said, view = self.sentence.said, self.sentence.view
        if said_so(said.numbers[place], view) or self._deriving.gives(place, self.sentence.things[place]):
            return True
        proved = self._proving.differs(place) or self._proving.shares(place) or self._proving.grows(place)
        return (
            proved
            or self._proving.passes(place)
            or self._proving.leaves(place)
            or comes_to(place, said, view)
            or self._closing.gives(place)
        )

    def _unnamed(self, place: int) -> bool:
        """Whether it needs no name: in arithmetic, in lists, the most of a column, a sum, a count of rows."""
        said, view, one = self.sentence.said, self.sentence.view, self.sentence.said.numbers[place]
        if (
            summand(place, said)
            or of_marked(place, said, view)
            or of_several(place, said, view)
            or of_extreme(place, said, view)
            or of_that_time(place, said, view)
            or Multiples(said, view, self.sentence.vocabulary).saves(place)
        ):
            return True
        if self._deriving.parts_stated(place) or self._closing.adds(place):
            return True
        if self.sentence.matched[place] and self._closing.settles(place):
            return True
        called = self.sentence.vocabulary.strong(one.around.near - {"overdue"}, "quantity", one.unit)
        return one.kind == "quantity" and not called and self._deriving.counts(place)


def _is_amount(one: Spoken) -> bool:
    """Money, or a bare number as large as money is."""
    return one.kind == "money" or (one.kind == "quantity" and not one.unit and one.number.value >= LEAST_AMOUNT)


def _difference(facts: Sequence[Fact]) -> bool:
    return any(fact.cues & DIFFERENCES for fact in facts)
