"""The most, the least, the more of two; every quarter, all of the first: told of rows only where they are so."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from core.checks.listing import Listing, Row
from core.checks.places import phrase_around
from core.checks.rounding import step_of
from core.checks.row_conditions import WENT
from core.checks.said import Said
from core.checks.small_numbers import small_number
from core.checks.topping import listed_at_top
from core.checks.view import View
from core.checks.wrong import Wrong

MOST = re.compile(
    r"最多|最大|最高|最强|最好|居首|(?<![a-z])(?:most(?! of)|largest|biggest|highest|strongest|best"
    r"|busiest|top)(?![a-z])(?! (?:one|two|three|four|"
    r"five|ten|\d))"
)
LEAST = re.compile(
    r"最少|最小|最低|最弱|最差|垫底|(?<![a-z])(?:least|smallest|lowest|weakest|fewest|worst|slowest"
    r"|bottom)(?![a-z])(?! (?:three|five))"
)
MORE_OF_TWO = re.compile(
    r"[更较](?:多|大|高)|(?<![a-z])(?:the )?(?:larger|bigger|higher) (?:one|share|part|half|of the two)(?![a-z])"
)
NOT_AMOUNTS = re.compile(
    r"增|涨|降|跌|升|幅|变化|单价|箱价|价格|档|费率|(?<![a-z])(?:grow\w*|grew|growth|fell|fall|drop\w*"
    r"|declin\w*|slip\w*|shr[aiu]nk|lost|los\w*|los|improv\w*|rose|rise|increase|gain\w*|mov\w+|climb\w*|jump\w*|risers?|change|rate|"
    r"tier|price[sd]?|at (?:most|least)|likely|recent|the most you|possible)(?![a-z])"
)
DENIED = re.compile(
    r"不是|并非|不算|除|(?<![a-z])(?:not|n't|isn't|except|apart|after|behind|second|third|next)(?![a-z])"
    r"|第[二三四五]|其次|仅次"
)
OTHER_SUBJECT = re.compile(r"箱|瓶|发票|(?<![a-z])(?:cases?|bottles?|invoices?)(?![a-z])")
EACH_UP = re.compile(
    r"逐[季月年]|一路|连续|节节|一[季月]比一[季月]|每个?季度?都(?:比|在)|(?<![a-z])(?:every"
    r"|each) (?:quarter|month)|(?:quarter|month)"
    r" (?:by|after|on) (?:quarter|month)|steadily|all (?:year|along)(?![a-z])"
)
UP = re.compile(
    r"升|涨|增|走高|往上|高|多|(?<![a-z])(?:up|ris\w+|rose|grew|grow\w*|climb\w*|increas\w*|more|higher)(?![a-z])"
)
DOWN = re.compile(
    r"降|跌|减|走低|往下|下滑|(?<![a-z])(?:down|fell|fall\w*|drop\w*|declin\w*|less|lower|shr[aiu]nk)(?![a-z])"
)
ALL_OF_TOP = re.compile(
    r"前([二三四五六七八九十2-9])[家名位]?[^,，。;；]{0,8}(?:都|全|均)|(?<![a-z])all (?:of )?(?:the "
    r"|our )?(?:top |first )?(two|three|four|five|six|ten)"
    r"|(?<![a-z])(?:the |our )?(?:top|first) (two|three|four|five|six|ten) [a-z ]{0,12}all(?![a-z])"
)
EXTREMES: Sequence[tuple[re.Pattern[str], Callable[[Sequence[Decimal]], Decimal]]] = (
    (MOST, max),
    (LEAST, min),
    (MORE_OF_TWO, max),
)
OF_AMOUNT = re.compile(r"金额|总额|(?<![a-z])(?:amount|value|line)(?![a-z])")
OF_GROUP = re.compile(
    r"([\u4e00-\u9fff]{2})(?:地区|那边|这边)?的?(?:经销商|客户|几家)(?:里面?|中|当中|之中)"
    r"|(?<![a-z])(?:among|of) the ([a-z]{4,}) (?:dealers|ones)(?![a-z])"
)
PAIR, MANY, LONG = 2, 50, 8


def wrong_superlatives(said: Said, view: View) -> Iterator[Wrong]:
    """A row that is told as the most or the least, and is so in no column of its table."""
    top = listed_at_top(said, view)
    if top is not None and not top[0]:
        yield Wrong("they aren't those at the top")
    for pattern, extreme in EXTREMES:
        for found in pattern.finditer(said.text):
            if top is not None and top[1] <= found.start() <= top[1] + LONG:
                continue
            start, end = phrase_around(said.text, found)
            phrase = said.text[start:end]
            if NOT_AMOUNTS.search(phrase) or DENIED.search(phrase) or OTHER_SUBJECT.search(phrase):
                continue
            named = {name for name, at, stop in said.things if start <= at and stop <= end}
            for listing in view.listings:
                if wrong := _not_extreme(named, extreme, listing, said, view):
                    yield Wrong(f"{wrong.head} isn't {found.group()}")
    yield from _not_steady(said, view)
    yield from _not_all(said, view)


def _not_extreme(
    named: set[str], extreme: Callable[[Sequence[Decimal]], Decimal], listing: Listing, said: Said, view: View
) -> Row | None:
    """The one row that is named, where no column of all rows, or of the first so many, has its most or least in it."""
    rows = [row for row in listing.rows if row.things & named - view.belonging.main and _figures(row)]
    if len(rows) != 1 or len(listing.rows) < PAIR:
        return None
    told = {
        int(one.number.value) for one in said.numbers if one.kind == "quantity" and PAIR <= one.number.value <= MANY
    }
    firsts = {len(listing.rows), listing.shown, *told}
    if group := OF_GROUP.search(said.text):
        some = [row for row in listing.rows if (group[1] or group[2]) in row.words]
        if rows[0] in some and len(some) >= PAIR:
            return (
                None
                if any(
                    figure == extreme([_figures(row)[at] for row in some if len(_figures(row)) > at])
                    for at, figure in enumerate(_figures(rows[0]))
                )
                else rows[0]
            )
    parts = [listing.rows[:count] for count in firsts if rows[0] in listing.rows[:count]]
    columns = [(at, figure) for at, figure in enumerate(_figures(rows[0]))]
    if OF_AMOUNT.search(said.text):
        columns = [(at, figure) for at, figure in columns if at == len(rows[0].amounts) - 1] or columns
    known = [(at, figure) for at, figure in columns if sum(len(_figures(row)) > at for row in listing.rows) >= PAIR]
    so = any(
        figure == extreme([_figures(row)[at] for row in part if len(_figures(row)) > at])
        for at, figure in known
        for part in parts
    )
    return rows[0] if known and not so else None


def _figures(row: Row) -> tuple[Decimal, ...]:
    return (*row.amounts, *row.percents)


def _not_steady(said: Said, view: View) -> Iterator[Wrong]:
    """That something went up every quarter or month, where rows of times didn't."""
    told = EACH_UP.search(said.text)
    ways = [way for way, pattern in ((1, UP), (-1, DOWN)) if told and pattern.search(said.text)]
    if told is None or len(ways) != 1:
        return
    for listing in view.listings:
        if listing.kind != "period" or len(listing.rows) < PAIR:
            continue
        columns = zip(*(row.amounts for row in listing.rows), strict=False)
        if not any(_goes(list(column), ways[0], said) for column in columns):
            yield Wrong(f"{told.group()}: it went otherwise")


def _goes(values: Sequence[Decimal], way: int, said: Said) -> bool:
    """Whether they go one way: all of them, the first so many that a stretch of time says, or those that are told."""
    told = [(abs(one.number.value), step_of(one.shown, abs(one.number.value))) for one in said.numbers]
    some = [value for value in values if any(abs(value - number) < step for number, step in told)]
    rows = [values, some if values[-1] not in some else []]
    for time in said.times:
        months = (time.end.year - time.start.year) * 12 + time.end.month - time.start.month
        rows += [values[: months // 3]] if time.start.month == 1 and 3 < months < 12 else []
    return any(len(row) > 1 and all((b - a) * way > 0 for a, b in pairwise(row)) for row in rows)


def _not_all(said: Said, view: View) -> Iterator[Wrong]:
    """That all of the first so many went up, or down."""
    told = ALL_OF_TOP.search(said.text)
    if told is None:
        return
    word = next(one for one in told.groups() if one)
    count = small_number(word)
    start, end = phrase_around(said.text, told)
    ways = [fell for fell, pattern in WENT.items() if pattern.search(said.text, start, end)]
    for listing in view.listings if len(ways) == 1 else ():
        rows = listing.rows[:count]
        if (
            len(rows) == count
            and all(row.fell is not None for row in rows)
            and any(row.fell is not ways[0] for row in rows)
        ):
            yield Wrong(f"{told.group()}: not all of them")
