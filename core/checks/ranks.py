"""Whether what a sentence calls the first, the second or the most is so in the order of a result."""

import re
from collections.abc import Iterator, Mapping, Sequence

from core.checks.around import PHRASE
from core.checks.spoken import Said
from core.checks.view import View
from core.checks.wrong import Wrong

PLACES: Mapping[str, int] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "一": 1, "二": 2, "两": 2, "三": 3,
    "四": 4, "五": 5, "六": 6,
}  # fmt: skip
FIRST = re.compile(
    r"排第一|第一名|居首|最多|最高|最大|领先|"
    r"(?<![a-z])(?:leads|leading|on top|tops|top dealer|"
    r"largest|biggest|highest|ranks first)(?![a-z])"
)
NTH = re.compile(
    r"第([一二三四五六1-6])(?!季|档|批|页|周|箱|条|款)|"
    r"(?<![a-z])(second|third|fourth|fifth|sixth)(?! (?:quarter|half|tier))(?![a-z])"
)
IN_ORDER = re.compile(r"依次|按顺序|(?<![a-z])in (?:that )?order(?![a-z])")
OTHER_ORDER = re.compile(r"增|涨|降|跌|growth|grew|growing|fell|drop|declin|rose|增幅|降幅|拖|单价")
KINDS = ("dealer", "region")


def wrong_ranks(said: Said, view: View) -> Iterator[Wrong]:
    """Of the rows of a table that stands in order."""
    order = [things for things in view.order if any(name.split(":")[0] in KINDS for name in things)]
    if len(order) < 2 or OTHER_ORDER.search(said.text):
        return
    named = _named(said)
    if IN_ORDER.search(said.text):
        places = [place for things, _ in named if (place := _place(things, order)) is not None]
        if places != sorted(places):
            yield Wrong("they stand in another order")
    for found, place in _claims(said.text):
        start, end = _phrase(said.text, found)
        inside = [things for things, at in named if start <= at < end]
        if len(inside) == 1 and (is_at := _place(inside[0], order)) is not None and is_at != place:
            yield Wrong(f"{found.group()} is another")


def _named(said: Said) -> list[tuple[frozenset[str], int]]:
    spans = sorted({(start, end) for name, start, end in said.things if name.split(":")[0] in KINDS})
    return [
        (frozenset(name for name, *where in said.things if (*where,) == span and name.split(":")[0] in KINDS), span[0])
        for span in spans
    ]


def _place(things: frozenset[str], order: Sequence[frozenset[str]]) -> int | None:
    return next((place for place, row in enumerate(order, 1) if things & row), None)


def _claims(text: str) -> Iterator[tuple[re.Match[str], int]]:
    for found in FIRST.finditer(text):
        yield found, 1
    for found in NTH.finditer(text):
        said = found[1] or found[2]
        yield found, int(said) if said.isdecimal() else PLACES[said]


def _phrase(text: str, found: re.Match[str]) -> tuple[int, int]:
    start = max([0, *(match.end() for match in PHRASE.finditer(text, 0, found.start()))])
    return start, next((match.start() for match in PHRASE.finditer(text, found.end())), len(text))
