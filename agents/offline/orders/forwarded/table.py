"""A list's rows beside what was made of them."""

from collections.abc import Sequence

from agents.offline.mind import Mind
from agents.offline.orders.lines import Line
from agents.offline.orders.rows import doubt_of
from core.replies import Column, Table

SHOWN = 6


def table_of(lines: Sequence[Line], mind: Mind) -> tuple[Table, tuple[Table, ...]]:
    """Each row with its source, the match and the doubt; doubtful ones first, what is past the first six apart."""
    words = mind.briefing.words
    columns = (
        Column(words("list.column_source")),
        Column(words("list.column_match")),
        Column(words("list.column_doubt")),
    )
    order = sorted(lines, key=lambda line: doubt_of(line) is None)
    rows = tuple((_source(line, mind), _match(line, mind), _doubt(line, mind)) for line in order)
    rest = (Table(columns, rows[SHOWN:]),) if rows[SHOWN:] else ()
    return Table(columns, rows[:SHOWN]), rest


def _source(line: Line, mind: Mind) -> str:
    return mind.words("list.row", row=line.row, source=line.source) if line.row else line.source or line.words


def _match(line: Line, mind: Mind) -> str:
    if line.sku is None:
        return mind.words("list.or").join(line.candidates) or "–"
    name = mind.briefing.name(line.sku)
    return name if line.quantity is None else f"{name} {_amount(line, mind)}"


def _amount(line: Line, mind: Mind) -> str:
    assert line.quantity is not None
    if line.unit is None:
        return mind.briefing.words.number(line.quantity)
    return mind.briefing.words.quantity(line.quantity, line.unit)


def _doubt(line: Line, mind: Mind) -> str:
    doubt = doubt_of(line)
    return mind.words(f"list.doubt.{doubt}") if doubt else ""
