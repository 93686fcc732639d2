"""Sizes beside names."""

from dataclasses import replace
from decimal import Decimal

import pytest

from agents.offline.orders.lines import read_lines
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import briefing_of

JUICES = (
    Known("product", "J-450P", ("水蜜桃汁", "Peach juice")),
    Known("product", "J-450O", ("甜橙汁", "Orange juice")),
    Known("product", "J-1000O", ("甜橙汁1L", "Orange juice 1 L")),
    Known("product", "W-450P", ("水蜜桃气泡水", "Peach sparkling water")),
)
SIZES = {code: Decimal(size) for code, size in (("J-450P", 450), ("J-450O", 450), ("J-1000O", 1000), ("W-450P", 480))}
BRIEFING = replace(briefing_of(JUICES), sizes=SIZES)


@pytest.mark.parametrize("said", ["水蜜桃450的30箱", "要水蜜桃450ml的30箱", "水蜜桃450的来30箱"])
def test_a_part_of_a_name_and_a_size_name_the_one_product_that_has_both(said: str) -> None:
    reading = read(said, BRIEFING)
    assert [mention.code for mention in reading.of_kind("product")] == ["J-450P"]
    assert [int(one.value) for one in reading.quantities] == [30]


@pytest.mark.parametrize("said", ["雪碧450的30箱", "水蜜桃600的30箱"])
def test_a_name_or_a_size_that_no_product_has_names_none(said: str) -> None:
    assert read(said, BRIEFING).of_kind("product") == []


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("甜橙汁1000 20箱", [("J-1000O", 20)]),
        ("60 peach juice 450 please", [("J-450P", 60)]),
        ("60 orange juice 450 and 50 peach juice", [("J-450O", 60), ("J-450P", 50)]),
        ("水蜜桃汁300 甜橙汁1000", [("J-450P", 300), ("J-450O", 1000)]),
        ("水蜜桃汁300，甜橙汁1000，水蜜桃气泡水200", [("J-450P", 300), ("J-450O", 1000), ("W-450P", 200)]),
    ],
)
def test_a_number_is_a_size_where_another_counts_and_counts_in_a_row(said: str, wanted: list[tuple[str, int]]) -> None:
    lines = read_lines(read(said, BRIEFING), BRIEFING)
    assert [(line.sku, int(line.quantity or 0)) for line in lines] == wanted
