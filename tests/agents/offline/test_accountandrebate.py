"""An account and a rebate named in one breath."""

import pytest

from agents.offline.accountandrebate import of_both_figures
from agents.offline.reading.understanding import Reading
from agents.offline.requests import Request


def intents(said: str, intent: str = "show_account") -> list[str]:
    return [one.intent for one in of_both_figures(Request(intent, 1.0, "quote", 0.5, Reading(said, said)))]


@pytest.mark.parametrize(
    "said", ["大同云冈的额度、欠款、返利一起报给我", "返利和额度各多少", "our credit limit and rebate please"]
)
def test_both_are_told(said: str) -> None:
    assert intents(said) == ["show_account", "explain_rebate"]


@pytest.mark.parametrize("said", ["额度还剩多少", "逾期的话返利还发吗", "this quarter's rebate"])
def test_one_is_one(said: str) -> None:
    assert intents(said) == ["show_account"]


def test_a_question_of_rules_stays_one() -> None:
    assert intents("额度和返利怎么算的", "search_knowledge") == ["search_knowledge"]
