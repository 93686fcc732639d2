"""Less of a line that waits."""

from decimal import Decimal

import pytest

from agents.offline.orders.changewords import LESS
from agents.offline.orders.lessofit import takes_less
from agents.offline.orders.lines import Line
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import GOODS, briefing_of

WAITS = [Line("T-500", Decimal(90), "case"), Line("W-550", Decimal(30), "case")]


@pytest.mark.parametrize("said", ["绿茶少20箱", "绿茶少来20箱", "矿泉水少拿5箱吧"])
def test_less_of_what_waits_is_a_change(said: str) -> None:
    assert takes_less(read(said, briefing_of(GOODS)), WAITS)


@pytest.mark.parametrize("said", ["绿茶少了20箱", "收到的绿茶少20箱", "可乐少20箱", "绿茶少100箱", "绿茶多20箱"])
def test_goods_that_are_missing_are_none(said: str) -> None:
    assert not takes_less(read(said, briefing_of(GOODS)), WAITS)


def test_an_amount_off_takes_nothing_away() -> None:
    assert not LESS.search("哎那满减就没了")
    assert LESS.search("绿茶减20箱")
