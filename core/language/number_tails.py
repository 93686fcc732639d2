"""What follows a number and settles what it counts: 35块8, 3个点, 20多万, 10 cases, 3天."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.language.chinese_numbers import DIGITS, MAGNITUDES, D
from core.language.units import Measure, Unit, measure_after


class Kind(StrEnum):
    """What a number counts."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    ORDINAL = "ordinal"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Tail:
    """The number with what stands after it; ``end`` closes the number, ``unit_end`` its measure word."""

    kind: Kind
    value: Decimal
    end: int
    unit_end: int
    unit_like: str | None = None
    measure: Measure | None = None
    approximate: bool = False


_LETTERS: Mapping[str, int] = {"k": 1000, "w": 10**4, "mn": 10**6, "mio": 10**6, "bn": 10**9}
_WORDS: Mapping[str, int] = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_SCALE = re.compile(
    r"(?P<letters>k|w|mn|mio|bn)(?![a-z0-9])(?!-\d)| ?(?P<words>dozen|hundred|thousand|million|billion)s?(?![a-z])"
)
_SOME = re.compile(r"[多来余](?P<magnitude>[百千万亿]?)(?![少大久远谢])|\+(?! ?\d)")
_PERCENT = re.compile(r" ?(?P<word>%|个?百分点|个(?P<half>半)?点(?!心|子)|(?:percent|per cent|pct)(?![a-z]))")
_POINTS = re.compile(r"点(?!心|子|钟|前|后|半|\d|多)")
_POINTS_MEANT = re.compile(r"[返扣让折率涨降提](?:利|点)?(?:了|是|的|给)? ?$")
_MONEY = re.compile(
    r" ?(?P<word>块钱?|元(?!旦|月|宵)钱?|圆|人民币|美[元金]|港币|欧元"
    r"|rmb|cny|usd|eur|hkd|yuan|dollars?|bucks|kuai|毛钱|角|分钱|毛(?!利|巾|衣|豆))"
    r"(?![a-z])"
)
_JIAO = re.compile(rf"(?P<cents>\d\d)(?!\d)|零?(?P<jiao>[\d{D}])(?:[毛角](?:(?P<fen>[\d{D}])分?)?)?")
_RUNS_ON = re.compile(rf"[\d{D}十百千万.]")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_TIME = re.compile(
    r" ?(?P<word>个?半?(?:月|季度?|星期|礼拜|小时|钟头|工作日)|财?年|日(?!元)|号|天|周(?!转|边)|点|时|分钟|秒"
    rf"|(?:st|nd|rd|th)? (?:of )?(?:{_MONTHS})(?![a-z](?<!y))[a-z]*"
    r"|-?(?:days?|weeks?|months?|quarters?|years?|hours?|hrs?|minutes?|mins?|d|h|am|pm|a\.m|p\.m))(?![a-z])"
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![a-z])")
_HALF = re.compile(r"半(?![年月个天价数夜成箱件瓶托板提包打])| and a half(?! ?dozen)")
_TIMES = re.compile(r" ?[x×*](?=$|[^a-z0-9]|[a-z]{1,4}-?\d)")
_HALF_COIN = re.compile(r"半(?![年月天价])")
_SMALL_COINS: Mapping[str, Decimal] = {
    "毛": Decimal("0.1"),
    "毛钱": Decimal("0.1"),
    "角": Decimal("0.1"),
    "分钱": Decimal("0.01"),
}


def tail_after(text: str, start: int, end: int, value: Decimal) -> Tail:
    """Reads on from a number at ``text[start:end]``."""
    value, end, approximate, dozen = _scaled(text, end, value)
    for reader in (_percent, _money, _time, _ordinal):
        if tail := reader(text, start, end, value):
            return Tail(tail.kind, tail.value, tail.end, tail.unit_end, tail.unit_like, None, approximate)
    return _count(text, end, value, dozen, approximate)


def _scaled(text: str, end: int, value: Decimal) -> tuple[Decimal, int, bool, bool]:
    """With 5w, 50k, 2 dozen and 20多万 worked out; whether it is vague, whether it was dozens."""
    dozen = False
    if (match := _SCALE.match(text, end)) and text[end - 1].isdecimal():
        word = match["letters"] or match["words"]
        value, end, dozen = value * {**_LETTERS, **_WORDS}[word], match.end(), word == "dozen"
    match = _SOME.match(text, end)
    if match is None:
        return value, end, False, dozen
    magnitude = match["magnitude"]
    if not (magnitude or text[end] == "+" or _something_counted(text, match.end())):
        return value, end, False, dozen
    return value * (MAGNITUDES[magnitude] if magnitude else 1), match.end(), True, dozen


def _something_counted(text: str, at: int) -> bool:
    ended = at >= len(text) or not text[at].isalnum()
    return (
        ended
        or any(pattern.match(text, at) for pattern in (_PERCENT, _MONEY, _TIME))
        or measure_after(text, at) is not None
    )


def _percent(text: str, start: int, end: int, value: Decimal) -> Tail | None:
    match = _PERCENT.match(text, end)
    if match:
        value += Decimal("0.5") if match["half"] else 0
        return Tail(Kind.PERCENT, value, match.end(), match.end(), match["word"])
    if (match := _POINTS.match(text, end)) and _POINTS_MEANT.search(text[max(0, start - 4) : start]):
        return Tail(Kind.PERCENT, value, match.end(), match.end(), "点")
    if text[end : end + 1] == "折" and not text.startswith("折扣", end) and value < 100:
        value *= 10 if value < 10 else 1
        return Tail(Kind.PERCENT, value, end + 1, end + 1, "折")
    if text[end : end + 1] == "成" and value <= 10 and text[end + 1 : end + 2] not in tuple("交功立员本品为了"):
        return Tail(Kind.PERCENT, value * 10, end + 1, end + 1, "成")
    return None


def _money(text: str, start: int, end: int, value: Decimal) -> Tail | None:
    match = _MONEY.match(text, end)
    if match is None:
        return None
    word, end = match["word"], match.end()
    if word in _SMALL_COINS:
        value *= _SMALL_COINS[word]
        scale = _SMALL_COINS[word] / 10
    else:
        scale = Decimal("0.1")
    if word in {"块", "元", "毛", "角"}:
        if half := _HALF_COIN.match(text, end):
            return Tail(Kind.MONEY, value + scale * 5, half.end(), half.end(), word)
        coins = _JIAO.match(text, end)
        if coins and _are_coins(text, coins):
            value, end = value + _coins(coins) * scale, coins.end()
    return Tail(Kind.MONEY, value, end, end, word)


def _coins(coins: re.Match[str]) -> Decimal:
    if coins["cents"]:
        return Decimal(coins["cents"]) / 10
    jiao = _digit(coins["jiao"]) / (10 if coins.group().startswith("零") else 1)
    return jiao + (_digit(coins["fen"]) / 10 if coins["fen"] else 0)


def _are_coins(text: str, coins: re.Match[str]) -> bool:
    """In 35块8箱 the 8 counts cases; in 35块8一箱 it doesn't."""
    end = coins.end()
    if _RUNS_ON.match(text, end):
        return text[end] in "一1" and measure_after(text, end + 1) is not None
    return measure_after(text, coins.end("cents" if coins["cents"] else "jiao")) is None


def _digit(char: str) -> Decimal:
    return Decimal(DIGITS[char] if char in DIGITS else int(char))


def _time(text: str, start: int, end: int, value: Decimal) -> Tail | None:
    match = _TIME.match(text, end)
    if match is None:
        return None
    if match["word"].startswith("个半"):
        return Tail(Kind.TIME, value + Decimal("0.5"), end + 2, match.end(), match["word"])
    return Tail(Kind.TIME, value, end, match.end(), match["word"])


def _ordinal(text: str, start: int, end: int, value: Decimal) -> Tail | None:
    match = _ORDINAL.match(text, end)
    if match or text[max(0, start - 1) : start] in {"第", "#"} or text[max(0, start - 3) : start] == "no.":
        measure = measure_after(text, end)
        return Tail(Kind.ORDINAL, value, match.end() if match else end, end, measure.word if measure else None)
    return None


def _count(text: str, end: int, value: Decimal, dozen: bool, approximate: bool) -> Tail:
    measure = measure_after(text, end)
    if measure is None:
        if dozen:
            measure = Measure("dozen", Unit.BOTTLE, end)
            return Tail(Kind.COUNT, value, end, end, "dozen", measure, approximate)
        times = _TIMES.match(text, end)
        return Tail(Kind.COUNT, value, end, times.end() if times else end, "x" if times else None, None, approximate)
    value *= measure.factor
    if (
        measure.word == "个"
        and text[measure.end : measure.end + 1] == "半"
        and (whole := measure_after(text, measure.end + 1))
    ):
        return Tail(Kind.COUNT, value + Decimal("0.5"), measure.end + 1, whole.end, whole.word, whole, approximate)
    if half := _HALF.match(text, measure.end):
        return Tail(Kind.COUNT, value + measure.factor / 2, half.end(), half.end(), measure.word, measure, approximate)
    return Tail(Kind.COUNT, value, end, measure.end, measure.word, measure, approximate)
