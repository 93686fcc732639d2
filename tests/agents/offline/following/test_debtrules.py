"""Debts as rules speak of them."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from agents.offline.following.debtrules import of_debts
from agents.offline.mind import Mind
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from agents.offline.state import DialogueState
from agents.turns import Call
from tests.agents.offline.briefings import briefing_of

BRIEFING = briefing_of((Known("dealer", "D023", ("东莞莞城鸿运贸易有限公司", "Dongguan Hongyun Trading", "鸿运")),))


def words(key: str, **said: Any) -> str:
    return " ".join([key, *(str(value) for value in said.values())])


def question(said: str, last: Call | None = None) -> str | None:
    state = DialogueState(last=last)
    mind = cast(Mind, SimpleNamespace(briefing=BRIEFING, state=state, schemas={"search_knowledge": None}, words=words))
    plan = of_debts(read(said, BRIEFING), mind)
    return None if plan is None else str(plan.calls[0].args["question"])


@pytest.mark.parametrize(
    "said",
    [
        "10月20号的invoice，月结30天due哪天",
        "10月20号开的发票，月结30天哪天到期",
        "十月二十號開嘅invoice，月結30日幾時due",
        "月结的，10月20日开票，最晚几号付",
        "invoice dated 20 Oct on 30-day month-end terms, when's it due",
        "billed on October 20, monthly terms, payable when?",
    ],
)
def test_a_day_an_invoice_and_terms_ask_when_it_falls_due(said: str) -> None:
    assert question(said) == "about.due.day 10 20"


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("拖了一个多月的货款按规定怎么处理", 40),
        ("欠了四十多天了规定上怎么办", 41),
        ("逾期两个多月的政策上怎么处理", 70),
        ("拖欠一個多月按規定會點處理", 40),
        ("欠款拖了半个月会怎样", 15),
        ("what do the rules say once an invoice is over a month late", 40),
        ("what happens when we owe more than 3 weeks past due", 22),
    ],
)
def test_so_long_over_is_put_in_days(said: str, days: int) -> None:
    assert question(said) == f"about.overdue.days {days}"


def test_behind_an_account_the_debt_need_not_be_named() -> None:
    said = "拖了一个多月的按规定怎么处理来着"
    assert question(said) is None
    assert question(said, Call("show_account", {"dealer": "D023"})) == "about.overdue.days 40"


@pytest.mark.parametrize(
    "said",
    [
        "晚个几天付，一天罚多少",
        "迟几天给钱，一天扣多少",
        "遲幾日俾錢，一日罰幾多",
        "逾期一天收多少滞纳金",
        "if i pay a few days late whats the charge per day",
        "what's the daily fee for late payment",
    ],
)
def test_a_day_of_paying_late_has_a_fee(said: str) -> None:
    assert question(said, Call("show_account", {})) == "about.late.fee"


@pytest.mark.parametrize(
    "said",
    [
        "鸿运拖了一个多月按规定怎么处理",
        "货送晚了几天，一天赔多少",
        "送货晚了三天货款怎么处理",
        "超过7天没发货怎么办",
        "我现在欠了多少，逾期几天",
        "逾期40天怎么处理",
        "我们10月20日的发票哪天到期",
        "when is my invoice of 20 October due",
    ],
)
def test_goods_one_dealer_and_ones_own_account_are_no_rule(said: str) -> None:
    assert question(said, Call("show_account", {})) is None
