"""Cases missing to a step, and what no result gives: other amounts beside it, a debt, free carriage."""

import pytest

from tests.core.checks.conftest import Why


@pytest.mark.parametrize(
    "sentence", ["再加180箱就能用40.74的价。", "再订180箱到300箱那档。", "Another 180 cases gets you the 40.74 price."]
)
def test_the_cases_missing_to_a_step_may_be_told(why: Why, sentence: str) -> None:
    assert why(sentence, "quote", "120 cases", language="en" if sentence.isascii() else "zh") is None


@pytest.mark.parametrize(
    "sentence",
    ["再加200箱就能用40.74的价。", "再加180箱就能用41.16的价。", "Another 80 cases gets you the 40.74 price."],
)
def test_other_cases_or_another_steps_price_may_not(why: Why, sentence: str) -> None:
    assert why(sentence, "quote", "120 cases", language="en" if sentence.isascii() else "zh") is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "现在进度是50万/60万。",
        "返利进度是617,280.00/600,000。",
        "目前整体2.5%，返利12,345.60元。",
        "计入617,280.00元，已超过100万。",
    ],
)
def test_what_stands_beside_a_figure_must_hold(why: Why, sentence: str) -> None:
    assert why(sentence, "rebate") is not None


@pytest.mark.parametrize("sentence", ["您欠30万。", "30万额度只用了60%左右。"])
def test_the_line_is_no_debt(why: Why, sentence: str) -> None:
    assert why(sentence, "account") is not None


@pytest.mark.parametrize(
    "sentence", ["Delivery is free from 10 cases on.", "Shipping is on us.", "免运费。", "配送费我们出。", "包邮。"]
)
def test_nobody_is_told_of_free_carriage_that_no_result_has(why: Why, sentence: str) -> None:
    assert why(sentence, "order", language="en" if sentence.isascii() else "zh") is not None
