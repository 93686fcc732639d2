from decimal import Decimal

import pytest

from knowledge.intervals import Amount, amounts_in, best_rows, interval_of

TIERS = [
    "档：—；基数：不满 150,000 元；比例：0",
    "档：1；基数：满 150,000 元；比例：1.0%",
    "档：2；基数：满 300,000 元；比例：2.0%",
]
OVERDUE = [
    "逾期天数：1～15 天；处理：计收滞纳金",
    "逾期天数：16～30 天；处理：停货",
    "逾期天数：超过 30 天；处理：冻结额度",
]
CREDIT = [
    "申请额度：100,000 元及以下；审批人：大区经理；时限：5 个工作日",
    "申请额度：100,000～500,000 元；审批人：渠道总监；时限：7 个工作日",
    "申请额度：超过 500,000 元；审批人：信用委员会；时限：12 个工作日",
]
CONFIRMED = [
    "Amount：Below ¥20,000；By：a word",
    "Amount：¥20,000 to ¥200,000；By：the button",
    "Amount：Above ¥200,000；By：both",
]


@pytest.mark.parametrize(
    ("question", "rows", "fits"),
    [
        ("刚好三十万算几个点", TIERS, 2),
        ("做到29万返多少", TIERS, 1),
        ("才十万有返利吗", TIERS, 0),
        ("逾期20天会怎样", OVERDUE, 1),
        ("欠款超一个月会怎样", OVERDUE, 2),
        ("十五天以内呢", OVERDUE, 0),
        ("额度50万以内谁批", CREDIT, 1),
        ("要80万额度谁批", CREDIT, 2),
        ("how is an order of 200k confirmed", CONFIRMED, 1),
        ("an order over 200,000", CONFIRMED, 2),
    ],
)
def test_the_row_that_the_number_falls_in_beats_its_rivals(question: str, rows: list[str], fits: int) -> None:
    assert best_rows(question, rows) == {place: place == fits for place in range(len(rows))}


def test_days_say_nothing_about_rows_of_money() -> None:
    assert best_rows("20天之后呢", TIERS) == {}


def test_a_question_without_a_number_prefers_no_row() -> None:
    assert best_rows("返利怎么算", TIERS) == {}


def test_both_ends_of_a_range_hold() -> None:
    interval = interval_of("年限：满 1 年不满 3 年；赔偿：2,200 元")
    assert interval is not None
    assert interval.holds(Amount("days", Decimal(365)))
    assert not interval.holds(Amount("days", Decimal(3 * 365)))


def test_a_row_without_a_range_has_none() -> None:
    assert interval_of("部门：财务部；电话：0500-8800 1201") is None


def test_a_large_number_without_a_unit_is_money() -> None:
    assert amounts_in("on a million a quarter") == [Amount("money", Decimal(1_000_000))]
    assert amounts_in("问 3 的答案") == []
