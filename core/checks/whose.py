"""What numbers are about where the nearest words don't say it: totals, lists, rows by their place."""

import re
from collections.abc import Iterator, Sequence

from core.checks.around import Around, Span, Thing
from core.checks.heads import Heads
from core.checks.places import phrase_around, places_in
from core.language.days import add_months
from core.language.numerals import Kind, Number
from core.language.periods import TimeRange

SEVERAL = 2
AGAINST = re.compile(
    r"(?:领先|超过|多于|比|落后|少于)了?$|(?<![a-z])(?:than|ahead of|behind|over|above|beats|to)(?: the| our)? ?$"
)
TOTALLED = re.compile(
    r"(?:合计|总共|总数|总计|一共|共计|合共|共|加起来|累计|(?<![a-z])(?:in total|total(?:ling|s)?|altogether|"
    r"in all|together|sum)"
    r"(?: of| is| comes to|:)?)(?:计入|返利|金额|货款)?(?:是|为|:|约|差不多|大约)? ?(?:cn|rmb)? ?$"
)
TOTAL_AFTER = re.compile(r" (?:yuan )?(?:in total|in all|altogether|together|all told)(?![a-z])")
EACH_OF = re.compile(r"[^,，。;；\d]{0,10}(?:分别|依次)[^,，。;；\d]{0,4}")
LIST_ENDS = re.compile(r"[,，;；。](?! ?(?:cn|us)?[¥$]?\d)")


def as_rows_call_them(text: str, things: Sequence[Thing], heads: Heads) -> Iterator[Thing]:
    """Products of rows that have the same words in their names."""
    for start, end in {(start, end) for name, start, end in things if name.startswith("product:")}:
        for name in heads.alike(text[start:end]):
            yield name, start, end


def ranked(text: str, things: Sequence[Thing], heads: Heads) -> Iterator[Thing]:
    """The row that is called by its place, where its phrase names none."""
    for found, place in places_in(text):
        start, end = phrase_around(text, found)
        named = any(start <= at < end and name.startswith(("dealer:", "region:")) for name, at, _ in things)
        named = named and not AGAINST.search(text[: found.start()])
        if not named and place <= len(heads.order):
            yield from ((name, *found.span()) for name in heads.order[place - 1] if name.startswith("dealer:"))


def without_product(around: Around, own: frozenset[str], mine: frozenset[str], number: Number) -> frozenset[str]:
    """What is free belongs to the whole order where its phrase names no product; invoices are counted together."""
    if number.kind is not Kind.MONEY and "invoices" in around.near.union(*around.after):
        return frozenset(name for name in mine if not name.startswith("code:"))
    if "free" not in around.near or any(name.startswith("product:") for name in own):
        return mine
    return frozenset(name for name in mine if not name.startswith("product:"))


def of_all(text: str, number: Number, own: frozenset[str]) -> frozenset[str] | None:
    """What a total is about, which isn't what was told last; nothing of rows where it stands behind a sign."""
    if text[: number.span[0]].rstrip(" cnus¥").endswith("="):
        return frozenset({"whole:"})
    if TOTALLED.search(text[: number.span[0]]) or TOTAL_AFTER.match(text, number.span[1]):
        return own | {"whole:"}
    return None


def shared_out(
    text: str, times: Sequence[TimeRange], spans: Sequence[Span], entities: list[frozenset[str]]
) -> list[frozenset[str]]:
    """前三季度分别是 and three numbers: each has a quarter, or a month, of its own."""
    for time in times:
        end = EACH_OF.match(text, time.span[1])
        if end is None:
            continue
        stop = next((found.start() for found in LIST_ENDS.finditer(text, end.end())), len(text))
        row = [at for at, span in enumerate(spans) if end.end() <= span[0] < stop]
        months = (time.end.year - time.start.year) * 12 + time.end.month - time.start.month
        if len(row) < SEVERAL or months % len(row) or months // len(row) not in {1, 3}:
            continue
        for place, at in enumerate(row):
            size = months // len(row)
            start, after = add_months(time.start, size * place), add_months(time.start, size * (place + 1))
            others = {name for name in entities[at] if not name.startswith(("period:", "year:"))}
            entities[at] = frozenset(others | {f"period:{start.isoformat()}/{after.isoformat()}"})
    return entities
