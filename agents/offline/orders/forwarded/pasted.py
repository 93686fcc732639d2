"""A message that is a table: rows copied out of a spreadsheet, or lines under a heading."""

import re

from agents.offline.orders.forwarded.columns import by_heading
from agents.offline.wording.lexicon import Lexicon
from core.language.normalise import clean, fold
from core.reading.sheets import Sheet
from core.reading.sheets.delimited import delimiter_of, read_delimited

FEWEST = 2  # lines
SURE_DELIMITERS = ("\t", "|")
SPACED = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")


def pasted(message: str, lexicon: Lexicon) -> Sheet | None:
    """The rows of a message that came as a table; None for words, however many lines they take."""
    text = clean(message).strip("\n")
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < FEWEST:
        return None
    delimiter = delimiter_of(text)
    if delimiter in SURE_DELIMITERS:
        return Sheet("", read_delimited(text))
    for rows in (read_delimited(text), read_delimited(SPACED.sub("\t", text)), read_delimited(_by_spaces(text))):
        filled = [row for row in rows if row]
        if filled and by_heading(filled[0], lexicon) is not None and len(filled) > 1:
            return Sheet("", rows)
    return _with_total(lines, lexicon)


def _by_spaces(text: str) -> str:
    return re.sub(r"[ \u3000]+", "\t", text)


def _with_total(lines: list[str], lexicon: Lexicon) -> Sheet | None:
    """Lines of goods of which one adds the others up."""
    totals = lexicon.lists.get("row_total", ())
    for line in lines[1:]:
        label = re.split(r"[:：\d]", fold(line))[0].strip()
        if label in totals:
            return Sheet("", tuple((" ".join(one.split()),) for one in lines))
    return None
