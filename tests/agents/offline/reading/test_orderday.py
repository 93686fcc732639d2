"""Orders that are named by the day on which they were placed."""

from dataclasses import replace

import pytest

from agents.offline.reading.briefing import Briefing
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import briefing_of

OLD, NEW = "SO-20261111-004", "SO-20261119-002"


@pytest.fixture
def briefing() -> Briefing:
    return replace(briefing_of(()), recent_orders=(NEW, OLD))


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("11号那个怎么少东西", OLD),
        ("11号那张发了没", OLD),
        ("昨天那个呢", NEW),
        ("那上一单呢，11号那个怎么少东西", OLD),
        ("the order of 11 november", OLD),
        ("the stuff i ordered on the 11th", OLD),
        ("where's what we bought on 11 november", OLD),
        ("11号下那单走到哪了", OLD),
        ("11号要的货到了没", OLD),
        ("我11号拿的货发了吗", OLD),
        ("昨天订的东西啥时候发", NEW),
    ],
)
def test_the_one_of_a_day_is_the_order_placed_then(said: str, order: str, briefing: Briefing) -> None:
    assert read(said, briefing).orders == (order,)


@pytest.mark.parametrize("said", ["11号那个活动还在吗", "11号有什么活动", "昨天那个业务员叫什么"])
def test_another_thing_of_a_day_is_no_order(said: str, briefing: Briefing) -> None:
    assert read(said, briefing).orders == ()


@pytest.mark.parametrize("said", ["今天点货：绿茶30箱", "今天下单 绿茶30箱", "today's order: 30 green tea"])
def test_the_day_of_ordering_is_not_the_day_of_delivery(said: str, briefing: Briefing) -> None:
    found = read(said, briefing)

    assert found.wanted is None
    assert found.orders == ()


def test_a_day_of_delivery_beside_the_day_of_ordering_counts(briefing: Briefing) -> None:
    wanted = read("今天下单，绿茶30箱，明天到", briefing).wanted

    assert wanted is not None
    assert wanted.day.isoformat() == "2026-11-21"
