"""Small numbers that count what a result lists or leaves: two orders of 14,155.20, the other 16, 27 of 28."""

import re
from collections import Counter
from decimal import Decimal

from core.checks.belonging import of_kind
from core.checks.rounding import MORE_AFTER
from core.checks.rows import beyond
from core.checks.spoken import EXACT_COUNTERS, Said
from core.checks.view import View
from core.checks.vocabulary import Vocabulary
from core.language.numerals import Kind

REST = re.compile(
    r"其余|其他|其它|另外|还有|剩|除|都|"
    r"(?<![a-z])(?:other|others|rest|remaining|remainder|more|besides|apart from|of)(?![a-z])"
)
OTHERS = re.compile(
    r"其余|其他|其它|另外|还有|剩|除|(?<![a-z])(?:other|others|rest|remaining|remainder|more|besides|apart)(?![a-z])"
)
WEEKS = re.compile(r" ?(?:个|多个?|个多)?(?:星期|礼拜|周)|-? ?weeks?")
YEARS, NEARLY = (
    re.compile(r" ?(?:年|years?)"),
    re.compile(r"(?:约|近|大约|差不多|将近|接近)$|(?<![a-z])(?:about|nearly|almost|roughly|around) $"),
)
NEXT_STEP = re.compile(r"下一?(?:个|档)?(?:价|档|阶梯)|(?<![a-z])next (?:price|break|step|bracket|level)(?![a-z])")
YEAR, YEAR_SLACK = 365, 20
LACKING = re.compile(r"再|还差|差|(?<![a-z])(?:more|another|extra|further|short|away|shy)(?![a-z])")
NEGATIVE = frozenset({"silent", "overdue"})
POINTED = re.compile(r"(?:[这那]|上述|以上|前述|(?<![a-z])(?:these|those|the|from(?: just| only)?)) ?$")
BATCHES = re.compile(
    r" ?(?:批|次|期|个(?:到期|付款|还款)?日)|(?: due| payment)? (?:dates|batches|instal?lments|payments|deadlines)"
)
AMOUNTS = re.compile(
    r" ?(?:笔|部分|项|块|批|次|期|段)(?:金额|款)?| (?:amounts?|parts?|items?|components?|pieces?"
    r"|payments?|bills?|instal?lments?|batches|dates|figures|sums|lines|deadlines)(?![a-z])"
)
PACKED = frozenset({"pallet", "case", "pack"})


def counted(place: int, said: Said, view: View, vocabulary: Vocabulary) -> bool:
    """Whether a quantity counts rows alike, things named, or what a total leaves."""
    one = said.numbers[place]
    value = one.number.value
    if value != value.to_integral_value() or value < 2:
        return False
    if one.unit in PACKED:
        return _converted(place, said, view) or _lacking(place, said, view)
    if (
        _years(place, said, view)
        or _weeks(place, said, view)
        or (
            one.unit == "day"
            and not _is_rough(one.shown)
            and not MORE_AFTER.match(said.text, one.number.span[1])
            and _long(value, view)
        )
    ):
        return True
    if one.unit in EXACT_COUNTERS or one.number.kind is Kind.PERCENT:
        return False
    if value <= max(view.items, 2) and (POINTED.search(said.text[: one.number.span[0]]) or _of_days(place, said, view)):
        return True
    return (
        _alike(value, said, view)
        or _named(value, said)
        or _left(place, said, view, vocabulary)
        or beyond(value, said, view)
        or _parts_told(place, said)
        or _lacking(place, said, view)
    )


def _of_days(place: int, said: Said, view: View) -> bool:
    """As many days as rows are due on: two batches, two due dates."""
    if not BATCHES.match(said.text, said.numbers[place].number.span[1]):
        return False
    return any(
        len({day for row in listing.rows for day in row.due}) == said.numbers[place].number.value
        for listing in view.listings
    )


def _parts_told(place: int, said: Said) -> bool:
    """As many amounts as the sentence goes on to tell."""
    one = said.numbers[place]
    later = [other for other in said.numbers[place + 1 :] if other.kind == "money"]
    return bool(AMOUNTS.match(said.text, one.number.span[1])) and len(later) == one.number.value


def _alike(value: Decimal, said: Said, view: View) -> bool:
    """So many rows have a cell that the sentence tells."""
    stated = {abs(one.number.value) for one in said.numbers}
    return any(
        count == value and amount in stated
        for column in view.columns
        for amount, count in Counter(cell.value for cell in column.cells).items()
    )


def _named(value: Decimal, said: Said) -> bool:
    """So many things of a kind are named beside it."""
    for kind in ("dealer", "product", "region", "code", "ship_to"):
        spans = {(start, end) for name, start, end in said.things if name.startswith(f"{kind}:")}
        if len(spans) == value:
            return True
    return False


def _left(place: int, said: Said, view: View, vocabulary: Vocabulary) -> bool:
    """What a count leaves of the whole: 27 of 28, where 1 is without an order; the 16 others, where one is named."""
    left = said.numbers[place].number.value
    around = said.numbers[place].around
    own = around.near.union(*around.after)
    if not (REST.search(said.text) or "ordering" in own | said.cues) or NEGATIVE & (own or said.cues):
        return False
    counts = [
        fact for same in view.facts.values() for fact in same if fact.kind == "quantity" and not fact.unit.strip()
    ]
    stated = {other.number.value for at, other in enumerate(said.numbers) if at != place}
    parts = {part.value for part in counts if NEGATIVE & part.cues}
    told = {whole.value for whole in counts if whole.value in stated or "ordering" in own | said.cues}
    if any(whole - left in parts for whole in told):
        return True
    kinds = ("dealer", "product", "code")
    named = max(len({name for name in said.entities if name.startswith(f"{kind}:")}) for kind in kinds) or 1
    wholes = [fact.value for fact in counts if fact.cues or fact.value in view.headline]
    return bool(OTHERS.search(said.text)) and any(whole - left in {named, view.items} for whole in wholes)


def _lacking(place: int, said: Said, view: View) -> bool:
    """What the reader's quantity lacks of one in the sentence: 180 more to 300, where 120 were asked for."""
    one = said.numbers[place]
    asked = {other.number.value for other in view.said_numbers if not one.unit or other.unit == one.unit}
    others = [
        other.number.value
        for at, other in enumerate(said.numbers)
        if at != place and (not one.unit or other.unit in {"", one.unit})
    ]
    others += _steps_priced(said, view)
    if NEXT_STEP.search(said.text):
        others += [step for schedule in view.schedules for mine in asked for step in schedule.steps if step > mine]
    return bool(LACKING.search(said.text)) and any(
        other - mine == one.number.value for other in others for mine in asked
    )


def _steps_priced(said: Said, view: View) -> list[Decimal]:
    """Steps whose price the sentence names."""
    return [
        Decimal(name.removeprefix("step:"))
        for one in said.numbers
        for fact in view.facts.get(one.number.value, ())
        for name in of_kind(fact.entities, "step")
    ]


def _converted(place: int, said: Said, view: View) -> bool:
    """120 cases are two pallets: another quantity, or the reader's, in a larger unit or a smaller one."""
    one = said.numbers[place]
    for other in (*said.numbers[:place], *said.numbers[place + 1 :], *view.said_numbers):
        for larger, smaller in ((one, other), (other, one)):
            sizes = view.sizes.get((larger.unit, smaller.unit), frozenset())
            if smaller.number.value in {larger.number.value * size for size in sizes}:
                return True
    return False


def _is_rough(shown: str) -> bool:
    return any(sign in shown for sign in "多余几")


def _long(days: Decimal, view: View) -> bool:
    """Whether a stretch of time in view has so many days."""
    if any((end - start).days == days for start, end in view.times):
        return True
    return view.today is not None and any(abs((start - view.today).days) == days for start, _ in view.times)


def _years(place: int, said: Said, view: View) -> bool:
    """Two years, roughly, as a number of days in the result."""
    one = said.numbers[place]
    if not YEARS.match(said.text, one.number.span[1]) or not NEARLY.search(said.text[: one.number.span[0]]):
        return False
    days = [fact.value for same in view.facts.values() for fact in same if fact.unit == "day"]
    return any(abs(day - one.number.value * YEAR) <= YEAR_SLACK for day in days)


def _weeks(place: int, said: Said, view: View) -> bool:
    """Whole weeks of a number of days in the result."""
    one = said.numbers[place]
    if not WEEKS.match(said.text, one.number.span[1]):
        return False
    days = [fact.value for same in view.facts.values() for fact in same if fact.unit == "day" and fact.value >= 7]
    return any(day // 7 == one.number.value and (day % 7 == 0 or one.number.approximate) for day in days)
