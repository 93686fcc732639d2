"""What follows a rebate, a list of promotions, or an order that waits."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from agents.offline.following.ownorder import an_order_of_its_own
from agents.offline.following.toarate import to_a_rate
from agents.offline.following.whatcounts import what_counts
from agents.offline.mind import Mind
from agents.offline.reading.understanding import read
from agents.offline.state import DialogueState
from agents.turns import Call
from tests.agents.offline.briefings import GOODS, briefing_of

BRIEFING = briefing_of(GOODS)
REBATE = Call("explain_rebate", {"period": "2026Q4"})
DRAFT = Call("propose_order", {"lines": [{"sku": "W-550", "quantity": 20}]})


def mind_of(state: DialogueState) -> Mind:
    schemas = dict.fromkeys(("explain_rebate", "search_knowledge", "propose_order"))
    words: Any = lambda key, **filled: f"{key} {filled.get('thing', '')}".strip()  # noqa: E731
    return cast(Mind, SimpleNamespace(briefing=BRIEFING, state=state, schemas=schemas, words=words))


@pytest.mark.parametrize(
    "said",
    ["what would it take to get to 2%", "要到2%还得进多少", "怎么才能拿到2个点", "how much more to reach 3 percent"],
)
def test_what_a_rate_takes_is_told_by_the_rebate(said: str) -> None:
    plan = to_a_rate(read(said, BRIEFING), mind_of(DialogueState(last=REBATE)))
    assert plan is not None
    assert plan.calls[0].args == {"period": "2026Q4"}


@pytest.mark.parametrize("said", ["绿茶降2%会多卖多少", "what is the late fee", "去年四季度到2%了吗"])
def test_other_rates_are_none_of_the_rebate(said: str) -> None:
    assert to_a_rate(read(said, BRIEFING), mind_of(DialogueState(last=REBATE))) is None


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("桶装水算进去没", "桶装水"),
        ("特价的有没有算进去", "特价的"),
        ("赠品包括在里面没", "赠品"),
        ("did the barrels go into that", "barrels"),
    ],
)
def test_what_counts_is_asked_of_the_documents(said: str, thing: str) -> None:
    plan = what_counts(read(said, BRIEFING), mind_of(DialogueState(last=REBATE)))
    assert plan is not None
    assert plan.calls[0].args == {"question": f"about.counted {thing}"}


@pytest.mark.parametrize("said", ["上个月那单算进去没", "那张发票算进去了吗", "是怎么算的"])
def test_ones_own_papers_are_no_rule(said: str) -> None:
    assert what_counts(read(said, BRIEFING), mind_of(DialogueState(last=REBATE))) is None


@pytest.mark.parametrize(
    "said", ["ok then make it a separate order", "那就单独下一单吧", "行 另开一单", "as its own order then"]
)
def test_an_order_that_waits_is_its_own(said: str) -> None:
    plan = an_order_of_its_own(read(said, BRIEFING), mind_of(DialogueState(draft=DRAFT)))
    assert plan is not None
    assert plan.calls[0].args == DRAFT.args


@pytest.mark.parametrize("said", ["另外下一单绿茶20箱", "能不能单独下一单吗", "confirm", "make the second one 30"])
def test_another_order_with_its_goods_is_not_the_one_that_waits(said: str) -> None:
    assert an_order_of_its_own(read(said, BRIEFING), mind_of(DialogueState(draft=DRAFT))) is None
