"""Which numbers of a clause count something: not what was before, what is asked, a side of a deal, or a place."""

import re
from dataclasses import replace

from core.language.quantities import Quantity

FROM = re.compile(r"(?:从|由|(?<![a-z])from) ?$")
TO = re.compile(r" ?(?:(?:减少?|改|降|增?加|提|调整?|换|变)(?:到|成|为)|到|(?:cases? )?(?:down |up )?to(?![a-z]))")


def _gives_way(quantity: Quantity, text: str) -> bool:
    """「从50箱减到20箱」, "from 50 to 20": what it was."""
    start, end = quantity.span
    return FROM.search(text[:start]) is not None and TO.match(text[end:]) is not None


ASKED_FREE = re.compile(
    r"(?:够|是|合|等于|折合?|算|换算成?|装)几[箱件提瓶托]$|[送搭赠](?:我们?)?[几多][少箱件瓶]?[箱件瓶]?$"
)  # 「送几箱」 asks
DEAL = re.compile(r"(?:[\d一二两三四五六七八九十百]+) ?(?:[送搭赠]|\+) ?[\d一二两三四五六七八九十]+")  # 「十送一」


def _of_a_deal(quantity: Quantity, text: str) -> bool:
    """Whether it is a side of a deal: 「别家十送一」 counts nothing."""
    return quantity.unit is None and any(
        match.start() <= quantity.span[0] and quantity.span[1] <= match.end() for match in DEAL.finditer(text)
    )


LIMIT = re.compile(
    r"(?:超[过出了]*|限额|上限|额度|不到|(?<![a-z])(?:over|above|under|below|limit(?: is| of)?"
    r"|exceeds?)(?: the)?) ?[¥￥]?$"
)


def _is_a_limit(quantity: Quantity, text: str) -> bool:
    """「超50k了」, "over the 50k": what may not be gone beyond."""
    return quantity.unit is None and quantity.value >= MUCH and LIMIT.search(text[: quantity.span[0]]) is not None


MUCH = 10_000
AT_LEAST = re.compile(r"起订|起定|几[箱件提托]起|最少(?:要|得|订|拿)?几|(?<![a-z])moq(?![a-z])")  # 「MOQ是几箱」 asks
PLACED = re.compile(r"(?:最后|头|另外?|那|这|哪|第|前面?|后面?)[一1] ?[个款种样项单笔]$|[那这前后头][两2] ?[个款种样]$")
NOT = re.compile(  # 「一托啊不是 24箱」 takes the pallet back, and not what follows
    r"(?:\bnot|(?<![a-z])instead of|(?<![a-z])rather than|(?<![啊哦噢喔呃额哎诶欸唉呀嗯])(?<!不是)不是(?!不是)"
    r"|而不是|别要|不用|用不着|不需要) *$"
)


def signed(quantity: Quantity, text: str) -> Quantity:
    """「要-5箱」 is five below nothing, though the finder takes the dash for one between words."""
    start = quantity.span[0]
    minus = text[start - 1 : start] == "-" and not text[max(0, start - 2) : start - 1].isascii() and quantity.value > 0
    return replace(quantity, value=-quantity.value) if minus else quantity


def is_taken_back(quantity: Quantity, text: str) -> bool:
    """「是二十箱不是十箱」: the ten."""
    return NOT.search(text[: quantity.span[0]]) is not None or brought_instead(quantity, text) is not None


PLANNED = re.compile(  # what was thought of first
    r"(?:本来|原来|原本|原先|起初|一开始)[^,，。;；\d]{0,10}$"
    r"|(?<![a-z])(?:(?:was|were) (?:going|about|planning) to|planned(?: to| on)?|originally|(?:had |i |we )wanted"
    r"|thought (?:of|about))[^,.;\d]{0,16}$"
)
SETTLED = re.compile(
    r"后来|现在|想[了一]?想|一想|还是|改|就(?=[来要拿订]?[\d一二两三四五六七八九十百])|但是?|不过|结果|只"
    r"|(?<![a-z])(?:but|so|now|instead|actually|make|only|just)(?![a-z])"
)
A_NUMBER = re.compile(r"\d+|[一二两三四五六七八九十百千]+(?![个种样款下些起想看])")


def brought_instead(quantity: Quantity, text: str) -> int | None:
    """「本来想要100的 后来一想就80吧」: where the number stands that comes instead of what was thought of first."""
    if not PLANNED.search(text[: quantity.span[0]]):
        return None
    settled = SETTLED.search(text, quantity.span[1])
    number = A_NUMBER.search(text, settled.end()) if settled else None
    return number.start() if number and number.start() - quantity.span[1] <= FAR else None


FAR = 40


def counts(quantity: Quantity, text: str) -> bool:
    """Whether it can be an amount of something that is wanted or asked about."""
    ahead = text[: quantity.span[1]]
    asked = quantity.approximate and AT_LEAST.search(text) is not None
    told = asked or PLACED.search(ahead) or _is_a_limit(quantity, text) or ASKED_FREE.search(ahead)
    return not (told or _gives_way(quantity, text) or _of_a_deal(quantity, text))
