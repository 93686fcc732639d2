"""Whether the times, things, codes and sources that a sentence names are in view."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from core.checks.around import clause_of, things_of
from core.checks.belonging import of_kind
from core.checks.clocks import clocks_in
from core.checks.spoken import CODES, Said, readings
from core.checks.view import View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong
from core.language.numerals import find_numbers
from core.language.periods import Grain, TimeRange

NOW = re.compile(r"^(?:今天|今日|当天|目前|现在|today|now|right now|at present|currently)$")
SUBJECT = re.compile(r"(?:毫升|升)?的(?=[\w])")
OTHERS = re.compile(r"其余|其他|其它|另外|(?<![a-z])(?:others?|rest|remaining)(?![a-z])")
AGO = re.compile(r"(week|day|周|星期|礼拜|天|日)s? ?(?:之?前|ago)")
GENERAL = re.compile(
    r"(?:the )?end of the (?:month|quarter|year)|(?:the )?(?:month|quarter|year)[ -]?end|(?:当)?[月季年][底末]"
)
ENDING = re.compile(r"[底末]|end|late")
LINK = re.compile(
    r"https?://[^\s，。；、）)]+|www\.[^\s，。；、）)]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|io|top|shop|app|co|info|biz|ru|me|"
    r"ly)(?:/[^\s，。；、）)]*)?(?![a-z])"
)
FILE = re.compile(r"[\w\u4e00-\u9fff-]+\.(?:pdf|docx?|xlsx?|pptx?|md|csv|txt|zip|png|jpe?g|html?)(?![a-z])")
LEADING = re.compile(r"^[\u4e00-\u9fff]+")
ASCII_END = re.compile(r"^[\u4e00-\u9fff]+[\w-]+\.[a-z]+$", re.ASCII)
SIZES: Mapping[str, str] = {
    "毫升": "ml",
    "升": "l",
    "公升": "l",
    "克": "g",
    " ml": "ml",
    " l": "l",
    "千克": "kg",
    "公斤": "kg",
}
SIZE = re.compile(rf"(\d+(?:\.\d+)?)({'|'.join(sorted(SIZES, key=len, reverse=True))})(?![a-z])")
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
DEADLINE = re.compile(r"到期|截止|逾期|前付|(?<![a-z])(?:due|deadline|overdue|expires?)(?![a-z])")
PLACE = re.compile(
    r"(?<![a-z])(?:to|at|from) (?:the |your |our )?([a-z]+(?: [a-z]+)? (?:store|warehouse|depot|shop|outlet))(?![a-z])"
    r"|(?:(?:送|发|运|寄)(?:到|至|往)|地址(?:[^,，。是为:]{0,4})(?:是|为|:))([\u4e00-\u9fff]{2,6}(?:店|仓(?!库)))"
)
WHOLE = re.compile(r"整个?$|(?<![a-z])(?:whole|entire|full)(?: month| quarter)?(?: of)? $")
WHOLE_AFTER = re.compile(r"(?:份)?(?:全月|整月|整个月|一整月)")
NEXT = re.compile(r"(?: [a-z]+)?")
ASKING = re.compile(r"^.*(?:[?？]|[吗呢么][。.!]?)\s*$")
BRACKET = re.compile(r" ?[（(] ?")
SIZE_AND_PACK = re.compile(r"(\d+(?:\.\d+)?(?:ml|l|g|kg))[×x*](\d+)")
EITHER = re.compile(r"(\d{1,2})/(\d{1,2})")
QUOTED = re.compile(r"[《》\"“”]|^是")
PAPER = re.compile(r"(?:pdf)?(?:第\d+页)?(?:政策|文件|规定|手册|条款|办法)?$|(?: policy| document| file)$")
TOKEN = re.compile(r"[a-z0-9][a-z0-9_./:×*-]*[a-z0-9]|\d")
HANDLE = re.compile(r"(?:微信|公众号|qq|wechat|whatsapp|telegram)(?:号|群)?[:： ]*([a-z0-9_-]{4,})")
ORDINARY = re.compile(r"\d+(?:st|nd|rd|th)|\d+(?:k|w|mn|bn)|x\d+|\d+x|q[1-4]|h[12]|fy\d+")


def unknown_times(said: Said, view: View) -> Iterator[Wrong]:
    """Stretches of time that neither results nor the reader named; today may always be said, others may be offered."""
    advised = ADVICE.search(said.text)
    offered = OFFER.search(said.text) or (not said.numbers and ASKING.search(said.text))
    for time in said.times:
        if offered and time.span[0] >= offered.start() and time.grain is not Grain.DAY:
            continue
        if _told_whole(time, said) and (time.start, time.end) not in view.exact:
            yield Wrong(f"the whole of {time.text} is in no result")
        if advised and advised.start() <= time.span[0] and _is_rough(time, said):
            continue
        if NOW.match(time.text.strip().lower()) or time.comparison or GENERAL.fullmatch(time.text.strip().lower()):
            continue
        known = view.times.intersection(readings(time)) or _pieced_together(time, view) or _ago(time, view)
        known = known or _part_of_all(time, view)
        if not known:
            yield Wrong(f"{time.text} is in no result")


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
        return last or any(
            time.start <= start and end <= time.end and _one_day(start, end) for start, end in view.times
        )
    if time.grain is Grain.YEAR:
        return time.text.isdecimal() and view.holds(time.text)
    if time.grain is Grain.DAY:
        return time.start in starts or time.end in ends
    return any(start in starts and end in ends for start, end in readings(time))


def _one_day(start: date, end: date) -> bool:
    return end - start == timedelta(days=1)


def unknown_things(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """Products, dealers, regions and addresses that are neither in results nor in the reader's words."""
    for span in sorted({(start, end) for _, start, end in said.things}):
        named = {name for name, *where in said.things if (*where,) == span}
        codes = {name for name in named if not name.startswith(("period:", "day:", "year:", "code:", "tier:"))}
        if codes and not codes & view.entities and not _in_names(span, said, view):
            yield Wrong(f"{', '.join(sorted(codes))} is not in view")
    for province in vocabulary.provinces:
        if province in said.text and not view.holds(province):
            yield Wrong(f"{province} is not in view")
    for found in PLACE.finditer(said.text):
        if not view.holds(found[1] or found[2]):
            yield Wrong(f"{found.group()} is not in view")


def _in_names(span: tuple[int, int], said: Said, view: View) -> bool:
    """Whether a word for a region is part of a longer name in view: South City, 上海申嘉."""
    following = NEXT.match(said.text, span[1])
    words = said.text[span[0] : following.end() if following else span[1]]
    return view.holds(words) and any(name.startswith("region:") for name, *where in said.things if (*where,) == span)


def unknown_clocks(said: Said, view: View) -> Iterator[Wrong]:
    """Times of day that stand in no result."""
    for span, hour, minute in clocks_in(said.text):
        written = (f"{hour:02d}:{minute:02d}", f"{hour}:{minute:02d}")
        if not any(view.holds(one) for one in written):
            yield Wrong(f"{said.text[slice(*span)]} is in no result")


def wrong_pairs(said: Said, view: View) -> Iterator[Wrong]:
    """A name with another's code in brackets behind it."""
    spans = sorted({(start, end) for _, start, end in said.things})
    for one, other in pairwise(spans):
        if not BRACKET.fullmatch(said.text[one[1] : other[0]]):
            continue
        names = [{name for name, *at in said.things if (*at,) == span} for span in (one, other)]
        kinds = [{name.split(":")[0] for name in both} for both in names]
        if kinds[0] == kinds[1] <= {"product", "dealer"} and not names[0] & names[1]:
            called = (said.text[slice(*one)], said.text[slice(*other)])
            if any(all(name in words for name in called) for _, words in view.rows):
                continue
            yield Wrong(f"{said.text[one[0] : other[1]]} are two things")


def unknown_tokens(said: Said, view: View) -> Iterator[Wrong]:
    """Codes, sizes and everything else with a digit that was read as no number or time: it must stand in view."""
    taken = [one.number.span for one in said.numbers] + [time.span for time in said.times]
    taken += [span for span, _, _ in clocks_in(said.text)]
    taken += [(start, end) for name, start, end in said.things if name.startswith(("product:", "dealer:"))]
    found_all = [*CODES.finditer(said.text), *TOKEN.finditer(said.text)]
    about = things_of(said.text, [found.span() for found in found_all], said.things)
    for found, things in zip(found_all, about, strict=True):
        size = SIZE.match(said.text, found.start())
        word = size[1] + SIZES[size[2]] if size else found.group()
        if not any(char.isdigit() for char in word) or ORDINARY.fullmatch(word):
            continue
        if any(found.start() < end and start < found.end() for start, end in taken):
            continue
        clause = said.text[slice(*clause_of(said.text, [found.span()], found.span()))]
        others = bool(OTHERS.search(clause))
        subject = bool(SUBJECT.match(said.text, found.end()))
        if _is_day(word, view):
            continue
        for part in _sizes_in(word):
            if not _stands(part, things, view, subject=subject, others=others):
                yield Wrong(f"{part} is not in view")


def _is_day(word: str, view: View) -> bool:
    """10/8, which may be read both ways, as a day of results."""
    found = EITHER.fullmatch(word)
    days = {(start.month, start.day) for start, end in view.times if _one_day(start, end)}
    return found is not None and bool({(int(found[1]), int(found[2])), (int(found[2]), int(found[1]))} & days)


def _sizes_in(word: str) -> tuple[str, ...]:
    """250ml×24 is a size and a pack of 1×24."""
    found = SIZE_AND_PACK.fullmatch(word)
    return (found[1], f"1×{found[2]}") if found else (word,)


def _stands(word: str, things: frozenset[str], view: View, *, subject: bool, others: bool) -> bool:
    """Among the words of results; of words of rows, in a row of what it is said of, if it isn't itself told of."""
    pattern = re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])")
    rows = [about for about, words in view.rows if pattern.search(words)]
    products = of_kind(things, "product") if not subject else set()
    if rows and products and others:
        return any(not products & about for about in rows)
    if rows and products & frozenset().union(*(about for about, _ in view.rows)):
        return any(products & about for about in rows)
    return bool(pattern.search(view.words) or pattern.search(view.said))


def _held(name: str, view: View) -> bool:
    """Whether a document's name stands in view, spaces and a word such as "policy" behind it aside."""
    names = (name, PAPER.sub("", name).strip())
    return any(len(one) > 1 and (view.holds(one) or _bare(one) in _bare(view.words)) for one in names)


def _bare(text: str) -> str:
    return "".join(text.split())


def unknown_sources(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """Links, addresses, files and documents."""
    for pattern in (LINK, FILE):
        for found in pattern.finditer(said.text):
            named = found.group().rstrip(".,")
            if not (view.holds(named) or (ASCII_END.search(named) and view.holds(LEADING.sub("", named)))):
                yield Wrong(f"{found.group()} is not in view")
    for found in HANDLE.finditer(said.text):
        if not view.holds(found[1]):
            yield Wrong(f"{found[1]} is not in view")
    for pattern in vocabulary.documents:
        for found in pattern.finditer(said.text):
            name = QUOTED.sub("", found[1]).strip()
            if name not in vocabulary.generic_documents and not _held(name, view):
                yield Wrong(f"the document {name} is not in view")
