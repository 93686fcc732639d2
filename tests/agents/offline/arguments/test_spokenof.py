"""What a short question of rules is about."""

import pytest

from agents.offline.arguments.spokenof import asks_of_late_fees, of_its_kind
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import briefing_of

BRIEFING = briefing_of(
    (Known("dealer", "D023", ("东莞莞城鸿运贸易有限公司", "Dongguan Hongyun Trading", "鸿运", "hongyun")),)
)


@pytest.mark.parametrize(
    "words", ["要是晚几天 罚多少", "拖几天要罚吗", "有滞纳金吗", "what's the late fee", "how much interest"]
)
def test_a_fine_behind_an_account_is_for_paying_late(words: str) -> None:
    assert asks_of_late_fees(words, 3)


@pytest.mark.parametrize("words", ["头一回窜货罚多少", "额度还剩多少", "when is it due"])
def test_a_matter_of_its_own_is_none(words: str) -> None:
    assert not asks_of_late_fees(words, 8)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("鸿运这种停货了的怎么才给放货", "停货了的怎么才给放货"),
        ("鸿运这样的客户还能下单吗", "还能下单吗"),
        ("can a dealer like hongyun still order", "can a dealer still order"),
        ("鸿运还欠多少", "鸿运还欠多少"),
    ],
)
def test_one_named_as_an_example_is_left_out(said: str, asked: str) -> None:
    assert of_its_kind(read(said, BRIEFING)) == asked
