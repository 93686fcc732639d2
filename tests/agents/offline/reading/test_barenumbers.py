"""Numbers beside products that no unit counts."""

import pytest

from agents.offline.reading.briefing import Briefing
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import GOODS, briefing_of


@pytest.fixture
def briefing() -> Briefing:
    return briefing_of(GOODS)


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("绿茶35", [(35, None)]),
        ("35 green tea for monday", [(35, None)]),
        ("need cola. 18", [(18, None)]),
        ("绿茶就按刚才120", [(120, None)]),
        ("100瓶矿泉水是几箱", [(100, "bottle")]),
        ("再加100瓶矿泉水,够几箱", [(100, "bottle")]),
        ("3 pallets of green tea and 2 of cola", [(3, "pallet"), (2, "pallet")]),
        ("矿泉水550", []),
        ("矿泉水550的要60箱", [(60, "case")]),
        ("绿茶10搭1还有吗", []),
        ("绿茶10+1", []),
        ("top 5 cola dealers", []),
        ("绿茶30%", []),
    ],
)
def test_a_number_right_beside_a_product_counts_it_unless_it_says_something_else(
    said: str, counted: list[tuple[int, str | None]], briefing: Briefing
) -> None:
    found = [(int(one.value), str(one.unit) if one.unit else None) for one in read(said, briefing).quantities]
    assert found == counted


def test_the_day_of_a_date_counts_nothing(briefing: Briefing) -> None:
    reading = read("push it to nov 26 please", briefing)
    assert reading.wanted is not None
    assert reading.with_loose_numbers().quantities == ()
