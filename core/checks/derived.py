"""Figures worked out from one result: what is counted, added up, set against each other or counted in other units.

Each is allowed only where the sentence says so and names what it is worked out from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.checks.belonging import NAMED, of_kind
from core.checks.counting import counted
from core.checks.multiples import Multiples
from core.checks.reading import Fact
from core.checks.shares import Shares
from core.checks.subjects import AGAINST, LESS, MORE, NEUTRAL, PRICES, THAN, Comparing
from core.checks.summing import Summing

TIMES = re.compile(r" ?倍| times(?! of day)")
FALLS_TO = re.compile(r"降到|降至|只剩|(?<![a-z])(?:falls?|drops?|down) to(?![a-z])")
REST = re.compile(r"其余|剩下|剩余|另外|其他|(?<![a-z])(?:rest|remaining|remainder|other)(?![a-z])")
APART_BEFORE = re.compile(
    r"(?:多|少|高|低|便宜|贵|领先|落后)(?:出|了)? ?(?:约|大约|大概)?$"
    r"|(?:领先|落后|超过|多于|少于|高于|低于)(?:了)?(?:第[一二三四五六七八九十]名?|后面|前面|后者|前者|对方|它"
    r"|其)[^,，。;；\d]{0,6}$"
    r"|(?<![a-z])(?:added|gained|lost|shed|grew by|fell by|rose by) (?:about |roughly |around "
    r"|almost |nearly )?(?:cn|us)?[¥$]?$"
)
AHEAD_OF = re.compile(r"(?:领先|落后|超过|多于|少于|高于|低于)(?:了)?.")
GAINED = re.compile(r"[a-z]")
APART_AFTER = re.compile(r" (?:more than|less than|ahead of|above|below|behind|higher than|lower than|cheaper)")
CHANGED = re.compile(
    r"(?<![a-z])(?:up|down|growth|increase|decline|drop|added|gained|lost|rose|grew|fell|shed|dropped)(?![a-z])|[多少]了|增加了|减少了|涨了|降了"
)
BY = re.compile(
    r"(?<![a-z])by (?:a |some |about |only |just |roughly |around |almost |nearly |over )*(?:cn|rmb)? ?[¥$]?(?= |$)"
)
FROM_TO = re.compile(r"[从由].*(?:到|变成|变为|至)|(?<![a-z])from .* to (?:cn)?[¥\d]")
SIGNED = re.compile(r"(?:[+−–]|(?<= )-) ?(?:cn|us|rmb ?)?[¥$]?$")
SAME_TIME = re.compile(
    r"同期|去年|上年|(?<![a-z])same (?:[a-z]+ )?(?:period|span|days|stretch|weeks?|time)(?![a-z])"
    r"|(?<![a-z])(?:of|in|than) 20\d\d"
)
REACHED_ALL = re.compile(r"已经?达到")
DEARER = re.compile(r"贵|(?<![a-z])(?:dearer|more expensive)(?![a-z])")
POINTS = re.compile(r" ?个?(?:百分)?点| (?:percentage )?points?(?![a-z])")
SIGN = re.compile(r"([+-]) ?(?:cn)?[¥$]?$")
LEAST_APART = 100
PAIR = 2


@dataclass(frozen=True)
class Deriving(Comparing):
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
            if POINTS.match(self.said.text, one.number.span[1]) or POINTS.search(one.shown):
                return self._differs(place)
            return summing.summed(place) or Shares(self.said, self.view, self.vocabulary).gives(place, sums)
        if self._signed(place):
            return True
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
            or self._with_gain(place)
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
        told = bool(CHANGED.search(self.said.text[: one.number.span[0]]))
        told = told or any(pattern.search(self._clause(place)) for pattern in (NEUTRAL, MORE, LESS, BY))
        signed = SIGNED.search(self.said.text[: one.number.span[0]])
        minus = one.number.value < 0 and one.kind == "money"
        if (signed or minus) and self._changed(place, rose=bool(signed and "+" in signed.group())):
            return True
        if not (told or signed or self._cheaper or APART_BEFORE.search(self.said.text[: one.number.span[0]])):
            return False
        return any(
            first.value > second.value
            and self._is(one, first.value - second.value)
            and self._right_way(place, first, second)
            for first, second in self._pairs(place)
        )

    def _changed(self, place: int, *, rose: bool) -> bool:
        """Whether it is by how much a row's amount rose or fell against what it was, as its sign has it."""
        one = self.said.numbers[place]
        return any(
            self._is(one, first.value - second.value) and ("before" in second.cues) is rose
            for first, second in self._pairs(place)
            if ("before" in first.cues) != ("before" in second.cues)
            and (not of_kind(one.own, "dealer") or of_kind(one.own & first.entities & second.entities, "dealer"))
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

    def _signed(self, place: int) -> bool:
        """What a row's amount changed by, behind a plus or a minus sign."""
        one = self.said.numbers[place]
        sign = SIGN.search(self.said.text[: one.number.span[0]])
        if sign is None and one.number.value >= 0:
            return False
        dealers = of_kind(one.own, "dealer") or of_kind(one.entities, "dealer")
        facts = [
            fact
            for same in self.view.facts.values()
            for fact in same
            if fact.kind == "money" and dealers & fact.entities
        ]
        up = not (one.number.value < 0 or (sign and sign[1] == "-"))
        return bool(dealers) and any(
            self._is(one, abs(now.value - was.value)) and (now.value > was.value) is up
            for now in facts
            for was in facts
            if "before" in was.cues and "before" not in now.cues
        )

    def _with_gain(self, place: int) -> bool:
        """What a whole would come to with what the next tier adds, where the sentence tells that tier's."""
        facts = [fact for same in self.view.facts.values() for fact in same if fact.kind == "money"]
        told = {abs(other.number.value) for at, other in enumerate(self.said.numbers) if at != place}
        gains = {fact.value for fact in facts if "gain" in fact.cues and not REACHED_ALL.search(self.said.text)}
        known = any("next" in fact.cues and fact.value in told for fact in facts)
        one = self.said.numbers[place]
        return known and any(self._is(one, whole + gain) for whole in self.view.headline for gain in gains)

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
                or SIGNED.search(self.said.text[: self.said.numbers[place].number.span[0]])
                or SAME_TIME.search(self.said.text)
                or (not named and not of_kind(fact.entities, "dealer"))
            )
            return bool(told) and not of_kind(fact.entities, "dealer") - self.said.entities
        if AGAINST[0] & fact.cues and any(
            AGAINST[1] & other.cues for value in said for other in self.view.facts.get(value, ())
        ):
            return True
        if PRICES & fact.cues and (
            self._cheaper
            or LESS.search(self._clause(place))
            or (self.view.schedules and DEARER.search(self._clause(place)))
        ):
            return fact.value in self.view.headline or self._step_told(fact)
        rows = fact.entities & self.view.belonging.rows - self.view.belonging.main
        theirs = {name for name in rows if name.split(":")[0] in NAMED}
        if theirs:
            return bool(theirs & self.said.entities) or self._other_of_two(theirs)
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
