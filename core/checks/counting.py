"""Small numbers that count what a result lists or leaves: two orders of 14,155.20, the other 16, 27 of 28."""

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from core.checks.around import clause_of
from core.checks.belonging import of_kind
from core.checks.rows import beyond
from core.checks.spoken import EXACT_COUNTERS, Said
from core.checks.tables import in_state
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
SIZE = re.compile(r"(?<![a-z0-9])(?:\d+(?:\.\d+)?(?:ml|l|g|kg)|1×\d+)(?![a-z0-9])")
LACKING = re.compile(r"再|还差|差|(?<![a-z])(?:more|another|extra|further|short|away|shy)(?![a-z])")
WENT: Mapping[bool, re.Pattern[str]] = {
    True: re.compile(
        r"跌|降|下滑|减|(?<![a-z])(?:down|fell|fallen|declin\w+|dropp\w+|shrank|shrinking|lost|losing|"
        r"lower|slipped)(?![a-z])"
    ),
    False: re.compile(r"涨|增|升|(?<![a-z])(?:up|rose|risen|grew|growing|gain\w*|increas\w+|higher)(?![a-z])"),
}
NEGATIVE = frozenset({"silent", "overdue"})
VALID = re.compile(r"成交|完成|有效|算数|计入|成功|(?<![a-z])(?:valid|that count|counted|accepted ones)(?![a-z])")
AMOUNTS = re.compile(r" ?(?:笔|部分|项|块)(?:金额|款)?| (?:amounts?|parts?|items?|components?|pieces?)(?![a-z])")
PACKED = frozenset({"pallet", "case", "pack"})


def counted(place: int, said: Said, view: View, vocabulary: Vocabulary) -> bool:
    """Whether a quantity counts rows alike, things named, or what a total leaves."""
    one = said.numbers[place]
    value = one.number.value
    if value != value.to_integral_value() or value < 2:
        return False
    if one.unit in PACKED:
        return _converted(place, said, view) or _lacking(place, said, view)
    if _weeks(place, said, view) or (one.unit == "day" and _long(value, view)):
        return True
    if one.unit in EXACT_COUNTERS or one.number.kind is Kind.PERCENT:
        return False
    if one.number.kind is Kind.TIME:
        return _quarters(place, said, view)
    return (
        _alike(value, said, view, vocabulary)
        or _sized(place, said, view)
        or _named(value, said)
        or _left(place, said, view, vocabulary)
        or beyond(value, said, view)
        or _went(place, said, view)
        or _valid(place, said, view)
        or _parts_told(place, said)
    )


def _valid(place: int, said: Said, view: View) -> bool:
    """So many orders count: those that were neither rejected nor cancelled."""
    clause = said.text[slice(*clause_of(said.text, [said.numbers[place].number.span], said.numbers[place].number.span))]
    lost = {"rejected", "cancelled"}
    counts = [sum(not lost & cell.states for cell in column.cells) for column in view.columns]
    return bool(VALID.search(clause)) and said.numbers[place].number.value in counts


def _parts_told(place: int, said: Said) -> bool:
    """As many amounts as the sentence goes on to tell."""
    one = said.numbers[place]
    later = [other for other in said.numbers[place + 1 :] if other.kind == "money"]
    return bool(AMOUNTS.match(said.text, one.number.span[1])) and len(later) == one.number.value


def _went(place: int, said: Said, view: View) -> bool:
    """So many rows went up or down, of those that are seen or of all."""
    one = said.numbers[place]
    clause = said.text[slice(*clause_of(said.text, [one.number.span], one.number.span))]
    ways = [fell for fell, pattern in WENT.items() if pattern.search(clause)]
    if len(ways) != 1:
        return False
    told = {int(other.number.value) for other in said.numbers if other is not one and other.kind == "quantity"}
    parts = [
        part
        for column in view.columns
        for part in (column.cells, *(column.cells[:count] for count in {column.shown, *told} if count > 1))
    ]
    return any(
        all(cell.fell is not None for cell in part) and sum(cell.fell is ways[0] for cell in part) == one.number.value
        for part in parts
        if part
    )


def _alike(value: Decimal, said: Said, view: View, vocabulary: Vocabulary) -> bool:
    """So many rows have a cell or a state that the sentence names."""
    for column in view.columns:
        cells = Counter(cell.value for cell in column.cells)
        stated = {abs(one.number.value) for one in said.numbers}
        if any(count == value and amount in stated for amount, count in cells.items()):
            return True
        for name, pattern in vocabulary.states.items():
            alike = {in_state(name, cells) for cells in (column.cells, column.cells[: column.shown])}
            if pattern.search(said.text) and value in alike:
                return True
    return False


def _sized(place: int, said: Said, view: View) -> bool:
    """So many rows have a size that its phrase names, or else the sentence: the two of 1L."""
    one = said.numbers[place]
    clause = said.text[slice(*clause_of(said.text, [one.number.span], one.number.span))]
    rows = [view.rows, view.rows[: max((column.shown for column in view.columns), default=view.items)]]
    return any(
        sum(bool(re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", words)) for _, words in some)
        == one.number.value
        for word in SIZE.findall(clause) or SIZE.findall(said.text)
        for some in rows
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
    asked = {other.number.value for other in view.said_numbers if other.unit == one.unit}
    others = [
        other.number.value for at, other in enumerate(said.numbers) if at != place and other.unit in {"", one.unit}
    ]
    others += _steps_priced(said, view)
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


def _long(days: Decimal, view: View) -> bool:
    """Whether a stretch of time in view has so many days."""
    return any((end - start).days == days for start, end in view.times)


def _weeks(place: int, said: Said, view: View) -> bool:
    """Whole weeks of a number of days in the result."""
    one = said.numbers[place]
    if not WEEKS.match(said.text, one.number.span[1]):
        return False
    days = [fact.value for same in view.facts.values() for fact in same if fact.unit == "day" and fact.value >= 7]
    return any(day // 7 == one.number.value and (day % 7 == 0 or one.number.approximate) for day in days)
