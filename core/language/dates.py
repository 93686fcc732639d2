"""When somebody wants their goods: 明早, 周五前, 下周一, by the 25th. Dates lie ahead of the day they are said on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from core.language.days import ONE_DAY, add_months, small_number
from core.language.normalise import Folded, folded
from core.language.periods import Grain, TimeRange
from core.language.timeranges.find import CONSIDERED, find_time_ranges

TimeOfDay = Literal["morning", "afternoon", "evening"]
FURTHEST = 200  # days; a bare date further ahead than that is one that has passed


@dataclass(frozen=True, slots=True)
class WantedDate:
    """A day, or the first of a window that ends with ``until`` (下周 is its Monday); ``by`` where earlier will do."""

    day: date
    time_of_day: TimeOfDay | None
    by: bool
    span: tuple[int, int]
    until: date | None = None


_COUNT = r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_UNIT = r"(?P<unit>天|日(?!元)|周(?!转)|个?(?:星期|礼拜)|个月|个工作日|个?小时)"
_AHEAD = re.compile(
    rf"(?<![\d.第]){_COUNT}{_UNIT}(?:[之以]?(?P<within>内)|[之以]?后)"
    r"|(?<![a-z])(?P<lead>within|in) (?:the next )?(?P<number>\d{1,3}|an?|one|two|three|four|five|six|seven|ten) "
    r"(?:working |business )?(?P<word>day|week|month|hour)s?(?![a-z])(?! ago)"
)
_THIS_DAY = re.compile(
    r"(?<![a-z])(?:this (?P<part>morning|afternoon|evening)|(?P<late>eod|cob|end of (?:the )?day|close of business))"
    r"(?![a-z])|(?P<bare>上午|中午|下午|傍晚|晚上)(?=(?:\d{1,2}"
    r"|[一二三四五六七八九十]{1,2})[点时:])[^点时:]{1,2}[点时:](?:\d\d|半|钟)?"
    r"(?P<before>[之以]?前)?"
)
_HOURS: Mapping[str, int] = {
    "天": 24, "日": 24, "工作日": 24, "周": 168, "星期": 168, "礼拜": 168, "小时": 1, "day": 24, "week": 168, "hour": 1,
}  # fmt: skip
_PARTS: Mapping[str, TimeOfDay] = {
    "早": "morning", "上": "morning", "清": "morning", "一": "morning", "中": "afternoon", "下": "afternoon",
    "傍": "afternoon", "晚": "evening", "夜": "evening", "morning": "morning", "noon": "afternoon",
    "midday": "afternoon", "afternoon": "afternoon", "evening": "evening", "night": "evening",
}  # fmt: skip
_TIME = re.compile(
    r",? ?(?:in the |at )?(?P<word>morning|noon|midday|afternoon|evening|night)(?![a-z])"
    r"|,? ?(?:at )?(?P<hour>\d{1,2})(?::\d{2})? ?(?P<half>am|pm)(?![a-z])"
    r"|的? ?(?P<part>早[上晨]?|上午|清[早晨]|一[大清]?早|中午|下午|傍晚|晚上?|夜[里间])?"
    r"(?: ?(?P<clock>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:[点时](?:钟|半|[\d一二三四五]{1,3}分?)?|:\d{2}))?"
)
_BY_AFTER = re.compile(r" ?(?P<before>[之以]?前)(?![天日年周月])| ?(?P<within>[之以]?内)| ?(?:截止|为止)")
_BY_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:(?P<strictly>before)|by|until|till|no later than|not later than|latest)(?: the| on)?"
    r"|最[晚迟]|不晚于|截[止至]) ?$"
)
_AGAIN_AND_AGAIN = re.compile(r"(?:每个?|(?<![a-z])(?:every|each)) ?$")
_DRAWS_NEAR = re.compile(
    r"(?:快要?|马上就?要?|就要|眼看就?要?|眼瞅着要?|临近|(?<![a-z])(?:almost|nearly|soon))(?:到)? ?$"
)
_IS_NEAR = re.compile(
    r"(?:就?快|马上就?|就)要?(?:到|来)了|(?:就|马上)?要到了| ?(?:is |are )?(?:coming(?: up)?|around the corner"
    r"|almost here)(?![a-z])"
)
_OWN_YEAR = re.compile(r"20\d\d|年|year")
_END = re.compile(r"[底末]|end|eo[mqy]|late")


def find_wanted_date(text: str, today: date) -> WantedDate | None:
    """The first day from today on that the text asks for; days that have passed are about something else."""
    original = folded(text[:CONSIDERED])
    found = [*_counted(original, today), *_named(original, text, today)]
    return min(found, key=lambda wanted: wanted.span, default=None)


def _counted(original: Folded, today: date) -> Iterator[WantedDate]:
    """三天内, 两周后, in two days, this afternoon."""
    for match in _AHEAD.finditer(original.text):
        unit = (match["unit"] or match["word"]).removeprefix("个")
        number = match["count"] or match["number"]
        count = 0.5 if number == "半" else small_number(number) or 0
        if unit in _HOURS:
            day = today + timedelta(days=int(count * _HOURS[unit]) // 24)
        else:
            day = today + timedelta(days=15) if count == 0.5 else add_months(today, int(count))
        yield WantedDate(day, None, bool(match["within"]) or match["lead"] == "within", original.span(*match.span()))
    for match in _THIS_DAY.finditer(original.text):
        time = _PARTS[match["part"] or (match["bare"] or "晚")[0]]
        by = bool(match["late"] or match["before"])
        yield WantedDate(today, time, by, original.span(*match.span()))


def _named(original: Folded, text: str, today: date) -> Iterator[WantedDate]:
    """周五前, 11月25号, next Monday."""
    for found in find_time_ranges(text, today, past=False):
        start, end = _folded_span(original, found.span)
        rolling = found.grain is Grain.RANGE and found.start < today
        if found.end <= today or rolling or found.grain in {Grain.QUARTER, Grain.HALF, Grain.YEAR}:
            continue
        if _AGAIN_AND_AGAIN.search(original.text, max(0, start - 8), start):
            continue
        if _DRAWS_NEAR.search(original.text, max(0, start - 8), start) or _IS_NEAR.match(original.text, end):
            continue  # 「快过年了」 says why, and not when
        if (found.start - today).days > FURTHEST and not _OWN_YEAR.search(found.text):
            continue
        yield _wanted(original, found, start, end, today)


def _folded_span(original: Folded, span: tuple[int, int]) -> tuple[int, int]:
    start = next((at for at, begin in enumerate(original.starts) if begin >= span[0]), len(original.text))
    end = next((at for at, begin in enumerate(original.starts) if begin >= span[1]), len(original.text))
    return start, end


def _wanted(original: Folded, found: TimeRange, start: int, end: int, today: date) -> WantedDate:
    time, end = _time_of_day(original.text, found.text, end)
    before = _BY_BEFORE.search(original.text, max(0, start - 20), start)
    after = _BY_AFTER.match(original.text, end)
    day, until = _bounds(found, today)
    strictly = before is not None and before["strictly"] is not None
    if after and after["before"] and found.grain in {Grain.WEEK, Grain.MONTH}:
        strictly = True  # 下周前 is over before the week begins
    if strictly:
        day, until = found.start - ONE_DAY, None
    elif (before or after) and until:
        day, until = until, None
    span = original.span(before.start() if before else start, after.end() if after else end)
    return WantedDate(max(day, today), time, bool(before or after), span, until)


def _bounds(found: TimeRange, today: date) -> tuple[date, date | None]:
    """The day that is meant, and the last of a window: the end of a month is its last day, a week begins on Monday."""
    last = found.end - ONE_DAY
    if found.grain is Grain.RANGE and _END.search(found.text.lower()) and (found.end - found.start).days > 3:
        return last, None
    day = max(found.start, today)
    return day, last if last > day else None


def _time_of_day(text: str, said: str, end: int) -> tuple[TimeOfDay | None, int]:
    """The part of the day that was said with the date, and where that ends."""
    last = said[-1:]
    time: TimeOfDay | None = (
        _PARTS[last] if last in "早晚" and last else "evening" if said.lower() == "tonight" else None
    )
    match = _TIME.match(text, end)
    if match is None or match.end() == end or not (match["part"] or match["clock"] or match["word"] or match["hour"]):
        return time, end
    if match["part"] or match["word"]:
        return _PARTS[match["word"] or match["part"][0]], match.end()
    hour = small_number(match["clock"] or match["hour"]) or 0
    if match["half"] == "pm" and hour < 12:
        hour += 12
    return time or ("morning" if hour < 12 else "afternoon" if hour < 18 else "evening"), match.end()
