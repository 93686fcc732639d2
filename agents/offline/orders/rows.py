"""Rows of a list that was sent, as order lines: what is unclear about one, how it is asked, what the call will hold."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Literal

from agents.offline.mind import Mind
from agents.offline.orders.forwarded.cells import number
from agents.offline.orders.lines import Line
from agents.offline.plans import Say
from core.language.units import Unit
from core.replies import say

Doubt = Literal["product", "likely", "several", "quantity", "about", "fraction"]
REMARK = 400  # characters of all rows' remarks together
WHOLE = frozenset({None, Unit.CASE, Unit.BOTTLE, Unit.PACK})


def doubt_of(line: Line) -> Doubt | None:
    """The first thing that a row leaves open; None where it is clear."""
    if line.sku is None:
        return ("several" if len(line.candidates) > 1 else "likely") if line.candidates else "product"
    if line.quantity is None:
        return "quantity"
    if line.approximate:
        return "about"
    if line.source and line.unit in WHOLE and line.quantity != line.quantity.to_integral_value():
        return "fraction"
    return None


def question(lines: Sequence[Line], place: int, mind: Mind) -> tuple[str, str, list[tuple[str, str]]]:
    """The slot that is asked for, the words, and up to three choices: what this dealer usually buys comes first."""
    line, doubt = lines[place], doubt_of(lines[place])
    left = sum(doubt_of(other) is not None for other in lines) - 1
    words = mind.briefing.words
    said = words(f"list.ask.{doubt}", row=line.row, source=line.source, name=_name(line, mind))
    if left:
        said += words("list.ask.left", count=left)
    if line.sku is None:
        skus = line.candidates or tuple(mind.briefing.usual)
        return "sku", said, [(mind.briefing.name(sku), sku) for sku in skus[:3]]
    return "quantity", said, _amounts(line, mind)


def _name(line: Line, mind: Mind) -> str:
    sku = line.sku or next(iter(line.candidates), None)
    return mind.briefing.name(sku) if sku else line.words


def _amounts(line: Line, mind: Mind) -> list[tuple[str, str]]:
    words = mind.briefing.words
    unit = line.unit or Unit.CASE
    if line.quantity is not None and line.quantity > 0:
        below = line.quantity.to_integral_value(ROUND_FLOOR)
        amounts = [line.quantity] if line.approximate else [value for value in (below, below + 1) if value > 0]
        return [(words.quantity(value, unit), words.quantity(value, unit)) for value in amounts]
    usual = mind.briefing.usual.get(line.sku or "")
    written = [value for word in line.source.split() if (value := number(word)) is not None and value > 0]
    if len(written) > 1:  # two columns of numbers, and nothing says which counts the goods
        unit = line.unit or (usual.unit if usual else Unit.CASE)
        return [(words.quantity(value, unit), words.quantity(value, unit)) for value in written]
    if usual is None:
        return []
    said = words.quantity(usual.quantity, usual.unit)
    return [(words("ask.as_usual", quantity=said), said)]


def after_skipping(lines: Sequence[Line], place: int, text: str, mind: Mind) -> list[Line] | None:
    """Without the row that was asked about (跳过), or all that aren't clear (都跳过); None where nothing is skipped."""
    if not lines[place].source:
        return None
    if mind.lexicon.is_one("skip_rows", text):
        return [line for line in lines if doubt_of(line) is None]
    if mind.lexicon.is_one("skip_row", text):
        return [line for at, line in enumerate(lines) if at != place]
    return None


def affirmed(line: Line, text: str, mind: Mind) -> Line | None:
    """The row as it was put to the person, after a yes."""
    if not line.source or not mind.lexicon.is_one("yes_row", text):
        return None
    match doubt_of(line):
        case "likely":
            return replace(line, sku=line.candidates[0])
        case "about":
            return replace(line, approximate=False)
    return None


def told_of_all(lines: Sequence[Line], place: int, asked: Line) -> list[Line]:
    """Rows that name their product in the same words mean the same product."""
    sku = lines[place].sku
    return [
        replace(line, sku=sku)
        if line.source and line.sku is None and (line.words, line.candidates) == (asked.words, asked.candidates)
        else line
        for line in lines
    ]


def added_up(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[Line, int]]]:
    """Rows of one product and unit as one line; also which those are, and how many rows each had."""
    together: dict[tuple[str | None, str | None], list[Line]] = {}
    for place, line in enumerate(lines):
        key = (line.sku, line.unit) if line.source else (str(place), "said")
        together.setdefault(key, []).append(line)
    made = [(_one(same), len(same)) for same in together.values()]
    return [line for line, _ in made], [(line, rows) for line, rows in made if rows > 1]


def _one(same: Sequence[Line]) -> Line:
    if len(same) == 1:
        return same[0]
    quantity = sum((line.quantity or Decimal(0) for line in same), Decimal(0))
    source = "; ".join(dict.fromkeys(line.source for line in same))
    stated = next((line.stated for line in same if line.stated is not None), None)
    remark = "; ".join(dict.fromkeys(line.remark for line in same if line.remark))
    return replace(same[0], quantity=quantity, source=source, stated=stated, remark=remark)


def about_added_up(twice: Sequence[tuple[Line, int]], mind: Mind) -> list[Say]:
    """That rows of one product were added up, in a line a product."""
    told = [
        mind.words(
            "list.added_up",
            name=_name(line, mind),
            rows=rows,
            quantity=mind.briefing.words.quantity(line.quantity or Decimal(0), line.unit or Unit.CASE),
        )
        for line, rows in twice
    ]
    return [Say(say("\n".join(told)), first=True)] if told else []


def with_remarks(args: dict[str, Any], lines: Sequence[Line], mind: Mind) -> dict[str, Any]:
    """The order's remark with those of its rows, each with its product."""
    remarks = [f"{_name(line, mind)}: {line.remark}" for line in lines if line.remark]
    if not remarks or args.get("remark"):
        return args
    return {**args, "remark": re.sub(r"\s+", " ", "; ".join(remarks))[:REMARK]}
