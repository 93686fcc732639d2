"""How long something is, in years, months, weeks or days between days in view: a shelf life, the time to a payment."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from core.checks.around import clause_of
from core.checks.meanings import days_meant
from core.checks.rounding import ABOUT, LESS, MORE, MORE_AFTER
from core.checks.said import Said, Spoken
from core.checks.stretches import readings
from core.checks.view import View
from core.checks.wrong import Wrong
from core.language.numerals import Kind, find_numbers
from core.language.periods import Grain, TimeRange

LONG: Mapping[str, Decimal] = {
    "年": Decimal("365.25"), "year": Decimal("365.25"), "月": Decimal("30.44"), "month": Decimal("30.44"),
    "周": Decimal(7), "星期": Decimal(7), "礼拜": Decimal(7), "week": Decimal(7),
    "天": Decimal(1), "日": Decimal(1), "day": Decimal(1),
}  # fmt: skip
OF_GOODS = re.compile(
    r"产(?!品|线)|出厂|保质|到期|过期|新鲜|日期|(?:能|可以?)放|存放|效期"
    r"|(?<![a-z])(?:made|produced|manufactured|fresh|lot|batch|goods|keeps?|good for|shelf|best before"
    r"|lasts?|use by|expir\w+)(?![a-z])"
)
OF_PAYMENT = re.compile(r"付|还款|应付|(?<![a-z])(?:due|pay|payment|payable|invoices?)(?![a-z])")
ENDS_OF = (
    (re.compile(r"月[底末]|本月结束|(?<![a-z])(?:month[- ]end|end of (?:the |this )?month)(?![a-z])"), 1),
    (
        re.compile(
            r"季[底末]|季度?(?:结束|截止)|(?<![a-z])(?:quarter(?:'s)?[- ]end|end of (?:the |this )?quarter"
            r"|quarter (?:ends|closes))"
        ),
        3,
    ),
    (re.compile(r"年[底末]|全年结束|(?<![a-z])(?:year[- ]end|end of (?:the |this )?year)(?![a-z])"), 12),
)
KEEPING = re.compile(
    r"产(?!品|线|生)|出厂|保质|效期|(?:能|可以?)放|(?<![a-z])(?:made|produced|keeps?|good for"
    r"|shelf life|(?:weeks?|months?|years?) old)(?![a-z])"
)
LEFT = re.compile(
    r"(?:还有|还剩|剩下?|只有|仅有|不到|距离?|离|有)(?:大?约|大概|差不多)?$"
    r"|(?<![a-z])(?:in|within|another|have|has|with|only|just|still|about|for|leaves?)(?: you| only| just| about)? ?$"
)
LEFT_AFTER = re.compile(
    r" ?(?:后|之后|以后|时间)|[- ]?(?:days|weeks|months)?[',]* ?(?:away|left|to go|from now|from today"
    r"|remaining|until|before"
    r"|till|time)(?![a-z])"
)
UNIT = re.compile(r" ?-?(?:个?月|年|周|天|日|个?星期|个?礼拜|days?|weeks?|months?|years?)")
TERMS = re.compile(r"账期|月结|逾期|停货|(?<![a-z])(?:terms|overdue|late|hold)(?![a-z])")
AGE = re.compile(
    r"(?<!以)前|至今|距今|到现在|(?:产|出厂)(?:了|才|刚|仅|不到|约|已)|(?<![a-z])(?:ago|old|since)(?![a-z])"
)
AGO_AFTER = re.compile(r" ?(?:之前|以?前|ago|old)")
NEARLY, BEYOND, EXACTLY, ROUGHLY = Decimal("0.75"), Decimal("1.6"), Decimal("0.04"), Decimal("0.1")
TOLERANCE = 1


def lasts(place: int, said: Said, view: View) -> bool:
    """Whether a number of years, months, weeks or days is how long something in view is, or is away."""
    one = said.numbers[place]
    size = _size(one)
    if size is None or one.number.value <= 0:
        return False
    return any(_so_long(one, said.text, Decimal(days) / size) for days in _lengths(one.number.span, said, view))


def lasted(time: TimeRange, said: Said, view: View) -> bool:
    """Whether so long ago is when goods in view were made: less than three weeks ago."""
    numbers = find_numbers(time.text)
    if len(numbers) != 1 or not AGO_AFTER.search(time.text):
        return False
    size = next((long for word, long in LONG.items() if word in time.text), None)
    if size is None:
        return False
    ago = [Decimal(days) / size for days in _goods(view, view.today, time.text)]
    before = said.text[: time.span[0]]
    return any(_near(numbers[0].value, value, before, "") for value in ago)


def wrong_lasting(said: Said, view: View) -> Iterator[Wrong]:
    """How long goods keep or how old they are, and in how many days something is due, where results say otherwise."""
    if view.today is None:
        return
    for place, one in enumerate(said.numbers):
        size = _size(one)
        if size is None or said.text[one.number.span[1] :].startswith("季"):
            continue
        begin, stop = clause_of(said.text, [one.number.span], one.number.span)
        words = said.text[begin:stop]
        if KEEPING.search(words) and not OF_PAYMENT.search(words) and size > 1:
            if any(_goods(view, view.today, words)) and not lasts(place, said, view):
                yield Wrong(f"{one.shown} is not how long it is")
        elif _is_left(one, said.text) and not _so_many_left(place, size, said, view):
            yield Wrong(f"{one.shown} is another day")


def _is_left(one: Spoken, text: str) -> bool:
    return bool(LEFT.search(text[: one.number.span[0]]) or LEFT_AFTER.match(text, _behind(one, text)))


def _so_many_left(place: int, size: Decimal, said: Said, view: View) -> bool:
    """Whether the one day that the sentence names is so long away; without one, a day on which something is due."""
    one, today = said.numbers[place], view.today or date.min
    start = one.number.span[0]
    days = [time for time in said.times if time.grain is Grain.DAY]
    away = {abs((day - today).days) for time in days for day, _ in readings(time)}
    if len(days) > 1 or 0 in away:
        return True
    ends = {(day - today).days for day in _ends_told(said.text, today)} if not days else set()
    if ends and not OF_PAYMENT.search(said.text):
        return any(abs(end * 1 - one.number.value * size) <= TOLERANCE * size for end in ends)
    if not days:
        due = {(day - today).days for listing in view.listings for row in listing.rows for day, _ in row.due}
        if not (OF_PAYMENT.search(said.text) or "到期" in said.text) or not due or TERMS.search(said.text):
            return True
        away = due
    within = TOLERANCE if size == 1 else 0
    told, before, after = one.number.value, said.text[:start], said.text[_behind(one, said.text) :]
    return any(_near(told, many / size, before, after, within, about=one.number.approximate) for many in away)


def _size(one: Spoken) -> Decimal | None:
    like = one.number.unit_like or ""
    if one.number.kind is not Kind.TIME:
        return None
    return next((long for word, long in LONG.items() if word in like), None) if "季" not in like else None


def _behind(one: Spoken, text: str) -> int:
    """Where its unit ends."""
    found = UNIT.match(text, one.number.span[1])
    return found.end() if found else one.number.span[1]


def _lengths(span: tuple[int, int], said: Said, view: View) -> Iterator[int]:
    """Days that a number in the sentence may be: of goods, until something, between two days that are told."""
    told = [
        start
        for time in said.times
        if time.grain is Grain.DAY
        for start, end in readings(time)
        if (start, end) in view.times
    ]
    told += [view.today] if view.today else []
    yield from (abs((one - other).days) for at, one in enumerate(told) for other in told[at + 1 :] if one != other)
    begin, stop = clause_of(said.text, [span], span)
    if OF_GOODS.search(said.text) and not OF_PAYMENT.search(said.text[begin:stop]):
        yield from _goods(view, view.today, said.text[begin:stop])
    elif len(told) < 2 and view.today and _ahead(span, said.text):
        ahead = {start for start, end in view.exact if (end - start).days == 1 and start > view.today}
        due = {start for listing in view.listings for row in listing.rows for start, _ in row.due}
        ahead |= set(_ends_told(said.text, view.today))
        ahead = (ahead & due or ahead) if OF_PAYMENT.search(said.text) else ahead
        yield from ((day - view.today).days for day in ahead)


def _ends_told(text: str, today: date) -> Iterator[date]:
    """The last day of the month, quarter or year that is running, where it is told of."""
    for pattern, months in ENDS_OF:
        if pattern.search(text):
            month = (today.month - 1) // months * months + months
            yield date(today.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _ahead(span: tuple[int, int], text: str) -> bool:
    return bool(LEFT.search(text[: span[0]]) or LEFT_AFTER.search(text[span[1] :]))


def _goods(view: View, today: date | None, words: str) -> Iterator[int]:
    """How long goods keep, how long ago they were made, and how long they have left, each where it is told of."""
    days = {
        name: {start for line in view.lines for one, spans in days_meant(line) if one == name for start, _ in spans}
        for name in ("made", "keeps")
    }
    if today and AGE.search(words):
        yield from ((today - made).days for made in days["made"] if made <= today)
        return
    for same in view.facts.values():
        yield from (int(fact.value) for fact in same if "shelf_life" in fact.cues)
    yield from ((keeps - made).days for made in days["made"] for keeps in days["keeps"] if keeps > made)
    if today and re.search(r"还|剩|left|remaining|still|more|from now", words):
        yield from ((keeps - today).days for keeps in days["keeps"] if keeps > today)


def _so_long(one: Spoken, text: str, value: Decimal) -> bool:
    start, end = one.number.span
    before = text[:start] + (one.shown[:1] if one.shown.startswith("近") else "")
    about = one.number.approximate and not LESS.search(before) and not MORE.search(before)
    return _near(one.number.value, value, before, text[end:], about=about)


def _near(told: Decimal, value: Decimal, before: str, after: str, within: int = 0, *, about: bool = False) -> bool:
    """Whether so much is told of a value: less than it, more than it, about or just it."""
    if LESS.search(before) or re.search(r"(?:差不多|近)$", before):
        return told * NEARLY <= value < told + within
    if MORE.search(before) or MORE_AFTER.match(after):
        return told - within <= value <= told * BEYOND
    slack = ROUGHLY if about or ABOUT.search(before) else EXACTLY
    return abs(value - told) <= max(told * slack, Decimal(within))
