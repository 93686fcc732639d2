"""An order of a span that is wanted again."""

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from agents.offline.mind import Mind
from agents.offline.orders.spanned import placed_then, which_of_then
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import briefing_of

RECENT = ("SO-20261119-002", "SO-20261111-004", "SO-20261026-005", "SO-20261019-003")


@pytest.fixture
def briefing() -> Briefing:
    return replace(briefing_of(()), recent_orders=RECENT)


def mind_of(briefing: Briefing) -> Mind:
    return cast(Mind, SimpleNamespace(briefing=briefing, schemas={"list_orders": None}))


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("照上个月那单再来一份", ["SO-20261026-005", "SO-20261019-003"]),
        ("上周那单再来一份", ["SO-20261111-004"]),
        ("repeat the order from last week", ["SO-20261111-004"]),
        ("照上一单再来一份 下周一送", []),
        ("same as my last order, deliver this week", []),
        ("same order as in september", []),
    ],
)
def test_only_a_time_that_tells_which_order_is_meant_counts(said: str, then: list[str], briefing: Briefing) -> None:
    assert placed_then(read(said, briefing), mind_of(briefing)) == then


def test_which_of_several_is_not_guessed(briefing: Briefing) -> None:
    plan = which_of_then(read("照上个月那单再来一份", briefing), mind_of(briefing))
    assert plan is not None
    assert [(call.tool, call.args) for call in plan.calls] == [("list_orders", {"period": "2026-10"})]
    assert which_of_then(read("上周那单再来一份", briefing), mind_of(briefing)) is None
