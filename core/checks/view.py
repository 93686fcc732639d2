"""What is in view: every figure, time, name and word that results gave, and what the reader said."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from core.checks.belonging import Belonging, Schedule, kinds_of, of_kind, only
from core.checks.facts import Gathering
from core.checks.heads import Heads, heads_of
from core.checks.listing import Listing
from core.checks.reading import Fact, Reader
from core.checks.sizes import with_steps_between
from core.checks.spoken import EXACT_COUNTERS, Said, Spoken, Step
from core.checks.tables import Column
from core.language.normalise import fold
from core.replies import Chart, Citations, Reply, Table

__all__ = ["Column", "Fact", "Reader", "View", "view_of"]


@dataclass(frozen=True)
class View:
    """What a sentence may stand on."""

    facts: Mapping[Decimal, tuple[Fact, ...]]
    words: str
    times: frozenset[tuple[date, date]]
    entities: frozenset[str]
    said: str
    said_numbers: tuple[Spoken, ...]
    items: int
    cues: Mapping[str, frozenset[str]] = field(default_factory=dict)
    steps: frozenset[Step] = frozenset()
    states: Mapping[str, frozenset[str]] = field(default_factory=dict)
    belonging: Belonging = field(default_factory=Belonging)
    schedules: tuple[Schedule, ...] = ()
    headline: frozenset[Decimal] = frozenset()
    asked: frozenset[str] = frozenset()
    lines: tuple[Said, ...] = ()
    sizes: Mapping[tuple[str, str], frozenset[Decimal]] = field(default_factory=dict)
    pages: frozenset[Decimal] = frozenset()
    units: frozenset[str] = frozenset()
    order: tuple[frozenset[str], ...] = ()
    suborder: tuple[frozenset[str], ...] = ()
    exact: frozenset[tuple[date, date]] = frozenset()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[frozenset[str], str], ...] = ()
    heads: Heads = field(default_factory=Heads)
    waits: bool = False
    currencies: frozenset[str] = frozenset()
    listings: tuple[Listing, ...] = ()
    today: date | None = None
    wanted: frozenset[tuple[date, date]] = frozenset()

    def holds(self, words: str) -> bool:
        """Whether folded words stand in the results or were said by the reader."""
        return words in self.words or words in self.said

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Whether the results' words match; asked of the same results with each sentence."""
        return _matches(pattern, self.words)


@lru_cache(maxsize=512)
def _matches(pattern: re.Pattern[str], words: str) -> bool:
    return pattern.search(words) is not None


def view_of(replies: Sequence[Reply], said: Sequence[str], reader: Reader) -> View:
    """From the results in view and the reader's words."""
    found = Gathering(reader)
    for reply in replies:
        found.reply(reply)
    spoken = [reader.read(words) for words in said]
    shown = frozenset(found.exact)
    for one in spoken:
        found.named(one)
    known: dict[str, set[str]] = defaultdict(set)
    facts: dict[Decimal, list[Fact]] = defaultdict(list)
    for fact in found.facts:
        facts[fact.value].append(fact)
        known[fact.kind] |= fact.cues
    return View(
        facts={value: tuple(alike) for value, alike in facts.items()},
        words=fold("\n".join(all_words(reply) for reply in replies)),
        times=frozenset(found.times | {day for one in found.listings for row in one.rows for day in row.days}),
        entities=frozenset(found.entities),
        said="\n".join(one.text for one in spoken),
        said_numbers=tuple(number for one in spoken for number in one.numbers),
        items=_items(replies),
        cues={kind: frozenset(names) for kind, names in known.items()},
        steps=frozenset(found.steps),
        states={name: frozenset(states) for name, states in found.states.items()},
        belonging=_belonging(found, spoken),
        schedules=found.schedules,
        headline=frozenset(found.headline),
        lines=tuple(found.lines),
        sizes=_sizes(found),
        pages=frozenset(Decimal(page) for page in _pages(replies)),
        units=frozenset(str(fact.unit) for fact in found.facts) & EXACT_COUNTERS,
        order=tuple(found.order),
        suborder=tuple(found.suborder),
        exact=shown,
        columns=tuple(found.columns),
        rows=tuple(found.rows),
        heads=heads_of(found.heads, found.order, frozenset(found.main)),
        asked=spoken[-1].cues if spoken else frozenset(),
        listings=tuple(found.listings),
        today=reader.today,
        wanted=frozenset((time.start, time.end) for one in spoken for time in one.times),
        currencies=_currencies(replies),
        waits=any(button.proposal for reply in replies for button in reply.buttons),
    )


def _belonging(found: Gathering, said: Sequence[Said]) -> Belonging:
    main = frozenset(found.main.union(*(only(one.entities) for one in said)))
    things = frozenset().union(*(fact.entities for fact in found.facts))
    several = frozenset(kind for kind in kinds_of(things) if len(of_kind(things, kind)) > 1)
    return Belonging(main, several, things)


def all_words(reply: Reply) -> str:
    """Every word of the reply, what waits behind ``more`` and what presses say among them."""
    whole = Reply(reply.blocks + reply.more)
    says = " ".join(f"{button.label} {button.says}" for button in whole.buttons)
    labels = " ".join(f"{figure.value} {figure.label}" for figure in reply.figures if figure.kind in {"code", "date"})
    return f"{whole.plain()}\n{says}\n{labels}"


def _sizes(found: Gathering) -> Mapping[tuple[str, str], frozenset[Decimal]]:
    """How many of a smaller unit each larger one holds."""
    sizes: dict[tuple[str, str], set[Decimal]] = defaultdict(set)
    for larger, smaller, value in found.sizes:
        sizes[larger, smaller].add(value)
    return with_steps_between(sizes)


def _pages(replies: Sequence[Reply]) -> Iterator[int]:
    for reply in replies:
        for block in (*reply.blocks, *reply.more):
            if isinstance(block, Citations):
                yield from (item.page for item in block.items if item.page)


def _currencies(replies: Sequence[Reply]) -> frozenset[str]:
    """What the amounts are counted in."""
    return frozenset(one.unit for reply in replies for one in reply.figures if one.kind == "money" and one.unit)


def _items(replies: Sequence[Reply]) -> int:
    """How many things there may be to count off."""
    counts = [0]
    for reply in replies:
        counts += [len(block.rows) for block in reply.blocks if isinstance(block, Table)]
        counts += [len(block.labels) for block in reply.blocks if isinstance(block, Chart)]
        counts += [len(reply.shown), len(reply.buttons), len(reply.citations), len(reply.blocks)]
    return max(counts)
