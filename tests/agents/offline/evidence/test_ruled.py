"""Questions whose words ask for a rule, whatever was spoken of."""

import pytest

from agents.offline.evidence.ruled import of_rules
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
