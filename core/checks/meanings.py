"""Days that mean something: when a lot was made, and until when it keeps."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from core.checks.around import PHRASE
from core.checks.spoken import Said, readings
from core.checks.view import View
from core.checks.wrong import Wrong
from core.language.periods import Grain, TimeRange

MEANT: Mapping[str, re.Pattern[str]] = {
    "made": re.compile(r"产(?!品|线)|(?<![a-z])(?:made|produced|manufactured|production|packed on)(?![a-z])"),
    "keeps": re.compile(
        r"到期|过期|保质|保到|(?<![a-z])(?:best before|good until|use by|expires?|expiring|expiry|keeps until|"
        r"valid until)(?![a-z])"
    ),
}
OFFER = re.compile(
    r"活动|促销|优惠|价格|报价|特价|[搭赠送]|额度|授信|政策|返利(?!截)|¥\d[\d.,]*(?: ?(?:元|一箱|/箱"
    r"|每箱))?[^,，。;；]{0,4}价"
    r"|(?<![a-z])(?:promotions?|offers?|deals?|prices?|discounts?|free|limit|credit|rebates?|schemes?|polic(?:y"
    r"|ies))(?![a-z])"
    r"|¥\d[\d.,]* a case"
)
LASTS = re.compile(
    r",[至到] ?(?:20\d\d年?|\d{1,2}月)|结束|截止(?!日期?前)|有效|失效|生效|开始|起效|到期|为止|启动"
    r"|终止|持续到|延续到|(?:活动|促销|优惠"
    r"|价格)(?:期间?)?(?:到|至|从)"
    r"|(?<![a-z])(?:runs?|running|lasts?|valid|closes?|closing|holds?|last day|ends?|ended|ending|expires?"
    r"|expiring|starts?|started|began|begins?|until|till|through"
    r"|good (?:through|until|till)|effective|available (?:until|through))(?![a-z])"
)
GOODS = re.compile(
    r"批|保质|生产|产品|这货|货(?!款)|(?<![a-z])(?:lots?|batch(?:es)?|goods|best before|use by|shelf|made"
    r"|produced|keeps?)(?![a-z])"
)
PROMOTION = re.compile(r"活动|促销|(?<![a-z])(?:promotions?|offers?|deals?)(?![a-z])")
LOT = re.compile(r"批|保质|(?<![a-z])(?:lots?|batch(?:es)?|best before|shelf life)(?![a-z])")
AGO = re.compile(r"ago|前")
CUT_OFF = re.compile(r"(?:截至|截止|as of|as at) ?$")
SO_FAR = re.compile(r" ?为止(?:,|的)?(?:预估|预计|估计|累计|已经?|共|一共|进货|计入)")
UP_TO = re.compile(r"(?<!截)[至到] ?$")
LONGEST = 31
Span = tuple[date, date]
JOINT = re.compile(r"(?<![a-z])(?:and|but|while|then|with)(?![a-z])")
PERIOD_ENDED = re.compile(r"(?<![a-z])(?:quarter|period|month|year)(?: that)? (?:ended|ending|closed) (?:on )?$")


def wrong_meanings(said: Said, view: View) -> Iterator[Wrong]:
    """A day that is told as the one on which goods were made, where results say that of another."""
    yield from _wrong_terms(said, view)
    told = dict(days_meant(said))
    if not told:
        return
    meant = [one for line in view.lines for one in days_meant(line)]
    known = {name: {days for one, days in meant if one == name} for name in (*MEANT, "cut_off")}
    for name, days in told.items():
        if (name == "cut_off" or known["made"]) and known[name] and not _lies_in(days, known[name]):
            yield Wrong(f"{name} is another day")


def _lies_in(told: frozenset[Span], known: Iterable[frozenset[Span]]) -> bool:
    """Whether a known day is the one that is told, or lies in the month that is."""
    return any(start <= first and last <= end for start, end in told for days in known for first, last in days)


def of_goods(time: TimeRange, said: Said, view: View) -> bool:
    """The month, or the third of one, in which results say that goods were made or until when they keep."""
    if time.grain not in {Grain.MONTH, Grain.RANGE} or (time.end - time.start).days > LONGEST:
        return False
    names = {name for other, name in _named(said) if other == time}
    days = [told for line in view.lines for name, told in days_meant(line) if name in names]
    return _lies_in(_own(time), days)


def _named(said: Said) -> Iterator[tuple[TimeRange, str]]:
    """What a phrase says of each time in it."""
    for time in said.times:
        begin, end = time.span
        start, stop = _phrase(said, time.span)
        phrase = f"{said.text[start:begin]} {said.text[end:stop]}"
        names = [name for name, pattern in MEANT.items() if pattern.search(phrase)]
        if len(names) == 1:
            yield time, names[0]


def _wrong_terms(said: Said, view: View) -> Iterator[Wrong]:
    """A day on which an offer, a price or a limit is told to begin or end, and which results give to something else."""
    for time in said.times:
        start, stop = _phrase(said, time.span)
        phrase = said.text[start:stop]
        if time.grain is not Grain.DAY or GOODS.search(phrase) or not (OFFER.search(phrase) and LASTS.search(phrase)):
            continue
        before = said.text[: time.span[0]]
        if CUT_OFF.search(before) or PERIOD_ENDED.search(before) or SO_FAR.match(said.text, time.span[1]):
            continue
        days = frozenset(readings(time))
        lines = [line for line in view.lines if any(days.intersection(readings(one)) for one in line.times)]
        if not any(OFFER.search(line.text) and (LASTS.search(line.text) or _runs_until(line, days)) for line in lines):
            yield Wrong(f"{time.text} is a day of something else")


def _runs_until(line: Said, days: frozenset[Span]) -> bool:
    """Whether a line tells something up to one of the days: …送1箱，至2026年11月30日."""
    return any(UP_TO.search(line.text[: one.span[0]]) for one in line.times if days.intersection(readings(one)))


def _phrase(said: Said, span: tuple[int, int]) -> tuple[int, int]:
    """From the break before a time to the one behind it."""
    start = max([0, *(found.end() for breaks in (PHRASE, JOINT) for found in breaks.finditer(said.text, 0, span[0]))])
    stops = [found.start() for breaks in (PHRASE, JOINT) if (found := breaks.search(said.text, span[1]))]
    return start, min([*stops, len(said.text)])


def days_meant(said: Said) -> Iterator[tuple[str, frozenset[Span]]]:
    """What a phrase with one day says of it."""
    for time in said.times:
        begin, end = time.span
        start, stop = _phrase(said, time.span)
        phrase = f"{said.text[start:begin]} {said.text[end:stop]}"
        names = [name for name, pattern in MEANT.items() if pattern.search(phrase)]
        if CUT_OFF.search(said.text[:begin]) and time.grain is Grain.DAY:
            names = ["cut_off"]
        if names == ["keeps"] and PROMOTION.search(said.text) and not LOT.search(said.text):
            continue
        if len(names) == 1 and not AGO.search(time.text):
            yield names[0], _own(time)


def _own(time: TimeRange) -> frozenset[Span]:
    """Its days in each year that it may be of, and not the month or quarter that they begin."""
    long = (time.end - time.start).days
    return frozenset((start, end) for start, end in readings(time) if (end - start).days <= long + 1)
