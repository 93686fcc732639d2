"""How far an amount is from a threshold: what is over it told as short of it, and the other way round."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from core.checks.around import PHRASE
from core.checks.reading import Fact
from core.checks.rounding import roundings
from core.checks.said import Said, Spoken
from core.checks.view import View
from core.checks.wrong import Wrong

SHORT_BEFORE = re.compile(
    r"(?:还|就|只|仍|尚|差不多)?(?:差|缺|少|欠)(?:了|着|您|个|约|大约|大概)* ?(?:cn|us)?$"
    r"|(?<![a-z])(?:short (?:of it |of the [a-z]+ )?by|(?:falls?|fell|missed|misses|miss)[^,.;]{0,30} by"
    r"|(?:needs?|lacks?|lacking|missing|still need|needed) (?:another |a further |only )?) ?(?:cn|us)?$"
)
SHORT_AFTER = re.compile(
    r" ?(?:元|块|yuan)?(?:才[能到够]|没[到够]|的?(?:差距|缺口))"
    r"| ?(?:yuan |rmb )?(?:more )?(?:short|below|under|shy|away|to go|missing|from reaching|before (?:it|you) reach)"
    r"(?![a-z])"
)
OVER_BEFORE = re.compile(
    r"(?:超过|超出|高出|多出|超)(?:了|约|大约|有)?[^,，。;；\d]{0,14}$|(?:超过|超出|高出"
    r"|过了?)[^,，。;；]{0,12}(?:门槛|档|线)"
    r"(?:了)?(?:约|有|达)? ?(?:cn)?$"
    r"|(?<![a-z])(?:past|over|above|exceed\w*|beat\w*|clear(?:ed|s)?|beyond|topp?\w*)[^;]{0,44} by (?:about |some )?"
    r"(?:cn|us)?$"
)
OVER_AFTER = re.compile(
    r" ?(?:yuan |rmb )?(?:more than|over|above|past|beyond|clear of|ahead of|in excess of)(?![a-z])"
    r"(?! (?:what )?(?:you|was|were|that|it|they)(?![a-z]))"
)
NOT_YET = re.compile(
    r"(?:没有?|不|未|还没|尚未)(?:到|达到?|满|足|过|超过|够)(?:了)?(?:第?[一二三四1-4]档)?(?:的)? ?(?:cn)?$"
    r"|(?:低于|少于)(?:第?[一二三四1-4]档)?(?:的)? ?(?:cn)?$"
    r"|(?<![a-z])(?:below|short of|under|less than|shy of|(?:not|n't)(?: yet)? (?:reach(?:ed)?|at|past|over|met"
    r"|pass(?:ed)?))"
    r" (?:the )?(?:tier \d )?(?:threshold )?(?:of )?(?:cn)?$"
)
PASSED = re.compile(
    r"(?<![不没未])(?:超过|超出|突破|跨过|越过|过了|已过|已达到?|达到了|满了|已满)"
    r"(?:了)?(?:第?[一二三四1-4]档)?(?:的)? ?(?:cn)?$"
    r"|(?<![a-z])(?:is|are|have|has|already|now|you're|comfortably|well)"
    r" (?:over|above|past|beyond|passed|cleared|exceeded|reached|met)"
    r" (?:the )?(?:tier \d )?(?:threshold )?(?:of )?(?:cn)?$"
)
TOGETHER = re.compile(
    r"累计|合计|总[额量计]?|一共|季度|(?<![a-z])(?:total|cumulative|running|quarter|together)(?![a-z])"
)
CROSSED = re.compile(
    r"(?:让|使|把|将|带动|推动|推着)[^,，。;；\d]{0,8}(?:过了?|超过|突破|达到|跨过|越过|推过|推到|升到)(?:了)?(?:cn)?$"
    r"|(?<![a-z])(?:pushed|took|taking|brought|carried|lifted|tipped|put)(?: [a-z]+){0,6} (?:over|past"
    r"|above|beyond|across|through)"
    r" (?:the )?(?:cn)?$"
)
SUPPOSED = re.compile(
    r"如果|若|要是|只要|就[能会可]|才|[再还]|到时|届时|(?<![a-z])(?:if|once|when|would|will|more"
    r"|another|further|to)(?![a-z])"
)


def wrong_crossings(said: Said, view: View) -> Iterator[Wrong]:
    """A distance on the wrong side of a threshold, and an amount on the wrong side of one beside it."""
    if "threshold" not in view.cues.get("money", ()) or not said.numbers:
        return
    money = [fact for same in view.facts.values() for fact in same if fact.kind == "money"]
    lines = {fact.value for fact in money if "threshold" in fact.cues}
    if not lines:
        return
    counted = {fact.value for fact in money if "rebate_base" in fact.cues}
    lacked = {fact.value for fact in money if "missing" in fact.cues}
    for one in said.numbers:
        if one.kind == "percent" or one.unit or abs(one.number.value) in lines:
            continue
        over = {value - line for value in counted for line in lines if value > line}
        short = {line - value for value in counted for line in lines if value < line} | lacked
        way = _way(one, said)
        wrong, right = (over, short) if way == "short" else (short, over)
        if way and _means(one, said, wrong) and not _means(one, said, right):
            yield Wrong(f"{one.shown} is on the other side")
    yield from _beside(said, view, lines)
    yield from _crossed_by_another(said, view, lines)


def _way(one: Spoken, said: Said) -> str:
    """Whether it is told as short of something or as over it."""
    start, end = one.number.span
    begin = max([0, *(found.end() for found in PHRASE.finditer(said.text, 0, start))])
    before = said.text[begin:start]
    if SHORT_BEFORE.search(before) or SHORT_AFTER.match(said.text, end):
        return "short"
    return "over" if OVER_BEFORE.search(before) or OVER_AFTER.match(said.text, end) else ""


def _means(one: Spoken, said: Said, values: set[Decimal]) -> bool:
    told, ways = abs(one.number.value), roundings(one.number, said.text)
    return any(value == told or any(way.gives(told, value) for way in ways) for value in values)


def _crossed_by_another(said: Said, view: View, lines: set[Decimal]) -> Iterator[Wrong]:
    """A month that is told as the one in which purchases passed a threshold, where they did in another."""
    rows = [row for listing in view.listings if listing.kind == "period" for row in listing.rows if row.amounts]
    for one in said.numbers:
        line, before = abs(one.number.value), said.text[: one.number.span[0]]
        if line not in lines or not CROSSED.search(before):
            continue
        begin = max([0, *(found.end() for found in PHRASE.finditer(before))])
        named = {name for name, at, _ in said.things if begin <= at < one.number.span[0] and name.startswith("period:")}
        total = Decimal(0)
        for row in rows:
            total += row.amounts[0]
            if row.things & named and not total - row.amounts[0] < line <= total:
                yield Wrong(f"{one.shown} was passed in another month")


def _beside(said: Said, view: View, lines: set[Decimal]) -> Iterator[Wrong]:
    """What counts, and behind it a threshold that it has reached or hasn't."""
    for one, other in pairwise(said.numbers):
        line = abs(other.number.value)
        bases = [fact for fact in _meant(one, said, view) if "rebate_base" in fact.cues]
        between = said.text[one.number.span[1] : other.number.span[0]]
        if line not in lines or not bases:
            continue
        values = {fact.value for fact in bases}
        if NOT_YET.search(between) and all(value >= line for value in values):
            yield Wrong(f"{one.shown} isn't below {other.shown}")
        if PASSED.search(between) and TOGETHER.search(between):
            continue
        if PASSED.search(between) and not SUPPOSED.search(said.text) and all(value < line for value in values):
            yield Wrong(f"{one.shown} isn't above {other.shown}")


def _meant(one: Spoken, said: Said, view: View) -> Iterator[Fact]:
    told, ways = abs(one.number.value), roundings(one.number, said.text)
    for value, same in view.facts.items():
        if value == told or any(way.gives(told, value) for way in ways):
            yield from (fact for fact in same if fact.kind == "money")
