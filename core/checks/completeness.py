"""Claims that there is no more than is told: nothing else is sold, all of them were received."""

import re
from collections.abc import Iterator

from core.checks.around import clause_of
from core.checks.belonging import of_kind
from core.checks.row_conditions import OTHERS, is_count
from core.checks.said import Said
from core.checks.tallies import NOUNS
from core.checks.view import View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong

NO_MORE = re.compile(
    r"没有别的|没别的|没有其他(?!费用|问题)|再没有|仅此而已|就(?:只有)?(?:这些|这么多|这几"
    r"|这[一二两三四五六七八九十\d])(?![^,，。]{0,6}(?:要|需))"
    r"|[就只]有?(?:这|那)?[一二两三四五六七八九十\d]+[款种张家笔]?了|(?:一共|总共|全部)就"
    r"|(?<![a-z])(?:nothing else|no other (?:products?|teas?|orders?|dealers?|regions?|items?|options?"
    r"|sizes?)|no others"
    r"|that(?:'s| is) (?:all|everything|the (?:full|whole|complete) (?:list|range))(?! (?:it takes|you need|set|i))"
    r"|(?:the|our|your) (?:full|whole|complete|entire) (?:list|range)|these are all|those are all)(?![a-z])"
)
EVERY = re.compile(r"全部|全都|都|(?<!平)均|悉数|无一例外|(?<![a-z])(?:all|every one|each|every)(?![a-z])")
EXCEPTED = re.compile(
    r"除|外|不含|不算|不计|被拒|拒绝|取消|其中|(?<![a-z])(?:except|but(?! not)|apart|besides|without"
    r"|excluding|rejected|cancell)"
)
NATIONWIDE = re.compile(
    r"全国|(?<![a-z])(?:nation(?:wide|ally)|countrywide|across (?:china|the country)|all of china)(?![a-z])"
)
ALTOGETHER = re.compile(
    r"(?:一共|总共|共|合计|总计)(?:就|只)?(?:有|是)?$|(?<![a-z])(?:we (?:have|sell|carry|offer)"
    r"|there are|a total of|our|all)(?: only)? $"
)
ALTOGETHER_AFTER = re.compile(r" [a-z ]{0,16}(?:in total|altogether|in all)(?![a-z])")
SEEN = re.compile(r"列|前|头|显示|这里|上面|这页|看到|(?<![a-z])(?:here|listed|shown|these|first)(?![a-z])")
ALL_SIZED = re.compile(
    r"(?:全部|全|都|均)(?:都)?(?:是|为)?(\d+(?:\.\d+)?(?:ml|l))(?![a-z])|(?<![a-z])all (?:are "
    r"|of them are |come in |in )?(\d+(?:\.\d+)?(?:ml|l))(?![a-z])"
)
SIZED = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:ml|l)(?![a-z])")
LOOK = 12
KINDS = ("dealer:", "product:", "code:", "region:")
LEAST = 2


def wrong_wholes(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """What is told as all there is, where a result lists more; a state of all, where rows are in others."""
    told = NO_MORE.search(said.text)
    if told and not OTHERS.search(NO_MORE.sub("", said.text)):
        named = {name for name in said.entities if name.startswith(KINDS)}
        for listing in view.listings:
            kinds = {kind for kind, noun in NOUNS.items() if noun.search(said.text)}
            rows = [row for row in listing.rows if row.things & named]
            some = rows or listing.rows[: listing.shown]
            asked = bool(rows) or listing.kind in kinds or not kinds
            if asked and len(some) < len(listing.rows) and (len(rows) >= LEAST or listing.shown < len(listing.rows)):
                yield Wrong(f"{told.group()}: there are more")
    region = of_kind(view.belonging.main, "region")
    wide = NATIONWIDE.search(said.text)
    if wide and region and not view.holds(wide.group()):
        yield Wrong(f"{wide.group()}: it is of {', '.join(sorted(region))} alone")
    yield from _all_counted(said, view)
    yield from _all_of_size(said, view)
    yield from _of_all(said, view, vocabulary)


def _all_of_size(said: Said, view: View) -> Iterator[Wrong]:
    """That all are of a size, where rows have others."""
    told = ALL_SIZED.search(said.text)
    if told is None or any(name.startswith("product:") for name in said.entities) or EXCEPTED.search(said.text):
        return
    size = told[1] or told[2]
    for listing in view.listings:
        sized = [row for row in listing.rows if SIZED.search(row.words)] if listing.kind == "product" else []
        if len(sized) > 1 and not all(re.search(rf"(?<![\d.]){re.escape(size)}(?![a-z])", row.words) for row in sized):
            yield Wrong(f"{told.group()}: not all of them")


def _all_counted(said: Said, view: View) -> Iterator[Wrong]:
    """So many in all, which is only what is seen of a longer list."""
    for place, one in enumerate(said.numbers):
        start, end = one.number.span
        if not is_count(one, said.text) or not (
            ALTOGETHER.search(said.text[:start]) or ALTOGETHER_AFTER.match(said.text, end)
        ):
            continue
        kinds = {kind for kind, noun in NOUNS.items() if noun.search(said.text[start : end + LOOK])}
        for listing in view.listings:
            shorter = listing.kind in kinds and listing.shown == one.number.value < len(listing.rows)
            if shorter and place == 0 and not SEEN.search(said.text[:start]):
                yield Wrong(f"{one.shown} are not all")


def _of_all(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """That all are in a state, where nothing is excepted and no fewer are counted."""
    if EXCEPTED.search(said.text) or OTHERS.search(said.text) or len(view.states) < LEAST:
        return
    for name, pattern in vocabulary.states.items():
        if not any(name in states for states in view.states.values()):
            continue
        for found in pattern.finditer(said.text):
            start, end = clause_of(said.text, [found.span()], found.span())
            every = EVERY.search(said.text, start, found.end()) or EVERY.search(said.text, found.end(), end)
            counts = [one for one in said.numbers if start <= one.number.span[0] < end and is_count(one, said.text)]
            orders = any(thing.startswith(("code:", "day:")) and at < end for thing, at, _ in said.things)
            fewer = any(one.number.value < len(view.states) for one in counts)
            if every and not orders and not fewer and not all(name in states for states in view.states.values()):
                yield Wrong(f"{found.group()}: not all of them")
