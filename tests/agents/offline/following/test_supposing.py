"""What is supposed instead, behind a forecast."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from agents.offline.arguments.slots import Schema
from agents.offline.following.supposing import supposed_instead
from agents.offline.mind import Mind
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from agents.offline.state import DialogueState
from agents.turns import Call
from tests.agents.offline.briefings import briefing_of

BRIEFING = briefing_of((Known("dealer", "D023", ("东莞莞城鸿运贸易有限公司", "鸿运")),))
SCHEMA = Schema(
    "forecast_demand",
    {
        "sku": {"type": "string"},
        "period": {"format": "months-ahead"},
        "promotion": {"format": "promotion"},
        "price_change": {"format": "price-change"},
        "price_difference": {"format": "price-difference"},
    },
    (),
)
SUPPOSED = Call("forecast_demand", {"sku": "P-245C", "period": "2027-01", "promotion": "15+1"})


def anew(said: str, last: Call = SUPPOSED) -> dict[str, Any] | None:
    lexicon = SimpleNamespace(value=lambda *_: None)
    mind = SimpleNamespace(
        briefing=BRIEFING, state=DialogueState(last=last), schemas={"forecast_demand": SCHEMA}, lexicon=lexicon
    )
    plan = supposed_instead(read(said, BRIEFING), cast(Mind, mind))
    return None if plan is None else dict(plan.calls[0].args)


@pytest.mark.parametrize(
    ("said", "supposed"),
    [
        ("不搭赠，直接降价3%呢", {"price_change": -3.0}),
        ("不搭贈，直接降價3%呢", {"price_change": -3.0}),
        ("那要是不送，涨价2%呢", {"price_change": 2.0}),
        ("不降价，改成买20送1呢", {"promotion": "20+1"}),
        ("改成每箱便宜1块呢", {"price_difference": -1.0}),
        ("no free goods, just cut the price 3% instead?", {"price_change": -3.0}),
        ("or just 5% off instead", {"price_change": -5.0}),
        ("and with buy 10 get 1", {"promotion": "10+1"}),
    ],
)
def test_it_takes_the_place_of_what_was_supposed(said: str, supposed: dict[str, Any]) -> None:
    assert anew(said) == {"sku": "P-245C", "period": "2027-01", **supposed}


@pytest.mark.parametrize(
    "said", ["降价3%合适吗", "should we cut the price 3%", "鸿运降价3%呢", "有什么活动", "为什么这么多"]
)
def test_advice_one_dealer_and_other_questions_are_none(said: str) -> None:
    assert anew(said) is None


def test_behind_anything_else_nothing_is_supposed() -> None:
    assert anew("降价3%呢", Call("sales_summary", {"sku": "P-245C"})) is None
