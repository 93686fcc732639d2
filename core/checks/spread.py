"""How rows lie to each other: each of them about so much, two of them so far apart, the first so many one by one."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from core.checks.firsts import firsts_in
from core.checks.listing import Row
from core.checks.rounding import roundings
from core.checks.said import Said, Spoken
from core.checks.small_numbers import small_number
from core.checks.view import View

EACH = re.compile(r"每个?(?:月|季度?|家|张|笔)|各(?:月|季|家|张)|都|均|(?<![a-z])(?:each|every|all)(?![a-z])")
ABOUT_AFTER = re.compile(r" ?(?:元|块)?(?:左右|上下|附近)| or so| each")
ABOUT = re.compile(r"(?:大?约|大概|差不多|接近)$|(?<![a-z])(?:about|around|roughly|close to|near) (?:cn)?$")
NTH = re.compile(
    r"第([一二三四五六七八九十])(?:名|位)?|(?<![a-z])(first|second|third|fourth|fifth"
    r"|sixth)(?! (?:quarter|tier|half))(?![a-z])"
)
ENDS = re.compile(
    r"最[大多高].{0,6}最[小少低]|第一.{0,6}(?:最后|末位)|头尾|首尾"
    r"|(?<![a-z])(?:largest|biggest|first|highest|top).{0,12}(?:smallest|lowest|last|fifth|tenth)(?![a-z])"
)
APART = re.compile(r"差|相隔|之间|(?<![a-z])(?:apart|gap|difference|between|separat\w+|ahead|behind)(?![a-z])")
JOINED = re.compile(r" ?(?:元|块|yuan)?(?:、|,|，|和|与|and|, and) ?(?:cn|us)?")
LEAD = re.compile(
    r"领先(?:了|第二名?)?(?:约|大约)?$"
    r"|(?<![a-z])(?:in front|in the lead|leads|leading|ahead) by (?:about )?(?:cn)?[¥$]?$"
)
KINDS = ("dealer:", "region:", "product:")
NEAR = Decimal("0.12")
PAIR = 2


def of_spread(place: int, said: Said, view: View) -> bool:
    """Whether a number says so of rows of results, which name none of themselves."""
    one = said.numbers[place]
    if one.unit or one.kind not in {"money", "quantity", "percent"}:
        return False
    return _of_each(one, said, view) or _of_two(one, said, view) or _of_the_first(place, said, view)


def _columns(view: View, one: Spoken) -> Iterator[tuple[Sequence[Row], list[Decimal]]]:
    for listing in view.listings:
        for at in (0, -1):
            cells = [row.percents if one.kind == "percent" else row.amounts for row in listing.rows]
            if len(cells) >= PAIR and all(cells):
                yield listing.rows, [cell[at] for cell in cells]


def _of_each(one: Spoken, said: Said, view: View) -> bool:
    """Each of all rows, or of the first so many, within an eighth of it."""
    begin, end = one.number.span
    if not EACH.search(said.text[:begin]) or not (ABOUT.search(said.text[:begin]) or ABOUT_AFTER.match(said.text, end)):
        return False
    told = abs(one.number.value)
    parts = [*firsts_in(said.text)] or [0]
    return told > 0 and any(
        all(abs(value - told) <= told * NEAR for value in values[: count or len(values)])
        for _, values in _columns(view, one)
        for count in parts
    )


def _of_two(one: Spoken, said: Said, view: View) -> bool:
    """What lies between two rows that are called by their places, or between the most and the least."""
    if not APART.search(said.text):
        return _is_lead(one, said, view)
    places = [small_number(found[1] or found[2]) for found in NTH.finditer(said.text)]
    ends = ENDS.search(said.text)
    for _, values in _columns(view, one):
        pairs: list[tuple[Decimal, Decimal]] = []
        if len(places) == PAIR and max(places) <= len(values):
            pairs.append((values[places[0] - 1], values[places[1] - 1]))
        counts = [*firsts_in(said.text)] or [len(values)]
        pairs += [(max(values[:count]), min(values[:count])) for count in counts] if ends else []
        if any(_is(one, said, abs(first - second)) for first, second in pairs):
            return True
    return False


def _is_lead(one: Spoken, said: Said, view: View) -> bool:
    """How far the first row, which alone is named, is before the second: out in front by 70,760.90."""
    if not LEAD.search(said.text[: one.number.span[0]]):
        return False
    named = {name for name, _, _ in said.things if name.startswith(KINDS)}
    return any(
        bool(named & rows[0].things - view.belonging.main)
        and named <= rows[0].things | view.belonging.main
        and _is(one, said, values[0] - values[1])
        for rows, values in _columns(view, one)
    )


def _of_the_first(place: int, said: Said, view: View) -> bool:
    """One of the most, told one after the other and as many as are counted: the two largest, A and B."""
    for count in firsts_in(said.text):
        for start in range(max(0, place - count + 1), place + 1):
            run = said.numbers[start : start + count]
            gaps = [said.text[a.number.span[1] : b.number.span[0]] for a, b in pairwise(run)]
            if len(run) < count or not all(JOINED.fullmatch(gap) for gap in gaps):
                continue
            for _, values in _columns(view, run[0]):
                most = sorted(values, reverse=True)[:count]
                if len(most) == count and all(_is(it, said, value) for it, value in zip(run, most, strict=True)):
                    return True
    return False


def _is(one: Spoken, said: Said, value: Decimal) -> bool:
    told = abs(one.number.value)
    return told == value or any(way.gives(told, value) for way in roundings(one.number, said.text))
