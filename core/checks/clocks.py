"""Times of day in folded text: 09:30, 早上九点半, half past nine, 9:30, 9.30 am."""

import re
from collections.abc import Iterator, Mapping

from core.checks.around import Span
from core.language.chinese_numbers import read

HOURS: Mapping[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
WORDS = "|".join(HOURS)
CHINESE = re.compile(
    r"(?P<part>早上|上午|今早|中午|下午|晚上|傍晚)?(?P<hour>\d{1,2}|[一二两三四五六七八九十]{1,3})点(?!心|"
    r"子|[\d一二三四五六七八九][^\d一二三四五六七八九十分]|位|数)"
    r"(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>\d{1,2}|[一二三四五六七八九十]{1,3})分?|钟|整)?"
)
ENGLISH = re.compile(
    rf"(?<![a-z])(?:(?P<past>half|quarter) past (?P<word>{WORDS}|\d{{1,2}})"
    rf"|quarter to (?P<to>{WORDS}|\d{{1,2}}))(?![a-z\d])"
)
DIGITS = re.compile(
    r"(?P<part>下午|晚上|傍晚)?"
    r"(?<![a-z\d.:])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d) ?(?P<half>a\.?m|p\.?m)(?![a-z])"
    r"|:(?P<exact>[0-5]\d)(?![\d:]|[.,]\d))"
)
LATE = frozenset({"下午", "晚上", "傍晚"})


def clocks_in(text: str) -> Iterator[tuple[Span, int, int]]:
    """Where, the hour and the minute."""
    for found in CHINESE.finditer(text):
        hour, minute = _number(found["hour"]), 0
        if found["half"] or found["quarter"]:
            minute = 30 if found["half"] else 15 * _number(found["quarter"])
        elif found["minute"]:
            minute = _number(found["minute"])
        timely = found["part"] or found["half"] or found["quarter"] or found["minute"] or found.group()[-1] in "钟整"
        if timely and hour <= 24 and minute < 60:
            yield found.span(), hour + (12 if found["part"] in LATE and hour < 12 else 0), minute
    for found in ENGLISH.finditer(text):
        hour = _hour(found["word"] or found["to"])
        minute = 45 if found["to"] else 30 if found["past"] == "half" else 15
        yield found.span(), hour - 1 if found["to"] else hour, minute
    for found in DIGITS.finditer(text):
        late = (found["part"] or (found["half"] or "")[:1] == "p") and int(found["hour"]) < 12
        yield found.span(), int(found["hour"]) + (12 if late else 0), int(found["minute"] or found["exact"])


def _hour(word: str) -> int:
    return HOURS[word] if word in HOURS else int(word)


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    reading = read(text)
    return 10 if text == "十" else int(reading.value) if reading else 0
