"""How much comes of an amount."""

import pytest

from agents.offline.evidence.comesto import COMES_TO
from agents.offline.promoted import HOW_IT_WORKS


@pytest.mark.parametrize(
    "said",
    ["买一百能到手多少", "买200箱实得几箱", "进50箱能拿到多少", "if i buy 100 how many do i end up with", "送几箱"],
)
def test_what_an_amount_comes_to_with_the_free_ones(said: str) -> None:
    assert COMES_TO.search(said)


@pytest.mark.parametrize("said", ["拿100箱能拿到多少钱", "when will it get here", "一共多少钱"])
def test_what_costs_or_comes_is_something_else(said: str) -> None:
    assert not COMES_TO.search(said)


@pytest.mark.parametrize(
    "said", ["how does the juice one work", "how do i get the juice discount", "果汁那个怎么算", "绿茶那个具体怎么搞"]
)
def test_how_a_promotion_works_is_asked(said: str) -> None:
    assert HOW_IT_WORKS.search(said)


@pytest.mark.parametrize("said", ["how much is the juice", "果汁来20箱", "怎么付款"])
def test_a_price_or_an_order_does_not_ask_it(said: str) -> None:
    assert not HOW_IT_WORKS.search(said)
