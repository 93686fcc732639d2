"""What few words behind an answer go on from: two dealers, who else, one's own."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from agents.offline.arguments.slots import Schema
from agents.offline.following.furtherrule import further_of_a_rule
from agents.offline.following.ofboth import of_both
from agents.offline.following.otherdebtors import other_debtors
from agents.offline.following.ownofrule import own_of_a_rule
from agents.offline.mind import Mind
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from agents.offline.state import DialogueState
from agents.offline.wording.lexicon import load_lexicon
from agents.turns import Call
from tests.agents.offline.briefings import briefing_of

BRIEFING = briefing_of((Known("dealer", "D003", ("上海申嘉饮品贸易有限公司", "申嘉")),))
PERIOD = {"period": {"type": "string"}}
SCHEMAS = {
    "explain_rebate": Schema("explain_rebate", {**PERIOD, "dealer": {"type": "string"}}, ()),
    "show_account": Schema("show_account", {"dealer": {"type": "string"}}, ()),
    "search_knowledge": Schema("search_knowledge", {}, ()),
    "sales_summary": Schema("sales_summary", PERIOD, ()),
}
OF_ONE = Call("explain_rebate", {"dealer": "D003", "period": "2026Q4"})
OF_THE_OTHER = Call("explain_rebate", {"dealer": "D004", "period": "2026Q4"})


def words(key: str, **said: Any) -> str:
    return " ".join([key, *(str(value) for value in said.values())])


def mind_behind(*recent: Call, dealer: bool = False) -> Mind:
    briefing = SimpleNamespace(
        today=BRIEFING.today,
        fiscal_year_start=1,
        categories={},
        actor=SimpleNamespace(dealer_id=1 if dealer else None),
    )
    state = DialogueState(last=recent[-1], recent=recent)
    return cast(
        Mind, SimpleNamespace(briefing=briefing, schemas=SCHEMAS, state=state, words=words, lexicon=load_lexicon())
    )


def calls(way: Any, said: str, mind: Mind) -> list[tuple[str, dict[str, Any]]]:
    plan = way(read(said, BRIEFING), mind)
    return [(call.tool, call.args) for call in plan.calls] if plan else []


@pytest.mark.parametrize("said", ["他们俩上季度分别拿了多少", "两家上季度呢", "both of them last quarter"])
def test_two_that_were_looked_at_are_meant_together(said: str) -> None:
    found = calls(of_both, said, mind_behind(OF_ONE, OF_THE_OTHER))
    assert found == [("explain_rebate", {"dealer": one, "period": "2026Q3"}) for one in ("D003", "D004")]


def test_one_dealer_is_no_pair() -> None:
    assert not calls(of_both, "他们俩上季度分别拿了多少", mind_behind(OF_ONE))
    assert not calls(of_both, "申嘉上季度呢", mind_behind(OF_ONE, OF_THE_OTHER))


@pytest.mark.parametrize("said", ["还有谁也这样", "who else", "any others?"])
def test_who_else_behind_an_account_is_overdue(said: str) -> None:
    account = Call("show_account", {"dealer": "D023"})
    assert calls(other_debtors, said, mind_behind(account)) == [
        ("sales_summary", {"measure": "overdue", "by": "dealer"})
    ]
    assert not calls(other_debtors, said, mind_behind(OF_ONE))


@pytest.mark.parametrize(
    ("rule", "said", "tool"),
    [
        ("返利算的是开票额还是订货额", "我这季的呢", "explain_rebate"),
        ("what tier gets 3%", "where are we", "explain_rebate"),
        ("逾期多少天会停货", "我们现在有没有", "show_account"),
    ],
)
def test_ones_own_behind_a_rule(rule: str, said: str, tool: str) -> None:
    behind = mind_behind(Call("search_knowledge", {"question": rule}), dealer=True)
    assert [name for name, _ in calls(own_of_a_rule, said, behind)] == [tool]


@pytest.mark.parametrize("said", ["我们要交多少保证金", "要填哪张表", "申嘉的呢"])
def test_another_matter_behind_a_rule_is_not_ones_own_figure(said: str) -> None:
    behind = mind_behind(Call("search_knowledge", {"question": "返利怎么算"}), dealer=True)
    assert not calls(own_of_a_rule, said, behind)


@pytest.mark.parametrize(("said", "thing"), [("特价的呢", "特价的"), ("那赠品呢？", "赠品")])
def test_whether_another_thing_counts_for_the_rebate_is_asked_in_full(said: str, thing: str) -> None:
    found = calls(further_of_a_rule, said, mind_behind(Call("search_knowledge", {"question": "哪些货计入返利基数"})))
    assert found == [("search_knowledge", {"question": f"about.counted {thing}"})]


@pytest.mark.parametrize("said", ["what about barrelled water", "and returns"])
def test_another_thing_behind_what_counts_is_of_the_same_rule(said: str) -> None:
    asked = "what counts for the target"
    found = calls(further_of_a_rule, said, mind_behind(Call("search_knowledge", {"question": asked})))
    assert found == [("search_knowledge", {"question": said, "about": asked})]


@pytest.mark.parametrize(
    ("asked", "said", "then"),
    [
        ("what do we do with someone 20 days overdue", "and 40", "what do we do with someone 40 days overdue"),
        ("逾期20天怎么处理", "那40呢", "逾期40天怎么处理"),
        (
            "what do we do with someone 20 days overdue",
            "and over 60",
            "what do we do with someone over 60 days overdue",
        ),
        ("逾期20天怎么处理", "60以上呢", "逾期超过60天怎么处理"),
    ],
)
def test_another_number_is_put_in_the_question(asked: str, said: str, then: str) -> None:
    behind = mind_behind(Call("search_knowledge", {"question": asked}))
    assert calls(further_of_a_rule, said, behind) == [("search_knowledge", {"question": then})]


@pytest.mark.parametrize("said", ["我们的呢", "绿茶20箱", "申嘉的呢", "多少钱一箱", "再来40箱"])
def test_ones_own_goods_and_dealers_behind_a_rule_are_none(said: str) -> None:
    behind = mind_behind(Call("search_knowledge", {"question": "哪些货计入返利基数"}))
    assert not calls(further_of_a_rule, said, behind)
