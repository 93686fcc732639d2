"""The number beside a product's name that says how much it holds, and counts nothing: 「柠檬汽水 500的 12箱」."""

import re
from collections.abc import Sequence

from agents.offline.reading.briefing import Briefing
from agents.offline.reading.named import Mention
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
    if quantity.unit is not None or not (AMOUNT_NEXT.match(text[end:]) or CALLED_SO.match(text[end:])):
        return False
    return any(
        one.kind == "product"
        and 0 <= start - one.end <= 1
        and any(briefing.sizes.get(code) == quantity.value for code in one.codes)
        for one in mentions
    )


CALLED_SO = re.compile(r"(?:ml|毫升)?(?:的|[那这][个款种])(?!话)")  # 「可乐500的什么价」
AMOUNT_NEXT = re.compile(r"(?:ml|毫升)?的? ?[x×*]? ?(?:来|要|拿)? ?[\d一二三四五六七八九十百两]")
