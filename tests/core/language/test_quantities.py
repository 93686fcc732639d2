from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import plainyaml
from core.language.quantities import Quantity, find_quantities
from core.language.units import Unit

TABLE: dict[str, list[list[Any]]] = plainyaml.load(Path(__file__).with_name("quantities.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("text", "expected"), TABLE.items(), ids=str)
def test_quantities_of_the_table(text: str, expected: list[list[Any]]) -> None:
    assert [_as_row(found) for found in find_quantities(text)] == [
        [str(row[0]), *row[1:3], *row[3:]] for row in expected
    ]


def _as_row(found: Quantity) -> list[Any]:
    value = f"{found.value:f}" + (f"..{found.upper:f}" if found.upper else "")
    marks = ["~"] * found.approximate + ["free"] * found.free + [found.counter] * (found.counter is not None)
    return [value, found.unit and found.unit.value, found.source_text, *marks]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("50", [50]),
        ("绿茶 50", [50]),
        ("是8", [8]),
        ("W-550 10 T-500 5", [10, 5]),
        ("10搭1", []),
        ("3月5号", []),
        ("30%", []),
    ],
)
def test_an_answer_may_be_a_bare_number(text: str, values: list[int]) -> None:
    assert [found.value for found in find_quantities(text, bare=True)] == values
    assert find_quantities(text) == []


@given(
    st.decimals(0, 99999, places=1),
    st.sampled_from(
        [("箱", Unit.CASE), ("瓶", Unit.BOTTLE), (" cases", Unit.CASE), (" pallets", Unit.PALLET), ("托", Unit.PALLET)]
    ),
    st.sampled_from(["要", "please send ", "W-550 ", "👌", "绿茶"]),
)
def test_value_and_unit_survive_what_stands_around_them(value: Decimal, unit: tuple[str, Unit], before: str) -> None:
    [found] = find_quantities(f"{before}{value}{unit[0]}，谢谢")
    assert (found.value, found.unit) == (value, unit[1])


@given(st.text(max_size=200))
def test_source_text_is_what_the_span_covers(text: str) -> None:
    for found in find_quantities(text, bare=True):
        start, end = found.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == found.source_text
