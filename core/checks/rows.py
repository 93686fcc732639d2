"""Amounts of rows that are told without their names: the largest, the rejected one, one after the other."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from core.checks.around import STOP, clause_of
from core.checks.bounds import bounds_in
from core.checks.firsts import firsts_in
from core.checks.listing import Row, alike_rows
from core.checks.rounding import is_exact, roundings
from core.checks.row_conditions import BOUNDED, OTHERS
from core.checks.spoken import Said, Spoken
from core.checks.tallies import tallied
from core.checks.view import View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong

SPANNED = re.compile(r" ?(?:元|块|多)?(?:到|至|-|~|to|and) ?(?:大?约|大概|about |around |roughly )?(?:cn|us)?")
LARGEST = re.compile(r"最大|最多|最高|(?<![a-z])(?:largest|biggest|highest|most|at the top)(?![a-z])")
SMALLEST = re.compile(
    r"最小|最少|最低|(?<![a-z])(?:smallest|lowest|least|fewest|at the bottom|at the (?:low|bottom) end)(?![a-z])"
)
STATED: Mapping[str, re.Pattern[str]] = {
    "rejected": re.compile(r"被拒|拒绝|(?<![a-z])(?:rejected|turned down|refused)(?![a-z])"),
    "cancelled": re.compile(r"取消|(?<![a-z])cancell?ed(?![a-z])"),
}
EXTREMES: Sequence[tuple[re.Pattern[str], Callable[[Iterable[Decimal]], Decimal]]] = ((LARGEST, max), (SMALLEST, min))
TOGETHER = re.compile(r"累计|合计|总|(?<![a-z])(?:total|cumulative|quarter|running)(?![a-z])")
WINDOW = 24
SUPPOSED = re.compile(r"如果|要是|若|只要|(?<![a-z])(?:if|as long as)(?![a-z])")
LEAST_LISTED = 2
CHARTED = 10
ORDERED = re.compile(r"依次|名|排|(?<![a-z])(?:top|in (?:that )?order|ranks?|ranked|respectively|first)(?![a-z])")
LISTS = re.compile(r" ?(?:元|块|yuan)? ?(?:、|,|，|和|与|and|, and) ?(?:cn|us)?")
NEAR = Decimal("0.02")


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
        if column.kind == "money" and not ORDERED.search(said.text) and _of_either_order(place, values, cells, said):
            return True
    return False


def _of_either_order(place: int, values: Sequence[Decimal], cells: Sequence[Decimal], said: Said) -> bool:
    """Whether it stands among three or more cells that one phrase lists, in the order of the column or backwards."""
    start = end = place
    while start and values[start - 1] in cells and LISTS.fullmatch(said.between(start - 1)):
        start -= 1
    while end + 1 < len(values) and values[end + 1] in cells and LISTS.fullmatch(said.between(end)):
        end += 1
    run = values[start : end + 1]
    in_order = _goes_through(run, cells) or _goes_through(run, cells[::-1])
    return len(run) > LEAST_LISTED and in_order and _listed_in_order(said, start)


def _goes_through(run: Sequence[Decimal], cells: Sequence[Decimal]) -> bool:
    """Whether cells have them in this order, others between them or not."""
    left = iter(cells)
    return all(one in left for one in run)


def _listed_in_order(said: Said, start: int) -> bool:
    """Whether nothing that has rows of its own is named from the first of them on."""
    begin = said.numbers[start].number.span[0]
    kinds = ("dealer:", "product:", "region:", "code:", "period:")
    return not any(name.startswith(kinds) and at >= begin for name, at, _ in said.things)


def of_several(place: int, said: Said, view: View) -> bool:
    """An amount that so many rows have as the sentence says: two orders of 14,155.20."""
    one = said.numbers[place]
    if of_list(place, said, view) or _of_state(one, said, view):
        return True
    rows = [sum(cell.value == abs(one.number.value) for cell in column.cells) for column in view.columns]
    return one.kind == "money" and any(count > 1 and _says(said, count) for count in rows)


def _says(said: Said, count: int) -> bool:
    return any(one.kind == "quantity" and not one.unit and one.number.value == count for one in said.numbers)


def _of_state(one: Spoken, said: Said, view: View) -> bool:
    """The amount of the one order in a state that the sentence names: the rejected one, 14,155.20."""
    if any(name.startswith(("code:", "day:")) for name in one.own):
        return False
    start = max([0, *(found.end() for found in STOP.finditer(said.text, 0, one.number.span[0]))])
    end = next((found.start() for found in STOP.finditer(said.text, one.number.span[1])), len(said.text))
    for column in view.columns:
        for name in frozenset().union(*(cell.states for cell in column.cells)):
            alike = [cell.value for cell in column.cells if name in cell.states]
            if alike == [abs(one.number.value)] and _state_named(name, said.text[start:end]):
                return True
    return False


def _state_named(name: str, text: str) -> bool:
    return bool(STATED[name].search(text)) if name in STATED else False


def of_extreme(place: int, said: Said, view: View) -> bool:
    """The largest or the smallest amount of a table, all its rows or those that are seen."""
    one = said.numbers[place]
    start, end = clause_of(said.text, [one.number.span], one.number.span)
    start = max(0, min(start, one.number.span[0] - WINDOW))
    for pattern, extreme in EXTREMES:
        found = pattern.search(said.text, start, end)
        if one.kind in {"money", "quantity", "percent"} and found and not _of_named(one, found, said):
            cells = [part for column in view.columns for part in (column.cells, column.cells[: column.shown])]
            if any(part and _is(one, extreme(cell.value for cell in part), said) for part in cells):
                return True
    return _of_range(place, said, view)


def wrong_extremes(said: Said, view: View) -> Iterator[Wrong]:
    """An amount of a column that is told as its largest or smallest, and is that of no rows alike."""
    for one in said.numbers:
        value = abs(one.number.value)
        if one.kind != "money" or not is_exact(one.number):
            continue
        start, end = clause_of(said.text, [one.number.span], one.number.span)
        told = [extreme for pattern, extreme in EXTREMES if pattern.search(said.text, start, end)]
        if len(told) != 1:
            continue
        rows = [
            some for listing in view.listings for some in alike_rows(listing) if any(value in r.amounts for r in some)
        ]
        if rows and not any(value == told[0](_amounts(some, value)) for some in rows):
            yield Wrong(f"{one.shown} isn't the {told[0].__name__}")


def _amounts(rows: Sequence[Row], value: Decimal) -> list[Decimal]:
    """Of the column in which the value stands."""
    at = next(row.amounts.index(value) for row in rows if value in row.amounts)
    return [row.amounts[at] for row in rows if len(row.amounts) > at]


def _of_named(one: Spoken, found: re.Match[str], said: Said) -> bool:
    """Whether rows are named in the clause that says so, up to the amount."""
    start = clause_of(said.text, [found.span()], found.span())[0]
    kinds = ("day:", "code:", "dealer:", "product:", "period:", "region:")
    return any(name.startswith(kinds) and start <= at < one.number.span[0] for name, at, _ in said.things)


def _is(one: Spoken, value: Decimal, said: Said) -> bool:
    told = abs(one.number.value)
    return told == value or any(way.gives(told, value) for way in roundings(one.number, said.text))


def _of_range(place: int, said: Said, view: View) -> bool:
    """From 5.9 % to 13.8 %: the ends of a column."""
    if said.numbers[place].number.upper is not None:
        return _of_ends(said.numbers[place], said, view)
    for at in (place - 1, place):
        if not 0 <= at < len(said.numbers) - 1:
            continue
        one, other = said.numbers[at : at + 2]
        if not SPANNED.fullmatch(said.text[one.number.span[1] : other.number.span[0]]):
            continue
        for column in view.columns:
            firsts = [column.cells[:count] for count in firsts_in(said.text)]
            parts = firsts or (column.cells, column.cells[: column.shown], column.cells[:CHARTED])
            for part in parts:
                values = [cell.value for cell in part] or [Decimal(0)]
                ends = (min(values), max(values))
                if any(_is(one, first, said) and _is(other, last, said) for first, last in (ends, ends[::-1])):
                    return True
    return False


def _of_ends(one: Spoken, said: Said, view: View) -> bool:
    """Between 90,000 and 210,000: the least and the most of a column or of its first so many."""
    low, high = abs(one.number.value), one.number.upper or Decimal(0)
    for column in view.columns:
        firsts = [column.cells[:count] for count in firsts_in(said.text)]
        for part in firsts or (column.cells, column.cells[: column.shown]):
            values = [cell.value for cell in part]
            ends = zip((low, high), (min(values), max(values)), strict=True) if values else ()
            if values and all(value and abs(told - value) / value <= NEAR for told, value in ends):
                return True
    return False


def is_bound(place: int, said: Said, view: View, vocabulary: Vocabulary) -> bool:
    """Whether a number is only what rows, as many as the sentence says, are above."""
    if _holds(place, said, view):
        return True
    value = said.numbers[place].number.value
    if value in bounds_in(said) and SUPPOSED.search(said.text) and len(value.normalize().as_tuple().digits) == 1:
        return True
    if value not in bounds_in(said):
        return False
    counts = [one for at, one in enumerate(said.numbers) if at != place and one.kind == "quantity" and not one.unit]
    tallies = [at for at, one in enumerate(said.numbers) if one in counts]
    return any(beyond(one.number.value, said, view) for one in counts) or any(
        tallied(at, said, view, vocabulary) for at in tallies
    )


def of_that_day(one: Spoken, view: View) -> bool:
    """Whether it is the amount of a row whose day stands in its phrase."""
    days = {name for name in one.own if name.startswith("day:")}
    rows = [row for listing in view.listings for row in listing.rows] if days else []
    then = [row for row in rows if any(f"day:{start}/{end}" in days for start, end in row.days)]
    papers = {name for row in then for name in row.things if name.startswith("code:")}
    return any(abs(one.number.value) in row.amounts and (row in then or row.things & papers) for row in rows)


def wrong_bounds(said: Said, view: View) -> Iterator[Wrong]:
    """Rows that are told as above or below an amount, and aren't."""
    for place, one in enumerate(said.numbers):
        if _holds(place, said, view) is False:
            yield Wrong(f"not all are {one.shown}")


def _holds(place: int, said: Said, view: View) -> bool | None:
    """Whether the rows of its clause, or those that it doesn't name, are all above or below a round number."""
    one = said.numbers[place]
    start, end = one.number.span
    ways = [
        more
        for more, (before, after) in BOUNDED.items()
        if before.search(said.text[:start]) or after.match(said.text, end)
    ]
    if len(ways) != 1 or one.kind == "ordinal" or len(one.number.value.normalize().as_tuple().digits) > 1:
        return None
    first = clause_of(said.text, [one.number.span], one.number.span)[0]
    if TOGETHER.search(said.text, first, start):
        return None
    listed = said.text[:first].endswith("、")
    begin = max([0, *(found.end() for found in STOP.finditer(said.text, 0, first))]) if listed else first
    named = {name for name, at, _ in said.things if begin <= at < start}
    for listing in view.listings:
        rows = [row for row in listing.rows if row.things & named - view.belonging.main]
        if (others := OTHERS.search(said.text, first, start)) and not _named_before(others.start(), said):
            return None if ways[0] else _parted_by(one.number.value, one.kind, listing.rows)
        if others:
            rows = [row for row in listing.rows if not row.things & said.entities and not _dated(row, said)]
        cells = [row.percents[:1] if one.kind == "percent" else row.amounts[:1] for row in rows]
        if rows and all(cells) and one.number.value > 1:
            return all((cell[0] > one.number.value) is ways[0] for cell in cells)
    return None


def _named_before(at: int, said: Said) -> bool:
    return any(begin < at for _, begin, _ in said.things)


def _parted_by(bound: Decimal, kind: str, rows: Sequence[Row]) -> bool | None:
    """Whether some rows are above a bound and some below: the latter are "the rest" of what sentences before named."""
    cells = [cell for row in rows for cell in (row.percents[:1] if kind == "percent" else row.amounts[:1])]
    return len({cell > bound for cell in cells}) > 1 or None


def _dated(row: Row, said: Said) -> bool:
    return any(f"day:{start}/{end}" in said.entities for start, end in row.days)


def beyond(value: Decimal, said: Said, view: View) -> bool:
    """So many rows are above an amount that the sentence names."""
    return any(
        sum(cell.value > bound for cell in column.cells) == value
        for bound in bounds_in(said)
        for column in view.columns
        if column.kind == "money"
    )
