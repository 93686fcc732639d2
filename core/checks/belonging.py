"""What a figure belongs to: of figures that several things have, a sentence must name the thing."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from core.checks.around import Span, clause_of
from core.checks.spoken import Said, Spoken

CONTRAST = re.compile(
    r"(?:而不是|不是|原来|原价|平时|从|由|[比较][^,，。;；]{0,8}|(?<![a-z])(?:rather than|instead of|"
    r"down from|from|not|than|"
    r"against|versus|vs\.?|compared (?:with|to))(?: the| a)?(?: [a-z-]+){0,3}) ?(?:cn|rmb)? ?$"
)
BRACKET = re.compile(
    r"[^,，;；。]{0,8}[（(](?:from )?|,? (?:from|at|for|once you (?:take|buy|order)|starting (?:at|from)) "
    r"|,? (?:only |just )?(?:starts?|begins?|kicks in|applies|holds) (?:at|from) "
    r"|[)）](?: (?:starts?|begins?|kicks in|applies|holds|comes in) (?:at|from) |从|自|要)"
)
BELOW = re.compile(
    r"(?:不到|[不未没]满|[没未]到|不足|少于|低于|(?<![a-z])(?:under|below|less than|fewer than|short of)) ?$"
)
BELOW_AFTER = re.compile(r" ?箱?(?:以下|以内|之内|之下)")
FROM = re.compile(r"(?<![a-z])(?:from|at least|starting at|reach|reaching) ?$")
FROM_AFTER = re.compile(
    r" ?(?:箱|件)?(?:起|以上|及以上)(?!订)|\+ |(?: cases)? (?:or more|and up|and above|upwards|onwards)"
)
LACKED = re.compile(r"(?:再|还差|差|多)(?:拿|订|买|要|来|加|添|凑)?$|(?<![a-z])(?:another|additional|further|extra) $")
FROM_ONE = re.compile(r" ?箱?(?:起|cases? (?:up|on)|-)")
MARKER = re.compile(r"(?:^|\n)\W*$")
GIVEN = re.compile(r"[送赠搭](?:您|你)?$")
RESPECTIVELY = re.compile(r"分别|依次|(?<![a-z])respectively(?![a-z])")
NAMED = frozenset({"dealer", "product", "region", "code", "period", "tier", "step"})


TIMES = frozenset({"period", "year", "day"})
ONE_ROW = frozenset({"dealer", "product", "region", "code", "period"})


@dataclass(frozen=True)
class Belonging:
    """What figures in view may belong to.

    ``main`` is what the whole is about, ``several`` are kinds with a choice, ``rows`` all things that have figures.
    """

    main: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()

    def fits(self, said: frozenset[str], own: frozenset[str], touching: frozenset[str], fact: frozenset[str]) -> bool:
        """Whether a figure of these things may be told with those that were named."""
        if any(self._of_another(kind, own, fact) for kind in ONE_ROW & self.several):
            return False
        if self._of_another_time(own | touching, fact):
            return False
        beside = touching & self.rows
        if of_kind(touching & self.main, "period"):
            beside = frozenset(name for name in beside if not name.startswith("period:"))
        if any(of_kind(beside, kind) and not beside & fact for kind in ONE_ROW & self.several):
            return False
        for kind in kinds_of(fact):
            theirs, mine = of_kind(fact, kind), of_kind(said, kind)
            mine |= of_kind(touching, kind) if kind == "region" else set()
            if kind == "period" and "then" in fact and not mine - self.main:
                continue
            if mine and not mine & theirs:
                return False
            if not mine and kind in NAMED & self.several and not theirs & self.main:
                return False
        return True

    def _of_another_time(self, named: frozenset[str], fact: frozenset[str]) -> bool:
        """The figure of a whole, told of a time that isn't its own."""
        periods, main = of_kind(named, "period"), of_kind(self.main, "period")
        timeless = not of_kind(fact, "period") and not of_kind(fact, "day") and "then" not in fact
        return timeless and bool(periods and main) and not periods & main

    def _of_another(self, kind: str, own: frozenset[str], fact: frozenset[str]) -> bool:
        """The figure of a whole, told of one of its rows."""
        named = of_kind(own, kind)
        if kind == "period":
            named &= self.rows
        return len(named) == 1 and named <= self.rows and not of_kind(fact, kind) and not named & self.main


def kinds_of(things: Iterable[str]) -> set[str]:
    """The kinds of things, such as ``dealer``."""
    return {name.split(":")[0] for name in things}


def of_kind(things: Iterable[str], kind: str) -> frozenset[str]:
    """Those of a kind."""
    return _of_kind(things if isinstance(things, frozenset) else frozenset(things), f"{kind}:")


@lru_cache(maxsize=1 << 13)
def _of_kind(things: frozenset[str], beginning: str) -> frozenset[str]:
    """Figures are asked for their kinds with each number of a sentence."""
    return frozenset(name for name in things if name.startswith(beginning))


def only(things: Iterable[str]) -> set[str]:
    """Without kinds of which there are several; times may have several readings, and tiers are never meant unsaid."""
    things = set(things)
    kinds = {kind for kind in kinds_of(things) if kind in TIMES or len(of_kind(things, kind)) == 1} - {"tier", "step"}
    return {name for name in things if name.split(":")[0] in kinds}


def about_one(said: frozenset[str], facts: Sequence[frozenset[str]]) -> bool:
    """Of each kind that was said and that any figure says of itself, one figure must be about what was said."""
    return all(
        any(of_kind(said, kind) & things for things in facts)
        for kind in kinds_of(said)
        if any(of_kind(things, kind) for things in facts)
    )


@dataclass(frozen=True)
class Schedule:
    """Step prices of a product: from how many cases on, and how much a case."""

    steps: tuple[Decimal, ...]

    def step(self, quantity: Decimal) -> str | None:
        """The step whose price holds for so many."""
        reached = [step for step in self.steps if step <= quantity]
        return f"step:{max(reached)}" if reached else None


SINGLE_PRICE = re.compile(
    r"(?:单箱|散箱|散买|零买|一箱起?)的?(?:单|箱)?价格?的?(?:是|为|cn|\(|,)*$"
    r"|(?<![a-z])(?:single|one|1)[ -]case (?:price|rate)s?(?: of| is|,| at)? ?\(?(?:cn)?$"
)


def stepped(said: Said, prices: Collection[int], schedules: Sequence[Schedule]) -> dict[int, frozenset[str]]:
    """For each of the numbers at ``prices``, the steps that the sentence sets it beside.

    A quantity of its own clause, else the nearest before it that no other price has.
    """
    if not schedules:
        return {}
    found: dict[int, frozenset[str]] = {}
    free = _quantities(said)
    prices = list(prices)
    if RESPECTIVELY.search(said.text) and len(free) == len(prices) > 1:
        steps = zip(prices, free.values(), strict=True)
        return {at: frozenset(step for one in schedules if (step := one.step(lot)) is not None) for at, lot in steps}
    spans = [one.number.span for one in said.numbers]
    for place in prices:
        start, stop = _own_clause(said.text, spans[place])
        inside = [at for at in free if start <= spans[at][0] < stop]
        earlier = [at for at in free if spans[at][0] < start]
        after = [at for at in inside if at > place]
        bracket = [at for at in free if BRACKET.fullmatch(said.text[spans[place][1] : spans[at][0]])]
        beside = [at for at in inside if at < place][-1:] or after[:1] or bracket[:1] or earlier[-1:]
        if SINGLE_PRICE.search(said.text[: spans[place][0]]):
            found[place] = frozenset({"step:1"})
        elif CONTRAST.search(said.text[: spans[place][0]]):
            found[place] = frozenset(f"step:{step}" for one in schedules for step in one.steps)
        elif beside:
            quantity = free.pop(beside[0])
            found[place] = frozenset(step for one in schedules if (step := one.step(quantity)) is not None)
    return found


def lots_beside(said: Said, place: int) -> frozenset[str]:
    """So many cases as an amount is for, where its clause says how many."""
    start, stop = _own_clause(said.text, said.numbers[place].number.span)
    spans = [one.number.span for one in said.numbers]
    cases = [at for at in _quantities(said) if said.numbers[at].unit == "case" and start <= spans[at][0] < stop]
    beside = [at for at in cases if at < place][-1:] or cases[:1]
    return frozenset(f"lot:{said.numbers[at].number.value}" for at in beside)


def is_threshold(one: Spoken, text: str) -> bool:
    """Whether a quantity says from where on, or up to where, a price holds."""
    start, end = one.number.span
    return bool(
        BELOW.search(text[:start])
        or BELOW_AFTER.match(text, end)
        or FROM.search(text[:start])
        or FROM_AFTER.match(text, end)
    )


def _own_clause(text: str, span: Span) -> Span:
    return clause_of(text, [span], span)


def _quantities(said: Said) -> dict[int, Decimal]:
    """Cases, or numbers that nothing counts; below 100 is 99; a case in "a case" is none."""
    found: dict[int, Decimal] = {}
    for place, one in enumerate(said.numbers):
        start, end = one.number.span
        if one.kind != "quantity" or one.unit not in {"", "case"} or one.number.value != one.number.value // 1:
            continue
        if (
            LACKED.search(said.text[:start])
            or GIVEN.search(said.text[:start])
            or (MARKER.search(said.text[:start]) and said.text[end : end + 1] in {".", "、", ")"})
        ):
            continue
        if one.number.value == 1 and said.text[start:end] != "1" and not FROM_ONE.match(said.text, end):
            continue
        below = BELOW.search(said.text[:start]) or BELOW_AFTER.match(said.text, end)
        found[place] = abs(one.number.value) - (1 if below else 0)
    return found
