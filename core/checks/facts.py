"""Every figure that replies hold, each with what it is called and what it is about."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from core.checks.belonging import Schedule, lots_beside, of_kind, only, stepped
from core.checks.blocks import counts_of, lines_of
from core.checks.labels import (
    FELL,
    LABELLED,
    ROSE,
    about_of,
    cues_of,
    days_in,
    moved,
    nearest_of,
    next_tiers,
    orders_in,
    period_in,
    rated,
)
from core.checks.listing import Listing, listed, listings_of
from core.checks.reading import Fact, Reader
from core.checks.spoken import CODES, Said, Step, periods_of, readings, stretch_of, tiers_in
from core.checks.tables import PART, Column, columns_of, joined
from core.checks.vocabulary import widened
from core.language.normalise import fold
from core.replies import Figure, Reply, Table, Text

CELL = re.compile(
    r"[+-]?(?P<sign>(?:CN|US|HK)?[¥$€£])?-?(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?:(?P<percent>%)| ?(?P<unit>箱|瓶|提|托|天|cases?|bottles?|packs?|pallets?|days?))?"
)
CELL_UNITS: Mapping[str, str] = {
    "箱": "case", "瓶": "bottle", "提": "pack", "托": "pallet", "天": "day", "case": "case", "cases": "case",
    "bottle": "bottle", "bottles": "bottle", "pack": "pack", "packs": "pack", "pallet": "pallet", "pallets": "pallet",
    "day": "day", "days": "day",
}  # fmt: skip
COUNTED = "item"
DUE = frozenset({"due_next", "payable"})
OWED = frozenset({"owed", "goods"})
TIER_AHEAD = frozenset({"tier_ahead", "next"})
TIER: frozenset[str] = frozenset()
BEFORE = frozenset({"before"})
DEALERS = frozenset({"dealers"})
PAPER = re.compile(r"(?:so|inv)-[a-z0-9-]+")
ASIDE = re.compile(r"[（(]")
EARNED = re.compile(r"rebate 20\d\d")
AHEAD = re.compile(r"next tier")
FROM_CASES = re.compile(r"from (\d+)$")


@dataclass
class Gathering:
    """What was found so far."""

    reader: Reader
    facts: list[Fact] = field(default_factory=list)
    times: set[tuple[date, date]] = field(default_factory=set)
    exact: set[tuple[date, date]] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)
    steps: set[Step] = field(default_factory=set)
    states: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    main: set[str] = field(default_factory=set)
    heads: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    rows: list[tuple[frozenset[str], str]] = field(default_factory=list)
    order: list[frozenset[str]] = field(default_factory=list)
    suborder: list[frozenset[str]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    sizes: set[tuple[str, str, Decimal]] = field(default_factory=set)
    lines: list[Said] = field(default_factory=list)
    headline: set[Decimal] = field(default_factory=set)
    schedule: dict[frozenset[str], set[Decimal]] = field(default_factory=lambda: defaultdict(set))
    dated: dict[tuple[str, Decimal], set[str]] = field(default_factory=lambda: defaultdict(set))
    _known: dict[str, Said] = field(default_factory=dict)

    def named(self, said: Said) -> None:
        """The times and things of a text."""
        self.times |= {days for time in said.times for days in readings(time)}
        self.exact |= {(time.start, time.end) for time in said.times}
        self.entities |= said.entities

    def reply(self, reply: Reply) -> None:
        """All figures of a reply, what waits behind ``more`` among them."""
        self.entities |= {f"{one.kind}:{one.code}" for one in reply.shown}
        about = about_of(reply)
        self.main |= about
        earned: frozenset[str] = frozenset()
        for figure in reply.figures:
            period = period_in(figure.label, self.reader.fiscal) if EARNED.match(figure.label or "") else None
            earned = frozenset(periods_of(period)) if period is not None else earned
            self._figure(figure, about, earned if AHEAD.search(figure.label or "") else frozenset())
        self.facts += [
            Fact("ordinal", Decimal(name.removeprefix("tier:")), "", TIER_AHEAD, frozenset({name}))
            for name in next_tiers(reply)
        ]
        tiers = {name for figure in reply.figures for name, _, _ in tiers_in(fold(figure.label or ""))}
        self.facts += [
            Fact("ordinal", Decimal(name.removeprefix("tier:")), "", TIER, frozenset({name})) for name in sorted(tiers)
        ]
        self._main(reply)
        self._order(reply)
        for block in (*reply.blocks, *reply.more):
            if isinstance(block, Table):
                self._table(block, about)
            for line in lines_of(block):
                self._line(line, frozenset(), about)
        for listing in self.listings:
            things = [row.things for row in listing.rows]
            amounts = [row.amounts[0] for row in listing.rows if row.amounts]
            ordered = len(amounts) == len(things) and amounts == sorted(amounts, reverse=True)
            if self.order and ordered and things[: len(self.order)] == self.order:
                self.order = things
        dealers = (
            DEALERS if any(name.startswith("dealer:") for things in self.order for name in things) else frozenset()
        )
        self.facts += [
            Fact("quantity", Decimal(count), COUNTED, dealers if count > 1 else frozenset(), frozenset())
            for count in counts_of(reply)
        ]
        self._compared()

    def _main(self, reply: Reply) -> None:
        """What its first words are about, and the figures that they begin with."""
        first = next((block for block in reply.blocks if isinstance(block, Text)), Text(""))
        lines = [self._read(line) for line in lines_of(first)]
        for line in lines[:1]:
            self.main |= only(line.entities)
            aside = ASIDE.search(line.text)
            end = aside.start() if aside else len(line.text)
            self.headline |= {abs(one.number.value) for one in line.numbers if one.number.span[1] <= end}
        for block in reply.blocks:
            if isinstance(block, Table):
                break
            lines += [self._read(line) for line in lines_of(block)] if block is not first else []
        self.main |= {name for line in lines for name in only(line.entities) if name.startswith("region:")}
        for line in lines:
            told = periods_of(replace(line.times[0], comparison=False), line.text) if line.times else []
            self.main |= {name for name in told if name.startswith("period:")}

    def _compared(self) -> None:
        """What a whole was before is called as the whole is now, and is of no time but its own."""
        self.facts = [self._of_its_time(fact) for fact in self.facts]
        names = frozenset().union(
            *(fact.cues for fact in self.facts if fact.kind == "money" and fact.value in self.headline)
        )
        self.facts = [
            replace(fact, cues=fact.cues | names) if {"before", "total"} <= fact.cues and fact.kind == "money" else fact
            for fact in self.facts
        ]

    def _of_its_time(self, fact: Fact) -> Fact:
        """A line tells now and then in one breath; of what a label says when it was, that alone counts."""
        times = self.dated.get((fact.kind, fact.value))
        if not times:
            return fact
        others = {name for name in fact.entities if not name.startswith(("period:", "year:"))}
        return replace(fact, entities=frozenset(others | times), cues=fact.cues | BEFORE)

    def _order(self, reply: Reply) -> None:
        """The rows of a table of amounts that stands from the most to the least."""
        table = next((block for block in reply.blocks if isinstance(block, Table)), None)
        if table is None or self.order:
            return
        self.order += self._descending([row for row in table.rows if not row[0].startswith(PART)])
        self.suborder += self._descending([row for row in table.rows if row[0].startswith(PART)])

    def _descending(self, rows: Sequence[Sequence[str]]) -> list[frozenset[str]]:
        values = [[one.number.value for one in self._read(row[1]).numbers][:1] for row in rows if len(row) > 1]
        if len(values) == len(rows) and all(values) and values == sorted(values, reverse=True):
            return [self._read(row[0]).entities for row in rows]
        return []

    def _table(self, table: Table, about: frozenset[str]) -> None:
        """A cell goes by its column's name and is about what its row begins with."""
        if table.title:
            self._line(table.title, frozenset(), about)
        for row in table.rows:
            people = {
                name.split(":")[1].lower() for cell in row[1:] for name in of_kind(self._read(cell).entities, "dealer")
            }
            codes = {code for cell in row[1:] for code in CODES.findall(fold(cell))} - people
            named = self._read(row[0]).entities | {f"code:{code}" for code in codes}
            self._states(" ".join(row), named)
            self.heads.append((fold(row[0]), self._read(row[0]).entities))
            self.rows.append((named, fold(" | ".join(row))))
            self._line(row[0], frozenset(), about)
            called = frozenset().union(*(self._read(cell).cues for cell in row[1:] if not CELL.fullmatch(cell)))
            for column, cell in zip(table.columns[1:], row[1:], strict=False):
                self._cell(column.label, cell, named, about, called)
        for one in columns_of(table, self._read, self.reader.vocabulary):
            self.columns = joined(self.columns, one)
        for more in listings_of(table, self._read, self.reader.vocabulary):
            self.listings = listed(self.listings, more)

    def _cell(
        self, label: str, cell: str, above: frozenset[str], about: frozenset[str], called: frozenset[str]
    ) -> None:
        """Most cells are one figure as the desk writes it; the rest is read like a line.

        Where a column has no name of a figure, the row's words have.
        """
        figure = CELL.fullmatch(cell)
        if figure is None:
            if any(char.isdigit() for char in cell):
                self._line(f"{label} {cell}", above, about)
            return
        value = abs(Decimal(figure["number"].replace(",", "")))
        kind = "money" if figure["sign"] else "percent" if figure["percent"] else "quantity"
        unit = CELL_UNITS.get(figure["unit"] or "", "")
        cues = widened(self._read(label).cues or called)
        if kind == "percent" and cell[0] in "+-":
            cues |= FELL if cell[0] == "-" else ROSE
        self.facts.append(Fact(kind, value, unit, cues, nearest_of(above, frozenset(), about)))

    def _read(self, text: str) -> Said:
        """Labels and the heads of rows come again and again."""
        if text not in self._known:
            self._known[text] = self.reader.read(text)
        return self._known[text]

    def _line(self, line: str, above: frozenset[str], about: frozenset[str]) -> None:
        said = self._read(line)
        self.named(said)
        self.lines.append(said)
        self.steps |= set(said.steps)
        self._states(line, said.entities)
        beside = stepped(said, self._prices(said), self.schedules)
        for place, spoken in enumerate(said.numbers):
            near = spoken.around.near
            kin = self.reader.vocabulary.of_kind(near, spoken.kind)
            cues = widened((near if kin else near | spoken.around.earlier) | moved(spoken, said) | rated(spoken, said))
            if "due_next" in spoken.around.earlier and spoken.kind == "money":
                cues = cues - OWED | DUE
            things = nearest_of(spoken.entities | beside.get(place, frozenset()), above, about)
            if spoken.kind == "money" and "price" not in cues:
                things |= lots_beside(said, place)
            values = {abs(spoken.number.value), spoken.number.upper} - {None}
            self.facts += [Fact(spoken.kind, value, spoken.unit, cues, things) for value in values if value is not None]

    @property
    def schedules(self) -> tuple[Schedule, ...]:
        """Of the step prices that were found."""
        return tuple(Schedule(tuple(sorted(steps))) for steps in self.schedule.values())

    def _prices(self, said: Said) -> list[int]:
        """Where a text has a step price."""
        known = {fact.value for fact in self.facts if of_kind(fact.entities, "step")} if self.schedule else set()
        return [place for place, one in enumerate(said.numbers) if one.number.value in known and not one.unit]

    def _states(self, text: str, things: frozenset[str]) -> None:
        """What a line says of an order, of each that it names."""
        orders = orders_in(things) or orders_in(self.main)
        if orders:
            folded = fold(text)
            said = {name for name, pattern in self.reader.vocabulary.states.items() if pattern.search(folded)}
            for name in orders:
                self.states[name] |= said

    def _figure(self, figure: Figure, about: frozenset[str], of: frozenset[str] = frozenset()) -> None:
        if figure.kind == "date":
            day = date.fromisoformat(figure.value[:10])
            self.times.add((day, day + timedelta(days=1)))
        if figure.kind in {"date", "code"}:
            return
        try:
            value = abs(Decimal(figure.value))
        except InvalidOperation:
            return
        label = fold(figure.label)
        things = (
            {f"{kind}:{code}" for kind, codes, _, _ in self.reader.named(label) for code in codes} if label else set()
        )
        things |= {name for name, _, _ in tiers_in(label)} | of
        things |= {f"code:{found.group()}" for found in PAPER.finditer(label)}
        if step := FROM_CASES.search(label):
            things.add(f"step:{step[1]}")
            self.schedule[about].add(Decimal(step[1]))
        if (days := days_in(label)) is not None:
            self.times.add(days)
            self.exact.add(days)
            things |= stretch_of(*days)
            self.dated[figure.kind, value] |= stretch_of(*days)
        elif (period := period_in(figure.label, self.reader.fiscal)) is not None:
            self.times.add((period.start, period.end))
            self.exact.add((period.start, period.end))
            things |= set(periods_of(period))
        unit = figure.unit if figure.kind == "quantity" else ""
        if label in LABELLED and figure.unit != label and figure.kind == "quantity":
            self.sizes.add((label, str(figure.unit), value))
        cues = cues_of(figure, label, self.reader.vocabulary)
        self.facts.append(Fact(figure.kind, value, unit, cues, nearest_of(frozenset(things), frozenset(), about)))
