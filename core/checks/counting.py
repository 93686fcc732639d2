"""Small numbers that count what a result lists or leaves: two orders of 14,155.20, the other 16, 27 of 28."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from core.checks.around import clause_of
from core.checks.spoken import EXACT_COUNTERS, Said
from core.checks.view import View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong
from core.language.numerals import Kind

REST = re.compile(
    r"其余|其他|其它|另外|还有|剩|除|都|"
    r"(?<![a-z])(?:other|others|rest|remaining|remainder|more|besides|apart from|of)(?![a-z])"
)
OTHERS = re.compile(
    r"其余|其他|其它|另外|还有|剩|除|(?<![a-z])(?:other|others|rest|remaining|remainder|more|besides|apart)(?![a-z])"
)
BESIDES = re.compile(r"除[^,，。;；]{1,16}(?:还|另|共)有|(?<![a-z])(?:besides|apart from)[^,.;]{1,40}$")
WEEKS = re.compile(r" ?(?:个|多个?|个多)?(?:星期|礼拜|周)|-? ?weeks?")
SIZE = re.compile(r"(?<![a-z0-9])(?:\d+(?:\.\d+)?(?:ml|l|g|kg)|1×\d+)(?![a-z0-9])")
PART = re.compile(r" (?:out )?of (?:your |the |all |our |these )?")
WHOLE = re.compile(r"^ ?[^,，。;；、]{0,8}(?:里|中|当中|之中)(?:面|间)?[^,，。;；、]{0,8}$")
LACKING = re.compile(r"再|还差|差|(?<![a-z])(?:more|another|extra|further)(?![a-z])")
NEGATIVE = frozenset({"silent", "overdue"})
PACKED = frozenset({"pallet", "case", "pack"})


def counted(place: int, said: Said, view: View, vocabulary: Vocabulary) -> bool:
    """Whether a quantity counts rows alike, things named, or what a total leaves."""
    one = said.numbers[place]
    value = one.number.value
    if value != value.to_integral_value() or value < 2:
        return False
    if one.unit in PACKED:
        return _converted(place, said, view) or _lacking(place, said, view)
    if _weeks(place, said, view):
        return True
    if one.unit in EXACT_COUNTERS or one.number.kind is Kind.PERCENT:
        return False
    if one.number.kind is Kind.TIME:
        return _quarters(place, said, view)
    return (
        _alike(value, said, view, vocabulary)
        or _sized(value, said, view)
        or _named(value, said)
        or _left(place, said, view, vocabulary)
    )


def wrong_parts(said: Said, view: View) -> Iterator[Wrong]:
    """More of fewer: 27 of 28 and 28家里27家 can't be the other way round."""
    for one in said.numbers:
        every = one.kind == "quantity" and not one.unit and one.number.value in view.headline
        if every and BESIDES.search(said.text[: one.number.span[0]]):
            yield Wrong(f"{one.number.value} are all")
    for one, other in pairwise(said.numbers):
        between = said.text[one.number.span[1] : other.number.span[0]]
        if one.kind == other.kind == "quantity" and one.unit == other.unit:
            part, whole = (one, other) if PART.fullmatch(between) else (other, one)
            if (PART.fullmatch(between) or WHOLE.search(between)) and part.number.value > whole.number.value:
                yield Wrong(f"{part.number.value} of {whole.number.value}")


def of_several(place: int, said: Said, view: View) -> bool:
    """An amount that so many rows have as the sentence says: two orders of 14,155.20."""
    one = said.numbers[place]
    rows = [sum(cell.value == abs(one.number.value) for cell in column.cells) for column in view.columns]
    return one.kind == "money" and any(count > 1 and _says(said, count) for count in rows)


def _says(said: Said, count: int) -> bool:
    return any(one.kind == "quantity" and not one.unit and one.number.value == count for one in said.numbers)


def _alike(value: Decimal, said: Said, view: View, vocabulary: Vocabulary) -> bool:
    """So many rows have a cell or a state that the sentence names."""
    for column in view.columns:
        cells = Counter(cell.value for cell in column.cells)
        stated = {abs(one.number.value) for one in said.numbers}
        if any(count == value and amount in stated for amount, count in cells.items()):
            return True
        for name, pattern in vocabulary.states.items():
            if pattern.search(said.text) and sum(name in cell.states for cell in column.cells) == value:
                return True
    return False


def _sized(value: Decimal, said: Said, view: View) -> bool:
    """So many rows have a size that the sentence names: the two of 1L."""
    return any(
        sum(bool(re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", words)) for _, words in view.rows) == value
        for word in SIZE.findall(said.text)
    )


def _quarters(place: int, said: Said, view: View) -> bool:
    """As many as a table has rows of times."""
    rows = [len(column.cells) for column in view.columns if all(cell.time for cell in column.cells)]
    return said.numbers[place].number.value in rows and "季" in (said.numbers[place].number.unit_like or "")


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
    if not (REST.search(said.text) or "ordering" in said.cues) or NEGATIVE & said.cues:
        return False
    counts = [
        fact for same in view.facts.values() for fact in same if fact.kind == "quantity" and not fact.unit.strip()
    ]
    stated = {other.number.value for at, other in enumerate(said.numbers) if at != place}
    parts = {part.value for part in counts if NEGATIVE & part.cues}
    told = {whole.value for whole in counts if whole.value in stated or "ordering" in said.cues}
    if any(whole - left in parts for whole in told):
        return True
    kinds = ("dealer", "product", "code")
    named = max(len({name for name in said.entities if name.startswith(f"{kind}:")}) for kind in kinds) or 1
    wholes = [fact.value for fact in counts if fact.cues or fact.value in view.headline]
    return bool(OTHERS.search(said.text)) and any(whole - left in {named, view.items} for whole in wholes)


def _lacking(place: int, said: Said, view: View) -> bool:
    """What the reader's quantity lacks of one in the sentence: 180 more to 300, where 120 were asked for."""
    one = said.numbers[place]
    asked = {other.number.value for other in view.said_numbers if other.unit == one.unit}
    others = [
        other.number.value for at, other in enumerate(said.numbers) if at != place and other.unit in {"", one.unit}
    ]
    return bool(LACKING.search(said.text)) and any(
        other - mine == one.number.value for other in others for mine in asked
    )


def _converted(place: int, said: Said, view: View) -> bool:
    """120 cases are two pallets: another quantity, or the reader's, in a larger unit or a smaller one."""
    one = said.numbers[place]
    for other in (*said.numbers[:place], *said.numbers[place + 1 :], *view.said_numbers):
        for larger, smaller in ((one, other), (other, one)):
            sizes = view.sizes.get((larger.unit, smaller.unit), frozenset())
            if smaller.number.value in {larger.number.value * size for size in sizes}:
                return True
    return False


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
            counts = [one.number.value for one in inside if one.kind == "quantity" and one.number.kind is Kind.COUNT]
            named = any(thing.startswith("code:") and start <= at < end for thing, at, _ in said.things)
            alike = sum(name in states for states in view.states.values())
            shown = max((sum(name in cell.states for cell in column.cells) for column in view.columns), default=0)
            if counts and not named and not {Decimal(alike), Decimal(shown)} & set(counts):
                yield Wrong(f"{counts[0]} are not {found.group()}")


def _weeks(place: int, said: Said, view: View) -> bool:
    """Whole weeks of a number of days in the result."""
    one = said.numbers[place]
    if not WEEKS.match(said.text, one.number.span[1]):
        return False
    days = [fact.value for same in view.facts.values() for fact in same if fact.unit == "day" and fact.value >= 7]
    return any(day // 7 == one.number.value and (day % 7 == 0 or one.number.approximate) for day in days)
