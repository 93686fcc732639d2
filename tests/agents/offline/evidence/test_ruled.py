"""Questions whose words ask for a rule, whatever was spoken of."""

import pytest

from agents.offline.evidence.ruled import of_a_breach, of_rules
from agents.offline.reading.understanding import Reading


@pytest.mark.parametrize(
    "words",
    [
        "for month-end dealers the 30 days run from when exactly",
        "月结从哪天开始算",
        "账期从几号起算",
        "停货了的 怎么才给放货",
        "要什么条件才恢复发货",
        "how does a hold get lifted",
        "how do they get unblocked",
        "what are the requirements",
        "想弄个月结 要啥条件",
    ],
)
def test_documents_are_asked(words: str) -> None:
    assert of_rules(Reading(words, words))["search_knowledge"] > 0.5


@pytest.mark.parametrize("words", ["我们现在从哪天开始算逾期", "昨天那单发货没", "credit left", "什么时候发货"])
def test_ones_own_case_is_no_rule(words: str) -> None:
    assert not of_rules(Reading(words, words))


@pytest.mark.parametrize(
    "words",
    [
        "first time a dealer gets caught selling outside his area, what is the fine",
        "what happens if i get caught selling in another dealer's territory",
        "penalty for a dealer undercutting the price floor",
        "repeat offence?",
        "客户把货发到外区，罚几个点",
        "我要是卖到隔壁县去会怎么样",
        "低于底价第二次被抓怎么罚",
    ],
)
def test_what_a_breach_costs_is_a_rule(words: str) -> None:
    assert of_a_breach(words)
    assert of_rules(Reading(words, words))["search_knowledge"] > 1


@pytest.mark.parametrize(
    "words", ["fine, send 20 cases", "外区卖得怎么样", "which region sold most", "按我们合同窜货怎么罚"]
)
def test_other_sales_and_contracts_are_no_breach_of_the_handbook(words: str) -> None:
    assert "search_knowledge" not in of_rules(Reading(words, words))


@pytest.mark.parametrize("words", ["年底还有没有一笔年返", "is there a year-end bonus", "年返有没有"])
def test_whether_there_is_another_rebate_is_a_rule(words: str) -> None:
    assert of_rules(Reading(words, words))["search_knowledge"] > 1
