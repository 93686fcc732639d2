"""A number that is told as a rough one is a figure rounded that way."""

from decimal import Decimal

import pytest

from core.checks.rounding import roundings
from core.language.normalise import fold
from core.language.numerals import find_numbers

HONEST = [
    ("约2,700元", "2718.31"), ("about 211k", "211414.55"),
    ("19万7千多", "197706.45"), ("just under 47,000", "46752.26"),
    ("不到1.9万", "18575.24"), ("over 42,000", "42460"), ("近两成", "19.2"), ("四万两千多箱", "42460"),
    ("约42元", "41.57"), ("1.54 million", "1535701.22"), ("二十一万多", "211414.55"), ("0.34万元", "3386.40"),
    ("约3,900元", "3919.50"), ("8毛3", "0.83"), ("两毛九", "0.29"),
]  # fmt: skip
LIES = [
    ("约2,800元", "2718.31"), ("about 212k", "211414.55"),
    ("19万8千多", "197706.45"), ("just under 46,000", "46752.26"),
    ("不到1.8万", "18575.24"), ("over 43,000", "42460"), ("over 42,000", "41980"), ("1.8万元", "18575.24"),
    ("约20,000元", "18575.24"), ("约500元", "492.95"), ("约200,000元", "197706.45"), ("二十二万多", "211414.55"),
    ("10箱", "10.4"), ("超过3箱", "5"), ("8毛2", "0.83"),
]  # fmt: skip


def rounded(words: str, value: str) -> bool:
    text = fold(words)
    (number,) = find_numbers(text)
    exact = Decimal(value)
    return abs(number.value) == exact or any(way.gives(abs(number.value), exact) for way in roundings(number, text))


@pytest.mark.parametrize(("words", "value"), HONEST)
def test_what_rounds_so_may_be_said_so(words: str, value: str) -> None:
    assert rounded(words, value)


@pytest.mark.parametrize(("words", "value"), LIES)
def test_the_wrong_digit_or_the_wrong_way_may_not(words: str, value: str) -> None:
    assert not rounded(words, value)
