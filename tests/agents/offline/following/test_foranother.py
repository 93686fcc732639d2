"""Behind a price: the same for another dealer; behind an order: what it came to, and more on it."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from agents.offline.following.cameto import what_it_came_to
from agents.offline.following.foranother import for_another_dealer
from agents.offline.following.roomleft import due_then, own_room
from agents.offline.mind import Mind
from agents.offline.orders.onto import ONTO
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from agents.offline.state import DialogueState
from agents.turns import Call
from tests.agents.offline.briefings import briefing_of

KNOWN = (
    Known("product", "W-550", ("矿泉水", "Mineral water")),
    Known("dealer", "D021", ("宁波甬江泉", "Ningbo Yongjiangquan")),
    Known("dealer", "D022", ("温州瓯江泉", "Wenzhou Oujiangquan")),
)
QUOTE = Call("quote", {"sku": "W-550", "quantity": 600, "unit": "case", "dealer": "D022"})
SEEN = Call("order_status", {"order": "SO-20261116-001"})


def mind_of(last: Call, dealer_id: int | None = None, **state: Any) -> Mind:
    briefing = briefing_of(KNOWN)
    briefing.actor.dealer_id = dealer_id  # type: ignore[misc]
    schemas = dict.fromkeys(("quote", "order_status", "show_account"))
    held = DialogueState(last=last, recent=(last,), **state)
    return cast(Mind, SimpleNamespace(briefing=briefing, state=held, schemas=schemas))


@pytest.mark.parametrize(
    "said",
    [
        "fair. Ningbo Yongjiangquan then, same quantity, W-550",
        "and Ningbo Yongjiangquan, 600 W-550?",
        "ok then for Ningbo Yongjiangquan, same quantity",
        "那宁波甬江泉呢，同样数量",
        "那換寧波甬江泉，一樣的量",
        "宁波甬江泉同样600箱呢",
    ],
)
def test_another_dealer_named_behind_a_price_is_a_price(said: str) -> None:
    mind = mind_of(QUOTE)
    plan = for_another_dealer(read(said, mind.briefing), mind)
    assert plan is not None
    call = plan.calls[0]
    assert (call.tool, call.args["sku"], call.args["dealer"], call.args["quantity"]) == ("quote", "W-550", "D021", 600)


@pytest.mark.parametrize(
    "said",
    [
        "order 600 W-550 for Ningbo Yongjiangquan",
        "给宁波甬江泉下600箱",
        "宁波甬江泉要600箱",
        "宁波甬江泉欠多少",
        "Wenzhou Oujiangquan 600",
    ],
)
def test_an_order_another_matter_and_the_same_dealer_are_none(said: str) -> None:
    mind = mind_of(QUOTE)
    assert for_another_dealer(read(said, mind.briefing), mind) is None


@pytest.mark.parametrize(
    "said",
    [
        "what did that one come to in the end, all in",
        "how much did it come to altogether",
        "what was the damage on that one, tax and all",
        "so what's the bill on that one",
        "那单总的算下来多少钱",
        "最后结下来多少",
        "嗰張單計埋幾多錢",
    ],
)
def test_what_an_order_came_to_is_told_by_the_order(said: str) -> None:
    mind = mind_of(SEEN, 1, shown={"order": ("SO-20261116-001",)})
    plan = what_it_came_to(read(said, mind.briefing), mind)
    assert plan is not None
    assert plan.calls[0].args == {"order": "SO-20261116-001"}


@pytest.mark.parametrize("said", ["矿泉水600箱算下来多少钱", "what does a case of mineral water come to", "送到哪"])
def test_what_goods_come_to_is_another_matter(said: str) -> None:
    mind = mind_of(SEEN, 1, shown={"order": ("SO-20261116-001",)})
    assert what_it_came_to(read(said, mind.briefing), mind) is None


@pytest.mark.parametrize(
    "said", ["so whats my headroom today", "what's our headroom", "whats my available credit then"]
)
def test_ones_own_headroom_is_ones_account(said: str) -> None:
    mind = mind_of(SEEN, 1)
    plan = own_room(read(said, mind.briefing), mind)
    assert plan is not None
    assert plan.calls[0].tool == "show_account"
    assert own_room(read(said, mind.briefing), mind_of(SEEN)) is None


@pytest.mark.parametrize(
    "said", ["and I pay you how much on the 30th?", "how much is due on the 30th", "那30号我要付多少", "30號要俾幾多"]
)
def test_what_is_due_on_a_day_is_told_by_the_account(said: str) -> None:
    mind = mind_of(Call("show_account", {}), 1)
    plan = due_then(read(said, mind.briefing), mind)
    assert plan is not None
    assert plan.calls[0].tool == "show_account"
    assert due_then(read("30号送到", mind.briefing), mind) is None
    assert due_then(read(said, mind.briefing), mind_of(SEEN, 1)) is None


@pytest.mark.parametrize(
    "said",
    [
        "再塞60箱无糖乌龙进去,其他照旧",
        "顺便添上60箱无糖乌龙",
        "里面再补60箱无糖乌龙吧",
        "再加60箱无糖乌龙,其他不变",
        "squeeze in 60 cases of oolong, everything else the same",
        "stick another 60 oolong on there, rest as is",
    ],
)
def test_more_is_put_on_the_order_that_was_shown(said: str) -> None:
    assert ONTO.search(said)


@pytest.mark.parametrize(
    "said", ["再来60箱无糖乌龙", "另外下一单60箱", "补货60箱乌龙", "put in an order for 60 oolong"]
)
def test_a_new_order_is_put_on_none(said: str) -> None:
    assert ONTO.search(said) is None
