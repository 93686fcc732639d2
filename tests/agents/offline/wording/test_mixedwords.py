"""The trade's English words in a Chinese sentence."""

import pytest

from agents.offline.wording.mixedwords import in_chinese


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("credit还够再拿5万不", "额度还够再拿5万不"),
        ("燕麦奶要20箱 还有stock吗", "燕麦奶要20箱 还有库存吗"),
        ("我们这季rebate多少", "我们这季返利多少"),
        ("有没有overdue", "有没有逾期"),
        ("9号被reject那张是什么reason", "9号被拒那张是什么原因"),
        ("最近那张order status怎么样", "最近那张订单状态怎么样"),
    ],
)
def test_they_are_read_in_chinese(said: str, meant: str) -> None:
    assert in_chinese(said) == meant


@pytest.mark.parametrize("text", ["is there any stock left", "how is our credit 额度", "credit note怎么开", "stock"])
def test_other_sentences_stay(text: str) -> None:
    assert in_chinese(text) == text
