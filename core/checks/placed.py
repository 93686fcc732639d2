"""Numbers that say the place of the row named beside them: "3 Ningbo 140,194.60", 4号无锡, numbers four and five."""

import re
from collections.abc import Sequence

from core.checks.said import Said
from core.checks.view import View

LED = re.compile(r"(?:^|[\n,，;；。、])[^\w]*(?:no\.? ?|#)?$")
NAMED_NEXT = re.compile(r" ?(?:号|名|位)?[.):：、]? ?(?:是|为)?")
PLACES = re.compile(
    r"(?<![a-z])(?:numbers|nos\.?|places?|ranks?|positions?|spots?) #?$|(?:名次|排名)$",
)
JOINED = re.compile(r" ?(?:,|、|and|, and|&|和|与|to|到|至|-) ?(?:第|#)?(?:numbers? )?")
UNITS = re.compile(r" ?(?:cn|[¥$%元块万千箱瓶天家张笔款]|cases?|days?|dealers?|orders?|k(?![a-z])|[-/.:]\d)")
KINDS = ("dealer:", "region:", "product:")
DIGITS = re.compile(r"[1-9]\d?(?:号|st|nd|rd|th)?")


def of_place(place: int, said: Said, view: View) -> bool:
    """Whether a number is the place, in the order of a result, of what is named right behind it or in its brackets."""
    one = said.numbers[place]
    if one.kind not in {"quantity", "ordinal"} or one.unit not in {"", "号"} or not (view.order or view.columns):
        return False
    return _marks(place, said, view) or _of_several(place, said, view)


def _marks(place: int, said: Said, view: View) -> bool:
    one = said.numbers[place]
    start, end = one.number.span
    if not DIGITS.fullmatch(one.shown) or not LED.search(said.text[:start]):
        return False
    gap = NAMED_NEXT.match(said.text, end)
    at = gap.end() if gap else end
    named = {name for name, begin, _ in said.things if begin == at and name.startswith(KINDS)}
    return bool(named) and _stands(named, int(one.number.value), view)


def _of_several(place: int, said: Said, view: View) -> bool:
    """Of a run of places: as many names behind them must stand there; without names they need only exist."""
    first, last = said.run(place, JOINED)
    run = said.numbers[first : last + 1]
    if not PLACES.search(said.text[: run[0].number.span[0]]) or UNITS.match(said.text, run[-1].number.span[1]):
        return False
    values = [int(one.number.value) for one in run]
    if max(values) > max(view.items, 1):
        return False
    end = run[-1].number.span[1]
    stop = said.numbers[last + 1].number.span[0] if last + 1 < len(said.numbers) else len(said.text)
    spans = sorted({(at, till) for name, at, till in said.things if end <= at < stop and name.startswith(KINDS)})
    if not spans:
        return True
    names = [{name for name, at, till in said.things if (at, till) == span} for span in spans]
    return len(names) == len(values) and all(
        _stands(named, value, view) for named, value in zip(names, values, strict=True)
    )


def _stands(named: set[str], value: int, view: View) -> bool:
    orders: list[Sequence[frozenset[str]]] = [view.order, view.suborder]
    orders += [[cell.things for cell in column.cells] for column in view.columns]
    return any(0 < value <= len(order) and named & order[value - 1] for order in orders)
