"""Percentages worked out from two figures of a result: what a row has of the whole, what is used of a limit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.checks.belonging import of_kind
from core.checks.pairs import offers_in
from core.checks.reading import Fact
from core.checks.rounding import is_exact, roundings
from core.checks.spoken import Spoken
from core.checks.working import IN_BRACKETS, Working

SHARE = re.compile(
    r"占|份额|比重|贡献|其中|(?:成|%|一半|分之.)[多左右一点些]{0,4}(?:的[^,，。;；\d]{1,6})?都?(?:在|来自|集中)|(?<![a-z])(?:share|"
    r"accounts? for|accounting for|makes? up|making up|contributes?|took|takes|"
    r"of the total|of that|of all|of (?:the )?(?:year|sell-in|sales|overdue))(?![a-z])"
)
OF_COUNTS = re.compile(r"率|占|比例|(?<![a-z])(?:share|dealers?|customers?|ordered)(?![a-z])|经销商|客户|下单")
RATE = re.compile(r"率|(?<![a-z])(?:rates?|rebate)(?![a-z])")
BESIDE = re.compile(
    r" ?(?:元|块|箱|yuan|cases?)?[ ,，、（(]{0,3}(?:(?:which is|that is|that's|i\.e\.|or|about|around|"
    r"roughly|nearly|almost|over|just|some|"
    r"equal to|equivalent to|accounting for|makes up|up|under) ?|约|大约|大概|差不多|占|即|相当于|也就是|"
    r"接近|将近|近|超过?|不到|了)*"
    r"(?:[^\d,，。.;；:：]{0,12}的)?"
)
LABEL = re.compile(
    r"(?: [a-z]+ china)?(?:区|大区|省|市)? ?(?:[:：]|有|是|is|with|at|,)? ?(?:(?:cn)?[¥$]?\d[\d,.]*(?:"
    r"万|千|k)?(?:元|块)? ?)?"
    r"[(（,:：、]? ?(?:约|大约|大概|about|around|roughly|nearly|将?近)? ?"
)
PROGRESS = re.compile(
    r"完成|进度|走完|走了|路程|还差|(?<![a-z])(?:of the way|there|done|complete|progress|covered)(?![a-z])"
)
CHANGES = frozenset({"rose", "fell", "change", "rebate_rate"})
NO_PARTS = frozenset({"before", "next", "gain", "missing", "threshold"})
NOTHING: frozenset[str] = frozenset()
TOTALS = frozenset({"owed", "total", "due_next", "sell_in", "overdue"})
FINE = Decimal("0.001")
OF_WHOLE = re.compile(
    r" ?of (?:(?:the|your|our|what|all|that|this|its?|total|everything|their|east|south|north"
    r"|those)(?![a-z])|(?:cn)?[¥$])"
)
OF_THE = re.compile(r" of (?:the |your |our |a )?(?:total (?:of )?)?(?:cn)?")
TOGETHER = re.compile(r" (?:together|combined|in all|between them)(?![a-z])|的?合计|加起来")


@dataclass(frozen=True)
class Shares(Working):
    """A sentence about a result, and the shares that may be told of it."""

    def gives(self, place: int, sums: Sequence[Decimal]) -> bool:
        """Whether a percentage is the share of a row, of rows together (``sums``), or of a part of something."""
        one = self.said.numbers[place]
        whole = max((value for value in self.view.headline if self._money(value)), default=Decimal(0))
        if (
            SHARE.search(self.said.text)
            or self._labelled(one)
            or TOGETHER.match(self.said.text, one.number.span[1])
            or OF_WHOLE.match(self.said.text, one.number.span[1])
        ) and whole:
            rows = [fact.value for fact in self._rows(one) if fact.value < whole]
            if any(self._is_share(one, part, whole) for part in (*rows, *sums) if part < whole):
                return True
        told = (
            *self._parts(one),
            *self._counts(),
            *self._beside(place),
            *self._told_both(place),
            *self._cheaper(one),
            *self._of_cases(one),
            *self._progress(),
        )
        return any(self._is_share(one, part, total) for part, total in told)

    def _labelled(self, one: Spoken) -> bool:
        """A percentage right behind a row's name, where no change is told of any: 华南：18.3万（约63%）."""
        if self.view.cues.get("percent", NOTHING) & CHANGES or self.said.cues & CHANGES or RATE.search(self.said.text):
            return False
        start = one.number.span[0]
        ends = [end for name, _, end in self.said.things if end <= start and name in self.view.belonging.rows]
        return bool(ends) and bool(LABEL.fullmatch(self.said.text[max(ends) : start]))

    def _progress(self) -> Iterator[tuple[Decimal, Decimal]]:
        """How much of a threshold's way is gone: what counts of it."""
        if not PROGRESS.search(self.said.text):
            return
        tiers = [
            of_kind(fact.entities, "tier")
            for same in self.view.facts.values()
            for fact in same
            if "next" in fact.cues and fact.kind == "ordinal"
        ]
        ahead = frozenset().union(*tiers)
        lines = {fact.value for fact in self._called("threshold") if fact.entities & ahead}
        bases = {
            fact.value
            for fact in self._called("rebate_base")
            if fact.entities & of_kind(self.view.belonging.main, "period")
        }
        for base in bases:
            nearest = min((line for line in lines if line > base), default=Decimal(0))
            if nearest:
                yield base, nearest
                yield nearest - base, nearest

    def _cheaper(self, one: Spoken) -> Iterator[tuple[Decimal, Decimal]]:
        """What a step price saves of the first one."""
        if one.number.unit_like == "折":
            yield from ((paid, paid + free) for paid, free in offers_in(self.view))
        if "discount" not in self.said.cues:
            return
        prices = {
            step: fact.value
            for same in self.view.facts.values()
            for fact in same
            for step in of_kind(fact.entities, "step")
            if fact.kind == "money"
        }
        for schedule in self.view.schedules:
            first = prices.get(f"step:{min(schedule.steps)}", Decimal(0))
            told = {schedule.step(other.number.value) for other in self.said.numbers if other.kind == "quantity"}
            yield from ((first - price, first) for step, price in prices.items() if step in told and price < first)

    def _of_cases(self, one: Spoken) -> Iterator[tuple[Decimal, Decimal]]:
        """Cases of a product that is named, of all that are ordered or paid."""
        if not SHARE.search(self.said.text):
            return
        cases = [fact for same in self.view.facts.values() for fact in same if fact.unit == "case" and fact.value]
        mine = [fact for fact in cases if of_kind(fact.entities & one.entities, "product") and "free" not in fact.cues]
        wholes = {fact.value for fact in cases if fact.value in self.view.headline or "buy" in fact.cues}
        wholes |= {whole - fact.value for whole in wholes for fact in cases if "free" in fact.cues}
        yield from ((fact.value, whole) for fact in mine for whole in wholes if fact.value < whole)

    def _beside(self, place: int) -> Iterator[tuple[Decimal, Decimal]]:
        """The amount right before it, as a part of what that belongs to."""
        if not place:
            return
        before, one = self.said.numbers[place - 1], self.said.numbers[place]
        if not BESIDE.fullmatch(self.said.text[before.number.span[1] : one.number.span[0]]):
            return
        for part in self._rounded(before):
            totals = [total for name in part.cues for whole in self._wholes(name) for total in self._called(whole)]
            if SHARE.search(self.said.text) or one.number.unit_like in {"成", "share"}:
                totals += [fact for same in self.view.facts.values() for fact in same if self._may_hold(fact, part)]
            yield from ((part.value, total.value) for total in totals if 0 < part.value < total.value)

    def _told_both(self, place: int) -> Iterator[tuple[Decimal, Decimal]]:
        """Of two figures that the sentence tells, the smaller as a part of the larger; a rate says itself of what."""
        one = self.said.numbers[place]
        if RATE.search(self.said.text) or self.vocabulary.strong(one.around.near, "percent") - {"share"}:
            return
        others = [other for at, other in enumerate(self.said.numbers) if at != place]
        told = [fact for other in others for fact in self._rounded(other)]
        sums = {abs(other.number.value) for other in others if other.kind == "money" and is_exact(other.number)}
        wholes = (
            {value for value in self.view.headline if self._money(value)} if one.number.unit_like == "share" else set()
        )
        yield from ((part, whole) for part in sums for whole in sums | wholes if 0 < part < whole)
        for part in told:
            for whole in told:
                if 0 < part.value < whole.value and (part.kind, part.unit) == (whole.kind, whole.unit):
                    yield part.value, whole.value

    def _rounded(self, one: Spoken) -> Iterator[Fact]:
        ways = roundings(one.number, self.said.text)
        for value, alike in self.view.facts.items():
            if value == abs(one.number.value) or any(way.gives(abs(one.number.value), value) for way in ways):
                yield from (fact for fact in alike if fact.kind == "money" or fact.unit == one.unit)

    def _may_hold(self, fact: Fact, part: Fact) -> bool:
        alike = fact.kind == part.kind and fact.unit == part.unit
        return alike and (bool(fact.cues & TOTALS) or fact.value in self.view.headline)

    def _wholes(self, name: str) -> Iterator[str]:
        """What it is a part of, and what that is."""
        while name := self.vocabulary.concepts[name].whole:
            yield name

    def _counts(self) -> Iterator[tuple[Decimal, Decimal]]:
        """Of the two counts that a result begins with: 1 of 28."""
        counts = sorted(
            value
            for value in self.view.headline
            if any(fact.kind == "quantity" and not fact.unit for fact in self.view.facts.get(value, ()))
        )
        if len(counts) > 1 and counts[0] and OF_COUNTS.search(self.said.text):
            yield counts[0], counts[-1]
            yield counts[-1] - counts[0], counts[-1]
        for name, pattern in self.vocabulary.states.items() if OF_COUNTS.search(self.said.text) else ():
            for column in self.view.columns if pattern.search(self.said.text) else ():
                alike = sum(name in cell.states for cell in column.cells)
                yield Decimal(alike), Decimal(len(column.cells))

    def _is_share(self, one: Spoken, part: Decimal, whole: Decimal) -> bool:
        return self._is(one, (part / whole * 100).quantize(FINE))

    def _money(self, value: Decimal) -> bool:
        return any(fact.kind == "money" for fact in self.view.facts.get(value, ()))

    def _rows(self, one: Spoken) -> Iterator[Fact]:
        """Amounts of a row that is named."""
        apart = one.entities & self.view.belonging.rows - self.view.belonging.main
        for same in self.view.facts.values():
            for fact in same:
                named = fact.entities & (apart or one.entities & self.view.belonging.rows)
                if fact.kind == "money" and named and not fact.cues & NO_PARTS and self._headlined(fact):
                    yield fact

    def _headlined(self, fact: Fact) -> bool:
        """Of the kind that the whole is, where the whole is called by any name."""
        wholes = [other for value in self.view.headline for other in self.view.facts.get(value, ())]
        names = frozenset().union(*(self.vocabulary.strong(other.cues, "money") for other in wholes))
        own = self.vocabulary.strong(fact.cues, "money")
        return not names or not own or bool(names & own)

    def _parts(self, one: Spoken) -> Iterator[tuple[Decimal, Decimal]]:
        """A part by name and what it is a part of: what is used of the limit, what counts towards a threshold."""
        for name in self._told(one):
            totals = [total for whole in self._wholes(name) for total in self._called(whole)]
            for part in self._called(name):
                for total in totals:
                    if 0 < part.value < total.value and self._belongs(part, total, one):
                        yield part.value, total.value

    def _told(self, one: Spoken) -> frozenset[str]:
        """The names of parts beside the number; else those before it of which the whole stands beside it."""
        around = one.around
        near = around.near.union(*around.after)
        if IN_BRACKETS.search(self.said.text[: one.number.span[0]].removesuffix("about ").removesuffix("约")):
            near |= around.earlier
        if not near:
            near = around.gap or self._behind_whole(one)
        wholes = {name for name in near if any(other.whole == name for other in self.vocabulary.concepts.values())}
        own = frozenset(name for name in near if self._is_part(name))
        if inner := frozenset(name for name in own if near.intersection(self._wholes(name))) or (own - wholes):
            return inner
        if of_kind(one.entities, "tier") or "threshold" in self.said.cues:
            return frozenset({"rebate_base"})
        if own:
            return own
        parts = frozenset(name for name in self.vocabulary.concepts if wholes.intersection(self._wholes(name)))
        return frozenset(name for name in around.earlier if name in parts) or parts

    def _behind_whole(self, one: Spoken) -> frozenset[str]:
        """58% of the 500,000 limit is taken up: what stands behind the whole."""
        following = next((other for other in self.said.numbers if other.number.span[0] >= one.number.span[1]), None)
        if following is None or not OF_THE.fullmatch(self.said.text[one.number.span[1] : following.number.span[0]]):
            return frozenset()
        return following.around.near.union(*following.around.after)

    def _is_part(self, name: str) -> bool:
        return bool(self.vocabulary.concepts[name].whole)

    def _called(self, name: str) -> Iterator[Fact]:
        for same in self.view.facts.values():
            for fact in same:
                if fact.kind == "money" and name in fact.cues and fact.value:
                    yield fact

    def _belongs(self, part: Fact, whole: Fact, one: Spoken) -> bool:
        """Both about the same dealer and time; of tiers the one that is named."""
        tiers = of_kind(whole.entities, "tier")
        said = {abs(other.number.value) for other in self.said.numbers}
        if tiers and not tiers & one.entities and whole.value not in said:
            return False
        return all(
            not of_kind(part.entities, kind)
            or not of_kind(whole.entities, kind)
            or bool(of_kind(part.entities & whole.entities, kind))
            for kind in ("dealer", "period")
        )
