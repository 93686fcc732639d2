"""Rows whose cells stand between commas, semicolons, tabs or bars."""

import csv
import io
from collections import Counter

DELIMITERS = ("\t", ";", "|", ",", "，")
WORDS_HAVE = (",", "，")
LOOKED_AT = 60  # lines
MOST, HALF = 0.66, 0.5  # of the lines
HINT = "sep="


def read_delimited(text: str) -> tuple[tuple[str, ...], ...]:
    """The rows, by the delimiter that cuts most lines into the same number of cells; without one a line is a cell."""
    from core.reading.sheets.sheet import row_of

    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    delimiter = delimiter_of(text)
    if text[: len(HINT)].lower() == HINT:  # how Excel is told
        delimiter, text = text[len(HINT) : len(HINT) + 1], text.partition("\n")[2]
    if delimiter is None:
        return tuple(row_of([line]) for line in text.split("\n"))
    return tuple(row_of(row) for row in _rows(text, delimiter))


def delimiter_of(text: str) -> str | None:
    """What stands between the cells; None where nothing does it regularly."""
    lines = [line for line in text.split("\n") if line.strip()][:LOOKED_AT]
    best: tuple[float, str | None] = (0.0, None)
    for delimiter in DELIMITERS:
        widths = Counter(len(row) for row in _rows("\n".join(lines), delimiter) if row)
        several = sum(times for width, times in widths.items() if width > 1)
        if several < len(lines) * (MOST if delimiter in WORDS_HAVE else HALF) or not several:
            continue
        width, times = max(((w, t) for w, t in widths.items() if w > 1), key=lambda one: one[1])
        score = times / max(len(lines), 1) + 0.01 * width
        if score > best[0]:
            best = (score, delimiter)
    return best[1]


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """As csv reads them; a quote that is never closed is a letter like any other."""
    lines = io.StringIO(text)
    if text.count('"') % 2:
        return list(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE))
    return list(csv.reader(lines, delimiter=delimiter))
