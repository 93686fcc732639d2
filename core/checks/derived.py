"""Figures worked out from one result: what is counted, added up, set against each other or counted in other units.

Each is allowed only where the sentence says so and names what it is worked out from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.checks.around import PHRASE
from core.checks.belonging import NAMED, of_kind
from core.checks.counting import counted
from core.checks.exempting import ARTICLES
from core.checks.multiples import Multiples
from core.checks.reading import Fact
from core.checks.shares import Shares
from core.checks.spoken import Spoken
from core.checks.summing import Summing
from core.checks.working import Working

NEUTRAL = re.compile(r"separates?|相差|差额|差距|之差|差|(?<![a-z])(?:difference|gap|apart|differ)(?![a-z])")
MORE = re.compile(
    r"超过|多出|高出|超出|多|高|贵|增加|增长|涨|领先|(?<![a-z])(?:more|dearer|added|gained|above|higher|ahead|leads?|passed|"
    r"past|cleared|exceeded|beat|up|over|increase|rose|grew|gain)(?![a-z])"
)
LESS = re.compile(
    r"减少|少|低|降|掉|跌|便宜|省|优惠|落后|(?<![a-z])(?:less|below|lower|behind|down|drops?|dropped|falls?|fell|"
    r"decrease|cheaper|lost|shrank|save|saves|"
    r"saving|off|short|fewer)(?![a-z])"
)
TIMES = re.compile(r" ?倍| times(?! of day)")
FALLS_TO = re.compile(r"降到|降至|只剩|(?<![a-z])(?:falls?|drops?|down) to(?![a-z])")
REST = re.compile(r"其余|剩下|剩余|另外|其他|(?<![a-z])(?:rest|remaining|remainder|other)(?![a-z])")
APART_BEFORE = re.compile(
    r"(?:多|少|高|低|便宜|贵|领先|落后)(?:出|了)? ?(?:约|大约|大概)?$"
    r"|(?:领先|落后|超过|多于|少于|高于|低于)(?:了)?(?:第[一二三四五六七八九十]名?|后面|前面|后者|前者|对方|它|其)[^,，。;；\d]{0,6}$"
    r"|(?<![a-z])(?:added|gained|lost|shed|grew by|fell by|rose by) (?:about |roughly |around "
    r"|almost |nearly )?(?:cn|us)?[¥$]?$"
)
AHEAD_OF = re.compile(r"(?:领先|落后|超过|多于|少于|高于|低于)(?:了)?.")
GAINED = re.compile(r"[a-z]")
APART_AFTER = re.compile(r" (?:more than|less than|ahead of|above|below|behind|higher than|lower than|cheaper)")
CHANGED = re.compile(
    r"(?<![a-z])(?:added|gained|lost|rose|grew|fell|shed|dropped)(?![a-z])|[多少]了|增加了|减少了|涨了|降了"
)
BY = re.compile(
    r"(?<![a-z])by (?:a |some |about |only |just |roughly |around |almost |nearly |over )*(?:cn|rmb)? ?[¥$]?(?= |$)"
)
FROM_TO = re.compile(r"[从由].*(?:到|变成|变为|至)|(?<![a-z])from .* to (?:cn)?[¥\d]")
SAME_TIME = re.compile(
    r"同期|去年|上年|(?<![a-z])same (?:[a-z]+ )?(?:period|span|days|stretch|weeks?|time)(?![a-z])"
    r"|(?<![a-z])(?:of|in|than) 20\d\d"
)
PART = re.compile(r"[:：;；。]")
LEAST_APART = 100
PAIR = 2
THAN = re.compile(r"比|较|(?<![a-z])(?:than|against|vs|versus)(?![a-z])")
PRICES = frozenset({"price_case", "price_bottle"})
AGAINST = (frozenset({"rebate_base"}), frozenset({"threshold"}))


@dataclass(frozen=True)
class Deriving(Working):
    """A sentence about a result, and what may be worked out of that."""

    def gives(self, place: int, things: frozenset[str]) -> bool:
        """Whether a number that stands in no result is worked out from one."""
        one = self.said.numbers[place]
        if one.kind == "quantity" and counted(place, self.said, self.view, self.vocabulary):
            return True
        if one.kind == "ordinal" or (one.kind == "quantity" and one.unit == "day"):
            return False
        summing = Summing(self.said, self.view, self.vocabulary)
        if one.kind == "percent":
            sums = [sum(rows, Decimal(0)) for rows in summing.rows_told(place, "money")]
            return summing.summed(place) or Shares(self.said, self.view, self.vocabulary).gives(place, sums)
        if TIMES.match(self.said.text, one.number.span[1]):
            return any(self._is(one, first.value / second.value) for first, second in self._pairs(place))
        by_case = Multiples(self.said, self.view, self.vocabulary)
        if one.kind == "quantity" and one.unit:
            return by_case.counts(place) or summing.summed(place) or self._differs(place)
        return (
            summing.summed(place)
            or summing.subtotal(place)
            or self._differs(place)
            or by_case.costs(place)
            or self._rest(place)
            or (one.kind == "quantity" and by_case.counts(place))
        )

    def counts(self, place: int) -> bool:
        """Whether it counts rows, or cases that are paid and free."""
        by_case = Multiples(self.said, self.view, self.vocabulary)
        return counted(place, self.said, self.view, self.vocabulary) or by_case.counts(place)

    def gained(self, place: int) -> bool:
        """Whether a number is told as what was added or lost, right behind the word."""
        apart = APART_BEFORE.search(self.said.text[: self.said.numbers[place].number.span[0]])
        return bool(apart and GAINED.match(apart.group()))

    def compares(self, place: int) -> bool:
        """Whether a number is told as how much more or less something is: then it is no figure of a thing."""
        start, end = self.said.numbers[place].number.span
        text = self.said.text
        apart = APART_BEFORE.search(text[:start])
        than = THAN.search(text[: apart.start()]) or AHEAD_OF.match(apart.group()) if apart else None
        told = apart and not GAINED.match(apart.group()) and than
        return bool(told or APART_AFTER.match(text, end))

    def parts_stated(self, place: int) -> bool:
        """Whether it is exactly what lies between two other amounts of the sentence: from a to b, that is c more."""
        one = self.said.numbers[place]
        others = {abs(other.number.value) for at, other in enumerate(self.said.numbers) if at != place}
        known = {value for value in others if any(fact.kind == "money" for fact in self.view.facts.get(value, ()))}
        between = FROM_TO.search(self.said.text) and abs(one.number.value) >= LEAST_APART
        return bool(between) and any(a - b == abs(one.number.value) for a in known for b in known)

    def _differs(self, place: int) -> bool:
        one = self.said.numbers[place]
        told = any(pattern.search(self._clause(place)) for pattern in (NEUTRAL, MORE, LESS, BY))
        if not (told or self._cheaper or APART_BEFORE.search(self.said.text[: one.number.span[0]])):
            return False
        return any(
            first.value > second.value
            and self._is(one, first.value - second.value)
            and self._right_way(place, first, second)
            for first, second in self._pairs(place)
        )

    @property
    def _cheaper(self) -> bool:
        """Whether it is about what larger quantities save."""
        return bool(self.view.schedules) and "discount" in self._cues

    def _rest(self, place: int) -> bool:
        """What a part leaves of its whole: the rest of what is owed isn't due yet."""
        one = self.said.numbers[place]
        if not REST.search(self._clause(place)) and not FALLS_TO.search(self.said.text):
            return False
        facts = [fact for same in self.view.facts.values() for fact in same if fact.kind == "money"]
        return any(
            self._is(one, whole.value - part.value)
            for part in facts
            for name in part.cues
            if self.vocabulary.concepts[name].whole in self._cues
            or any(self._is(it, part.value) for it in self.said.numbers)
            for whole in facts
            if self.vocabulary.concepts[name].whole in whole.cues and whole.value > part.value > 0
        )

    def _right_way(self, place: int, more: Fact, less: Fact) -> bool:
        """That what is told as more is the larger one: the first named, or the present one, is told of."""
        way = self._way(place)
        if way is None or way is NEUTRAL:
            return way is NEUTRAL
        subject = self._subject(place, more, less)
        return subject is None or (subject is more) == (way is MORE)

    def _way(self, place: int) -> re.Pattern[str] | None:
        """The word of difference nearest to the number."""
        start, end = self.said.numbers[place].number.span
        near = [
            (start - found.end() if found.end() <= start else found.start() - end, pattern)
            for pattern in (NEUTRAL, MORE, LESS)
            for found in pattern.finditer(self.said.text)
            if found.end() <= start or found.start() >= end
        ]
        return min(near, key=lambda one: one[0])[1] if near else None

    def _subject(self, place: int, more: Fact, less: Fact) -> Fact | None:
        """Which of the two is told of: the one named before the word of comparison; of then and now, now."""
        if ("before" in more.cues) != ("before" in less.cues):
            return less if "before" in more.cues else more
        if ("opening" in more.cues) != ("opening" in less.cues):
            return less if "opening" in more.cues else more
        if PRICES & more.cues & less.cues and not self._rows_apart(more, less):
            return more if self._compared_first() & of_kind(more.entities, "step") else less
        where = {id(fact): self._named_near(place, fact) for fact in (more, less)}
        named = [fact for fact in (more, less) if where[id(fact)] is not None]
        if len(named) == 1 and self._than_stands_before(place, where[id(named[0])]):
            return less if named[0] is more else more
        if None in where.values():
            where = {id(fact): self._named_at(fact, place) for fact in (more, less)}
        if where[id(more)] is None or where[id(less)] is None:
            return more if AGAINST[0] & more.cues else less if AGAINST[0] & less.cues else None
        return more if where[id(more)] < where[id(less)] else less  # type: ignore[operator]

    def _than_stands_before(self, place: int, at: int | None) -> bool:
        """Whether what is named is what something is compared with: 比一季度多."""
        return at is not None and bool(re.search(r"(?:比|较|than|against) ?$", self.said.text[:at]))

    def _compared_first(self) -> set[str | None]:
        """The steps of the quantity that stands before the word of comparison."""
        than = THAN.search(self.said.text)
        steps = {step for schedule in self.view.schedules for step in schedule.steps}
        first = [
            one.number
            for one in self.said.numbers
            if one.kind == "quantity" and one.number.value in steps and self._shown(one) not in ARTICLES
        ]
        if than is None or not first or first[0].span[1] > than.start() or "不是" in self.said.text:
            return set()
        return {schedule.step(first[0].value) for schedule in self.view.schedules}

    def _shown(self, one: Spoken) -> str:
        return self.said.text[slice(*one.number.span)]

    def _named_at(self, fact: Fact, place: int) -> int | None:
        """Where it is named first, in the part of the sentence that has the number if it is named there."""
        begin = max(
            [0, *(found.end() for found in PART.finditer(self.said.text, 0, self.said.numbers[place].number.span[0]))]
        )
        places = [start for name, start, _ in self.said.things if name in fact.entities]
        return min([at for at in places if at >= begin] or places, default=None)

    def _named_near(self, place: int, fact: Fact) -> int | None:
        """Where it is named in the phrase of a number."""
        begin = self.said.numbers[place].number.span[0]
        start = max([0, *(found.end() for found in PHRASE.finditer(self.said.text, 0, begin))])
        places = [at for name, at, _ in self.said.things if name in fact.entities and start <= at < begin]
        return min(places, default=None)

    def _pairs(self, place: int) -> Iterator[tuple[Fact, Fact]]:
        """Two figures of a kind that the sentence names both."""
        one = self.said.numbers[place]
        kinds = {one.kind} if one.kind != "quantity" or one.unit else {"quantity", "money"}
        kinds |= {"money"} if TIMES.match(self.said.text, one.number.span[1]) else set()
        facts = [fact for same in self.view.facts.values() for fact in same if fact.kind in kinds]
        told = [fact for fact in facts if self._told(fact, place)]
        for first in told:
            for second in told:
                if first.value > second.value and self._comparable(first, second):
                    yield first, second

    def _told(self, fact: Fact, place: int) -> bool:
        said = {abs(one.number.value) for at, one in enumerate(self.said.numbers) if at != place}
        if fact.value in said:
            return True
        if "before" in fact.cues:
            named = of_kind(self.said.entities, "dealer")
            told = (
                bool({"before", "rose", "fell"} & self.said.cues)
                or CHANGED.search(self.said.text)
                or SAME_TIME.search(self.said.text)
                or (not named and not of_kind(fact.entities, "dealer"))
            )
            return bool(told) and not of_kind(fact.entities, "dealer") - self.said.entities
        if AGAINST[0] & fact.cues and any(
            AGAINST[1] & other.cues for value in said for other in self.view.facts.get(value, ())
        ):
            return True
        if PRICES & fact.cues and (self._cheaper or LESS.search(self._clause(place))):
            return fact.value in self.view.headline or self._step_told(fact)
        rows = fact.entities & self.view.belonging.rows - self.view.belonging.main
        named = {name for name in rows if name.split(":")[0] in NAMED}
        if named:
            return bool(named & self.said.entities) or self._other_of_two(named)
        return fact.value in self.view.headline or bool(self.vocabulary.strong(fact.cues, fact.kind) & self._cues)

    def _other_of_two(self, named: set[str]) -> bool:
        """Whether there are two rows of the kind, and the sentence names the other."""
        kinds = {name.split(":")[0] for name in named}
        return any(
            len(listing.rows) == PAIR
            and any(row.things & named for row in listing.rows)
            and any(row.things & self.said.entities for row in listing.rows)
            for listing in self.view.listings
            if listing.kind in kinds
        )

    def _step_told(self, fact: Fact) -> bool:
        """Of step prices, the first is what others save on; another must be reached by a quantity of the sentence."""
        steps = of_kind(fact.entities, "step")
        lowest = {f"step:{min(schedule.steps)}" for schedule in self.view.schedules}
        told = {
            schedule.step(one.number.value)
            for schedule in self.view.schedules
            for one in self.said.numbers
            if one.kind == "quantity" and one.unit in {"", "case"}
        }
        return bool(steps & (lowest | told))

    def _comparable(self, first: Fact, second: Fact) -> bool:
        if first.unit != second.unit:
            return False
        cues = (first.cues, second.cues)
        if any(AGAINST[0] & one and AGAINST[1] & other for one, other in (cues, cues[::-1])):
            return True
        if PRICES & first.cues & second.cues:
            return True
        if "before" in first.cues or "before" in second.cues:
            return bool(("before" in first.cues) != ("before" in second.cues)) and self._same_row(first, second)
        names = [self.vocabulary.of_kind(fact.cues, first.kind) for fact in (first, second)]
        return (bool(names[0] & names[1]) or not any(names)) and self._rows_apart(first, second)

    def _same_row(self, first: Fact, second: Fact) -> bool:
        return of_kind(first.entities, "dealer") == of_kind(second.entities, "dealer")

    def _rows_apart(self, first: Fact, second: Fact) -> bool:
        """Two rows of a kind, both named."""
        return any(
            of_kind(first.entities & self.said.entities, kind)
            and of_kind(second.entities & self.said.entities, kind)
            and not of_kind(first.entities & second.entities, kind)
            for kind in ("dealer", "region", "product", "code", "period")
        )
