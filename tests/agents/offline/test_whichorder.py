"""Orders that are named by their day, by what they come to, or by who placed them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from agents.offline.reading.briefing import Briefing
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import briefing_of

KNOWN = (
    Known("product", "W-550", ("矿泉水", "Mineral water")),
    Known("product", "T-500", ("绿茶", "Green tea")),
)
TODAY, YESTERDAY, WEDNESDAY, MONDAY, REJECTED = (
    "SO-20261120-001",
    "SO-20261119-005",
    "SO-20261118-006",
    "SO-20261116-004",
    "SO-20261109-005",
)
LINES = ({"sku": "W-550", "quantity": 480, "unit": "case"},)


@pytest.fixture
def briefing() -> Briefing:
    return replace(
        briefing_of(KNOWN),
        today=date(2026, 11, 20),
        recent_orders=(TODAY, YESTERDAY, WEDNESDAY),
        void_orders=(MONDAY, REJECTED),
        changeable={TODAY: LINES, YESTERDAY: LINES},
        amounts={
            TODAY: Decimal("28377.20"),
            YESTERDAY: Decimal("32267.50"),
            WEDNESDAY: Decimal("21078.90"),
            MONDAY: Decimal("5904.00"),
            REJECTED: Decimal("24759.95"),
        },
        placers={TODAY: "徐静", YESTERDAY: "周明", WEDNESDAY: "徐静"},
    )


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("昨天那张呢，几号送", YESTERDAY),
        ("昨天那笔发了没", YESTERDAY),
        ("16号下的那张怎么没了？", MONDAY),
        ("9号被拒的那张啥原因", REJECTED),
        ("禮拜三訂的那張到哪了", WEDNESDAY),
        ("今早徐静下的那单，矿泉水加到600箱", TODAY),
        ("show me the lines of mondays order again", MONDAY),
        ("wheres weds order", WEDNESDAY),
        ("why did u guys reject the one on the 9th", REJECTED),
        ("the one we placed yesterday", YESTERDAY),
        ("三万二那单发了没有", YESTERDAY),
        ("32,267那张", YESTERDAY),
        ("wheres the 32k order", YESTERDAY),
        ("两万一左右那张", WEDNESDAY),
        ("the order for 5,904", MONDAY),
        ("周明下的那张发货没", YESTERDAY),
        ("小徐下的单改一下", TODAY),
    ],
)
def test_an_order_is_known_by_its_day_its_sum_or_who_placed_it(said: str, order: str, briefing: Briefing) -> None:
    assert read(said, briefing).orders == (order,)


@pytest.mark.parametrize(
    "said",
    [
        "昨天那张发票开了吗",
        "昨天那笔款到账没",
        "三万二的货款付了",
        "昨天卖了多少",
        "绿茶300箱单价多少",
        "徐静的电话多少",
        "order 2000 green tea",
    ],
)
def test_what_names_no_order_is_taken_for_none(said: str, briefing: Briefing) -> None:
    assert read(said, briefing).orders == ()


def test_a_sum_that_two_orders_come_to_names_the_one_that_can_still_be_changed(briefing: Briefing) -> None:
    twice = replace(briefing, amounts={YESTERDAY: Decimal("32267.50"), WEDNESDAY: Decimal("32100.00")})
    assert read("三万二那单", twice).orders == (YESTERDAY,)
    assert read("三万二那单", replace(twice, changeable={})).orders == ()


def test_the_sum_of_an_order_counts_no_goods(briefing: Briefing) -> None:
    assert read("三万二那单里绿茶改20箱", briefing).with_loose_numbers().quantities[0].value == 20
