"""Whether the things, codes and sources that a sentence names are in view."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from core.checks.around import clause_of, phrase_things
from core.checks.belonging import of_kind
from core.checks.clocks import clocks_in
from core.checks.series import family_told
from core.checks.spoken import CODES, Said
from core.checks.times import one_day
from core.checks.titles import titled
from core.checks.view import View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong

SUBJECT = re.compile(r"(?:毫升|升)?的(?=[\w])")
OTHERS = re.compile(r"其余|其他|其它|另外|(?<![a-z])(?:others?|rest|remaining)(?![a-z])")
FOLLOWING = re.compile(r"[\u4e00-\u9fff]{0,6}[(（:：]")
LINK = re.compile(
    r"https?://[^\s，。；、）)]+|www\.[^\s，。；、）)]+|[\w.+-]+@(?!\d+(?:\.\d+)?(?![\w.]))[\w-]+(?:\.[\w-]+)+"
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
PLACE = re.compile(
    r"(?<![a-z])(?:to|at|from) (?:the |your |our )?([a-z]+(?: [a-z]+)? (?:store|warehouse|depot|shop"
    r"|outlet))(?![a-z])"
    r"|(?:(?:送|发|运|寄)(?:到|至|往)|地址(?:[^,，。是为:]{0,4})(?:是|为|:))([\u4e00-\u9fff]{2,6}(?:店|仓(?!库)))"
)
NEXT = re.compile(r"(?: [a-z]+)?")
BRACKET = re.compile(r" ?[（(] ?")
VOLUME = re.compile(r"(\d+(?:\.\d+)?)(ml|l)")
SIZE_AND_PACK = re.compile(r"(\d+(?:\.\d+)?(?:ml|l|g|kg))[×x*](\d+)")
EITHER = re.compile(r"(\d{1,2})/(\d{1,2})")
DAYS_GIVEN = re.compile(
    r"(?<![a-z])days? [a-z -]*terms$|-days?(?:[ -][a-z-]+)* terms$"
)  # no paper: within so many days
OF_PAGE = re.compile(r"^pages? \d+ of (?:the |our |your )?")
UP_TO = re.compile(r"(?:从|[到至~-]|(?<![a-z])(?:from|to)) ?$")
JOINED = re.compile(r" ?(?:、|,|和|与|及|and|, and|or|/) ?")
QUOTED = re.compile(r"[《》\"“”]|^是")
PAPER = re.compile(r"(?:pdf)?(?:第\d+页)?(?:政策|文件|规定|手册|条款|办法)?$|(?: policy| document| file)$")
TOKEN = re.compile(r"[a-z0-9][a-z0-9_./:×*-]*[a-z0-9]|\d")
SERIES = re.compile(r" ?(?:系列|开头|打头|的几款|series|range|line|models)")
HANDLE = re.compile(r"(?:微信|公众号|qq|wechat|whatsapp|telegram)(?:号|群)?[:： ]*([a-z0-9_-]{4,})")
ORDINARY = re.compile(r"\d+(?:st|nd|rd|th)|\d+(?:k|w|mn|bn)|x\d+|\d+x|q[1-4]|h[12]|fy\d+")


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
        if not view.holds(found[1] or found[2].rpartition("的")[2]):
            yield Wrong(f"{found.group()} is not in view")


def _in_names(span: tuple[int, int], said: Said, view: View) -> bool:
    """Whether a word for a region is part of a longer name in view: South City, 上海申嘉."""
    following = NEXT.match(said.text, span[1])
    words = said.text[span[0] : following.end() if following else span[1]]
    return view.holds(words) and any(name.startswith("region:") for name, *where in said.things if (*where,) == span)


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
    about = [
        (own - of_kind(own, "product")) | at
        if (at := _product_at(found.end(), said))
        else own
        if of_kind(own, "product")
        else own | _product_before(found.start(), said)
        for found, own in zip(
            found_all, phrase_things(said.text, [found.span() for found in found_all], said.things), strict=True
        )
    ]
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
        if (
            family_told(found.span(), said, view)
            or _is_day(word, view)
            or _is_part(word, view)
            or (SERIES.match(said.text, found.end()) and f"{word}" in view.words)
        ):
            continue
        for part in _sizes_in(word):
            if not _stands(part, things, view, subject=subject, others=others):
                yield Wrong(f"{part} is not in view")


def _product_at(end: int, said: Said) -> frozenset[str]:
    """The product that follows at once, in brackets: 250ml盒装（T-250G）."""
    return frozenset(
        name
        for name, start, _ in said.things
        if name.startswith("product:") and start > end and FOLLOWING.fullmatch(said.text[end:start])
    )


def _product_before(at: int, said: Said) -> frozenset[str]:
    """The product that was named last, with all that it may be; of a row of them each: 绿茶、冰红茶都有, up to 1l."""
    earlier = [thing for thing in said.things if thing[2] <= at and thing[0].startswith("product:")]
    spans = sorted({thing[1:] for thing in earlier})
    row = spans[-1:]
    for before, after in reversed([*pairwise(spans)]) if UP_TO.search(said.text[:at]) else ():
        if not JOINED.fullmatch(said.text[before[1] : after[0]]):
            break
        row.append(before)
    return frozenset(name for name, *where in earlier if (*where,) in row)


def _is_day(word: str, view: View) -> bool:
    """10/8, which may be read both ways, as a day of results."""
    found = EITHER.fullmatch(word)
    days = {(start.month, start.day) for start, end in view.times if one_day(start, end)}
    return found is not None and bool({(int(found[1]), int(found[2])), (int(found[2]), int(found[1]))} & days)


def _is_part(word: str, view: View) -> bool:
    """27/28, of the 28 with which a result begins: as many as it gives, or as those leave."""
    found = EITHER.fullmatch(word)
    if found is None or Decimal(found[2]) not in view.headline:
        return False
    return Decimal(found[1]) in view.headline or Decimal(found[2]) - Decimal(found[1]) in view.headline


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
    return bool(view.matches(pattern) or pattern.search(view.said)) or _in_other_units(word, view)


def _in_other_units(word: str, view: View) -> bool:
    """1000ml of what results call 1l, and the other way round."""
    found = VOLUME.fullmatch(word)
    if found is None:
        return False
    size = Decimal(found[1])
    same = f"{(size / 1000).normalize():f}l" if found[2] == "ml" else f"{(size * 1000).normalize():f}ml"
    return view.matches(re.compile(rf"(?<![a-z0-9.]){re.escape(same)}(?![a-z0-9])"))


def _held(name: str, view: View) -> bool:
    """Whether a document's name stands in view, spaces and a word such as "policy" behind it aside."""
    names = (name, PAPER.sub("", name).strip())
    held = any(len(one) > 1 and (view.holds(one) or _bare(one) in _bare(view.words)) for one in names)
    return held or titled(name, view.words)


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
            name = OF_PAGE.sub("", QUOTED.sub("", found[1]).strip())
            if name not in vocabulary.generic_documents and not (_held(name, view) or DAYS_GIVEN.search(name)):
                yield Wrong(f"the document {name} is not in view")
