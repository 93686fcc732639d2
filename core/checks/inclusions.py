"""What a sum is told to hold or to leave out, held against its rows."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from core.checks.listing import LOST, Listing, Row
from core.checks.said import Said, Spoken
from core.checks.small_numbers import small_number
from core.checks.view import View
from core.checks.wrong import Wrong

LEFT_OUT = re.compile(
    r"(?:不含|不包括|未计|(?<![a-z])(?:without|excluding|not counting|leaving out))[^。.;；()]{0,24}"
    r"(?:拒绝|取消|rejected|cancell)"
)
HOLDING = re.compile(
    r"(?<![不未没])(?<![不未没]包)(?:包括|包含|含有?|算上|加上|连同)(?!税)[^,，。;；]{0,28}(?:被拒|拒绝|取消)"
    r"|(?<!not )(?<![a-z])(?:including|includes?|takes? in|counting(?! neither| no | everything but| all but"
    r"| everything except)|together with) (?:(?! but | except )(?:[^,.;]|[,.](?=\d))){0,32}(?:rejected|cancell)"
    r"|(?<![a-z])(?:rejected|cancell?ed) or not(?![a-z])"
)
HELD = re.compile(
    r"(?:被拒|拒绝|取消)(?:(?![不未没])[^,，。;；]){0,22}(?:计入|算[进入上了在]|包括在|包含在|含在|加进|在内|统计进)"
    r"|(?:合计|总额|总计|\d)(?:这?个?数?)?[里中][^,，。;；\d]{0,4}(?:有|含|包括)[^,，。;；]{0,4}(?:被拒|拒绝|取消)"
    r"|\d[，,]? ?其中(?:有|含|包括)?(?:一[张笔])?(?:被拒|拒绝|取消)(?:绝|的|了|那[张笔]|订单)*¥"
    r"|(?<![a-z])(?:rejected|cancell?ed) (?:one|order|ones|orders)?(?:(?!not|n't|neither|never|without"
    r"|isn't)[^,.;]){0,24}"
    r"(?:counted|counts?|included|(?:is|are) (?:also |still )?(?:in|part of)|among (?:them|it)|added|adds?)(?![a-z])"
)
EVERY_ONE = re.compile(
    r"(?<![a-z])(?:all|every)(?: of)?(?: the| your| these)?(?: \w+)? orders?(?:(?!except|but"
    r"|without)[^.;]){0,16}(?:counts?|included|towards"
    r"|in the|add up|adds up|make up)(?![a-z])|(?<![a-z])(?:total|sum|value) of (?:all|every)(?! the (?:valid"
    r"|counted|other))"
    r"|(?:每一?张|所有)(?:订单)?[^,，。;；]{0,6}(?:都|均|全)?(?:计入|算[进在])"
)
DENIED = re.compile(
    r"不[计算含包]|[没未](?:有)?(?:被)?[计算含包]|除外|剔除|扣除|如果|要是|若|假如"
    r"|(?<![a-z])(?:not|n't|neither|without|excluding|excluded|leav\w+ out|left out|except|if|would)(?![a-z])"
    r"|n't(?![a-z])"
)
LEAVING = re.compile(
    r"(?:不含|不包括|不算|不计|未计|剔除|扣除|扣掉|去掉|刨去|减去|除去|除开|没有?把|没有?算上?"
    r"|没有?计入)(?P<zh>[^,，。;；()（）!！?？]*)"
    r"|(?<![a-z])(?:not counting|not including|without|excluding|leaving out|leaves out|left out)(?P<en>[^,.;()!?]*)"
)
LOST_OUT = re.compile(
    r"(?:被?拒绝?|取消)[^。;；]{0,12}(?:未|不|没有?)(?:被)?[计算]入?|(?<![a-z])(?:rejected"
    r"|cancell?ed)[^.;]{0,30}(?:not|n't) (?:counted|included|in)(?![a-z])"
)
ONLY_SUM = re.compile(
    r"(?:只|仅)(?:是|算|计|含|包括|统计)(?:了|进)?(?:最?前(?P<zh>\d+|[一二两三四五六七八九十])[张家个笔款]"
    r"|(?P<seen>看到的|列出的|上面的))"
    r"|(?<![a-z])(?:only (?:the )?(?:first|top)|(?:covers|counts|holds|is) only the (?:first|top)) "
    r"(?P<en>\d+|two|three|four|five|six|ten)"
)
FREE_AMONG = re.compile(
    r" ?(?:箱|cases?)?[里中]?面?[,，(（]? ?(?:其中)?(?:已?经?含|已?经?包括|已?经?包含|including|includes?)(?:了|有)?"
    r"(?:赠品|赠送|免费)?的? ?(?:the )?"
)


def wrong_inclusions(said: Said, view: View) -> Iterator[Wrong]:
    """That a sum holds what a result leaves out of it, or lacks a row that it holds."""
    if view.matches(LEFT_OUT):
        found = HOLDING.search(said.text)
        held = HELD.search(said.text) if not DENIED.search(said.text) else None
        held = held or (EVERY_ONE.search(said.text) if not DENIED.search(said.text) else None)
        if (found or held) and not _with_all(said, view):
            yield Wrong(f"{(found or held or [''])[0]}: they are left out")
        elif _with_all(said, view) and LOST_OUT.search(said.text) and not _totals(said, view):
            yield Wrong("it is the sum with them")
    yield from _wrongly_left_out(said, view)
    yield from _wrongly_only(said, view)
    for one, other in pairwise(said.numbers):
        between = said.text[one.number.span[1] : other.number.span[0]]
        if one.unit == other.unit == "case" and FREE_AMONG.fullmatch(between) and not _among(one, other, view):
            yield Wrong(f"{other.shown} are free beside {one.shown}")


def _totals(said: Said, view: View) -> list[Decimal]:
    """The amounts told that a result begins with."""
    told = (abs(one.number.value) for one in said.numbers if one.kind == "money")
    return [value for value in told if value in view.headline]


def _sum(rows: Sequence[Row]) -> Decimal:
    return sum((row.amounts[-1] for row in rows if row.amounts), Decimal(0))


def _with_all(said: Said, view: View) -> bool:
    """Whether it tells what all rows come to, those that are left out among them."""
    told = {abs(one.number.value) for one in said.numbers}
    return any(_sum(listing.rows) in told for listing in view.listings if len(listing.rows) > 1)


def _wrongly_left_out(said: Said, view: View) -> Iterator[Wrong]:
    """Rows that a total is told to lack, though the others alone come to less."""
    totals = _totals(said, view)
    for found in LEAVING.finditer(said.text) if totals else ():
        named = {name for name, at, _ in said.things if found.start() <= at < found.end()}
        for listing in view.listings:
            out = [row for row in listing.rows if _is_named(row, named, view)]
            if not out or len(out) == len(listing.rows) or all(row.states & LOST for row in out):
                continue
            counted = [row for row in listing.rows if not row.states & LOST]
            if not _comes_to(totals, [row for row in counted if row not in out], listing) and _comes_to(
                totals, counted, listing
            ):
                yield Wrong(f"{found.group()}: it holds them")


def _is_named(row: Row, named: set[str], view: View) -> bool:
    apart = row.things & named - view.belonging.main
    return bool(apart) or any(f"day:{start}/{end}" in named for start, end in row.days)


def _comes_to(totals: Sequence[Decimal], rows: Sequence[Row], listing: Listing) -> bool:
    return bool(listing.rows) and _sum(rows) in totals


def _wrongly_only(said: Said, view: View) -> Iterator[Wrong]:
    """A total that is told to be that of the first rows alone, and isn't."""
    totals, found = _totals(said, view), ONLY_SUM.search(said.text)
    if not totals or found is None:
        return
    word = found["zh"] or found["en"] or ""
    for listing in view.listings:
        count = small_number(word) if word else listing.shown
        if count < len(listing.rows) and not _comes_to(totals, listing.rows[:count], listing):
            yield Wrong(f"{found.group()}: it is that of all")


def _among(whole: Spoken, free: Spoken, view: View) -> bool:
    """Whether the free ones are counted in it: as a result says so, or with all that is paid."""
    cases = {
        fact.value for same in view.facts.values() for fact in same if fact.unit == "case" and "free" not in fact.cues
    }
    stated = any(
        one.number.value == whole.number.value
        and FREE_AMONG.fullmatch(line.text[one.number.span[1] : other.number.span[0]])
        for line in view.lines
        for one, other in pairwise(line.numbers)
    )
    return stated or whole.number.value - free.number.value in cases
