"""Counts that can't be: more of fewer, so many orders in a state that others are in."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from core.checks.around import clause_of
from core.checks.belonging import of_kind
from core.checks.spoken import Said
from core.checks.tables import in_state
from core.checks.view import View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong
from core.language.numerals import Kind

BESIDES = re.compile(
    r"(?:其余|其他|其它|另外|剩下)的? ?$|(?<![a-z])(?:the |all )?(?:other|remaining) $"
    r"|(?<![a-z])other $|除[^,，。;；]{1,16}(?:还|另|共)有|(?<![a-z])(?:besides"
    r"|apart from)[^,.;]{1,40}$"
)
PART = re.compile(r" (?:out )?of (?:your |the |all |our |these )?")
WHOLE = re.compile(r"^ ?[^,，。;；、]{0,8}(?:里|中|当中|之中)(?:面|间)?[^,，。;；、]{0,8}$")
MADE_UP = frozenset({"due_next", "owed", "overdue"})
ORDERED = re.compile(
    r"(?:只有|仅)[^,，。;；]{0,6}(?:下单|下了单|订货)|(?<![a-z])only [a-z0-9 ]{1,16}(?:has|have) ordered(?![a-z])"
)
DENIED = re.compile(r"没|未|(?<![a-z])(?:not|n't|hasn't|haven't)(?![a-z])")
RATIOS = (
    (re.compile(r"翻(?:了)?(?:一|近|将近)?[倍番]|(?<![a-z])doubled(?! to)(?![a-z])"), Decimal(90)),
    (
        re.compile(
            r"腰斩|减半|(?<![a-z])halved(?![a-z])|(?<![a-z])(?:fell|down|dropped) (?:by )?(?:almost |about "
            r"|nearly )?half"
        ),
        Decimal(-40),
    ),
)
ALL_REACHED = re.compile(
    r"(?:[三四]个季度|各季度|每个季度|所有|全年)[^,，。]{0,4}(?:都|全部?|均)(?:已经?)?(?:达到|达标|到|在"
    r"|是)了?第|(?<![a-z])(?:all"
    r"|every|each)(?: \w+){0,4} (?:reached|in|at) tier"
)
SINGLED_OUT = re.compile(r"(?:前|后|另|这|那) ?$")


def wrong_parts(said: Said, view: View) -> Iterator[Wrong]:
    """More of fewer: 27 of 28 and 28家里27家 can't be the other way round."""
    for one in said.numbers:
        every = one.kind == "quantity" and not one.unit and one.number.value == _most(view)
        if every and BESIDES.search(said.text[: one.number.span[0]]):
            yield Wrong(f"{one.number.value} are all")
    for one, other in pairwise(said.numbers):
        between = said.text[one.number.span[1] : other.number.span[0]]
        if one.kind == other.kind == "quantity" and one.unit == other.unit:
            part, whole = (one, other) if PART.fullmatch(between) else (other, one)
            every = one.number.value == other.number.value and not _silent(said) and _silent_in(view)
            if PART.fullmatch(between) and every:
                yield Wrong(f"not all {other.number.value}")
            if (PART.fullmatch(between) or WHOLE.search(between)) and part.number.value > whole.number.value:
                yield Wrong(f"{part.number.value} of {whole.number.value}")


def wrong_ordering(said: Said, view: View) -> Iterator[Wrong]:
    """So many as are without an order, told as those that ordered."""
    silent = {fact.value for same in view.facts.values() for fact in same if "silent" in fact.cues}
    most = _most(view)
    if most is None or "silent" in said.cues or DENIED.search(said.text) or not ORDERED.search(said.text):
        return
    for one in said.numbers:
        if one.kind == "quantity" and one.number.value in silent and most - one.number.value not in silent:
            yield Wrong(f"{one.shown} have not ordered")


def _silent(said: Said) -> bool:
    return "silent" in said.cues


def _silent_in(view: View) -> bool:
    """Whether some are without an order."""
    return any("silent" in fact.cues and fact.value for same in view.facts.values() for fact in same)


def _most(view: View) -> Decimal | None:
    """The largest count that a result begins with."""
    counts = [
        fact.value
        for value in view.headline
        for fact in view.facts.get(value, ())
        if fact.kind == "quantity" and not fact.unit
    ]
    return max(counts, default=None)


def wrong_invoices(said: Said, view: View) -> Iterator[Wrong]:
    """So many invoices as make up another amount than the one that is told before them."""
    amounts: frozenset[str] = frozenset()
    for one in said.numbers:
        if one.kind == "money":
            facts = view.facts.get(abs(one.number.value), ())
            amounts = frozenset().union(*(fact.cues for fact in facts if fact.kind == "money")) & MADE_UP
        elif "invoices" in one.around.near.union(*one.around.after) and not one.unit:
            counts = [fact for same in view.facts.values() for fact in same if "invoices" in fact.cues]
            theirs = {fact.value for fact in counts if fact.cues & amounts}
            if theirs and one.number.value not in theirs and any(fact.value == one.number.value for fact in counts):
                yield Wrong(f"{one.number.value} invoices make up another amount")


def wrong_ratios(said: Said, view: View) -> Iterator[Wrong]:
    """That something doubled or halved, of a dealer whose figure went otherwise."""
    for pattern, least in RATIOS:
        found = pattern.search(said.text)
        dealers = of_kind(said.entities, "dealer")
        if found is None or len(dealers) != 1:
            continue
        facts = [
            fact
            for same in view.facts.values()
            for fact in same
            if fact.kind == "percent" and dealers & fact.entities and fact.cues & {"rose", "fell"}
        ]
        told = [fact.value if "rose" in fact.cues else -fact.value for fact in facts]
        if told and not any(value >= least if least > 0 else value <= least for value in told):
            yield Wrong(f"{found.group()}: it went otherwise")


def wrong_tiers_of_all(said: Said, view: View) -> Iterator[Wrong]:
    """That all reached a tier, where they reached several."""
    reached = {
        fact.value
        for same in view.facts.values()
        for fact in same
        if fact.kind == "ordinal" and "tier_reached" in fact.cues
    }
    told = ALL_REACHED.search(said.text)
    if told and len(reached) > 1 and of_kind(said.entities, "tier"):
        yield Wrong(f"{told.group()}: not all of them")


def wrong_states(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """So many orders in a state that fewer or more of them are in."""
    if len(view.states) < 2:
        return
    spans = [one.number.span for one in said.numbers]
    for name, pattern in vocabulary.states.items():
        if not any(name in states for states in view.states.values()):
            continue
        for found in pattern.finditer(said.text):
            start, end = clause_of(said.text, [found.span()], found.span())
            inside = [one for one, span in zip(said.numbers, spans, strict=True) if start <= span[0] < end]
            counts = [
                one.number.value
                for one in inside
                if one.kind == "quantity"
                and one.number.kind is Kind.COUNT
                and not SINGLED_OUT.search(said.text[: one.number.span[0]])
            ]
            named = any(thing.startswith("code:") and start <= at < end for thing, at, _ in said.things)
            alike = sum(name in states for states in view.states.values())
            shown = max((in_state(name, column.cells[: column.shown]) for column in view.columns), default=0)
            days = {thing for thing, at, _ in said.things if thing.startswith("day:") and start <= at < end}
            on_day = [states for order, states in view.states.items() if _is_on(order, days)]
            if on_day and not any(name in states for states in on_day):
                yield Wrong(f"{found.group()} is another order")
            if counts and not named and not {Decimal(alike), Decimal(shown)} & set(counts):
                yield Wrong(f"{counts[0]} are not {found.group()}")


def _is_on(order: str, days: set[str]) -> bool:
    return any(order[8:16] == day[4:14].replace("-", "") for day in days)
