"""What would be different: 涨5%, 降1块, 九折, 10搭1, 需求多两成; a price's change, or that of demand."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from core.language.days import small_number
from core.language.normalise import folded
from core.language.numerals import Kind, Scanned, scan

Of = Literal["price", "demand"]
AROUND = 24  # characters before and behind a number that say what it changes

_LESS = re.compile(
    r"降|减|跌|便宜|少|低|让利|优惠|立减|下调|砍"
    r"|(?<![a-z])(?:less|lower(?:ed)?|cheaper|drops?|dropped|cut|off|discount|down|fall(?:s|en)?|fell|decreas\w+|reduc\w+)(?![a-z])"
)
_MORE = re.compile(
    r"涨|升|加|贵|多|高|增|提价|上调|翻"
    r"|(?<![a-z])(?:more|higher|dearer|up|rises?|rose|raise\w*|increas\w+|extra|grow\w*|hike)(?![a-z])"
)
_PRICE = re.compile(
    r"价|便宜|贵|折|让利|优惠"
    r"|(?<![a-z])(?:price[sd]?|pricing|cheaper|dearer|discount|off|cut|cost\w*)(?![a-z])"
)
_PRICE_ALONE = re.compile(r"[降涨减]|[下上]调")  # of nothing that is named: of the price
_DEMAND = re.compile(
    r"需求|销量|用量|走量|客流|多卖|少卖|卖多|卖少|热|冷|旺|淡"
    r"|(?<![a-z])(?:demand|volumes?|sales|sell\w*|hot\w*|cold\w*|warm\w*)(?![a-z])"
)
_DEAL = re.compile(
    r"(?<![\d一二三四五六七八九十])(?:买|每)?(?P<paid>\d{1,3}|[一二两三四五六七八九十]{1,3})[箱件个]?(?:搭|送|赠|\+)(?:赠|送)?"
    r"(?P<free>\d{1,2}|[一二两三四五六七八九十])(?![\d%折块元毛月号日点])"
    r"|buy (?P<buy>\d{1,3}|[a-z]{3,6})(?: cases?)?,? (?:and )?(?:get|take|receive)s? "
    r"(?P<get>\d{1,2}|one|two|three|an?)(?![a-z])"
    r"|(?<![\d.])(?P<p>\d{1,3}) ?(?:plus|\+|for) ?(?P<f>\d{1,2})(?: free)?(?![\d%])"
)


@dataclass(frozen=True, slots=True)
class Change:
    """Signed: per cent in points, or money a case where ``money``."""

    of: Of
    value: Decimal
    money: bool = False


def find_change(text: str, of: Of) -> Change | None:
    """The first change of a price, or of demand, that a message supposes."""
    original = folded(text)
    for found in scan(original):
        change = _change(original.text, found)
        if change is not None and change.of == of:
            return change
    return None


def _change(text: str, found: Scanned) -> Change | None:
    number = found.number
    if number.kind not in {Kind.PERCENT, Kind.MONEY}:
        return None
    start, end = number.span[0], max(number.span[1], found.end)
    if number.unit_like == "折":
        return Change("price", number.value - 100)
    sign = _sign(text, start, end)
    if sign == 0:
        return None
    money = number.kind is Kind.MONEY
    return Change("price" if money else _of_what(text, start, end), sign * number.value, money)


def _sign(text: str, start: int, end: int) -> int:
    """The nearest word that says up or down: before the number, else behind it."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if text[max(0, start - 1) : start] in {"-", "−"}:
        return -1
    places = [(match.end(), sign) for word, sign in ((_LESS, -1), (_MORE, 1)) for match in word.finditer(before)]
    if places:
        return max(places)[1]
    behind = [(match.start(), sign) for word, sign in ((_LESS, -1), (_MORE, 1)) if (match := word.search(after))]
    return min(behind)[1] if behind else 0


def _of_what(text: str, start: int, end: int) -> Of:
    """What is named nearest before the number, else behind it; 涨 and 降 alone are of prices."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    kinds: tuple[tuple[re.Pattern[str], Of], ...] = ((_DEMAND, "demand"), (_PRICE, "price"))
    named = [(len(before) - match.end(), of) for word, of in kinds for match in word.finditer(before)]
    if not named and _PRICE_ALONE.search(before):
        return "price"
    named = named or [(match.start(), of) for word, of in kinds for match in word.finditer(after)]
    return min(named)[1] if named else "demand"


def find_deal(text: str) -> tuple[int, int] | None:
    """Cases paid and cases free: 10搭1, 买十送一, buy 10 get 1."""
    match = _DEAL.search(folded(text).text)
    if match is None:
        return None
    paid = _counted(match["paid"] or match["buy"] or match["p"])
    free = _counted(match["free"] or match["get"] or match["f"])
    return (paid, free) if paid and free and free <= paid else None


def _counted(word: str) -> int:
    return 1 if word in {"a", "an"} else small_number(word) or 0
