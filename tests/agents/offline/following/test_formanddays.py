"""A form and how long it takes, asked in one."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from agents.offline.following.formanddays import form_and_days
from agents.offline.mind import Mind
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from agents.offline.state import DialogueState
from agents.turns import Call
from tests.agents.offline.briefings import briefing_of

BRIEFING = briefing_of((Known("product", "T-500", ("绿茶", "Green tea")),))


def words(key: str, **said: Any) -> str:
    return " ".join([key, *(str(value) for value in said.values())])


def questions(said: str, before: str | None) -> list[str]:
    last = Call("search_knowledge", {"question": before}) if before else None
    mind = SimpleNamespace(state=DialogueState(last=last), schemas={"search_knowledge": None}, words=words)
    plan = form_and_days(read(said, BRIEFING), cast(Mind, mind))
    return [] if plan is None else [str(call.args["question"]) for call in plan.calls]


@pytest.mark.parametrize(
    ("said", "before"),
    [
        ("申请form是哪张？approve要几天，我大概要8万", "我们一直prepaid，想转credit，有什么条件"),
        ("填什么表？批下来要多久", "怎么申请授信"),
        ("申請表係邊張？批要幾日", "想轉月結，要咩條件"),
        ("which form is it and how many days to approve", "how do we apply for a credit line"),
        ("首次申请授信用哪张表，审批几天", None),
        ("what form for credit terms and how long does approval take", None),
    ],
)
def test_a_credit_line_has_a_form_and_days(said: str, before: str | None) -> None:
    assert questions(said, before) == ["about.credit.form", f"about.credit.days {said}"]


def test_of_any_other_matter_both_are_asked() -> None:
    said = "填哪张表？审批要几天"
    assert questions(said, "延期付款有什么条件") == ["about.which.form 延期付款", f"延期付款 {said}"]
    assert questions(said, "临时授信额度") == ["about.which.form 临时授信额度", f"临时授信额度 {said}"]


@pytest.mark.parametrize("said", ["填哪张表", "审批要几天", "绿茶哪张单几天能批", "哪张表，几天能批"])
def test_one_of_them_alone_and_no_matter_at_all_are_not(said: str) -> None:
    assert questions(said, None) == []
