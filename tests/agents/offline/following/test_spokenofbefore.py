"""What a sentence leaves out is what was spoken of before: a dealer, an offer, an order, a line of credit."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from agents.offline.arguments.slots import Schema
from agents.offline.following.boughtthen import bought_then
from agents.offline.following.ofone import of_the_same_dealer
from agents.offline.following.pricekept import price_kept
from agents.offline.following.roomleft import line_until
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.promoted import which_run
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from agents.offline.state import DialogueState
from agents.offline.wording.lexicon import load_lexicon
from agents.turns import Call
from core.actor import Role
from tests.agents.offline.briefings import briefing_of

BRIEFING = briefing_of((Known("dealer", "D003", ("申嘉",)), Known("product", "T-500W", ("乌龙茶", "Oolong"))))
SCHEMAS = {
    name: Schema(name, {"period": {"type": "string"}, "dealer": {"type": "string"}}, ())
    for name in ("list_orders", "show_account", "propose_order", "list_promotions")
}


def mind(last: Call | None, *, role: Role = Role.REP, draft: Call | None = None, said: str = "") -> Mind:
    actor = SimpleNamespace(role=role, dealer_id=None if role is Role.REP else 1)
    briefing = SimpleNamespace(actor=actor, today=BRIEFING.today, fiscal_year_start=1, linker=BRIEFING.linker)
    state = DialogueState(last=last, recent=(last,) if last else (), draft=draft, said=said)
    return cast(Mind, SimpleNamespace(briefing=briefing, schemas=SCHEMAS, state=state, lexicon=load_lexicon()))


def called(plan: Plan | None) -> tuple[str, dict[str, Any]] | None:
    return (plan.steps[0].tool, plan.steps[0].args) if plan and isinstance(plan.steps[0], Do) else None


@pytest.mark.parametrize(
    "said", ["上个月打了多少款", "10月进了多少货", "how much have paid last month", "what did buy in october"]
)
def test_a_report_without_a_subject_is_of_the_dealer_just_looked_at(said: str) -> None:
    behind = mind(Call("show_account", {"dealer": "D003"}))
    assert of_the_same_dealer("sales_summary", {}, read(said, BRIEFING), behind) == {"dealer": "D003"}


@pytest.mark.parametrize(
    "said", ["上个月谁打了多少款", "上个月一共打了多少款", "我这片上个月进了多少货", "how much did we collect"]
)
def test_a_report_of_all_is_not(said: str) -> None:
    behind = mind(Call("show_account", {"dealer": "D003"}))
    assert of_the_same_dealer("sales_summary", {}, read(said, BRIEFING), behind) == {}


@pytest.mark.parametrize(
    "said", ["and what did i get before that one? whole november i mean", "那11月我还拿了些什么", "11月订了啥"]
)
def test_what_was_got_behind_an_order_is_a_list_of_orders(said: str) -> None:
    behind = mind(Call("propose_cancellation", {"order": "SO-20261119-007"}), role=Role.BUYER)
    assert called(bought_then(read(said, BRIEFING), behind)) == ("list_orders", {"period": "2026-11"})


def test_what_was_got_back_is_no_list_of_orders() -> None:
    behind = mind(Call("order_status", {}), role=Role.BUYER)
    assert bought_then(read("what rebate did we get in november", BRIEFING), behind) is None


@pytest.mark.parametrize(
    "said", ["that's with the temp bit right? when does that run out", "里面临时的那部分到几号", "临时额度什么时候到期"]
)
def test_until_when_a_temporary_line_runs_is_on_the_account(said: str) -> None:
    behind = mind(Call("show_account", {}), role=Role.OWNER)
    assert called(line_until(read(said, BRIEFING), behind)) == ("show_account", {})


@pytest.mark.parametrize(
    "said",
    ["减了折扣没变吧 一箱还是27块66？", "价格不变吧", "is the price still the same?", "still the same discount?"],
)
def test_a_price_that_should_be_as_it_was_stands_on_the_draft(said: str) -> None:
    draft = Call("propose_order", {"lines": [{"sku": "T-500W", "quantity": 30}]})
    assert called(price_kept(read(said, BRIEFING), mind(draft, role=Role.BUYER, draft=draft))) == (
        draft.name,
        draft.args,
    )


@pytest.mark.parametrize("said", ["ok so what IS on then", "那现在都有啥", "what's running at the moment"])
def test_what_is_on_behind_a_question_about_an_offer(said: str) -> None:
    behind = mind(Call("quote", {"sku": "T-500W"}), role=Role.OWNER, said="anything on promo for oolong?")
    assert called(which_run(read(said, BRIEFING), behind)) == ("list_promotions", {})


def test_what_is_on_by_itself_is_asked_of_no_offer() -> None:
    behind = mind(Call("quote", {"sku": "T-500W"}), role=Role.OWNER, said="how much is oolong")
    assert which_run(read("what is on then", BRIEFING), behind) is None
