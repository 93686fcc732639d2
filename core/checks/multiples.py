"""Figures worked out by the case: what so many cost, what a bottle or a pallet costs, how many are free, averages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from core.checks.belonging import of_kind
from core.checks.pairs import offers_in
from core.checks.reading import Fact
from core.checks.spoken import Spoken
from core.checks.view import View
from core.checks.working import Working

PALLET = re.compile(r"托|板|(?<![a-z])pallets?(?![a-z])")
BOTTLE = re.compile(r"瓶|盒|罐|听|支|(?<![a-z])bottles?(?![a-z])")
PACK = re.compile(r"提|(?<![a-z])packs?(?![a-z])")
EFFECTIVE = re.compile(
    r"算上|算进|算下来|折合|折算|实际|相当于|合每|合到|平均|均价|摊|等于|"
    r"(?<![a-z])(?:works? out|effective(?:ly)?|counted in|counting|average|in effect|really|included|factor)(?![a-z])"
)
AVERAGE = re.compile(
    r"平均|均|(?<![a-z])(?:average|averages|averaging|mean|apiece|each|(?:an|per) (?:order|invoice"
    r"|dealer))(?![a-z])|[每一](?:单|张|家)"
)
SAVED = re.compile(r"省|便宜|少|优惠|(?<![a-z])(?:saves?|saving|saved|cheaper|less|off|discount)(?![a-z])")
HANDED = re.compile(
    r"到手|会到|能到|含|实收|实际|到货|收到|收货|发货|发|共|付|送|赠|一起|得|拿|(?<![a-z])(?:free|paid|pay|paying|receive|"
    r"receiving|get|gets|getting|costs?|"
    r"total|in all|altogether|ordered|deliver(?:ed|y)?|ship(?:ped|s)?|plus|top|charged?|billed?)(?![a-z])"
)
EACH = re.compile(r"平均|每箱|(?<![a-z])(?:each|apiece|a case|per case)(?![a-z])")
PLUS_AFTER = re.compile(r" ?(?:箱|cases?)?(?:的?(?:正货|正品|正价货?)|的货|paid)?[,，]? ?(?:plus|\+|和|加上?|另)")
OTHERS = re.compile(r"其余|其他|剩下|(?<![a-z])(?:others?|rest|remaining)(?![a-z])")
PAID = re.compile(
    r"付|收费|计费|花钱|买|订了|下了|(?<![a-z])(?:paid|pay|paying|charged|billed|ordered|bought)(?![a-z])"
)
PAID_AFTER = re.compile(
    r" ?(?:箱|cases? )?(?:是)?(?:要)?(?:付费|付款|付钱|的?正货|的?正价|paid|(?:that )?you (?:are )?pay)"
)
DAILY = re.compile(r"[每一]天|日均|每日|(?<![a-z])(?:(?:a|per|each) day|daily)(?![a-z])")
MONTHLY = re.compile(r"每个?月|月均|一个月|(?<![a-z])(?:(?:a|per|each) month|monthly)(?![a-z])")
CASE = re.compile(r"[每一单]箱|(?<![a-z])(?:a|per|each) case(?![a-z])")
BASE = frozenset({"rebate_base"})
PRICES = frozenset({"price_case"})
WHOLE = frozenset({"buy", "total"})
FREE_AMONG = re.compile(
    r" ?(?:箱|cases?)?[,，(（]? ?(?:其中|含|已含|包括|of which |including |with )?[^\d,，;；。]{0,8}"
)
FREE_BEFORE = re.compile(r"其中|含|包括|of which|including")
FREE_BEHIND = re.compile(r" ?(?:箱|cases?)? ?(?:of them|of these|of which|among them)")
PENNY = Decimal("0.01")


@dataclass(frozen=True)
class Multiples(Working):
    """A sentence about a result, and what may be reckoned by the case."""

    def costs(self, place: int) -> bool:
        """Whether an amount is the price of a case, reckoned for so many cases or for what is smaller or larger."""
        one = self.said.numbers[place]
        return any(self._is(one, value) for value in (*self._amounts(one, place), *self._averages()))

    def saves(self, place: int) -> bool:
        """Whether an amount is what so many cases save, told so right before it."""
        one = self.said.numbers[place]
        begin = one.number.span[0]
        return bool(SAVED.search(self.said.text[max(0, begin - 8) : begin])) and any(
            self._is(one, value) for value in self._saved(place)
        )

    def counts(self, place: int) -> bool:
        """Whether a quantity is what is paid and free together, or bottles by the case."""
        one = self.said.numbers[place]
        if one.unit == "bottle":
            return any(self._is(one, value) for value in self._bottles(place))
        if self._of_another_product(one):
            return False
        words = (
            PLUS_AFTER.match(self.said.text, one.number.span[1])
            or HANDED.search(self.said.text)
            or EFFECTIVE.search(self.said.text)
            or OTHERS.search(self.said.text)
        )
        return bool(words) and any(self._is(one, value) for value in self._with_free(one))

    def _of_another_product(self, one: Spoken) -> bool:
        """Whether it names a product that isn't the one of which some are free."""
        product = of_kind(one.touching, "product")
        free = [
            of_kind(fact.entities, "product")
            for same in self.view.facts.values()
            for fact in same
            if "free" in fact.cues
        ]
        return bool(product) and any(free) and not any(product & names for names in free)

    def _prices(self, one: Spoken) -> Iterator[Fact]:
        """Prices of a case, of the product that is named where several are."""
        for same in self.view.facts.values():
            for fact in same:
                mine, theirs = of_kind(one.entities, "product"), of_kind(fact.entities, "product")
                if fact.kind == "money" and PRICES & fact.cues and (not mine or not theirs or mine & theirs):
                    yield fact

    def _amounts(self, one: Spoken, place: int) -> Iterator[Decimal]:
        text = self.said.text
        for fact in self._prices(one):
            if PALLET.search(text):
                yield from (fact.value * size for size in self._sizes("pallet", "case"))
            if BOTTLE.search(text):
                yield from (_cents(fact.value / size) for size in self._sizes("case", "bottle"))
            if PACK.search(text):
                yield from (
                    _cents(fact.value * pack / case)
                    for case in self._sizes("case", "bottle")
                    for pack in self._sizes("pack", "bottle")
                )
            told = set(self._quantities(place))
            yield from (fact.value * paid for paid, free in offers_in(self.view) if told & {paid, paid + free})
            if EFFECTIVE.search(text) and BOTTLE.search(text):
                yield from (
                    _cents(fact.value * paid / (paid + free) / size)
                    for paid, free in offers_in(self.view)
                    for size in self._sizes("case", "bottle")
                )
            if EFFECTIVE.search(text) or EACH.search(text):
                yield from (_cents(fact.value * paid / (paid + free)) for paid, free in offers_in(self.view))
            if BOTTLE.search(text):
                yield from (
                    _cents(fact.value * paid / (paid + free) / size)
                    for paid, free in offers_in(self.view)
                    for size in self._sizes("case", "bottle")
                )
            yield from (fact.value * quantity for quantity in self._quantities(place) if self._reached(fact, quantity))
        product = of_kind(one.entities, "product")
        for fact in () if self.view.schedules else self._prices(one):
            if product & fact.entities:
                yield from (fact.value * quantity for quantity in self._quantities(place))
        yield from self._saved(place)
        yield from self._at_first_price(place)

    def _saved(self, place: int) -> Iterator[Decimal]:
        """What so many cost less at their step than by the single case."""
        if not SAVED.search(self.said.text):
            return
        asked = [one.number.value for one in self.view.said_numbers if one.unit == "case"]
        prices = {
            step: fact.value
            for fact in self._prices(self.said.numbers[place])
            for step in of_kind(fact.entities, "step")
        }
        for quantity in (*self._quantities(place), *asked):
            for schedule in self.view.schedules:
                first, reached = f"step:{min(schedule.steps)}", schedule.step(quantity)
                if reached in prices and first in prices and prices[first] > prices[reached]:
                    yield quantity * (prices[first] - prices[reached])

    def _at_first_price(self, place: int) -> Iterator[Decimal]:
        """What so many would cost by the single case, where it is told that this is more."""
        if not SAVED.search(self.said.text):
            return
        asked = [one.number.value for one in self.view.said_numbers if one.unit == "case"]
        lowest = {f"step:{min(schedule.steps)}" for schedule in self.view.schedules}
        for fact in self._prices(self.said.numbers[place]):
            if lowest & fact.entities:
                yield from (fact.value * quantity for quantity in (*self._quantities(place), *asked))

    def _quantities(self, place: int) -> Iterator[Decimal]:
        """Cases of the sentence, but for the one case that a price is for."""
        for at, other in enumerate(self.said.numbers):
            if at != place and other.kind == "quantity" and other.unit in {"", "case"} and other.number.value > 1:
                yield other.number.value

    def _reached(self, price: Fact, quantity: Decimal) -> bool:
        steps = of_kind(price.entities, "step")
        if not self.view.schedules:
            return False
        return bool(steps & {schedule.step(quantity) for schedule in self.view.schedules})

    def _averages(self) -> Iterator[Decimal]:
        """Of the rows that a sum adds up."""
        if not AVERAGE.search(self.said.text):
            return
        yield from (_cents(whole / count) for whole in self._wholes() for count in self._counts() if count > 1)
        if CASE.search(self.said.text) or EACH.search(self.said.text):
            yield from (_cents(whole / count) for whole in self._wholes() for count in self._all_cases())
        for column in self.view.columns:
            for whole in self.view.headline if column.kind == "money" else ():
                for count in range(2, len(column.cells) + 1):
                    values = [cell.value for cell in column.cells]
                    if sum(values[:count]) == whole or _adds_up(values, whole, count):
                        yield _cents(whole / count)

    def _wholes(self) -> Iterator[Decimal]:
        """Amounts that a result begins with or that the sentence tells, and what counts towards a rebate."""
        said = {abs(one.number.value) for one in self.said.numbers}
        for value, same in self.view.facts.items():
            money = [fact for fact in same if fact.kind == "money" and "rate" not in fact.cues]
            then = "before" in self.said.cues and any("before" in fact.cues for fact in money)
            if money and (value in self.view.headline or value in said or then or any(BASE & f.cues for f in money)):
                yield value

    def _counts(self) -> Iterator[Decimal]:
        """Of what the average is told: days and months of stretches in view, cases, papers, dealers."""
        text = self.said.text
        for start, end in self.view.exact:
            if DAILY.search(text):
                yield Decimal((end - start).days)
            if MONTHLY.search(text) and start.day == end.day == 1:
                yield Decimal((end.year - start.year) * 12 + end.month - start.month)
        for value, same in self.view.facts.items():
            for fact in same:
                unit = "case" if CASE.search(text) else ""
                if fact.kind == "quantity" and fact.unit in {unit, "" if unit else "order"} - ({""} if unit else set()):
                    yield value

    def _all_cases(self) -> Iterator[Decimal]:
        """Those that are paid for and those that come free, of a whole that is paid for alone."""
        cases = [fact for same in self.view.facts.values() for fact in same if fact.unit == "case" and fact.value]
        for more in (fact.value for fact in cases if "free" in fact.cues and fact.value > 1):
            for fact in cases:
                paid = fact.value in self.view.headline or "total" in fact.cues
                if paid and not includes_free(fact.value, more, self.view):
                    yield fact.value + more

    def _bottles(self, place: int) -> Iterator[Decimal]:
        asked = [one.number.value for one in self.view.said_numbers if one.unit == "case"]
        for cases in (*self._quantities(place), *asked):
            yield from (cases * size for size in self._sizes("case", "bottle"))

    def _with_free(self, one: Spoken) -> Iterator[Decimal]:
        """What is paid and what is free together, or what is paid of both; of a product that is named, its own."""
        cases = [fact for same in self.view.facts.values() for fact in same if fact.unit == "case" and fact.value]
        product = of_kind(one.touching, "product")
        free = [fact for fact in cases if "free" in fact.cues and fact.value != 1]
        paid = [fact for fact in cases if "free" not in fact.cues and not {"stock", "step", "size"} & fact.cues]
        if product:
            paid = [fact for fact in paid if product & fact.entities]
        else:
            paid = [fact for fact in paid if fact.value in self.view.headline or fact.cues & WHOLE]
        given = {name for fact in free for name in of_kind(fact.entities, "product")}
        mine = {fact.value for fact in cases if not given or given & fact.entities}
        for each, bonus in offers_in(self.view):
            yield each + bonus
            said = {other.number.value for other in self.said.numbers if other is not one}
            if each and one.number.value % each == 0 and not free:
                extra = one.number.value / each * bonus
                yield from (one.number.value for more in (extra, one.number.value + extra) if more in said)
            for quantity in self._quantities(self.said.numbers.index(one)):
                if each and quantity % each == 0 and (not free or quantity in mine):
                    yield from (quantity + quantity / each * bonus, quantity / each * bonus)
        for more in free:
            for fact in paid:
                if not includes_free(fact.value, more.value, self.view):
                    yield fact.value + more.value
                paid_for = (
                    PLUS_AFTER.match(self.said.text, one.number.span[1])
                    or OTHERS.search(self.said.text)
                    or PAID_AFTER.match(self.said.text, one.number.span[1])
                    or (PAID.search(self.said.text) and "total" not in one.around.near)
                )
                if not product and paid_for:
                    yield fact.value - more.value

    def _sizes(self, larger: str, smaller: str) -> frozenset[Decimal]:
        return self.view.sizes.get((larger, smaller), frozenset())


def includes_free(whole: Decimal, free: Decimal, view: View) -> bool:
    """Whether a result says that the free ones are counted in so many: 346 cases (6 of them free)."""
    for line in view.lines:
        for one, other in pairwise(line.numbers):
            between = line.text[one.number.span[1] : other.number.span[0]]
            inside = FREE_BEFORE.search(between) or FREE_BEHIND.match(line.text, other.number.span[1])
            if (one.number.value, other.number.value) == (whole, free) and FREE_AMONG.fullmatch(between) and inside:
                return True
    return False


def _adds_up(values: list[Decimal], whole: Decimal, count: int) -> bool:
    """Whether all but some equal ones add up to the whole: a rejected order isn't counted."""
    return any(sum(values) - value == whole and len(values) - 1 == count for value in values)


def _cents(value: Decimal) -> Decimal:
    return value.quantize(PENNY)
