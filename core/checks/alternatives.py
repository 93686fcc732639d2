"""What the facts that a number may be are called, each about the same things, and what others are called."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from core.checks.belonging import ONE_ROW, TIMES, of_kind
from core.checks.spoken import EXACT_COUNTERS, Spoken
from core.checks.view import Fact, View
from core.checks.vocabulary import Vocabulary


def alternatives(facts: Sequence[Fact], vocabulary: Vocabulary) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """Facts about the same things: their names, and what all of them hold under."""
    groups: dict[tuple[str, frozenset[str]], list[frozenset[str]]] = defaultdict(list)
    for fact in facts:
        groups[fact.kind, fact.entities].append(fact.cues)
    for (kind, things), cues in groups.items():
        general = [one for (other, less), more in groups.items() if other == kind and less <= things for one in more]
        under = frozenset.intersection(*(vocabulary.qualifiers(one, kind) for one in cues))
        yield kind, frozenset().union(*cues, *general), under


def same_rows(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether neither is about a row of a kind that the other isn't about."""
    return all(not of_kind(other, kind) or bool(of_kind(one, kind) & other) for kind in ONE_ROW - TIMES)


def elsewhere(one: Spoken, kind: str, view: View) -> frozenset[str]:
    """What figures of the kind and unit are called in view."""
    alike = [fact for same in view.facts.values() for fact in same if fact.kind == kind]
    if one.unit in EXACT_COUNTERS:
        alike = [fact for fact in alike if fact.unit == one.unit]
    return frozenset().union(*(fact.cues for fact in alike))
