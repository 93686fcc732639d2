"""One figure told as another: what is used as owed, credit after as before, a price as the lowest, one as double."""

import re
from collections.abc import Iterator
from decimal import Decimal

from core.checks.belonging import of_kind
from core.checks.comparisons import more_than_half
from core.checks.places import places_in
from core.checks.said import Said
from core.checks.view import View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong

ALL_IS = re.compile(
    r" ?(?:元|块)?[,，]? ?(?:全部|全|都|完全|清一色)(?:都)?(?:是|为|属于|来自)(?P<zh>[^,，。;；]{1,14})"
    r"|,? (?:is|are|which is|which are) (?:all|entirely|wholly|purely|solely|nothing but) (?P<en>[^,.;]{1,30})"
)
MOST_IS = re.compile(
    r" ?(?:元|块)?(?:里|中|当中)?面?的?[,，]? ?(?:大部分|大多数?|主要|绝大部分)(?P<zh>[^,，。;；\d]{1,14})"
    r"|,? ?(?:is |are )?(?:mostly|mainly|largely|most of (?:it|that|which) (?:is|are)?)(?P<en>[^,.;\d]{1,30})"
)
BEFORE_ORDER = re.compile(
    r"(?:下单|本单|这单|此单|订货)(?:之)?前|(?<![a-z])before (?:this|the|your|that|placing (?:this|the"
    r"|it)) ?(?:order)?"
)
LOWEST = re.compile(
    r"底价|(?:不会|没法|无法|没有)(?:再|比[^,，。;；]{1,12})?(?:更|再)?(?:便宜|低)|到底了|(?<![a-z])(?:won't"
    r"|can't|no|nothing|never)[^.;,]{0,20}"
    r"(?:cheaper|lower)(?![a-z])|最低|最便宜|最实惠|最优惠|(?<![a-z])(?:lowest|cheapest|best(?! before))(?![a-z])"
)
HIGHEST = re.compile(r"最高|最贵|(?<![a-z])(?:highest|dearest|most expensive)(?![a-z])")
DOUBLE = re.compile(
    r"比[^,，。;；\d]{1,16}(?:多|高)(?:了|出)?(?:整整)?一倍(?P<by>多)?|"
    r"(?P<over>超过|不止|多于)?[^,，。\d]{0,8}(?:的)?(?:两|2)倍(?P<more>多|以上)?"
    r"|(?<![a-z])(?P<than>more than |over )?(?:double|twice)(?! the (?:rate|rebate))(?![a-z])"
)
NEARLY = re.compile(
    r"近|接近|将近|差不多|几乎|(?<![a-z])(?:nearly|almost|close to|about|roughly|not|less than|under)(?![a-z])"
)
TWICE, SLACK = Decimal(2), Decimal("0.1")
PAIR = 2


def wrong_identities(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """Figures under a name or relation that results give to another."""
    yield from _all_of_another(said, view, vocabulary)
    yield from _mostly_another(said, view, vocabulary)
    yield from _before_the_order(said, view)
    yield from _extreme_price(said, view)
    yield from _double(said, view)


def _all_of_another(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    for one in said.numbers:
        found = ALL_IS.match(said.text, one.number.span[1])
        facts = view.facts.get(abs(one.number.value), ()) if found and one.kind == "money" else ()
        if not found or not facts:
            continue
        named = vocabulary.strong(vocabulary.cues(found["zh"] or found["en"]), "money") & view.cues.get(
            "money", frozenset()
        )
        if named and not any(named & fact.cues for fact in facts):
            yield Wrong(f"{one.shown} isn't all {', '.join(sorted(named))}")


def _mostly_another(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """A part by name as most of an amount, where it is less than half."""
    for one in said.numbers:
        found = MOST_IS.match(said.text, one.number.span[1]) if one.kind == "money" else None
        named = vocabulary.strong(vocabulary.cues(found["zh"] or found["en"]), "money") if found else frozenset()
        parts = [
            fact.value for same in view.facts.values() for fact in same if fact.kind == "money" and named & fact.cues
        ]
        if parts and not any(more_than_half(part, abs(one.number.value)) for part in parts):
            yield Wrong(f"{found and found.group()}: less than half")


def _before_the_order(said: Said, view: View) -> Iterator[Wrong]:
    """The credit that is left after an order, told as what it was before."""
    if not (view.waits and BEFORE_ORDER.search(said.text)):
        return
    left = {fact.value for same in view.facts.values() for fact in same if "credit_left" in fact.cues}
    money = [one for one in said.numbers if one.kind == "money" and abs(one.number.value) in left]
    later = re.search(r"后|(?<![a-z])(?:after|leaves|down to)(?![a-z])", said.text)
    for one in money if not later else ():
        yield Wrong(f"{one.shown} is left after the order")


def _extreme_price(said: Said, view: View) -> Iterator[Wrong]:
    """A step price as the lowest or highest, where another step's is."""
    if not view.schedules or not (LOWEST.search(said.text) or HIGHEST.search(said.text)):
        return
    steps = {
        fact.value
        for same in view.facts.values()
        for fact in same
        if of_kind(fact.entities, "step") and fact.kind == "money"
    }
    told = [value for one in said.numbers if (value := abs(one.number.value)) in steps]
    if len(steps) < PAIR or len(set(told)) != 1:
        return
    for pattern, extreme in ((LOWEST, min), (HIGHEST, max)):
        if pattern.search(said.text) and told[0] != extreme(steps):
            yield Wrong(f"{told[0]} isn't the {extreme.__name__}")


def _double(said: Said, view: View) -> Iterator[Wrong]:
    """Twice another's amount, of two rows that are named, where it isn't."""
    found = DOUBLE.search(said.text)
    if found is None or NEARLY.search(said.text[max(0, found.start() - 12) : found.end()]):
        return
    named = {
        name: at
        for name, at, _ in reversed(said.things)
        if name.startswith(("dealer:", "region:", "product:", "period:"))
    }
    for _, place in places_in(said.text):
        named |= (
            dict.fromkeys(view.order[place - 1] if place <= len(view.order) else (), 0) if len(named) < PAIR else {}
        )
    for listing in view.listings:
        rows = [row for row in listing.rows if row.things & set(named) - view.belonging.main and row.amounts]
        if len(rows) == 1 and rows[0] is not listing.rows[0] and listing.rows[0].amounts:
            rows = [listing.rows[0], *rows]
        if len(rows) == PAIR:
            ratios = [
                max(pair) / min(pair) for pair in zip(rows[0].amounts, rows[1].amounts, strict=False) if min(pair)
            ]
            least = TWICE if found["over"] or found["more"] or found["than"] or found["by"] else TWICE - SLACK
            if ratios and all(ratio < least for ratio in ratios):
                yield Wrong(f"{found.group()}: it isn't")
