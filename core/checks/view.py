"""What is in view: every figure, time, name and word that results gave, and what the reader said."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from core.checks.spoken import KINDS, Named, Said, Spoken, periods_of, read_said, readings
from core.checks.vocabulary import Vocabulary
from core.language.normalise import fold
from core.language.numerals import Kind
from core.language.periods import Grain, TimeRange, parse_period
from core.replies import Buttons, Chart, Citations, Figure, File, Reply, Table, Text

CODES = re.compile(r"(?<![a-z0-9])[a-z]{1,8}(?:[-_][a-z0-9]+)*[-_]?\d[a-z0-9]*(?:[-_][a-z0-9]+)*")
PERIOD_CODE = re.compile(r"(?<!\d)\d{4}(?:-?[QqHh]\d|-\d{2}(?:-\d{2})?)?(?!\d)")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with the concepts that it goes by and the things that it is about."""

    kind: str
    value: Decimal
    unit: str
    cues: frozenset[str]
    entities: frozenset[str]


@dataclass(frozen=True)
class Reader:
    """How texts are read: the vocabulary, who knows names, and what day it is."""

    vocabulary: Vocabulary
    named: Named
    today: date
    fiscal: int = 1

    def read(self, text: str) -> Said:
        """One sentence, cell or line."""
        return read_said(text, self.vocabulary, self.named, self.today, self.fiscal)


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

    def holds(self, words: str) -> bool:
        """Whether folded words stand in the results or were said by the reader."""
        return words in self.words or words in self.said


def view_of(replies: Sequence[Reply], said: Sequence[str], reader: Reader) -> View:
    """From the results in view and the reader's words."""
    facts: dict[Decimal, list[Fact]] = defaultdict(list)
    times: set[tuple[date, date]] = set()
    entities: set[str] = set()
    for reply in replies:
        for fact in _facts(reply, reader, times, entities):
            facts[fact.value].append(fact)
    spoken = [reader.read(words) for words in said]
    for one in spoken:
        times |= {days for time in one.times for days in readings(time)}
        entities |= one.entities
    known: dict[str, set[str]] = defaultdict(set)
    for fact in (fact for alike in facts.values() for fact in alike):
        known[fact.kind] |= fact.cues
    return View(
        facts={value: tuple(alike) for value, alike in facts.items()},
        words=fold("\n".join(all_words(reply) for reply in replies)),
        times=frozenset(times),
        entities=frozenset(entities),
        said="\n".join(one.text for one in spoken),
        said_numbers=tuple(number for one in spoken for number in one.numbers),
        items=_items(replies),
        cues={kind: frozenset(names) for kind, names in known.items()},
    )


def all_words(reply: Reply) -> str:
    """Every word of the reply, what waits behind ``more`` and what presses say among them."""
    whole = Reply(reply.blocks + reply.more)
    says = " ".join(f"{button.label} {button.says}" for button in whole.buttons)
    labels = " ".join(f"{figure.value} {figure.label}" for figure in reply.figures if figure.kind in {"code", "date"})
    return f"{whole.plain()}\n{says}\n{labels}"


def _items(replies: Sequence[Reply]) -> int:
    """How many things there may be to count off."""
    counts = [0]
    for reply in replies:
        counts += [len(block.rows) for block in reply.blocks if isinstance(block, Table)]
        counts += [len(reply.shown), len(reply.buttons), len(reply.citations), len(reply.blocks)]
    return max(counts)


def _facts(reply: Reply, reader: Reader, times: set[tuple[date, date]], entities: set[str]) -> Iterator[Fact]:
    entities |= {f"{one.kind}:{one.code}" for one in reply.shown}
    about = _about(reply)
    for figure in reply.figures:
        yield from _figure(figure, reader, times, about)
    for block in (*reply.blocks, *reply.more):
        for context, lines in _lines(block):
            heading = reader.read(context) if context else None
            for line in lines:
                yield from _line(line, heading, reader, times, entities, about)
    for count in _counts(reply):
        yield Fact("quantity", Decimal(count), "", frozenset(), frozenset())


def _about(reply: Reply) -> frozenset[str]:
    """The one thing of its kind that the whole reply is about."""
    kinds = defaultdict(set)
    for one in reply.shown:
        kinds[one.kind].add(f"{one.kind}:{one.code}")
    return frozenset(name for names in kinds.values() if len(names) == 1 for name in names)


def _counts(reply: Reply) -> Iterator[int]:
    for block in (*reply.blocks, *reply.more):
        if isinstance(block, Table):
            yield len(block.rows)
        if isinstance(block, Buttons):
            yield len(block.buttons)
        if isinstance(block, Citations):
            yield len(block.items)
            yield from (item.page for item in block.items if item.page)
    rows = [len(block.rows) for block in (*reply.blocks, *reply.more) if isinstance(block, Table)]
    if rows:
        yield sum(rows)
    for kind in {one.kind for one in reply.shown}:
        yield len({one.code for one in reply.shown if one.kind == kind})


def _lines(block: object) -> Iterator[tuple[str, list[str]]]:
    """A block as lines, each group with the words that head it."""
    match block:
        case Text():
            yield "", [line for line in block.text.split("\n") if line]
        case Table():
            for row in block.rows:
                cells = [f"{column.label} {cell}" for column, cell in zip(block.columns[1:], row[1:], strict=False)]
                yield f"{block.columns[0].label} {row[0]}", [row[0], *cells]
            yield "", [block.title] if block.title else []
        case Citations():
            yield "", [f"{item.title} {item.source} {item.quote}" for item in block.items]
        case Buttons():
            yield "", [words for button in block.buttons for words in (button.label, button.says) if words]
        case Chart():
            yield "", [block.title]
        case File():
            yield "", [block.name]


def _line(
    line: str,
    heading: Said | None,
    reader: Reader,
    times: set[tuple[date, date]],
    entities: set[str],
    about: frozenset[str],
) -> Iterator[Fact]:
    said = reader.read(line)
    times |= {days for time in said.times for days in readings(time)}
    entities |= said.entities
    above = heading.entities if heading else frozenset()
    for spoken in said.numbers:
        kind = KINDS.get(spoken.number.kind, "quantity")
        cues = spoken.around.own.union(*(names for names, _ in spoken.around.shared)) or said.cues
        things = _joined(spoken.entities, above, about)
        yield Fact(kind, abs(spoken.number.value), spoken.unit, cues, things)
        if spoken.number.upper is not None:
            yield Fact(kind, spoken.number.upper, spoken.unit, cues, things)


def _joined(own: frozenset[str], above: frozenset[str], about: frozenset[str]) -> frozenset[str]:
    """The nearest word on each kind of thing counts."""
    found = set(own)
    for more in (above, about):
        kinds = {name.split(":")[0] for name in found}
        found |= {name for name in more if name.split(":")[0] not in kinds}
    return frozenset(found)


def _figure(figure: Figure, reader: Reader, times: set[tuple[date, date]], about: frozenset[str]) -> Iterator[Fact]:
    if figure.kind == "date":
        day = date.fromisoformat(figure.value[:10])
        times.add((day, date.fromordinal(day.toordinal() + 1)))
        return
    if figure.kind == "code":
        return
    try:
        value = abs(Decimal(figure.value))
    except InvalidOperation:
        return
    label = fold(figure.label)
    things = {f"{kind}:{code}" for kind, codes, _, _ in reader.named(label) for code in codes}
    if (period := _labelled(figure.label, reader.fiscal)) is not None:
        times.add((period.start, period.end))
        things |= set(periods_of(period))
    yield Fact(
        figure.kind,
        value,
        figure.unit if figure.kind == "quantity" else "",
        reader.vocabulary.cues(label),
        _joined(frozenset(things), frozenset(), about),
    )


def _labelled(label: str, fiscal: int) -> TimeRange | None:
    """The period in a label such as ``rebate 2026Q3``."""
    found = PERIOD_CODE.search(label)
    if found is None:
        return None
    try:
        period = parse_period(found.group(), fiscal)
    except ValueError:
        return None
    return replace(period, text=found.group()) if period.grain is not Grain.RANGE else None


def numbers_of(texts: Iterable[str], reader: Reader) -> frozenset[Decimal]:
    """Every number that stands in the texts."""
    return frozenset(
        value
        for text in texts
        for one in reader.read(text).numbers
        if one.number.kind is not Kind.ORDINAL
        for value in (one.number.value, one.number.upper)
        if value is not None
    )
