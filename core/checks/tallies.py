"""Counts of rows: by the noun that is counted and by every condition on a row that their clause tells."""

import re
from collections.abc import Mapping
from dataclasses import replace

from core.checks.around import BREAK, PHRASE, Span
from core.checks.beside import COUNTED, PART, by_amount, enumerated, is_whole
from core.checks.itemised import told_one_by_one
from core.checks.listing import Listing
from core.checks.matching import LISTED, all_told
from core.checks.row_conditions import OTHERS, VALID, Telling, is_count
from core.checks.said import Said, Spoken
from core.checks.view import View
from core.checks.vocabulary import Vocabulary

NOUNS: Mapping[str, re.Pattern[str]] = {
    "order": re.compile(r"订单|单子|[张笔几]单|单(?!价|瓶|箱|位)|(?<![a-z])orders?(?![a-z])"),
    "invoice": re.compile(r"发票|(?<![a-z])invoices?(?![a-z])"),
    "dealer": re.compile(r"家|经销商|客户|商行|(?<![a-z])(?:dealers?|customers?|accounts?)(?![a-z])"),
    "product": re.compile(
        r"[款种]|产品|sku|品(?!类|牌)|茶|饮料|(?<![a-z])(?:products?|teas?|items?"
        r"|drinks?)(?![a-z])"
    ),
    "region": re.compile(r"区域|大区|地区|个省|省份|(?<![a-z])(?:regions?|provinces?|areas?)(?![a-z])"),
    "period": re.compile(r"季度?|个月|(?<![a-z])(?:quarters?|months?)(?![a-z])"),
}
EXCEPTED = re.compile(r"(?:之|以)?外(?=其|的?都|,|，)")
LABEL = re.compile(r"(?:^|[,，;；|\n。(（])\W*([^,，;；|\n。(（:：\d]{2,14})[:：] ?$")
LATIN = re.compile(r"[a-z]{3}")
PARTED = re.compile(r" ?[次批](?:到期|付|还)| (?:due dates|deadlines|instal?lments)(?![a-z])")


def tallied(place: int, said: Said, view: View, vocabulary: Vocabulary) -> bool | None:
    """Whether a count is one of rows: true, false where its clause says which rows, and nothing where it says none."""
    one = said.numbers[place]
    if not is_count(one, said.text):
        return None
    if is_whole(place, said):
        known = one.number.value in view.headline
        return True if known or any(one.number.value in {len(it.rows), it.shown} for it in view.listings) else None
    if (labelled := _by_label(place, said, view, vocabulary)) is not None:
        return labelled
    due = [len({day for row in listing.rows for day in row.due}) for listing in view.listings]
    if any(due) and PARTED.match(said.text, one.number.span[1]):
        return one.number.value in due
    if (itemised := told_one_by_one(place, said, view, vocabulary)) is not None:
        return itemised
    if enumerated(place, said):
        return True
    if (priced := by_amount(place, said, view)) is not None:
        return priced
    return _of_rows(place, said, view, vocabulary)


def _by_label(place: int, said: Said, view: View, vocabulary: Vocabulary) -> bool | None:
    """Rejected: 1. A count behind the name of a state and a colon."""
    label = LABEL.search(said.text[: said.numbers[place].number.span[0]])
    for name, pattern in vocabulary.states.items() if label else ():
        for listing in view.listings:
            alike = sum(name in row.states for row in listing.rows)
            if alike and label and pattern.search(label[1]):
                return said.numbers[place].number.value == alike or (None if LISTED.search(said.text) else False)
    return None


def _of_rows(place: int, said: Said, view: View, vocabulary: Vocabulary) -> bool | None:
    one, clause = said.numbers[place], _clause(place, said)
    kinds = _nouns(one, clause, said.text)
    bare = not (COUNTED.match(said.text, one.number.span[1]) or one.shown.isalpha() or one.number.unit_like)
    unsure = OTHERS.search(said.text) or (bare and not LATIN.search(said.text))
    known: bool | None = None
    for listing in map(_without_repeats, view.listings):
        if kinds and listing.kind not in kinds:
            continue
        told = Telling(listing, clause, said, place, vocabulary)
        repeated = any(
            len(it.rows) == one.number.value > len(listing.rows) for it in view.listings if it.kind == listing.kind
        )
        if repeated and kinds == {"product"} and not told.conditions and not OTHERS.search(said.text):
            known = False
            continue
        if not told.conditions and all_told(one, said, view) and not VALID.search(said.text):
            continue
        if one.number.value in told.allowed():
            return True
        if not told.conditions:
            wide = Telling(listing, (0, len(said.text)), said, place, vocabulary)
            if wide.conditions and one.number.value in wide.allowed():
                return True
        if told.telling and not unsure and (kinds or len(view.listings) == 1):
            known = False
    return known


def _without_repeats(listing: Listing) -> Listing:
    """A product with a row of its own for what is free is one product."""
    if listing.kind != "product" or listing.shown != len(listing.rows):
        return listing
    rows = tuple({row.head: row for row in reversed(listing.rows)}.values())[::-1]
    return replace(listing, rows=rows, shown=len(rows)) if len(rows) < len(listing.rows) else listing


def _clause(place: int, said: Said) -> Span:
    """Its own words: up to a break, or to another count."""
    begin, end = said.numbers[place].number.span
    others = [one.number.span for one in said.numbers if is_count(one, said.text) and one.number.span != (begin, end)]
    before = [stop for _, stop in others if stop <= begin and not PART.fullmatch(said.text[stop:begin])]
    after = [at for at, _ in others if at >= end and not PART.fullmatch(said.text[end:at])]
    start, stop = max([0, *before]), min([len(said.text), *after])
    for breaks in (BREAK, PHRASE, EXCEPTED):
        start = max([start, *(found.end() for found in breaks.finditer(said.text, start, begin))])
        found = breaks.search(said.text, end, stop)
        stop = found.start() if found else stop
    return start, stop


def _nouns(one: Spoken, clause: Span, text: str) -> frozenset[str]:
    """The kinds of rows that it may count: by the noun behind it, in its clause, else the last before it."""
    start, end = one.number.span
    for words in (text[end : end + 8], text[start : clause[1]], text[clause[0] : start]):
        found = frozenset(kind for kind, noun in NOUNS.items() if noun.search(words))
        if found:
            return found
    return frozenset()
