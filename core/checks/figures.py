"""Whether every number in a sentence is one that is in view, under its own name and about the same thing."""

from collections.abc import Iterator, Sequence

from core.checks.belonging import about_one
from core.checks.closing import Closing
from core.checks.conditions import things_told, wrong_days, wrong_steps, wrong_stretches, wrong_tiers
from core.checks.derived import Deriving
from core.checks.equations import miscalled, proved
from core.checks.exempting import exempt, is_page
from core.checks.matching import matching, said_so
from core.checks.naming import Sentence
from core.checks.pairs import of_offer
from core.checks.rows import is_bound, of_extreme, of_several
from core.checks.spoken import Said, Spoken
from core.checks.sums import comes_to, summand
from core.checks.view import Fact, View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong
from core.checks.wrong_counts import wrong_inclusions, wrong_invoices, wrong_parts, wrong_states

DIFFERENCES = frozenset({"missing", "gain", "discount", "change", "rose", "fell"})
LEAST_AMOUNT = 1000


def wrong_figures(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """What doesn't hold among the numbers of a sentence."""
    found = [matching(one, said, view, vocabulary) for one in said.numbers]
    things = things_told(said, found, view, vocabulary)
    matched = [
        tuple(fact for fact in facts if view.belonging.fits(_without_day(mine, one), _own(one, fact), one.touching, _of(fact)))
        for one, facts, mine in zip(said.numbers, found, things, strict=True)
    ]
    deriving, closing = Deriving(said, view, vocabulary), Closing(said, view, vocabulary)
    yield from wrong_parts(said, view)
    yield from wrong_invoices(said, view)
    yield from wrong_inclusions(said, view)
    yield from wrong_states(said, view, vocabulary)
    yield from wrong_steps(said, found, view)
    yield from wrong_days(said, matched, view)
    yield from wrong_stretches(said, matched)
    yield from wrong_tiers(said, found, view, vocabulary)
    sentence = Sentence(said, matched, things, view, vocabulary)
    shown, wrongly = proved(said, view, vocabulary), miscalled(said, view, vocabulary)
    for place, one in enumerate(said.numbers):
        if place in wrongly:
            yield Wrong(f"{_shown(one, said)} goes by another name")
        if (
            place in shown
            or exempt(one, said, view)
            or of_offer(place, said, view)
            or is_bound(place, said, view, vocabulary)
        ):
            continue
        if is_page(one, said):
            yield Wrong(f"page {one.number.value} is not cited")
        elif not found[place] or (_is_amount(one) and deriving.compares(place) and not _difference(found[place])):
            derived = deriving.gives(place, things[place]) or comes_to(place, said, view) or closing.gives(place)
            if not (said_so(one, view) or derived):
                yield Wrong(f"{_shown(one, said)} is in no result")
            continue
        theirs = about_one(_without_day(things[place], one), [fact.timeless for fact in found[place]])
        if (theirs and matched[place] and sentence.rightly_named(place)) or summand(place, said):
            continue
        if (
            of_several(place, said, view)
            or of_extreme(place, said, view)
            or deriving.parts_stated(place)
            or closing.adds(place)
        ):
            continue
        uncalled = not vocabulary.strong(one.around.near - {"overdue"}, "quantity", one.unit)
        if one.kind == "quantity" and uncalled and deriving.counts(place):
            continue
        if not theirs or not matched[place]:
            yield Wrong(f"{_shown(one, said)} belongs to something else")
        else:
            yield Wrong(f"{_shown(one, said)} goes by another name")


def _is_amount(one: Spoken) -> bool:
    """Money, or a bare number as large as money is."""
    return one.kind == "money" or (one.kind == "quantity" and not one.unit and one.number.value >= LEAST_AMOUNT)


def _difference(facts: Sequence[Fact]) -> bool:
    return any(fact.cues & DIFFERENCES for fact in facts)


def _own(one: Spoken, fact: Fact) -> frozenset[str]:
    """What its phrase names; that times have figures of their own is so of amounts."""
    if fact.kind == "money":
        return one.own
    apart = ("period:", "code:") if "invoices" in one.around.near else ("period:",)
    return frozenset(name for name in one.own if not name.startswith(apart))


def _of(fact: Fact) -> frozenset[str]:
    """What it is about; what was before isn't of the time that results are about."""
    return fact.entities | {"then"} if "before" in fact.cues else fact.entities


def _without_day(things: frozenset[str], one: Spoken) -> frozenset[str]:
    """A paper that is named says which it is; a day beside it may be of anything."""
    named = any(name.startswith("code:") for name in one.own)
    return frozenset(name for name in things if not (named and name.startswith("day:")))


def _shown(one: Spoken, said: Said) -> str:
    return said.text[slice(*one.number.span)]
