"""「便宜那个来30件」, "20 of the cheaper one": the one of those priced a moment ago that costs less, or more."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from agents.offline.reading.named import Mention

Priced = Sequence[tuple[str, Decimal]]
ONE = r"(?:的?[那这哪][个款种样只]|的(?=[ ,，]*(?:先|就|给我|帮我)?[来要上下拿订搞弄\d一二两三四五六七八九十百]))"
CHEAPER = re.compile(
    rf"(?:最|更|比较)?(?:便宜|实惠|划算)(?:点|些|一点|一些)?{ONE}|价[钱格]?低(?:点|些)?{ONE}"
    r"|(?<![a-z])(?:the |that |those )?(?:cheap(?:er|est)|less expensive|lower[- ]priced)"
    r"(?: (?:ones?|kind|product|of (?:the )?(?:two|both|those|them)))(?![a-z])|(?<![a-z])the cheap(?:er"
    r"|est)(?! than)(?![a-z])"
)
DEARER = re.compile(
    rf"(?:最|更|比较)?贵(?:点|些|一点|一些)?{ONE}|价[钱格]?高(?:点|些)?{ONE}"
    r"|(?<![a-z])(?:the |that |those )?(?:(?:more|most) expensive|dear(?:er|est)|pric(?:ier|iest)|higher[- ]priced)"
    r"(?: (?:ones?|kind|product|of (?:the )?(?:two|both|those|them)))(?![a-z])"
)


def by_price(text: str, priced: Priced) -> Iterator[Mention]:
    """Where the words point at the cheapest or dearest of those priced; nothing where two cost the same."""
    for pattern, first in ((CHEAPER, 0), (DEARER, -1)):
        ranked = sorted(priced, key=lambda one: one[1])
        if len(ranked) < 2 or ranked[first][1] == ranked[1 if first == 0 else -2][1]:
            continue
        for match in pattern.finditer(text):
            yield Mention("product", (ranked[first][0],), match.start(), match.end(), match.group(), sure=False)


def priced_after(before: Priced, told: Priced) -> Priced:
    """Those of the latest prices that are compared: all of one reply, or the one of a reply with the one before it."""
    if len(told) != 1:
        return tuple(told) or tuple(before)
    return (*[one for one in before if one[0] != told[0][0]][-1:], told[0])
