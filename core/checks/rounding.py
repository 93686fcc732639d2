"""Whether a number is a figure rounded the way it was said: 约2,700, 四万两千多, just under 47,000, 不到1.9万."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from core.language.numerals import Kind, Number

LESS = re.compile(
    r"(?:(?:不到|不足|将近|接近|近|几乎|快)(?:是|占|达|有|要|到|全年的?|全部的?|总数的?|总额的?)*|(?<![a-z])(?:nearly|almost"
    r"|under|less than|close to|up to|short of|shy of))"
    r"(?:有|了)? ?(?:cn|us|hk|rmb|cny)? ?$"
)
MORE = re.compile(
    r"(?:超过|超出|超|逾|不止|突破|"
    r"(?<![a-z])(?:over|past|beyond|more than|above|exceeding|upwards of|north of))(?:了|有)? ?(?:cn|us|hk|rmb|cny)? ?$"
)
MORE_AFTER = re.compile(r" ?(?:多|余|出头|\+|or more|and change|plus)")
UPWARDS = re.compile(r" ?元?(?:以上|之上)| (?:or above|or higher|and above|or so more)")
VERY_NEAR = Decimal("0.01")
NEAR = Decimal("0.02")
CLOSE = Decimal("0.05")
BELOW = Decimal("0.1")
BEYOND = Decimal("0.2")
MARKS: Mapping[str, int] = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
MIXED = re.compile(r"\d[百千万亿].*\d([十百千万])[多余]?")
ABOUT = re.compile(
    r"(?:大概|大约|大致|约|差不多(?:占了?|是)?|(?<![a-z])(?:about|around|approximately|approx\.?|roughly|some|circa))"
    r"(?:有|是|为)? ?[+−–-]?(?:cn|us|hk|rmb|cny)? ?$"
)
COINS = re.compile(r"[毛角]|[块元] ?[\d一二三四五六七八九]")
LEAST_ROUNDED, LEAST_PRICE = 100, 10
TENTH = Decimal("0.15")
ROUGHLY_POINTS = Decimal(4)
ABOUT_POINTS, FEWER, FURTHER = Decimal("2.5"), Decimal(5), Decimal(8)
SCALES: Mapping[str, int] = {"hundred": 100, "thousand": 1000, "million": 10**6}
SPELLED = re.compile(r"^[a-z -]+ (hundred|thousand|million)s?(?: yuan| rmb)?$")
TAILED = re.compile(r"([百千万])[一二三四五六七八九1-9]$")
TELLING = 5
CLOSELY = Decimal("0.005")
TWO_DIGITS = 10  # tens of the step


@dataclass(frozen=True, slots=True)
class Rounding:
    """A step that a figure was rounded to, which way, and how far off it may be, as a share of it."""

    step: Decimal
    way: str
    off: Decimal

    def gives(self, said: Decimal, value: Decimal) -> bool:
        """Whether ``value``, rounded so, is what was said."""
        if self.step <= 0 or not value:
            return False
        if (value / self.step).quantize(Decimal(1), rounding=self.way) * self.step != said:
            return False
        return abs(value - said) / value <= self.off


@dataclass(frozen=True, slots=True)
class Between:
    """Two bounds, which "half" and "a good third" leave open."""

    low: Decimal
    high: Decimal
    way: str = ROUND_HALF_UP

    def gives(self, said: Decimal, value: Decimal) -> bool:
        """Whether a percentage lies between them."""
        return self.low <= value <= self.high


def roundings(number: Number, text: str) -> tuple[Rounding | Between, ...]:
    """What may be meant by a number in folded text. Of plain ones, the last digit shown is the last that counts."""
    said = abs(number.value)
    shown = text[slice(*number.span)]
    way = _way(text, number, shown)
    if number.unit_like == "share":
        return (_about_share(said, way, bool(ABOUT.search(text[max(0, number.span[0] - 24) : number.span[0]]))),)
    step = step_of(shown, said)
    if shown.endswith("成"):
        return (Rounding(step, way, BELOW if way == ROUND_CEILING else Decimal(1) if way == ROUND_FLOOR else TENTH),)
    if TAILED.search(shown.rstrip("元块钱")) and way == ROUND_HALF_UP and said >= TWO_DIGITS * step:
        return (Rounding(step, way, CLOSE), Rounding(step, ROUND_FLOOR, NEAR))
    about = number.approximate or ABOUT.search(text[max(0, number.span[0] - 24) : number.span[0]])
    if way == ROUND_HALF_UP and not about:
        scaled = number.kind in {Kind.MONEY, Kind.PERCENT} or step >= 1000
        return (Rounding(step, way, CLOSE if scaled and said >= step * TWO_DIGITS else NEAR),)
    nearly = (Between(said * (1 - CLOSELY), said * (1 + CLOSELY)),) if step < 1 else ()
    return (*_coarser(said, step, way, number.kind), *(nearly if way == ROUND_HALF_UP else ()))


def is_exact(number: Number) -> bool:
    """Whether it has so many digits that it is hardly by chance that a figure in view has the same."""
    return len(number.value.normalize().as_tuple().digits) >= TELLING and not number.approximate


def _about_share(said: Decimal, way: str, about: bool) -> Between:
    """Half of it is within 2.5 points, about half four; nearly half at most five less, over half at most eight more."""
    points = ROUGHLY_POINTS if about else ABOUT_POINTS
    low = said if way == ROUND_FLOOR else said - (FEWER if way == ROUND_CEILING else points)
    high = said if way == ROUND_CEILING else said + (FURTHER if way == ROUND_FLOOR else points)
    return Between(low, high, way)


def _coarser(said: Decimal, step: Decimal, way: str, kind: Kind) -> Iterator[Rounding]:
    """Of a number that is told as a rough one, zeros at its end may be what is left out."""
    shown = step
    while True:
        digits = said / step
        rough = said >= (TWO_DIGITS if kind is Kind.MONEY else LEAST_ROUNDED) or kind is Kind.PERCENT or step < 1
        if way == ROUND_FLOOR:
            yield Rounding(step, way, BEYOND if rough else Decimal(0))
        elif way == ROUND_CEILING:
            yield Rounding(step, way, TENTH if kind is Kind.PERCENT else BELOW if rough else Decimal(0))
        else:
            off = CLOSE if digits >= TWO_DIGITS else NEAR
            yield Rounding(step, way, off if step == shown else VERY_NEAR)
        step *= 10
        least = step * TWO_DIGITS if way == ROUND_HALF_UP and kind is not Kind.PERCENT else step
        if not said or said % step or said < least:
            return


def _way(text: str, number: Number, shown: str) -> str:
    before = text[max(0, number.span[0] - 24) : number.span[0]]
    if LESS.search(before):
        return ROUND_CEILING
    more = MORE.search(before) or MORE_AFTER.match(text, number.span[1]) or re.search("[多余]", shown)
    if number.kind is Kind.PERCENT:
        more = more or UPWARDS.match(text, number.span[1])
    return ROUND_FLOOR if more else ROUND_HALF_UP


def step_of(shown: str, value: Decimal) -> Decimal:
    """What the last digit shown is worth: 12万 10,000; 3.5k 100; 41.57 a cent; 两成 ten points."""
    if shown.endswith("成"):
        return Decimal(10)
    if COINS.search(shown):
        return Decimal("0.01")
    if tailed := TAILED.search(shown.rstrip("元块钱")):
        return Decimal(MARKS[tailed[1]]) / 10
    if spelled := SPELLED.search(shown):
        return Decimal(SCALES[spelled[1]]) / (2 if "half" in shown else 1)
    if mixed := MIXED.search(shown):
        return Decimal(MARKS[mixed[1]])
    digits = re.search(r"\d[\d,]*(?:\.(\d+))?", shown)
    if digits is None and value % 1:
        return Decimal("0.1")
    if digits is None:
        return Decimal(MARKS.get(shown.rstrip("多余元块钱")[-1:], 1))
    last = Decimal(1).scaleb(-len(digits[1] or ""))
    base = Decimal(digits.group().replace(",", ""))
    return last * (value / base if base else 1)
