"""Whether the times that a sentence names are in view."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from core.checks.around import clause_of
from core.checks.clocks import clocks_in
from core.checks.lasting import lasted
from core.checks.meanings import of_goods
from core.checks.spoken import Said, readings
from core.checks.view import View
from core.checks.wrong import Wrong
from core.language.days import add_years
from core.language.numerals import find_numbers
from core.language.periods import Grain, TimeRange

NOW = re.compile(r"^(?:今天|今日|当天|目前|现在|today|now|right now|at present|currently)$")
WEEKDAY = re.compile(
    r"(?:(?:这|本)?(?:周|星期|礼拜)[一二三四五六日天])|(?:on |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:on )?(?:mon|tue|wed|thu|fri|sat|sun)"
)
AGO = re.compile(r"(week|day|周|星期|礼拜|天|日)s? ?(?:之?前|ago)")
GENERAL = re.compile(
    r"(?:the )?end of the (?:month|quarter|year)|(?:the )?(?:month|quarter|year)[ -]?end"
    r"|(?:当)?[月季年](?:底|末|初|中(?!旬))|(?:early|mid|late)[ -](?:in the )?(?:month|quarter|year)"
)
ENDING = re.compile(r"[底末]|end|late")
OFFER = re.compile(
    r"(?:需不需要|需要我|要不要|要我|是否需要|想不想|我可以|如需|如果需要|"
    r"(?<![a-z])(?:shall i|should i|would you like|do you want|"
    r"want me to|i can also|i could also|let me know|need me to))[^,，;；]*(?:[?？]|吗|么|呢|[.。]?$)"
)
ADVICE = re.compile(
    r"建议|不妨|最好|可以(?:考虑|在|趁)|推荐|(?<![a-z])(?:i(?:'d| would)? (?:suggest|recommend|put|aim|plan|reach)|"
    r"(?:worth|best to)|(?:suggest|recommend)(?:ed|ing)?|you (?:could|might|may want to)|maybe|perhaps|consider|"
    r"tip)(?![a-z])"
)
HOLDS = re.compile(r"活动|促销|优惠|价格|有效|(?<![a-z])(?:promotion|offer|deal|price|valid|runs?|lasts?)(?![a-z])")
UNTIL = re.compile(r"(?:到|至|直到|截止)(?:本|这个?|当)?$|(?<![a-z])(?:until|till|through|to|by) (?:the )?$")
UNTIL_AFTER = re.compile(r"(?:为止|截止|结束)")
PAPERS = re.compile(r"票|单|订|货|(?<![a-z])(?:invoices?|orders?|goods|purchases)(?![a-z])")
BARE_DAY = re.compile(r"(?:on )?the (\d{1,2})(?:st|nd|rd|th)|(\d{1,2})[日号]")
LAST_DAY = re.compile(
    r"\d.*(?:[-~至到]|(?<![a-z])(?:to|through|until|and)) ?(?:the )?(?:20\d\d[-年/.])?(?:\d{1,2}[-月/.]|[a-z]+\.? )?"
    r"(\d{1,2})(?:[日号]|st|nd|rd|th)?(?:,? 20\d\d)?$"
)
MONTH = 31
FRACTION = re.compile(r"(\d{1,2})/(\d{1,2})")
ONE_DAY = timedelta(days=1)
GETS = re.compile(r"(?<![a-z])(?:pay|get|buy|take|receive) $")  # "get 11 through 30 nov" are 11 cases
BRACKET, NEAR = re.compile(r" ?[(（,]"), 4
DEADLINE = re.compile(r"到期|截止|逾期|前付|(?<![a-z])(?:due|deadline|overdue|expires?)(?![a-z])")
WHOLE = re.compile(r"整个?$|(?<![a-z])(?:whole|entire|full|all(?= of))(?: month| quarter)?(?: of)?(?: the)? $")
WHOLE_AFTER = re.compile(r"(?:份)?(?:全月|整月|整个月|一整月)")
ASKING = re.compile(r"^.*(?:[?？]|[吗呢么][。.!]?)\s*$")
OFFERING = re.compile(
    r"需不需要|需要|要不要|要我|是否|想不想|(?<![a-z])(?:shall i|should i|would you like|do you want|want me to"
    r"|need me to)"
    r"(?![a-z])"
)


def unknown_times(said: Said, view: View) -> Iterator[Wrong]:
    """Stretches of time that neither results nor the reader named; today may always be said, others may be offered."""
    advised = ADVICE.search(said.text)
    offered = OFFER.search(said.text) or (not said.numbers and ASKING.search(said.text))
    for time in said.times:
        if offered and time.span[0] >= offered.start() and time.grain is not Grain.DAY:
            continue
        over = view.today is not None and time.end <= view.today and (time.start, time.end) in view.wanted
        if (
            _told_whole(time, said)
            and (time.start, time.end) not in view.exact
            and not (over or _of_periods(time, view))
        ):
            yield Wrong(f"the whole of {time.text} is in no result")
        if advised and advised.start() <= time.span[0] and _is_rough(time, said):
            continue
        if _is_part(time, view) or _is_got(time, said, view):
            continue
        if WEEKDAY.fullmatch(time.text.strip()):
            if not _on_weekday(time, said, view):
                yield Wrong(f"{time.text} is another day")
            continue
        if (
            NOW.match(time.text.strip().lower())
            or time.comparison
            or (GENERAL.fullmatch(time.text.strip().lower()) and not _is_limit(time, said))
        ):
            continue
        known = view.times.intersection(_spans(time)) or _pieced_together(time, view) or _ago(time, view)
        known = known or _part_of_all(time, view) or _of_papers(time, said, view)
        known = known or lasted(time, said, view) or of_goods(time, said, view) or _of_bracket(time, said, view)
        if not known:
            yield Wrong(f"{time.text} is in no result")


def _is_got(time: TimeRange, said: Said, view: View) -> bool:
    """Get 11 through 30 nov: so many cases, and a day of results."""
    return bool(GETS.search(said.text[: time.span[0]])) and (time.end - ONE_DAY, time.end) in view.times


def _is_part(time: TimeRange, view: View) -> bool:
    """5/6: so many rows are seen of those that a result counts, and no day of June."""
    found = FRACTION.fullmatch(time.text.strip())
    if found is None or Decimal(found[2]) not in view.headline:
        return False
    return any(listing.shown == int(found[1]) for listing in view.listings)


def _of_papers(time: TimeRange, said: Said, view: View) -> bool:
    """The month, or the third of one, that days of orders or invoices in view lie in, told of those."""
    if time.grain is Grain.DAY or (time.end - time.start).days > MONTH or not PAPERS.search(said.text):
        return False
    days = [start for listing in view.listings for row in listing.rows for start, _ in row.days]
    return any(start <= day < end for day in days for start, end in readings(time))


def _of_periods(time: TimeRange, view: View) -> bool:
    """Whether results have stretches that, one behind the other, are the whole of it: both quarters of a half."""
    reached = time.start
    while reached < time.end:
        ahead = [end for start, end in view.exact if start == reached and not one_day(start, end) and end <= time.end]
        if not ahead:
            return False
        reached = max(ahead)
    return True


def _of_bracket(time: TimeRange, said: Said, view: View) -> bool:
    """This year (Nov 1-20): the year of the days that stand in brackets behind it."""
    if time.grain is not Grain.YEAR or not BRACKET.match(said.text, time.span[1]):
        return False
    inside = [one for one in said.times if 0 <= one.span[0] - time.span[1] <= NEAR]
    return any(
        (add_years(one.start, by), add_years(one.end, by)) in view.times
        for one in inside
        for by in (time.start.year - one.start.year,)
    )


def _is_limit(time: TimeRange, said: Said) -> bool:
    """Whether something is told to hold until then, which results must say."""
    start, end = time.span
    return bool(
        HOLDS.search(said.text[:start]) and (UNTIL.search(said.text[:start]) or UNTIL_AFTER.match(said.text, end))
    )


def _on_weekday(time: TimeRange, said: Said, view: View) -> bool:
    """Whether the days that are named beside it, else any of the results, are such a day of the week."""
    days = [
        start
        for other in said.times
        if other.grain is Grain.DAY and not WEEKDAY.fullmatch(other.text.strip())
        for start in _of_this_time(other, view)
    ]
    days = days or [start for start, end in view.times if one_day(start, end)]
    return any(day.weekday() == time.start.weekday() for day in days)


def _of_this_time(time: TimeRange, view: View) -> list[date]:
    known = [start for start, end in readings(time) if (start, end) in view.times]
    return known or [time.start]


def _told_whole(time: TimeRange, said: Said) -> bool:
    return bool(WHOLE.search(said.text[: time.span[0]]) or WHOLE_AFTER.match(said.text, time.span[1]))


def _is_rough(time: TimeRange, said: Said) -> bool:
    """Whether it is no day, and its clause neither tells an amount nor when one is due."""
    spans = [one.number.span for one in said.numbers]
    start, end = clause_of(said.text, [time.span], time.span)
    told = any(start <= begin < end for begin, _ in spans) or DEADLINE.search(said.text, start, end)
    return time.grain is not Grain.DAY and not told


def _part_of_all(time: TimeRange, view: View) -> bool:
    """1/28 is one of 28 where a result begins with both."""
    return {Decimal(one) for one in time.text.split("/") if one.isdecimal()} <= view.headline and "/" in time.text


def _ago(time: TimeRange, view: View) -> bool:
    """So many days ago, or weeks, as a result counts days."""
    found = AGO.search(time.text.lower())
    if found is None or not (numbers := find_numbers(time.text)):
        return False
    size = 7 if found[1] in {"week", "周", "星期", "礼拜"} else 1
    days = [fact.value for same in view.facts.values() for fact in same if fact.unit == "day"]
    return any(day // size == numbers[0].value for day in days)


def _pieced_together(time: TimeRange, view: View) -> bool:
    """From a beginning to an end that results name, or an end that is one of their days; the edge of a stretch."""
    ends = {end for _, end in view.times}
    starts = {start for start, _ in view.times}
    if time.grain is Grain.RANGE and ENDING.search(time.text.lower()):
        last = (time.end - timedelta(days=1), time.end) in view.times
        years = [(add_years(time.start, by), add_years(time.end, by)) for by in (-1, 0, 1)]
        return last or any(
            first <= start and end <= stop and one_day(start, end) for start, end in view.times for first, stop in years
        )
    if time.grain is Grain.YEAR:
        return time.text.isdecimal() and view.holds(time.text)
    if time.grain is Grain.DAY:
        return time.start in starts or time.end in ends or _of_the_month(time, starts)
    return any(start in starts and end in ends for start, end in _spans(time))


def _spans(time: TimeRange) -> list[tuple[date, date]]:
    """What it may mean; of one that is told up to a day, no more than up to that day."""
    last = LAST_DAY.search(time.text.strip().lower())
    if time.grain is not Grain.RANGE or last is None or int(last[1]) != (time.end - timedelta(days=1)).day:
        return readings(time)
    return [(start, end) for start, end in readings(time) if (end.month, end.day) == (time.end.month, time.end.day)]


def _of_the_month(time: TimeRange, starts: set[date]) -> bool:
    """A day without its month, which is that of a day in view: the first was on the 8th."""
    found = BARE_DAY.fullmatch(time.text.strip().lower())
    return found is not None and any(day.day == int(found[1] or found[2]) for day in starts)


def one_day(start: date, end: date) -> bool:
    """Whether a stretch is a day."""
    return end - start == timedelta(days=1)


def unknown_clocks(said: Said, view: View) -> Iterator[Wrong]:
    """Times of day that stand in no result."""
    for span, hour, minute in clocks_in(said.text):
        written = (f"{hour:02d}:{minute:02d}", f"{hour}:{minute:02d}")
        if not any(view.holds(one) for one in written):
            yield Wrong(f"{said.text[slice(*span)]} is in no result")
