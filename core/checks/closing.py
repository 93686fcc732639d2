"""Amounts told to the cent that can't be there by chance: sums and differences of figures that close to the cent."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.checks.belonging import of_kind
from core.checks.reading import Fact
from core.checks.rounding import is_exact, step_of
from core.checks.spoken import Spoken
from core.checks.working import Working

SETTLING = re.compile(
    r"付|还(?:清|款|了)|结清|打款|(?<![a-z])(?:pay|paying|paid|settle|settling|settled|clear|clearing|cleared|payment)(?![a-z])"
)
SUPPOSED = re.compile(
    r"如果|若|要是|假如|的话|之后|以后|(?<![a-z])(?:if|once|after|would|paying|settling|clearing)(?![a-z])"
)
MOVING = re.compile(
    r"[从由].*(?:到|至|变为|变成|降为|减为|剩下?)|(?<![a-z])from .* to (?:cn)?[¥\d]|原来|现在|目前|[单认交]之?前|"
    r"(?<![a-z])(?:before|currently|now|today)(?![a-z])"
)
BECOMES = re.compile(r"[从由][^。;；]*(?:到|至|变为|变成|降为|减为) ?(?:cn)?$|(?<![a-z])from .* to (?:cn)?$")
PASSED = re.compile(
    r"超过|超出|高出|多|过了|(?<![a-z])(?:cleared|passed|beat|above|over|exceeded|past|beyond)(?![a-z])"
)
TOGETHER = re.compile(
    r"共|合计|加起来|总|所以|因此|"
    r"(?<![a-z])(?:total|together|so|in all|altogether|stands? at|makes?|comes? to|sum)(?![a-z])"
)
LEFT_OVER = frozenset({"missing", "gain", "discount", "change", "total", "price"})
OWED = frozenset({"due_next", "owed", "payable", "goods"})
ORDERED = frozenset({"payable", "goods"})
LEFT = frozenset({"credit_left", "left_over"})
LEAST_FAMILY = 2
LEAST_AMOUNT = 1000
SUMMED = re.compile(
    r"(?:合计|共计|总计|总共|一共|加起来|加在一起|相加|合起来|共)(?:就|正好|大约|约|是|为|占了?|用了?|欠|有|等于)*(?:cn)?$"
    r"|(?<![a-z])(?:in all|in total|together|altogether|total(?:ling|s)?|makes?|adds? up to"
    r"|comes? to|sum(?:s)? to|total of)(?: about)? ?(?:cn)?$"
)


@dataclass(frozen=True)
class Closing(Working):
    """A sentence about a result, and the sums in it that close."""

    def gives(self, place: int) -> bool:
        """Whether an amount is a balance, all figures of one name, or what one figure leaves of another."""
        one = self.said.numbers[place]
        if one.kind == "percent" or one.unit:
            return False
        if not self._is_outcome(place) and any(self._is(one, balance) for balance in self._balances()):
            return True
        if self._adds_rounded(place):
            return True
        return is_exact(one.number) and (abs(one.number.value) in self._families(one) or self._closes(place))

    def _is_outcome(self, place: int) -> bool:
        """Whether it is told as what something else becomes, which an order only lessens: from a to b."""
        ordering = "credit_limit" not in self.view.cues.get("money", ())
        return ordering and bool(BECOMES.search(self.said.text[: self.said.numbers[place].number.span[0]]))

    def adds(self, place: int) -> bool:
        """Whether it is exactly the sum of two amounts before it in the sentence, which says so."""
        one = self.said.numbers[place]
        if self._adds_rounded(place):
            return True
        told = [abs(other.number.value) for other in self.said.numbers[:place] if is_exact(other.number)]
        sums = {first + second for at, first in enumerate(told) for second in told[:at]}
        return is_exact(one.number) and abs(one.number.value) in sums and bool(TOGETHER.search(self.said.text))

    def _adds_rounded(self, place: int) -> bool:
        """Whether it is told right behind the word as what the figures before it come to, as they are rounded."""
        one, numbers = self.said.numbers[place], self.said.numbers
        if one.kind == "percent" or one.unit or not SUMMED.search(self.said.text[: one.number.span[0]]):
            return False
        shown = [step_of(other.shown, abs(other.number.value)) for other in numbers[: place + 1]]
        total, slack = Decimal(0), shown[place] / 2
        for at in range(place - 1, -1, -1):
            other = numbers[at]
            if (
                other.kind in {"percent", "ordinal"}
                or other.unit
                or other.number.value < LEAST_AMOUNT
                or not any(self._meant(other))
            ):
                break
            total, slack = total + abs(other.number.value), slack + shown[at] / 2
            if at < place - 1 and abs(total - abs(one.number.value)) <= slack:
                return True
        return False

    def settles(self, place: int) -> bool:
        """Whether it is an amount that is owed, told as one that may be paid."""
        one = self.said.numbers[place]
        owed = any(fact.cues & OWED for fact in self.view.facts.get(abs(one.number.value), ()))
        return owed and bool(SETTLING.search(self._clause(place)) and SUPPOSED.search(self.said.text))

    def _closes(self, place: int) -> bool:
        """What a part leaves of its whole, or what is beyond a threshold, under no name of another figure."""
        one = self.said.numbers[place]
        facts = [fact for same in self.view.facts.values() for fact in same if fact.kind == "money"]
        told = {fact.value for at, other in enumerate(self.said.numbers) if at != place for fact in self._meant(other)}
        named = self.vocabulary.strong(one.around.near.union(*one.around.after), "money") - LEFT_OVER
        return any(
            self._holds(whole, part) and self._rightly_called(named, whole, part, told)
            for whole in facts
            for part in facts
            if whole.value - part.value == abs(one.number.value)
        )

    def _holds(self, whole: Fact, part: Fact) -> bool:
        """Whether one is a part of the other by name, or a threshold that it has passed."""
        passed = "rebate_base" in whole.cues and "threshold" in part.cues and bool(PASSED.search(self.said.text))
        return passed or any(self.vocabulary.concepts[name].whole in whole.cues for name in part.cues)

    def _rightly_called(self, named: frozenset[str], whole: Fact, part: Fact, told: set[Decimal]) -> bool:
        """By the name of the whole; by that of the part only beside it, for the part itself is another figure."""
        others = named - whole.cues - (part.cues if part.value in told else frozenset())
        return not others - (part.cues & {"threshold"})

    def _meant(self, one: Spoken) -> Iterator[Fact]:
        for same in self.view.facts.values():
            yield from (fact for fact in same if fact.kind == "money" and self._is(one, fact.value))

    def _families(self, one: Spoken) -> Iterator[Decimal]:
        """All figures that go by one name, each another paper's; and what those leave that the sentence tells."""
        families: dict[str, dict[str, Decimal]] = defaultdict(dict)
        named = self.vocabulary.strong(one.around.near.union(*one.around.after) | self._cues, "money")
        for same in self.view.facts.values():
            for fact in same:
                for code in of_kind(fact.entities, "code") if fact.kind == "money" else ():
                    for name in fact.cues & named:
                        families[name][code] = fact.value
        said = {abs(other.number.value) for other in self.said.numbers if other is not one}
        for values in families.values():
            whole = sum(values.values(), Decimal(0))
            if len(values) >= LEAST_FAMILY:
                yield whole
                yield from (whole - value for value in values.values() if value and value in said)

    def _balances(self) -> Iterator[Decimal]:
        """The credit that is left once something is paid, and what it was before an order."""
        facts = [fact for same in self.view.facts.values() for fact in same if fact.kind == "money"]
        left = [fact.value for fact in facts if fact.cues & LEFT]
        names = OWED if SETTLING.search(self.said.text) else frozenset()
        ordering = "credit_limit" not in self.view.cues.get("money", ())
        names |= ORDERED if ordering and MOVING.search(self.said.text) else frozenset()
        if LEFT & self._cues or "credit_limit" in self._cues or SETTLING.search(self.said.text):
            yield from (value + fact.value for value in left for fact in facts if fact.cues & names)
