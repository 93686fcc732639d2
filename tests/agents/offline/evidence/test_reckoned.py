"""Words that ask what so much comes to, and order nothing."""

import pytest

from agents.offline.evidence.reckoned import is_reckoned
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import GOODS, briefing_of


@pytest.mark.parametrize(
    "said",
    [
        "绿茶30箱怎么算",
        "可乐50箱算下来多少",
        "绿茶60箱给个价",
        "矿泉水200箱多少",
        "绿茶20箱能打几折",
        "what would 50 cola come to",
        "绿茶50箱，先别下单，告诉我价格",
        "just a quote, no order: 50 green tea",
    ],
)
def test_a_reckoning_orders_nothing(said: str) -> None:
    assert is_reckoned(read(said, briefing_of(GOODS)))


@pytest.mark.parametrize(
    "said",
    [
        "绿茶30箱",
        "绿茶30箱返利怎么算",
        "返利怎么算",
        "绿茶30箱下个单",
        "50 cola please",
        "don't order the cola, 30 green tea",
        "先不要订可乐，绿茶30箱",
        "绿茶50箱要多少时间到",
    ],
)
def test_an_order_or_a_rebate_is_none(said: str) -> None:
    assert not is_reckoned(read(said, briefing_of(GOODS)))
