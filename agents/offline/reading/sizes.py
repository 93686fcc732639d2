"""The number beside a product's name that says how much it holds, and counts nothing: 「柠檬汽水 500的 12箱」."""

import re
from collections.abc import Sequence

from agents.offline.reading.briefing import Briefing
from agents.offline.reading.named import Mention
from core.language.normalise import fold
from core.language.quantities import Quantity


def without_sizes(text: str, mentions: Sequence[Mention], briefing: Briefing) -> str:
    """「矿泉水550 x 30」: the digits of a name, or of a size behind it, are no factor of what is counted."""
    for mention in mentions:
        end = mention.end
        size = SIZE_TIMES.match(text[end:])
        if size and mention.kind == "product" and any(briefing.sizes.get(c) == int(size[1]) for c in mention.codes):
            end += size.end(1)
        if mention.kind == "product" and TIMES.match(text[end:]):
            text = f"{text[: mention.start]}{DIGITS.sub('某', text[mention.start : end])}{text[end:]}"
    return text


DIGITS, SIZE_TIMES = re.compile(r"\d"), re.compile(r" ?(\d{3,4})(?=(?:ml|毫升)? ?[x×*] ?\d)")
TIMES = re.compile(r"(?:ml|毫升)? ?[x×*] ?\d")


def is_a_size(quantity: Quantity, text: str, mentions: Sequence[Mention], briefing: Briefing) -> bool:
    """「柠檬汽水 500的 12箱」: how much the product right before it holds, where an amount follows."""
    start, end = quantity.span
    products = [one for one in mentions if one.kind == "product"]
    told = AMOUNT_NEXT.match(text[end:]) or CALLED_SO.match(text[end:])
    of_the_next = any(0 <= one.start - end <= 1 for one in products)  # "60 green tea 500 mineral water"
    if quantity.unit is not None:
        return False
    return any(
        0 <= start - one.end <= 1
        and (told or (not of_the_next and AMOUNT_BEFORE.search(text[: one.start])))
        and any(briefing.sizes.get(code) == quantity.value for code in one.codes)
        for one in products
    )


AMOUNT_BEFORE = re.compile(  # "60 mineral water 550": what is counted has its amount already
    r"\d ?(?:[箱件提托]|cases?|cs|boxes|packs?|pallets?)?(?: of)?(?: the| your)? ?$"
)
CALLED_SO = re.compile(r"(?:ml|毫升)?(?:的|[那这][个款种])(?!话)")  # 「可乐500的什么价」
AMOUNT_NEXT = re.compile(r"(?:ml|毫升)?的? ?[x×*]? ?(?:来|要|拿)? ?[\d一二三四五六七八九十百两]")


NAME_AND_SIZE = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8})(?P<size>\d{3,4})(?:ml|毫升)?(?=的)")
LATIN_AND_SIZE = re.compile(  # "60 purified 550"
    r"(?<![a-z])(?P<name>[a-z]{4,}) (?P<size>\d{3,4})(?: ?ml)?"
    r"(?= *(?:$|[,.;!?&+]|(?:and|plus|please|pls|for|to|by)(?![a-z])))"
)
SHORTEST = 2


def named_with_sizes(text: str, mentions: Sequence[Mention], briefing: Briefing) -> list[Mention]:
    """「水蜜桃450的30箱」: a part of a name and a size, that together can be only one product's."""
    found = list(mentions)
    for match in NAME_AND_SIZE.finditer(text):
        if any(one.start < match.end("size") and match.start("name") < one.end for one in mentions):
            continue
        name, size = match["name"], int(match["size"])
        for at in range(len(name) - SHORTEST + 1):
            codes = _called(name[at:], size, briefing)
            if codes:
                found += [_mention(codes, match, at)] if len(codes) == 1 else []
                break
    for match in LATIN_AND_SIZE.finditer(text):
        counted = AMOUNT_BEFORE.search(text[: match.start()])
        if not counted or any(one.start < match.end("size") and match.start() < one.end for one in mentions):
            continue
        codes = _called(match["name"], int(match["size"]), briefing)
        found += [_mention(codes, match, 0)] if len(codes) == 1 else []
    return sorted(found, key=lambda mention: mention.start)


def _called(part: str, size: int, briefing: Briefing) -> list[str]:
    of_size = [thing for thing in briefing.linker.of_kind("product") if briefing.sizes.get(thing.code) == size]
    return [thing.code for thing in of_size if any(part in fold(name) for name in thing.names)]


def _mention(codes: Sequence[str], match: re.Match[str], at: int) -> Mention:
    start = match.start("name") + at
    return Mention("product", tuple(codes), start, match.end("size"), match.string[start : match.end("size")])
