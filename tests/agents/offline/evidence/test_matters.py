"""Goods that are spoken of and not ordered."""

import pytest

from agents.offline.evidence.matters import is_a_matter, of_matters, without_goods
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import briefing_of

KNOWN = (
    Known("product", "W-550", ("矿泉水", "Mineral water", "W-550")),
    Known("product", "T-500W", ("乌龙茶", "Oolong")),
    Known("product", "S-500C", ("可乐", "Cola")),
)


@pytest.fixture
def briefing() -> Briefing:
    return briefing_of(KNOWN)


@pytest.mark.parametrize(
    "said",
    [
        "got 30 cs of oolong not moving. can i just send it back",
        "46 cs of W-550 turned up in a store, not our dealers codes",
        "乌龙茶还有30箱卖不动 能退吗",
        "有50箱可乐快过期了怎么办",
        "發錯貨了，送來20箱可樂不是我們訂的",
        "温州一家店里冒出来40箱矿泉水，算窜货吗",
        "the truck brought 20 cases of cola we never ordered",
        "there are 15 cases of oolong past date in my warehouse",
        "30 cases of mineral water arrived leaking, what now",
        "昨天到的货里有5箱可乐少了",
    ],
)
def test_goods_of_which_something_is_told_are_not_ordered(said: str, briefing: Briefing) -> None:
    reading = read(said, briefing)
    assert is_a_matter(reading)
    assert of_matters(reading)["propose_order"] < 0


@pytest.mark.parametrize(
    "said",
    [
        "乌龙茶30箱",
        "上次那批卖完了 再来30箱可乐",
        "乌龙茶卖不动了，可乐来20箱",
        "30 cases of cola please",
        "if that sells i'll take 20 more cases of cola",
        "能退吗",
        "price of cola at 100 cases? also do u have short dated stuff on special",
        "临期的可乐100箱什么价",
        "可乐多少一箱，另外临期的乌龙茶还有没有",
        "临期的乌龙茶多少一箱",
    ],
)
def test_an_order_stays_an_order(said: str, briefing: Briefing) -> None:
    assert not is_a_matter(read(said, briefing))


def test_documents_are_asked_of_the_matter_and_not_of_the_goods(briefing: Briefing) -> None:
    assert without_goods(read("乌龙茶还有30箱卖不动 能退吗", briefing)) == "还有 卖不动 能退吗"
    turned_up = without_goods(read("46 cases of W-550 turned up in a store", briefing))
    assert turned_up == "46 cases of turned up in a store"
