"""Numbers that tell no figure: marks of a list, places in it, pages that are cited, "a case"."""

import re
from datetime import timedelta
from decimal import Decimal

from core.checks.announcing import announced
from core.checks.firsts import firsts_in
from core.checks.matching import COUNTER
from core.checks.spoken import Said, Spoken
from core.checks.view import View
from core.language.numerals import Kind

MARKER = re.compile(r"(?:^|[：:；;\n])\W*$")
ARTICLES = frozenset({"a", "an"})
SOME = "几"
SINGLE = frozenset({"一", "a", "an", "one"})
COUNTING = frozenset({"stock", "free", "minimum", "total"})
PAGE = re.compile(r"(?<![a-z])(?:pages?|pp?\.?) ?$")
LIST_PAGE = re.compile(r" ?页(?:显示|列|上|有|里|只)")
PAGE_AFTER = re.compile(r" ?页")
JOINED = re.compile(r" ?(?:and|to|through|-|至|到|和) ?(?:the )?")
TOP = re.compile(r"(?:[前后]|头部|(?<![a-z])(?:top|first|last|bottom)|(?<![a-z])(?:nos?\.?|number|place)) ?#?$|#$")
JOINTLY = re.compile(r"家(?:合计|加起来|一共)")
FIRST_OF_ALL = re.compile(r" ?(?:[:,.!]|$|things? )")
YEAR = re.compile(
    r"(?<![a-z])(?:in|of|from|than|versus|vs\.?|(?:same|those|these) (?:days|dates|span"
    r"|period|stretch)) (?:the year )?$"
)
GROUPS = re.compile(
    r" ?个?(?:大类|方面|部分|小点|要点|组|块)[^,，。;；\d]{0,8}[:：]\s*$| (?:groups|parts"
    r"|things|points|notes|kinds)[^.;,\d]{0,12}:\s*$"
)
TITLE = re.compile(
    r" ?(?:年度?|全年|返利|回馈|销售|进货|业绩|小结|汇总|总结)| (?:rebates?|sales|sell-in"
    r"|summary|overview|q[1-4]|to date|so far)(?![a-z])"
)
LEADS, LABEL = re.compile(r"(?:^|[\n;；,，。(（]|\. )\W*$"), re.compile(r" ?(?:[(（][^()（）]*[)）])? ?[:：]")
NTH = re.compile(r"第$")
NTH_COUNTED = re.compile(r"[天张笔单款个家条次]")
LARGEST = re.compile(r" ?(?:largest|biggest|best|smallest|lowest|highest|top)(?![a-z])")
LARGEST_RANK = 10
LONGEST_LIST = 12
TOGETHER = Decimal(1)


def exempt(one: Spoken, said: Said, view: View) -> bool:
    """List markers and ordinals up to the count of items; 一张, one order; 几天, which says no number."""
    number = one.number
    if is_page(one, said):
        return number.value in view.pages
    if (
        _is_year(one, said, view)
        or announced(said.numbers.index(one), said)
        or (number.value <= max(view.items, 2) and GROUPS.match(said.text, number.span[1]))
    ):
        return True
    if one.shown == "first" and FIRST_OF_ALL.match(said.text, number.span[1]):
        return True
    if one.kind == "ordinal" and view.cues.get("ordinal"):
        return False
    if LIST_PAGE.match(said.text, number.span[1]) and number.value == 1:
        return True
    if one.shown == SOME or _is_nth(one, said):
        return True
    if number.kind is not Kind.COUNT:
        return _exempt_rank(one, said, view)
    return _exempt_count(one, said, view)


def _is_year(one: Spoken, said: Said, view: View) -> bool:
    """The year of stretches in view, as in "the same period of 2025"."""
    start, end = one.number.span
    leads = bool(LABEL.match(said.text, end) and LEADS.search(said.text[:start]))
    leads = leads or (len(said.numbers) == 1 and bool(TITLE.match(said.text, end)))
    told = one.kind == "quantity" and not one.unit and (leads or YEAR.search(said.text[:start]))
    return bool(told) and any(start.year == one.number.value for start, _ in view.exact)


def _is_nth(one: Spoken, said: Said) -> bool:
    """The first paper of several, the day after: a place that says no figure."""
    start, end = one.number.span
    return (
        bool(NTH.search(said.text[:start]) and NTH_COUNTED.match(said.text, end)) and one.number.value <= LARGEST_RANK
    )


def _exempt_rank(one: Spoken, said: Said, view: View) -> bool:
    """The 22nd, which is a day, and places up to the count of items; 一个季度."""
    number = one.number
    if number.kind is Kind.ORDINAL:
        return number.value in _days(view) or number.value <= max(view.items, 1)
    return number.kind is Kind.TIME and number.value == TOGETHER and said.text[slice(*number.span)] in SINGLE


def _exempt_count(one: Spoken, said: Said, view: View) -> bool:
    number = one.number
    if said.text[slice(*number.span)] in ARTICLES or _last_day(one, said, view):
        return True
    if one.unit or number.unit_like in {"箱", "瓶", "盒"}:
        return _per_unit(one, said)
    jointly = JOINTLY.match(said.text, number.span[1]) and number.value in {*firsts_in(said.text)}
    if jointly or TOP.search(said.text[: number.span[0]]) or LARGEST.match(said.text, number.span[1]):
        return number.value <= max(view.items, 1)
    marks = MARKER.search(said.text[: number.span[0]]) and said.text[number.span[1] :][:1] in {".", ")", "、", ":"}
    return (bool(marks) and number.value <= max(view.items, LONGEST_LIST)) or (
        number.value == TOGETHER and bool(COUNTER.match(said.text, number.span[1]))
    )


def _last_day(one: Spoken, said: Said, view: View) -> bool:
    """Between Nov 1 and 20: the last day of a stretch in view that begins on a day named right before."""
    return any(
        JOINED.fullmatch(said.text[time.span[1] : one.number.span[0]])
        and start == time.start
        and (end - timedelta(days=1)).day == one.number.value
        for time in said.times
        for start, end in view.times
    )


def _days(view: View) -> set[int]:
    """The days of months that results name, as in the 22nd."""
    return {start.day for start, end in view.times if start.day > LARGEST_RANK and end - start == timedelta(days=1)}


def is_page(one: Spoken, said: Said) -> bool:
    """Whether it is a page's."""
    start, end = one.number.span
    if LIST_PAGE.match(said.text, end):
        return False
    return bool(PAGE_AFTER.match(said.text, end) or PAGE.search(said.text[:start]))


def _per_unit(one: Spoken, said: Said) -> bool:
    """一箱 and a case, which count nothing where no stock, gift or minimum is told."""
    return said.text[slice(*one.number.span)] in SINGLE and not one.around.near & COUNTING
