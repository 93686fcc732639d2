"""Whether what a sentence calls the first, the second or the most is so in the order of a result."""

import re
from collections.abc import Iterator, Sequence

from core.checks.places import claims_in, phrase_around
from core.checks.small_numbers import small_number
from core.checks.spoken import Said
from core.checks.view import View
from core.checks.wrong import Wrong

IN_ORDER = re.compile(r"依次|按顺序|(?<![a-z])in (?:that )?order(?![a-z])")
ROW_OF_PLACES = re.compile(r" ?[名位]?(?:的)?(?:依次|分别)| ?[名位]? ?[到至~-]")
FOLLOWED = re.compile(
    r"(?:紧随其后|紧跟其后|其次|接着|接下来|跟着|随后)(?:的?是|依次)?"
    r"|(?<![a-z])(?:(?:closely )?followed by|and then|next comes?"
    r"|next (?:is|are)|after that|then)(?![a-z])"
)
OTHER_ORDER = re.compile(
    r"(?<![a-z])gains?(?![a-z])|增|涨|降|跌|growth|(?<![a-z])(?:mov\w+|climb\w*|jump\w*|swing\w*|riser\w*|improv\w*|increas\w*)|grew|growing|fell|drop|declin|rose|增幅|降幅|拖|单价"
)
SEVERAL = re.compile(
    r"第[一二三四五六七八九十\d]名(?:、第[一二三四五六七八九十\d]名)+(?=(?:[名位])?(?:分别|依次)?(?:是|为|:))"
)
PLACE = re.compile(r"第([一二三四五六七八九十\d])名")
KINDS = ("dealer", "region")


def wrong_ranks(said: Said, view: View) -> Iterator[Wrong]:
    """Of the rows of a table that stands in order."""
    if OTHER_ORDER.search(said.text):
        return
    for rows in (view.order, view.suborder):
        order = [things for things in rows if any(name.split(":")[0] in KINDS for name in things)]
        if len(order) > 1:
            yield from _out_of_order(said, order)


def _out_of_order(said: Said, order: Sequence[frozenset[str]]) -> Iterator[Wrong]:
    named = _named(said)
    if IN_ORDER.search(said.text):
        places = [place for things, _ in named if (place := _place(things, order)) is not None]
        if places != sorted(places):
            yield Wrong("they stand in another order")
    if told := FOLLOWED.search(said.text):
        before = [place for things, at in named if at < told.start() and (place := _place(things, order))]
        behind = [place for things, at in named if at >= told.end() and (place := _place(things, order))]
        if before and behind and len({*before, *behind}) > 1 and behind[0] != before[-1] + 1:
            yield Wrong("another one follows")
    for found in SEVERAL.finditer(said.text):
        ranks: list[int | None] = [small_number(one) for one in PLACE.findall(found.group())]
        after = [_place(things, order) for things, at in named if at >= found.end()][: len(ranks)]
        if len(after) == len(ranks) and None not in after and after != ranks:
            yield Wrong(f"{found.group()} are others")
    for found, place in claims_in(said.text):
        if ROW_OF_PLACES.match(said.text, found.end()):
            continue
        start, end = phrase_around(said.text, found)
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
