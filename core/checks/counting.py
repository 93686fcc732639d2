"""Small numbers that count what a result lists or leaves: two orders of 14,155.20, the other 16, 27 of 28."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from core.checks.around import STOP, clause_of
from core.checks.belonging import of_kind
from core.checks.rounding import roundings
from core.checks.spoken import EXACT_COUNTERS, Said, Spoken
from core.checks.tables import Cell
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
SINGLED_OUT = re.compile(r"(?:前|后|另|这|那) ?$")
SPANNED = re.compile(r" ?(?:元|块)?(?:到|至|-|~|to|and) ?(?:cn|us)?")
LARGEST = re.compile(r"最大|最多|最高|(?<![a-z])(?:largest|biggest|highest|most)(?![a-z])")
SMALLEST = re.compile(r"最小|最少|最低|(?<![a-z])(?:smallest|lowest|least)(?![a-z])")
ABOVE = re.compile(r"(?:超过|超|高于|大于|多于|破|过|(?<![a-z])(?:over|above|more than|beyond|exceed(?:s|ing)?|past)) ?(?:cn|us)?$")
ABOVE_AFTER = re.compile(r" ?(?:元)?(?:以上|\+)")
STATED: Mapping[str, re.Pattern[str]] = {
    "rejected": re.compile(r"被拒|拒绝|(?<![a-z])(?:rejected|turned down|refused)(?![a-z])"),
    "cancelled": re.compile(r"取消|(?<![a-z])cancell?ed(?![a-z])"),
}
WENT: Mapping[bool, re.Pattern[str]] = {
    True: re.compile(r"跌|降|下滑|减|(?<![a-z])(?:down|fell|fallen|declin\w+|dropp\w+|shrank|shrinking|lost|losing|lower|slipped)(?![a-z])"),
    False: re.compile(r"涨|增|升|(?<![a-z])(?:up|rose|risen|grew|growing|gain\w*|increas\w+|higher)(?![a-z])"),
}
NEGATIVE = frozenset({"silent", "overdue"})
VALID = re.compile(r"有效|算数|计入|成功|(?<![a-z])(?:valid|that count|counted|accepted ones)(?![a-z])")
AMOUNTS = re.compile(r" ?(?:笔|部分|项|块)(?:金额|款)?| (?:amounts?|parts?|items?|components?|pieces?)(?![a-z])")
WINDOW = 24
LEAST_LISTED = 2
LEAST_BOUND = 1000
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
        or _beyond(value, said, view)
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


def of_list(place: int, said: Said, view: View) -> bool:
    """Whether a number stands in a row of three or more that are the cells of a column from its first on."""
    values = [abs(one.number.value) for one in said.numbers]
    for column in view.columns:
        cells = [cell.value for cell in column.cells]
        for start in range(max(0, place - len(cells) + 1), place + 1):
            length = 0
            while start + length < len(values) and length < len(cells) and values[start + length] == cells[length]:
                length += 1
            if length > LEAST_LISTED and start <= place < start + length and _listed_in_order(said, start):
                return True
    return False


def _listed_in_order(said: Said, start: int) -> bool:
    """Whether nothing that has rows of its own is named from the first of them on."""
    begin = said.numbers[start].number.span[0]
    kinds = ("dealer:", "product:", "region:", "code:", "period:")
    return not any(name.startswith(kinds) and at >= begin for name, at, _ in said.things)


def _beyond(value: Decimal, said: Said, view: View) -> bool:
    """So many rows are above an amount that the sentence names."""
    return any(
        sum(cell.value > bound for cell in column.cells) == value
        for bound in bounds_in(said)
        for column in view.columns
        if column.kind == "money"
    )


def bounds_in(said: Said) -> frozenset[Decimal]:
    """Amounts that the sentence says something is above."""
    return frozenset(
        one.number.value
        for one in said.numbers
        if one.number.value >= LEAST_BOUND
        and (ABOVE.search(said.text[: one.number.span[0]]) or ABOVE_AFTER.match(said.text, one.number.span[1]))
    )


def is_bound(place: int, said: Said, view: View, vocabulary: Vocabulary) -> bool:
    """Whether a number is only what rows, as many as the sentence says, are above."""
    if said.numbers[place].number.value not in bounds_in(said):
        return False
    counts = [one for at, one in enumerate(said.numbers) if at != place and one.kind == "quantity" and not one.unit]
    return any(_beyond(one.number.value, said, view) for one in counts)


def _went(place: int, said: Said, view: View) -> bool:
    """So many rows went up or down, of those that are seen or of all."""
    one = said.numbers[place]
    clause = said.text[slice(*clause_of(said.text, [one.number.span], one.number.span))]
    ways = [fell for fell, pattern in WENT.items() if pattern.search(clause)]
    if len(ways) != 1:
        return False
    parts = [part for column in view.columns for part in (column.cells[: column.shown], column.cells)]
    return any(
        all(cell.fell is not None for cell in part) and sum(cell.fell is ways[0] for cell in part) == one.number.value
        for part in parts
        if part
    )


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
            if (PART.fullmatch(between) or WHOLE.search(between)) and part.number.value > whole.number.value:
                yield Wrong(f"{part.number.value} of {whole.number.value}")


def _most(view: View) -> Decimal | None:
    """The largest count that a result begins with."""
    counts = [
        fact.value
        for value in view.headline
        for fact in view.facts.get(value, ())
        if fact.kind == "quantity" and not fact.unit
    ]
    return max(counts, default=None)


def of_several(place: int, said: Said, view: View) -> bool:
    """An amount that so many rows have as the sentence says: two orders of 14,155.20."""
    one = said.numbers[place]
    if of_list(place, said, view) or _of_state(one, said, view):
        return True
    rows = [sum(cell.value == abs(one.number.value) for cell in column.cells) for column in view.columns]
    return one.kind == "money" and any(count > 1 and _says(said, count) for count in rows)


def _of_state(one: Spoken, said: Said, view: View) -> bool:
    """The amount of the one order that is in a state which the sentence names before it: the rejected one, 14,155.20."""
    if any(name.startswith(("code:", "day:")) for name in one.entities):
        return False
    start = max([0, *(found.end() for found in STOP.finditer(said.text, 0, one.number.span[0]))])
    for column in view.columns:
        for name in frozenset().union(*(cell.states for cell in column.cells)):
            alike = [cell.value for cell in column.cells if name in cell.states]
            if alike == [abs(one.number.value)] and _state_named(name, said.text[start : one.number.span[0]]):
                return True
    return False


def _state_named(name: str, text: str) -> bool:
    return bool(STATED[name].search(text)) if name in STATED else False


def of_extreme(place: int, said: Said, view: View) -> bool:
    """The largest or the smallest amount of a table, all its rows or those that are seen."""
    one = said.numbers[place]
    rows = one.entities & view.belonging.rows - view.belonging.main
    if rows or any(name.startswith(("day:", "code:", "dealer:", "product:")) for name in one.entities):
        return False
    start, end = clause_of(said.text, [one.number.span], one.number.span)
    start = max(0, min(start, one.number.span[0] - WINDOW))
    for pattern, extreme in ((LARGEST, max), (SMALLEST, min)):
        if one.kind in {"money", "quantity"} and pattern.search(said.text, start, end):
            cells = [part for column in view.columns for part in (column.cells, column.cells[: column.shown])]
            if any(part and _is(one, extreme(cell.value for cell in part), said) for part in cells):
                return True
    return _of_range(place, said, view)


def _is(one: Spoken, value: Decimal, said: Said) -> bool:
    told = abs(one.number.value)
    return told == value or any(way.gives(told, value) for way in roundings(one.number, said.text))


def _of_range(place: int, said: Said, view: View) -> bool:
    """From 5.9 % to 13.8 %: the ends of a column."""
    for at in (place - 1, place):
        if not 0 <= at < len(said.numbers) - 1:
            continue
        one, other = said.numbers[at : at + 2]
        if not SPANNED.fullmatch(said.text[one.number.span[1] : other.number.span[0]]):
            continue
        for column in view.columns:
            for part in (column.cells, column.cells[: column.shown]):
                values = [cell.value for cell in part] or [Decimal(0)]
                if _is(one, min(values), said) and _is(other, max(values), said):
                    return True
    return False


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
            alike = {_in_state(name, cells) for cells in (column.cells, column.cells[: column.shown])}
            if pattern.search(said.text) and value in alike:
                return True
    return False


def _in_state(name: str, cells: Sequence[Cell]) -> int:
    return sum(name in cell.states for cell in cells)


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
    if not (REST.search(said.text) or "ordering" in said.cues) or NEGATIVE & (own or said.cues):
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
            shown = max((_in_state(name, column.cells[: column.shown]) for column in view.columns), default=0)
            days = {thing for thing, at, _ in said.things if thing.startswith("day:") and start <= at < end}
            on_day = [states for order, states in view.states.items() if _is_on(order, days)]
            if on_day and not any(name in states for states in on_day):
                yield Wrong(f"{found.group()} is another order")
            if counts and not named and not {Decimal(alike), Decimal(shown)} & set(counts):
                yield Wrong(f"{counts[0]} are not {found.group()}")


def _is_on(order: str, days: set[str]) -> bool:
    return any(order[8:16] == day[4:14].replace("-", "") for day in days)


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
