"""Whether a call's arguments stand in the reader's words or in results, and aren't the model's own."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from core.checks.view import Reader, View
from core.checks.wrong import Wrong
from core.language.dates import find_wanted_date
from core.language.normalise import fold
from core.language.periods import parse_period
from core.language.units import Unit

NAMING = ("dealer", "sku", "order", "region", "ship_to", "period")
UNITS = frozenset(str(unit) for unit in Unit)
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ENOUGH = 0.6


def unfounded(
    args: Mapping[str, Any], view: View, reader: Reader, *, proposing: bool, closed: Collection[str] = ()
) -> Iterator[Wrong]:
    """What isn't grounded. Of a reading call only what it names counts; ``closed`` arguments are enumerations there."""
    for name, value in args.items():
        if value is None or (not proposing and (name not in NAMING or name in closed)):
            continue
        for leaf, found, beside in _leaves(name, value, {}):
            if not _founded(leaf, found, beside, view, reader):
                yield Wrong(f"{leaf}={found!r} is neither in the reader's words nor in results")


def _leaves(name: str, value: Any, beside: Mapping[str, Any]) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(str(key), inner, value)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(name, inner, beside)
    elif value is not None and not isinstance(value, bool):
        yield name, value, beside


def _founded(name: str, value: Any, beside: Mapping[str, Any], view: View, reader: Reader) -> bool:
    if isinstance(value, int | float | Decimal):
        return _number(value, view)
    text = str(value).strip()
    if not text:
        return True
    if name == "unit" and text in UNITS:
        return _unit(text, beside.get("quantity"), view)
    if name == "period":
        return _period(text, view, reader)
    if ISO_DAY.fullmatch(text):
        return _day(text, view, reader)
    words = fold(text)
    if view.holds(words) or any(entity.split(":", 1)[1].casefold() == words for entity in view.entities):
        return True
    return name not in NAMING and _overlap(words, view.said) >= ENOUGH


def _number(value: Any, view: View) -> bool:
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return False
    said = {n for one in view.said_numbers for n in (one.number.value, one.number.upper)}
    return exact in said or exact in view.facts


def _unit(unit: str, quantity: Any, view: View) -> bool:
    """The unit that was said with the quantity; where none was, it is the tool's to ask or to default."""
    said = {
        one.unit for one in view.said_numbers if quantity is None or one.number.value == Decimal(str(quantity))
    } & UNITS
    return not said or unit in said


def _period(code: str, view: View, reader: Reader) -> bool:
    try:
        period = parse_period(code, reader.fiscal)
    except ValueError:
        return False
    month = reader.today.replace(day=1)
    return (period.start, period.end) in view.times or period.start <= month < period.end or _edges(period, view)


def _edges(period: Any, view: View) -> bool:
    starts = {start for start, _ in view.times}
    ends = {end for _, end in view.times}
    return period.start in starts and period.end in ends


def _day(text: str, view: View, reader: Reader) -> bool:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    wanted = find_wanted_date(view.said, reader.today)
    if wanted is not None and day in {wanted.day, wanted.until}:
        return True
    return any(day in {start, end - timedelta(days=1)} for start, end in view.times)


def _overlap(words: str, said: str) -> float:
    """The share of its pairs of characters that the reader wrote."""
    pairs = {words[at : at + 2] for at in range(len(words) - 1)} or {words}
    return sum(pair in said for pair in pairs) / len(pairs)
