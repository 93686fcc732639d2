"""What words about an order that was placed say for cancelling, changing or telling of it."""

from dataclasses import replace

import pytest

from agents.offline.evidence.placed import of_placed_orders
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import GOODS, briefing_of


@pytest.fixture
def briefing() -> Briefing:
    return replace(briefing_of(GOODS), recent_orders=("SO-20261119-002", "SO-20261116-004"))


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("昨天那单取消掉", "propose_cancellation"),
        ("昨天那单我不想要了", "propose_cancellation"),
        ("cancel yesterday's order", "propose_cancellation"),
        ("16号那单我没取消过啊", "order_status"),
        ("我从来没取消过16号那单", "order_status"),
        ("昨天那单别取消，我还要的", "order_status"),
        ("don't cancel yesterday's order", "order_status"),
        ("i never cancelled the order of the 16th", "order_status"),
        ("谁让你们把我16号的单取消的", "order_status"),
        ("16号那单怎么不见了", "order_status"),
        ("昨天的单，绿茶那行删了", "propose_order_change"),
        ("take the cola out of yesterday's order", "propose_order_change"),
        ("昨天那单没发的话绿茶改60", "propose_order_change"),
        ("if yesterday's order hasn't shipped make the green tea 60", "propose_order_change"),
        ("昨天那单绿茶下多了", "propose_order_change"),
        ("昨天那单绿茶不用那么多", "propose_order_change"),
        ("too much cola on yesterday's order", "propose_order_change"),
        ("昨天那单能不能排到下周一送", "propose_order_change"),
        ("昨天的单可以下周二再送吗", "propose_order_change"),
        ("can yesterday's order come on monday", "propose_order_change"),
        ("昨天那单下周一能到吗", "order_status"),
        ("will yesterday's order come on monday", "order_status"),
        ("昨天的单子撤了吧", "propose_cancellation"),
        ("昨天那张单退了吧", "propose_cancellation"),
        ("pull yesterday's order", "propose_cancellation"),
        ("昨天那单撤了没", "order_status"),
        ("昨天那单取消了吗", "order_status"),
    ],
)
def test_the_intent_that_the_words_speak_for_most(said: str, intent: str, briefing: Briefing) -> None:
    found = of_placed_orders(read(said, briefing))

    assert max(found, key=lambda name: found[name]) == intent
