"""Rows that are told by what only they say: the promotion's 1,188.00, the invoice of October 9."""

import re
from collections.abc import Iterator

from core.checks.around import clause_of
from core.checks.listing import Listing, Row
from core.checks.said import Said
from core.checks.view import View

HAN = re.compile(r"[\u4e00-\u9fff]+")
WORD = re.compile(r"[a-z]{5,}")
STEM = 6


def of_marked(place: int, said: Said, view: View) -> bool:
    """Whether an amount is that of the one row whose words its clause tells, and no other row's."""
    one = said.numbers[place]
    if one.kind != "money":
        return False
    start, end = clause_of(said.text, [other.number.span for other in said.numbers], one.number.span)
    words = f"{said.text[start : one.number.span[0]]} {said.text[one.number.span[1] : end]}"
    return any(
        abs(one.number.value) in row.amounts and any(mark in words for mark in _marks(row, listing))
        for listing in view.listings
        for row in listing.rows
    )


def _marks(row: Row, listing: Listing) -> Iterator[str]:
    """Pairs of characters and stems of the row's cells that no other row has, nor a heading."""
    others = " ".join([*(other.words for other in listing.rows if other is not row), *listing.labels])
    cells = [cell for cell in row.words.split(" | ")[1:] if not any(char.isdigit() for char in cell)]
    for cell in cells:
        yield from (
            run[at : at + 2]
            for run in HAN.findall(cell)
            for at in range(len(run) - 1)
            if run[at : at + 2] not in others
        )
        yield from (word[:STEM] for word in WORD.findall(cell) if word[:STEM] not in others)
