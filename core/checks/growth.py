"""Which row grew or fell the most, and what a change comes mainly from: told only as the rows' own changes show."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from core.checks.around import STOP
from core.checks.listing import Listing, Row
from core.checks.places import phrase_around
from core.checks.said import Said
from core.checks.small_numbers import small_number
from core.checks.view import View
from core.checks.wrong import Wrong

UP = r"(?:growth|increases?|rises?|gains?|improvements?|jumps?|uplift|movers?|climbers?|gainers?|risers?|climbs?)"
DOWN = r"(?:falls?|declines?|drops?|decreases?|loss(?:es)?|slump|slide|dip)"
STRONG = r"(?:strongest|best|biggest|largest|highest|steepest|fastest|sharpest|greatest|top)"
BAD = r"(?:steepest|biggest|largest|sharpest|deepest|worst|heaviest|highest|greatest)"
EXTREMES: Mapping[bool, re.Pattern[str]] = {
    True: re.compile(
        r"(?:增长|涨|增速|涨幅|增幅|升幅|增加|上升)得?最(?:快|多|大|高|猛|强)|最(?:快|大|高|强)的?(?:增长|增幅"
        r"|涨幅|增速)"
        rf"|(?<![a-z])(?:grew|grown|growing|rose|risen|gained|improved|climbed|increased) (?:the )?(?:fastest"
        rf"|most|strongest|best)"
        rf"|(?<![a-z]){STRONG} (?:year-on-year |sales |percentage )?{UP}(?![a-z])|(?<![a-z])fastest[- ]grow(?:ing|er)"
        r"|(?<![a-z])(?:growth|increase|rise) (?:was|is) led by|(?<![a-z])led the (?:growth|increase|rise)(?![a-z])"
    ),
    False: re.compile(
        r"(?:跌|降|跌幅|降幅|下滑|下降|下跌|减少|减|掉|缩)得?最(?:快|多|大|高|狠|深|猛|厉害)|最(?:大"
        r"|深)的?(?:跌幅|降幅|下滑)"
        rf"|(?<![a-z])(?:fell|fallen|falling|dropped|declined|slipped|lost|shrank|decreased"
        rf"|slid) (?:the )?(?:furthest|farthest|most|fastest|hardest)"
        rf"|(?<![a-z]){BAD} (?:year-on-year |sales |percentage )?{DOWN}(?![a-z])"
    ),
}
NOBODY = re.compile(
    r"(?<![a-z])(?:no one|nobody|none|no other dealer)[^.;,]{0,30}(?:grew|rose|gained"
    r"|improved)[^.;,]{0,8} (?:more|faster) than"
    r"|没有[^,，。;；]{0,10}比[^,，。;；]{1,14}(?:涨|增|升)[^,，。;；]{0,4}(?:多|快|高)"
)
NOBODY_FELL = re.compile(
    r"(?<![a-z])(?:no one|nobody|none|no other dealer)[^.;,]{0,30}(?:fell|dropped|declined"
    r"|lost)[^.;,]{0,8} (?:more|further|faster) than"
    r"|没有[^,，。;；]{0,10}比[^,，。;；]{1,14}(?:跌|降|减)[^,，。;；]{0,4}(?:多|狠|快)"
)
OF_ALL = re.compile(
    r"所有|全部|全区|整个|(?<![a-z])(?:of all|all dealers|in the region|overall"
    r"|of everyone)(?![a-z])"
)
ONLY_WENT = re.compile(
    r"(?:只有|仅有?|唯一(?:是|有)?)(?P<zh>[^,，。;；]{2,20}?)(?:一家)?(?:是|在)?(?:增长|上涨|上升|下降|下跌|下滑|涨|跌|升|降)"
    r"|唯一(?:的)?(?:一[家个]|个)?(?:在|是|实现|保持)?(?:同比|环比)?(?:正|负)?(?:增长|上涨|上升|下降"
    r"|下跌|下滑|涨|跌|升|降)(?:了)?(?:的)?"
    r"|(?<![a-z])(?:the )?only (?:one|dealer)[^.;]{0,30}(?:grew|rose|fell|dropped|declined|up|down|gained"
    r"|lost)(?![a-z])"
)
OWN_WAY = re.compile(
    r"[^,，。;；\d]{0,5}(?:逆势|明显|大幅|小幅|略有?|有所)?(?:增长|上涨|下滑|下降|下跌|上升)(?:了|明显|较大|$"
    r"|(?=[,，。;；]))"
    r"| (?:has |have )?(?:grew|grown|rose|risen|fell|fallen|declined|dropped|improved|is up|is down|was up"
    r"|was down)(?![a-z])"
)
SUPPOSED = re.compile(
    r"(?<![a-z])without [^.;]{2,60}would (?:have|be)(?![a-z])|(?:要是|如果"
    r"|若)?没有[^,，。;；]{2,14}[,，]?[^,，。;；]{0,8}(?:就会|会是|早就)"
)
FASTER = re.compile(
    r"(?<![a-z])(?:grew|rose|gained|improved|increased|growing) (?:much |far |slightly |even )?(?:faster|more"
    r"|better|quicker) than"
    r"|(?<=.)比[^,，。;；\d]{2,20}(?:涨|增长|增|升)得?(?:更|还)?(?:多|快|高)"
)
ITS = re.compile(r"其(?!中|他|它|余)|它|(?<![a-z])(?:its|it|which|that)(?![a-z])")
RATE = re.compile(r"%|快|幅|速|猛|强|fast|strong|steep|sharp|quick|best|highest|deep|worst|percent|rate")
TOP = re.compile(
    r"前(\d+|[二两三四五六七八九十])[家名位大]|(?<![a-z])(?:top|first|largest|biggest|of the|of these|of those"
    r"|your|our)"
    r" (\d+|two|three|four|five|six|ten)(?![a-z])"
)
CHANGE = re.compile(
    r"下降|下滑|下跌|降幅|跌幅|减少|跌|增长|增幅|涨幅|上升|增加|回落|环比|同比"
    rf"|(?<![a-z])(?:{UP}|{DOWN}|down|up|shortfall|change)(?![a-z])"
)
FALLING = re.compile(
    rf"下降|下滑|下跌|降幅|跌幅|减少|跌|拖|回落|环比-|(?<![a-z])(?:{DOWN}|down|drag(?:ged)?|shortfall)(?![a-z])"
)
MAINLY = re.compile(
    r"(?:主要|大部分|大半|多半)(?:是|还是|就是)?(?:来自|由|因|受|靠|被|源于|在"
    r"|出在)?(?P<zh>[^,，。;；]{1,18}?)(?:拖累|贡献|带动|拉动|造成|拉低|引起|$|(?=[,，。;；]))"
    r"|拖后腿|主因|集中在|拖累最|最大(?:的)?(?:拖累|贡献|功臣)|贡献(?:了)?(?:最大|最多|大部分|大半)"
    r"|(?<![a-z])(?:main(?:ly)?|mostly|largely|chiefly|primarily|most of (?:the|this|that)|(?:biggest|largest"
    r"|main) (?:part|share|"
    r"contribut\w+|drag|driver|reason|factor|source)|bulk of|lion's share"
    r"|thanks to|pulled|concentrated (?:at|in|on)|driven by|(?:is|was) behind the|led by)(?![a-z])"
)
MAKES_UP = re.compile(r"(?<![a-z])(?:makes? up|accounts? for|is|are) (?:by far )?the $")
FELL = re.compile(r"跌|降|(?<![a-z])(?:fell|dropped|declined|lost)(?![a-z])")
KINDS = ("dealer:", "region:", "product:", "period:", "code:")
LEAST, CHARTED = 2, 10


def wrong_growth(said: Said, view: View) -> Iterator[Wrong]:
    """A row that is told as what moved the most, or moved a whole, and isn't by any measure of its rows."""
    for up, pattern in EXTREMES.items():
        for found in pattern.finditer(said.text):
            yield from _not_extreme(found, said, view, up=up)
    for up, pattern in ((True, NOBODY), (False, NOBODY_FELL)):
        for found in pattern.finditer(said.text):
            yield from _not_extreme(found, said, view, up=up, behind=True)
    yield from _not_only(said, view)
    yield from _no_change_told(said, view)
    yield from _not_faster(said, view)
    yield from _not_mainly(said, view)


def _not_extreme(found: re.Match[str], said: Said, view: View, *, up: bool, behind: bool = False) -> Iterator[Wrong]:
    start, end = phrase_around(said.text, found)
    if said.text[end : end + 1] in {":", "："}:
        end = phrase_around(said.text, re.compile(".").search(said.text, end) or found)[1]
    rate = bool(RATE.search(said.text, start, end))
    for listing in view.listings:
        row = _row_of(found.end() if behind else start, end, said, view, listing)
        if row is None:
            continue
        if not any(_changes(listing.rows, view)):
            yield Wrong(f"{found.group()}: results tell no change of {row.head}")
        elif not any(_leads(row, part, view, up=up, rate=rate) for part in _parts(said, listing)):
            yield Wrong(f"{row.head}: not {found.group()}")


def _row_of(start: int, end: int, said: Said, view: View, listing: Listing) -> Row | None:
    """The one row that the phrase names, or has a figure of, or that was named last before it."""
    apart = view.belonging.main
    named = {name for name, at, _ in said.things if start <= at < end and name.startswith(KINDS)}
    rows = [row for row in listing.rows if row.things & named - apart]
    if not rows and not named:
        told = {abs(one.number.value) for one in said.numbers if start <= one.number.span[0] < end}
        rows = [row for row in listing.rows if told.intersection((*row.percents, *row.amounts))]
    if not rows and not named and ITS.search(said.text[start:end]):
        before = [(at, name) for name, at, _ in said.things if at < start and name.startswith(KINDS)]
        last = {name for at, name in before if at == max(before)[0]}
        rows = [row for row in listing.rows if row.things & last - apart]
    return rows[0] if len(rows) == 1 and len(listing.rows) >= LEAST else None


def _parts(said: Said, listing: Listing) -> list[Sequence[Row]]:
    """The first so many where the sentence says so, else all rows and those that are seen."""
    tops = [found[1] or found[2] for found in TOP.finditer(said.text)]
    counts = [small_number(word) for word in tops]
    if not counts and OF_ALL.search(said.text):
        return [listing.rows]
    return [listing.rows[:count] for count in counts] or [
        listing.rows[:count] for count in (len(listing.rows), listing.shown, CHARTED)
    ]


def _leads(row: Row, part: Sequence[Row], view: View, *, up: bool, rate: bool) -> bool:
    """Whether its change is the first of the part, in per cent or, unless a rate is told, in money."""
    if row not in part:
        return False
    place = part.index(row)
    for values in _columns(part, view)[: 1 if rate and _percent(row) is not None else 2]:
        known = [value for value in values if value is not None]
        if values[place] is not None and values[place] == (max(known) if up else min(known)):
            return True
    return False


def _columns(rows: Sequence[Row], view: View) -> tuple[list[Decimal | None], list[Decimal | None]]:
    return [_percent(row) for row in rows], _changes(rows, view)


def _percent(row: Row) -> Decimal | None:
    return None if row.fell is None or not row.percents else -row.percents[-1] if row.fell else row.percents[-1]


def _changes(rows: Sequence[Row], view: View) -> list[Decimal | None]:
    """By how much each row's amount changed, where results have what it was or the per cent."""
    return [_moved(row, _before(view).get(_own(row, view))) for row in rows]


def _own(row: Row, view: View) -> str:
    return next((name for name in sorted(row.things - view.belonging.main) if name.startswith(KINDS)), row.head)


def _before(view: View) -> Mapping[str, Decimal]:
    return {
        name: fact.value
        for same in view.facts.values()
        for fact in same
        if fact.kind == "money" and "before" in fact.cues
        for name in fact.entities - view.belonging.main
        if name.startswith(KINDS)
    }


def _moved(row: Row, before: Decimal | None) -> Decimal | None:
    if not row.amounts:
        return None
    if before is not None:
        return row.amounts[0] - before
    percent = _percent(row)
    return None if percent is None or percent <= -100 else row.amounts[0] * percent / (100 + percent)


def _not_faster(said: Said, view: View) -> Iterator[Wrong]:
    """That one grew faster than another, which grew at least as fast."""
    for found in FASTER.finditer(said.text):
        start, end = phrase_around(said.text, found)
        named = [(at, name) for name, at, _ in said.things if start <= at < end and name.startswith(KINDS)]
        split = found.end() if found.group().isascii() else found.start()
        for listing in view.listings:
            first, second = (
                [row for row in listing.rows if row.things & {n for at, n in named if (at < split) is way}]
                for way in (True, False)
            )
            if len(first) == len(second) == 1 and first != second:
                pair = [_percent(first[0]), _percent(second[0])]
                if pair[0] is None or pair[1] is None or pair[0] <= pair[1]:
                    yield Wrong(f"{found.group()}: it didn't")


def _not_only(said: Said, view: View) -> Iterator[Wrong]:
    """That one row alone went a way, where others of the part did too or it didn't."""
    for found in ONLY_WENT.finditer(said.text):
        start, end = phrase_around(said.text, found)
        up = not FALLING.search(found.group()) and not FELL.search(found.group())
        named = {name for name, at, _ in said.things if start <= at < end and name.startswith(KINDS)}
        for listing in view.listings:
            rows = [row for row in listing.rows if row.things & named - view.belonging.main]
            if not rows and not named and found.group()[:2] == "唯一":
                last = [name for name, at, _ in said.things if at < start and name.startswith(KINDS)][-1:]
                rows = [row for row in listing.rows if row.things & set(last)]
            if not rows or len(listing.rows) < LEAST:
                continue
            so = any(
                [row for row in part if row.fell is not None and row.fell is not up] == rows
                for part in _parts(said, listing)
            )
            if not so:
                yield Wrong(f"{found.group()}: rows went otherwise")


def _no_change_told(said: Said, view: View) -> Iterator[Wrong]:
    """That a row grew or fell, where results tell no change of any."""
    for name, _, stop in said.things:
        if not name.startswith("dealer:") or name in view.belonging.main or not OWN_WAY.match(said.text, stop):
            continue
        listings = [one for one in view.listings if any(name in row.things for row in one.rows)]
        if listings and not any(change is not None for one in listings for change in _changes(one.rows, view)):
            yield Wrong(f"results tell no change of {name}")
    if (found := SUPPOSED.search(said.text)) and view.listings:
        named = {name for name, at, _ in said.things if found.start() <= at < found.end() and name.startswith(KINDS)}
        if named - view.belonging.main:
            yield Wrong(f"{found.group()} is worked out in no result")


def _not_mainly(said: Said, view: View) -> Iterator[Wrong]:
    """A main cause of a change that rows' own changes don't show."""
    for found in MAINLY.finditer(said.text):
        start = max([0, *(one.end() for one in STOP.finditer(said.text, 0, found.start()))])
        end = next((one.start() for one in STOP.finditer(said.text, found.end())), len(said.text))
        clause = said.text[start:end]
        if MAKES_UP.search(said.text, start, found.start()):
            continue
        if not (CHANGE.search(clause) or "drag" in clause or "拖" in clause):
            continue
        up = not FALLING.search(clause)
        named = {name for name, at, _ in said.things if start <= at < end and name.startswith(KINDS)}
        for listing in view.listings:
            rows = [row for row in listing.rows if row.things & named - view.belonging.main]
            if not rows or len(listing.rows) < LEAST:
                continue
            changes = _changes(listing.rows, view)
            if not _led_by(rows, listing, changes, up=up):
                yield Wrong(f"{found.group()}: rows' changes don't show it")


def _led_by(rows: Sequence[Row], listing: Listing, changes: Sequence[Decimal | None], *, up: bool) -> bool:
    """Whether the rows named are those that moved the most that way."""
    known = sorted((value for value in changes if value is not None), reverse=up)
    theirs = [value for row, value in zip(listing.rows, changes, strict=True) if row in rows]
    return sorted((value for value in theirs if value is not None), reverse=up) == known[: len(rows)] and all(
        value is not None and (value > 0) is up for value in theirs
    )
