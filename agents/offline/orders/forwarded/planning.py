"""A message's files, or the rows pasted into it: what is recognised, said first, then the first doubt or the draft."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from agents.offline.mind import Mind
from agents.offline.orders.doubts import TOOL, details_in, lines_in, proposed_or_asked
from agents.offline.orders.forwarded.documents import taken, tool_for
from agents.offline.orders.forwarded.files import Sent
from agents.offline.orders.forwarded.matching import lines_of, settle_unit
from agents.offline.orders.forwarded.rows import Eyes, Row, Rows, rows_of
from agents.offline.orders.forwarded.table import table_of
from agents.offline.orders.lines import Line
from agents.offline.orders.rows import doubt_of
from agents.offline.plans import Plan, Say, Step
from agents.offline.reading.understanding import read
from agents.offline.talking import out_of_reach
from core.language.normalise import fold
from core.reading.sheets import Sheet
from core.replies import Reply, Text, say

NAMED = 8


@dataclass(frozen=True, slots=True)
class Found:
    """What the sheets of a message hold; ``no_unit``: somewhere nothing says what a number counts."""

    lines: tuple[Line, ...]
    others: tuple[Row, ...]
    unfilled: tuple[Row, ...]
    no_unit: bool = False


def plan_for_files(message: str, mind: Mind) -> Plan:
    """Each file in turn: lists become one draft, documents are offered for publication, for whoever may."""
    sent = mind.briefing.sent
    steps: list[Step] = [_problem(one, mind) for one in sent if one.problem]
    documents = [one for one in sent if not one.is_list]
    reading = read(message, mind.briefing) if message else None
    tool = tool_for(reading, documents, mind)
    if tool is not None and documents:
        steps += taken(tool, documents, reading, mind)
    elif documents:
        steps.append(_not_for_you(mind))
    sheets = [sheet for one in sent for sheet in one.sheets]
    if sheets:
        names = mind.words("list.comma").join(one.name for one in sent if one.sheets)
        steps += _listed(names, sheets, message, mind).steps
    return Plan(tuple(steps))


def plan_for_rows(sheet: Sheet, mind: Mind) -> Plan:
    """Rows that were pasted as a message."""
    return _listed(mind.words("list.pasted"), [sheet], "", mind)


def _problem(one: Sent, mind: Mind) -> Say:
    return Say(say(mind.words(one.problem, **one.params)), first=True)


def _not_for_you(mind: Mind) -> Say:
    if not mind.briefing.private:
        return out_of_reach(mind)
    return Say(say(mind.words("file.not_for_you" if TOOL in mind.schemas else "file.not_for_anybody")), first=True)


def _listed(name: str, sheets: Sequence[Sheet], message: str, mind: Mind) -> Plan:
    found = found_in(sheets, mind)
    args: dict[str, Any] = {}
    lines = list(found.lines)
    if message:
        reading = read(message, mind.briefing)
        args = details_in(reading, mind)
        lines += [line for line in lines_in(reading, mind) if line.sku and line.quantity]
    if not lines:
        return Plan((Say(say(mind.words("list.no_goods", name=name)), first=True),))
    summary = Say(_summary(name, sheets, found, mind), first=True)
    return Plan((summary, *proposed_or_asked(lines, args, mind).steps))


def found_in(sheets: Iterable[Sheet], mind: Mind) -> Found:
    """All rows of all sheets."""
    linker, briefing = mind.briefing.linker, mind.briefing
    eyes = Eyes(
        mind.lexicon,
        lambda cell: linker.get("product", cell) is not None,
        lambda cell: any(mention.kind == "product" for mention in linker.find(fold(cell))),
    )
    read_rows: list[Rows] = [rows_of(sheet, eyes) for sheet in sheets]
    lines = [line for rows in read_rows for row in rows.goods for line in lines_of(row, rows.columns, briefing)]
    return Found(
        tuple(settle_unit(line, briefing) for line in lines),
        tuple(row for rows in read_rows for row in rows.others),
        tuple(row for rows in read_rows for row in rows.unfilled),
        no_unit=any(line.quantity is not None and line.unit is None for line in lines),
    )


def _summary(name: str, sheets: Sequence[Sheet], found: Found, mind: Mind) -> Reply:
    """How many rows, how many of them are clear; what was taken for no goods is named behind ``more``."""
    words = mind.words
    doubts = [line for line in found.lines if doubt_of(line)]
    key = "list.read_doubts" if doubts else "list.read"
    said = [words(key, name=name, rows=len(found.lines), doubts=len(doubts))]
    if any(sheet.seen for sheet in sheets):
        said.append(words("list.from_picture"))
    if found.no_unit:
        said.append(words("list.no_unit"))
    if found.unfilled:
        said.append(words("list.unfilled", count=len(found.unfilled)))
    table, rest = table_of(found.lines, mind)
    left = _left_out(found, mind)
    text = Text("\n".join(said))
    if doubts:
        return Reply((text, table), more=(*rest, *left))
    return Reply((text,), more=(table, *rest, *left))


def _left_out(found: Found, mind: Mind) -> tuple[Text, ...]:
    texts = []
    for key, rows in (("list.others", found.others), ("list.unfilled_rows", found.unfilled)):
        if rows:
            named = mind.words("list.semicolon").join(row.words for row in rows[:NAMED])
            texts.append(Text(mind.words(key, count=len(rows), rows=named)))
    return tuple(texts)
