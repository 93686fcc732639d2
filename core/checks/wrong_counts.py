"""Counts that can't be: more of fewer, so many orders in a state that others are in."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from core.checks.around import STOP, clause_of
from core.checks.belonging import of_kind
from core.checks.spoken import Said, Spoken
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
LARGEST = 500
WITHOUT = re.compile(
    r"(?:不含|不包括|不算|不计|除去|扣除|剔除|(?<![a-z])(?:excluding|without|not counting|leaving out|less))"
    r"[^,，。;；]{0,16}$"
)
PART = re.compile(r" (?:out )?of (?:your |the |all |our |these )?")
WHOLE = re.compile(r"^ ?[^,，。;；、]{0,8}(?:里|中|当中|之中)(?:面|间)?[^,，。;；、]{0,8}$")
MADE_UP = frozenset({"due_next", "owed", "overdue"})
ORDERED = re.compile(
    r"(?:只有|仅)[^,，。;；]{0,6}(?:下单|下了单|订货)|(?<![a-z])only [a-z0-9 ]{1,16}(?:has|have) ordered(?![a-z])"
)
DENIED = re.compile(r"没|未|(?<![a-z])(?:not|n't|hasn't|haven't)(?![a-z])")
RATIOS = (
    (
        re.compile(r"(?<![a-z])tripled(?! to)(?![a-z])|翻(?:了)?(?:两|二)番|(?:涨|增)到(?:了)?三倍|翻(?:了)?三倍"),
        Decimal(180),
    ),
    (
        re.compile(
            r"(?:将近|接近|近乎|几乎|差不多)翻(?:了)?(?:一)?[倍番]|(?<![a-z])(?:nearly|almost"
            r"|practically) doubled"
        ),
        Decimal(75),
    ),
    (
        re.compile(
            r"(?<![近乎])(?<!几乎)(?<!差不多)翻(?:了)?(?:一|近|将近)?[倍番]"
            r"|(?<![a-z])(?<!nearly )(?<!almost )(?<!practically )doubled(?! to)(?![a-z])"
        ),
        Decimal(90),
    ),
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
ORDERS = re.compile(r" ?(?:张|个|笔|单)(?:订单|单子|单)?| orders?(?![a-z])")
OF_WHICH_LOST = re.compile(
    r"[^。;；]{0,40}?(?:其中|里面?有|当中有?)[^。;；,，]{0,12}(?:被拒|拒绝|取消|拒了)"
    r"|[^.;]{0,60}?(?:of which|of them|of these|including|among them)[^.;]{0,30}(?:rejected|cancell)"
)
REST_OF = re.compile(
    r"其余|其他|另外|有效|(?<![a-z])(?:other|remaining|valid|rest) $|前$|(?<![a-z])(?:first|last|top) $"
)
LOST = frozenset({"rejected", "cancelled"})
EVERYONE = re.compile(
    r"(?:所有|全部|全体|每一?家)(?:的)?(?:经销商|客户)?(?:都|全部?|均)(?:已经?)?(?:下了?单|下过单|订了?货|有单)"
    r"|(?<![a-z])every(?:one|body) (?:has |have )?(?:already )?(?:ordered|placed)(?![a-z])"
    r"|(?<![a-z])(?:all|every)(?: of)?(?: the| our| your)?(?: \d+)? (?:dealers?|customers?) (?:have "
    r"|has )?(?:already |now )?(?:ordered|placed)(?![a-z])"
)
BUT = re.compile(
    r"几乎|差不多|除|只有|仅|就差|只差|其余|其他|另外|剩下|(?<![a-z])(?:almost|nearly|exceptions?|but|except|apart|other|besides|not|bar|save|only|remaining|rest)(?![a-z])"
)
DENIED_STATES: Mapping[str, re.Pattern[str]] = {
    "accepted": re.compile(
        r"(?:还|尚|仍)?(?:没有?|未)(?:被|有)?(?:接单|受理|接下)|(?:(?<![a-z])not|n't) (?:yet "
        r"|been |yet been |been yet )?accepted(?![a-z])"
        r"|(?<![a-z])(?:awaiting|pending|waiting for) acceptance(?![a-z])"
    ),
    "preparing": re.compile(
        r"(?:还|尚|仍)?(?:没有?|未)(?:开始)?(?:备货|配货)|(?:(?<![a-z])not|n't) (?:yet )?being (?:prepared"
        r"|packed)(?![a-z])"
    ),
}
ONLY = re.compile(r"[只仅共就]有?$|总共有?$|一共有?$")
EVERY = re.compile(r"都|全|均|(?<![a-z])(?:all|each|every)(?![a-z])")
SINGLED_OUT = re.compile(r"(?:前|后|另|这|那|各有?|每[张笔天日]有?) ?$")


def wrong_parts(said: Said, view: View) -> Iterator[Wrong]:
    """More of fewer: 27 of 28 and 28家里27家 can't be the other way round."""
    for one in said.numbers:
        every = one.kind == "quantity" and not one.unit and one.number.value == _most(view)
        if every and BESIDES.search(said.text[: one.number.span[0]]):
            yield Wrong(f"{one.number.value} are all")
    yield from _wrong_whole(said, view)
    for one, other in pairwise(said.numbers):
        between = said.text[one.number.span[1] : other.number.span[0]]
        if max(one.number.value, other.number.value) > LARGEST:
            continue
        if one.kind == other.kind == "quantity" and one.unit == other.unit:
            part, whole = (one, other) if PART.fullmatch(between) else (other, one)
            every = one.number.value == other.number.value and not _silent(said) and _silent_in(view)
            if PART.fullmatch(between) and every:
                yield Wrong(f"not all {other.number.value}")
            if (PART.fullmatch(between) or WHOLE.search(between)) and part.number.value > whole.number.value:
                yield Wrong(f"{part.number.value} of {whole.number.value}")


def _wrong_whole(said: Said, view: View) -> Iterator[Wrong]:
    """So many orders, one of them rejected: of all, and not of those that are left."""
    if not view.states:
        return
    wholes = [value for value in view.headline if any(fact.unit == "order" for fact in view.facts.get(value, ()))]
    lost = any(states & LOST for states in view.states.values())
    for one in said.numbers if wholes and lost else ():
        start, end = one.number.span
        counts = one.kind == "quantity" and not one.unit and ORDERS.match(said.text, end)
        if (
            counts
            and one.number.value not in wholes
            and OF_WHICH_LOST.match(said.text, end)
            and not REST_OF.search(said.text[:start])
        ):
            yield Wrong(f"{one.shown} are not all")


def wrong_ordering(said: Said, view: View) -> Iterator[Wrong]:
    """So many as are without an order, told as those that ordered."""
    silent = {fact.value for same in view.facts.values() for fact in same if "silent" in fact.cues}
    most = _most(view)
    if most is None or "silent" in said.cues or DENIED.search(said.text) or not ORDERED.search(said.text):
        return
    for one in said.numbers:
        if one.kind == "quantity" and one.number.value in silent and most - one.number.value not in silent:
            yield Wrong(f"{one.shown} have not ordered")


def wrong_everyone(said: Said, view: View) -> Iterator[Wrong]:
    """That all dealers ordered, where some are without an order."""
    found = EVERYONE.search(said.text)
    if found and _silent_in(view) and not BUT.search(said.text):
        yield Wrong(f"{found.group()}: not all")


def wrong_denials(said: Said, view: View) -> Iterator[Wrong]:
    """That an order isn't yet in a state that all orders of the result are in."""
    for name, pattern in DENIED_STATES.items():
        if view.states and all(name in states for states in view.states.values()):
            for found in pattern.finditer(said.text):
                yield Wrong(f"{found.group()}: it is {name}")


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
                and not (one.number.value >= LARGEST and WITHOUT.search(said.text[: found.start()]))
                and not SINGLED_OUT.search(said.text[: one.number.span[0]])
                and not _is_article(one, said.text)
            ]
            named = any(thing.startswith("code:") and start <= at < end for thing, at, _ in said.things)
            alike = sum(name in states for states in view.states.values())
            shown = max((in_state(name, column.cells[: column.shown]) for column in view.columns), default=0)
            first = _begin_of_list(said.text, start)
            days = {thing for thing, at, _ in said.things if thing.startswith("day:") and first <= at < end}
            on_day = [states for order, states in view.states.items() if _is_on(order, days)]
            if on_day and not any(name in states for states in on_day):
                yield Wrong(f"{found.group()} is another order")
            so_many = Decimal(sum(name in states for states in on_day))
            if on_day and so_many in counts:
                continue
            if len(on_day) > 1 and so_many < len(on_day) in counts and EVERY.search(said.text, start, end):
                yield Wrong(f"not all of them are {found.group()}")
            if counts and not named and not {Decimal(alike), Decimal(shown)} & set(counts):
                yield Wrong(f"{counts[0]} are not {found.group()}")


def _is_article(one: Spoken, text: str) -> bool:
    """一张 as one of several, where nothing says that it is the only one."""
    return one.shown == "一" and not ONLY.search(text[: one.number.span[0]])


def _begin_of_list(text: str, start: int) -> int:
    """Where a list of days begins that the clause ends: 13号、19号、23号的."""
    return max([0, *(found.end() for found in STOP.finditer(text, 0, start))]) if text[:start].endswith("、") else start


def _is_on(order: str, days: set[str]) -> bool:
    return any(order[8:16] == day[4:14].replace("-", "") for day in days)
