"""Times that name no stretch of their own: that quarter, which was told, and a year that labels an amount."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from core.language.days import add_months
from core.language.periods import Grain, TimeRange

THAT_QUARTER = re.compile(r"(?:当|该|那一?个?)季度?|(?:that|the) quarter")
SAME_QUARTER = re.compile(r"这一?个?季度?")
YEAR = re.compile(r"20\d\d年?|今年|去年|(?:this|last) year")
LABELS = re.compile(r"(?:^|[\n;；,，。(（]|\. |(?<=\W)- )\W*$")
AFTER = re.compile(r"(?:同期|(?<=\d)年)? ?(?:[(（][^()（）]*[)）])? ?[:：]")
NEARLY = re.compile(r"近[一两二三]个?[年月]")
MONTHS = 3


def without_pointers(times: Sequence[TimeRange], text: str, told: Iterable[str]) -> tuple[TimeRange, ...]:
    """The times that a sentence names by themselves; ``told`` are the periods that results are about."""
    return tuple(one for one in times if not _points(one, times, text, told))


def _points(one: TimeRange, times: Sequence[TimeRange], text: str, told: Iterable[str]) -> bool:
    words = one.text.strip().lower()
    if NEARLY.match(words) and text[: one.span[0]].endswith("接"):
        return True
    if one.grain is Grain.YEAR and YEAR.fullmatch(words):
        return is_label(one, text)
    that, same = THAT_QUARTER.fullmatch(words), SAME_QUARTER.fullmatch(words)
    if not that and not same:
        return False
    ends = {f"/{other.end.isoformat()}" for other in times if other.span[1] <= one.span[0] and other.grain is Grain.DAY}
    if same and any(_of_a_quarter(name) and name.endswith(tuple(ends)) for name in told if ends):
        return True
    before = {_span(other) for other in times if other.span[1] <= one.span[0] and _is_quarter(other.start, other.end)}
    return len(before & set(told)) == 1 or bool(that and any(map(_of_a_quarter, told)))


def is_label(time: TimeRange, text: str) -> bool:
    """Whether a year stands before a colon at the beginning of an item."""
    start, end = time.span
    return bool(LABELS.search(text[:start]) and AFTER.match(text, end))


def _span(time: TimeRange) -> str:
    return f"period:{time.start.isoformat()}/{time.end.isoformat()}"


def _is_quarter(start: date, end: date) -> bool:
    return start.day == 1 and add_months(start, MONTHS) == end


def _of_a_quarter(name: str) -> bool:
    if not name.startswith("period:"):
        return False
    start, _, end = name.removeprefix("period:").partition("/")
    return _is_quarter(date.fromisoformat(start), date.fromisoformat(end))
