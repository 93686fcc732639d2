"""What was quoted one after another, ordered together."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from agents.offline.mind import Mind
from agents.offline.orders.bothquoted import both_quoted
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from agents.offline.state import DialogueState
from agents.turns import Call
from tests.agents.offline.briefings import briefing_of

KNOWN = (Known("product", "W-550", ("矿泉水", "Mineral water")), Known("product", "T-500", ("绿茶", "Green tea")))
QUOTES = (
    Call("quote", {"sku": "T-500", "quantity": 300, "unit": "case"}),
    Call("quote", {"sku": "W-550", "quantity": 500, "unit": "case"}),
)


@pytest.fixture
def briefing() -> Briefing:
    return briefing_of(KNOWN)


def meant(said: str, briefing: Briefing, calls: tuple[Call, ...] = QUOTES) -> list[tuple[Any, int]]:
    mind = cast(Mind, SimpleNamespace(briefing=briefing, state=DialogueState(recent=calls)))
    return [(line.sku, int(line.quantity or 0)) for line in both_quoted(read(said, briefing), mind)]


@pytest.mark.parametrize(
    "said", ["他说两个都要，帮他拟单", "都要了", "兩樣都下吧", "he'll take both", "both please", "ok the two of them"]
)
def test_each_is_ordered_in_the_amount_that_its_price_was_asked_for(said: str, briefing: Briefing) -> None:
    assert meant(said, briefing) == [("T-500", 300), ("W-550", 500)]


@pytest.mark.parametrize("said", ["两个都要20箱", "三个都要", "both of the green tea", "都多少钱"])
def test_another_amount_another_number_or_a_product_is_none_of_that(said: str, briefing: Briefing) -> None:
    assert meant(said, briefing) == []


def test_a_price_asked_of_no_amount_has_none_to_order(briefing: Briefing) -> None:
    assert meant("两个都要", briefing, (Call("quote", {"sku": "T-500"}), QUOTES[1])) == []
