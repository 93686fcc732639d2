"""Of two figures, which one a sentence tells of, and whether it tells more or less of it."""

import re
from dataclasses import dataclass

from core.checks.around import PHRASE
from core.checks.belonging import of_kind
from core.checks.exempting import ARTICLES
from core.checks.reading import Fact
from core.checks.spoken import Spoken
from core.checks.working import Working

NEUTRAL = re.compile(r"separates?|相差|差额|差距|之差|差|(?<![a-z])(?:difference|gap|apart|differ)(?![a-z])")
MORE = re.compile(
    r"超过|多出|高出|超出|多|高|贵|增加|增长|涨|领先|(?<![a-z])(?:more|dearer|added|gained|above|higher|ahead"
    r"|leads?|passed|"
    r"past|cleared|exceeded|beat|up|over|increase|rose|growth|grew|gain)(?![a-z])"
)
LESS = re.compile(
    r"减少|少|低|降|掉|跌|便宜|省|优惠|落后|(?<![a-z])(?:less|below|lower|behind|down|drops?|dropped|falls?|fell|"
    r"decrease|cheaper|lost|shrank|save|saves|"
    r"saving|off|short|fewer)(?![a-z])"
)
THAN = re.compile(r"比|较|(?<![a-z])(?:than|against|vs|versus)(?![a-z])")
PRICES = frozenset({"price_case", "price_bottle"})
AGAINST = (frozenset({"rebate_base"}), frozenset({"threshold"}))
PART = re.compile(r"[:：;；。]")


@dataclass(frozen=True)
class Comparing(Working):
    """A sentence about a result, and what it sets against each other."""

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

    def _rows_apart(self, first: Fact, second: Fact) -> bool:
        """Two rows of a kind, both named."""
        return any(
            of_kind(first.entities & self.said.entities, kind)
            and of_kind(second.entities & self.said.entities, kind)
            and not of_kind(first.entities & second.entities, kind)
            for kind in ("dealer", "region", "product", "code", "period")
        )
