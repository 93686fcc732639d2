"""Dates and amounts whose year or unit is told once for all that follow, put the way they are read."""

import re
from collections.abc import Mapping

DAY = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH_FIRST = re.compile(rf"(?<![\d/.])(0?[1-9]|1[0-2])/({DAY})/(20\d\d)(?![\d/])")
DAY_FIRST = re.compile(r"(?<![\d/.])(1[3-9]|2\d|3[01])/(0?[1-9]|1[0-2])/(20\d\d)(?![\d/])")
YEAR_ONCE = re.compile(
    rf"(?<!\d)(20\d\d)([-/.])(\d{{1,2}})\2({DAY}) ?"
    rf"(?:~|至|到|-|to|and|与|和) ?(\d{{1,2}})[-/.]({DAY})(?![\d/.-]\d|\d|月)"
)
RUN_IN = re.compile(r"(?<=\d[万元箱])(?=\d{1,2}月)|(?<=\d千)(?=\d{1,2}月)")
UNIT_ONCE = re.compile(
    r"(?:[(（][^()（）]{0,30}?(?<![\d.])(?P<zh>万元?|千元)[^()（）]{0,20}[)）]"
    r"|单位[:：是为]? ?(?P<said>万元?|千元))[^:：\d]{0,12}[:：]"
    r"|[(（][^()（）]{0,30}?(?<![a-z])(?:in |cn¥ |rmb |¥)?(?P<en>thousands?|millions?|k|mn)(?: of)?(?: yuan| rmb)?"
    r"(?:, [^()（）]{0,20})?[)）][^:：\d]{0,12}[:：]"
)
TOLD = re.compile(r"(?<![a-z])(?:in |cn¥ |rmb |¥)?(?:thousands?|millions?|k|mn)(?: of)?(?: yuan| rmb)?(?![a-z])")
BARE = re.compile(r"(?<![\d.,¥$/-])\d{1,4}(?:\.\d{1,2})(?![\d%万千百元箱kmn/-]|[.,]\d)")
SHORT: Mapping[str, str] = {
    "千元": "千元",
    "thousand": "k",
    "thousands": "k",
    "k": "k",
    "million": "mn",
    "millions": "mn",
    "mn": "mn",
}
SUM_OF_UNIT = re.compile(r"(?<![\d.,+])(\d{1,4}) ?(\+|加|plus) ?(\d{1,4}) ?(箱|瓶|cases?)(?![a-z])")
A_QUARTER = re.compile(r"(?<!\d)(?:第?[一二三四1-4]季度?|q[1-4]|[1-4]q)(?![a-z\d])")
THE_SAME = re.compile(r"这一季度?")
ARABIC = str.maketrans("一二三四", "1234")


def written_out(text: str) -> str:
    """Folded text with each date's year and each amount's unit in its place."""
    if "/20" in text:
        text = DAY_FIRST.sub(r"\3-\2-\1", MONTH_FIRST.sub(r"\3-\1-\2", text))
    if "20" in text:
        text = YEAR_ONCE.sub(r"\1-\3-\4 ~ \1-\5-\6", text)
    if "月" in text:
        text = RUN_IN.sub(" ", text)
    if "+" in text or "加" in text or "plus" in text:
        text = SUM_OF_UNIT.sub(_each_with_unit, text)
    if "这一季" in text:
        text = _same_quarter(text)
    return _with_units(text)


def _each_with_unit(found: re.Match[str]) -> str:
    """10+5箱 is 10箱+5箱."""
    first, sign, second, unit = found.groups()
    gap = " " if unit.isascii() else ""
    return f"{first}{gap}{unit}{gap}{sign}{gap}{second}{gap}{unit}"


def _same_quarter(text: str) -> str:
    """这一季, behind the one quarter that is named, is that one."""
    at = text.index("这一季")
    named = {re.sub(r"[^一二三四1-4]", "", one).translate(ARABIC) for one in A_QUARTER.findall(text[:at])}
    return THE_SAME.sub("该季", text) if len(named) == 1 else text


def _with_units(text: str) -> str:
    """金陵泉21.2、申嘉14.1 behind (万元): as 21.2万, 14.1万."""
    found = UNIT_ONCE.search(text)
    if found is None:
        return text
    word = found["zh"] or found["said"] or found["en"]
    unit = "万" if word.startswith("万") else SHORT[word]
    head = TOLD.sub(" ", found.group()) if found["en"] else found.group()
    return text[: found.start()] + head + BARE.sub(lambda one: f"{one.group()}{unit}", text[found.end() :])
