from decimal import Decimal
from pathlib import Path
from typing import Any

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import plainyaml
from core.language.chinese_numbers import read
from core.language.numerals import Kind, find_numbers

TABLE: dict[str, list[list[Any]]] = plainyaml.load(Path(__file__).with_name("numerals.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("text", "expected"), TABLE.items(), ids=str)
def test_numbers_of_the_table(text: str, expected: list[list[Any]]) -> None:
    said = [
        [
            _value(number.value, number.upper),
            text[slice(*number.span)],
            number.approximate,
            number.unit_like,
            number.kind,
        ]
        for number in find_numbers(str(text))
    ]
    assert said == [_filled(row) for row in expected]


def _value(value: Decimal, upper: Decimal | None) -> str:
    return f"{value:f}" + (f"..{upper:f}" if upper is not None else "")


def _filled(row: list[Any]) -> list[Any]:
    defaults: list[Any] = ["", "", "", None, "count"]
    value, said, vague, unit, kind = [*row, *defaults[len(row) :]]
    return [str(value).removesuffix(".0"), said, vague == "~", unit, Kind(kind)]


@given(st.integers(0, 10**12 - 1), st.sampled_from(["low", "up"]))
def test_any_number_written_in_chinese_is_read_back(number: int, mode: str) -> None:
    written = cn2an.an2cn(str(number), mode)
    assert [found.value for found in find_numbers(f"要{written}箱")] == [number]


@given(st.integers(0, 10**7), st.integers(1, 99))
def test_amounts_in_digits_are_read_whatever_their_separators(whole: int, cents: int) -> None:
    amount = Decimal(whole) + Decimal(cents) / 100
    for written in (f"{amount:f}元", f"¥{amount:,.2f}", f"付{amount:,.2f}块"):
        assert [(found.value, found.kind) for found in find_numbers(written)] == [(amount, Kind.MONEY)]


@given(st.text(max_size=200))
def test_spans_lie_within_any_text_and_in_order(text: str) -> None:
    last = 0
    for number in find_numbers(text):
        start, end = number.span
        assert last <= start < end <= len(text)
        last = end


MESSY = st.text(
    st.sampled_from("0123456789,.-+×x*/%¥ 一二三十百千万亿零半几多来点块毛箱件个打托至到约W送k年月号第qab"), max_size=40
)


@given(MESSY)
def test_no_mess_of_numerals_raises(text: str) -> None:
    for number in find_numbers(text):
        assert number.upper is None or number.upper > abs(number.value) or number.upper > number.value
        assert text[slice(*number.span)]


@pytest.mark.parametrize(
    "text", ["", "百", "千万", "百五", "三十百", "一点", "点五", "5万3万", "一" * 40, "三点五五五点"]
)
def test_what_is_no_numeral_is_not_read(text: str) -> None:
    assert read(text) is None
