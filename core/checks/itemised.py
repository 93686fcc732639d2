"""Rows that are counted and then told one by one: two big ones, A and B; five products, where a result has more."""

import re
from decimal import Decimal

from core.checks.listing import LOST, Listing
from core.checks.rounding import is_exact
from core.checks.said import Said
from core.checks.view import View
from core.checks.vocabulary import Vocabulary

HEAD = re.compile(
    r"[张笔单个]?(?P<zh>[^\d:：,，。;；]{0,10}?)(?:[:：]|(?:分别|依次)(?:是|为)?|是|为)"
    r"|(?P<en>(?: [a-z]+){1,7}) ?:"
)
LARGE = re.compile(r"大|高|(?<![a-z])(?:big\w*|large\w*|main|major)(?![a-z])")
SMALL = re.compile(r"小|低|(?<![a-z])(?:small\w*|minor)(?![a-z])")
STOP = re.compile(r"[。;；]|\.(?= |$)")
WHOLE = re.compile(
    r"(?:目前|现在|我们|一共|总共|共|合计)(?:就|只|一共|总共)?(?:有|供应|在售)?$|(?<![a-z])(?:we|you) (?:have|carry"
    r"|sell|stock) $"
)
NAMED = re.compile(r" ?[款种个]?(?:产品|商品|茶饮料|茶|饮料)?[:：]|(?: [a-z]+){1,3}:")
PAIR = 2


def told_one_by_one(place: int, said: Said, view: View, vocabulary: Vocabulary) -> bool | None:
    """Whether it counts the amounts that follow; false where they aren't the largest that it says, or not all."""
    one = said.numbers[place]
    if _of_those_seen(place, said, view):
        return False
    head = HEAD.match(said.text, one.number.span[1])
    if head is None or one.number.value < PAIR:
        return None
    words = head["zh"] or head["en"] or ""
    if any(pattern.search(words) for pattern in vocabulary.states.values()):
        return None
    stop = next((found.start() for found in STOP.finditer(said.text, head.end())), len(said.text))
    money = [other for other in said.numbers if head.end() <= other.number.span[0] < stop and other.kind == "money"]
    told = [abs(other.number.value) for other in money]
    if len(told) != one.number.value or len(set(told)) != len(told) or not any(is_exact(it.number) for it in money):
        return None
    for listing in view.listings:
        amounts = _amounts(listing)
        if set(told) <= set(amounts):
            most = sorted(amounts, reverse=True)
            if LARGE.search(words):
                return set(told) == set(most[: len(told)])
            return set(told) == set(most[-len(told) :]) if SMALL.search(words) else True
    return None


def _amounts(listing: Listing) -> list[Decimal]:
    return [row.amounts[-1] for row in listing.rows if row.amounts and not row.states & LOST]


def _of_those_seen(place: int, said: Said, view: View) -> bool:
    """As many as are seen at once, told as all that there are."""
    one = said.numbers[place]
    start, end = one.number.span
    if not WHOLE.search(said.text[:start]) or not NAMED.match(said.text, end):
        return False
    counts = [listing for listing in view.listings if listing.kind == "product"]
    return bool(counts) and all(it.shown == one.number.value < len(it.rows) for it in counts)
