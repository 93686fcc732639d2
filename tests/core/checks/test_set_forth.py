"""Figures that are proved by those beside them, and what is told of carriage and gifts."""

import pytest

from tests.core.checks.conftest import Why


@pytest.mark.parametrize(
    "sentence",
    [
        "现在进度是61.7万/60万。",
        "计入617,280.00元，已超过60万，按2%算。",
        "目前整体2%，返利12,345.60元。",
    ],
)
def test_a_figure_set_beside_what_it_is_held_against_needs_no_name(why: Why, sentence: str) -> None:
    assert why(sentence, "rebate") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "现在进度是50万/60万。",
        "返利进度是617,280.00/600,000。",
        "目前整体2.5%，返利12,345.60元。",
        "计入617,280.00元，已超过100万。",
    ],
)
def test_what_is_beside_must_hold(why: Why, sentence: str) -> None:
    assert why(sentence, "rebate") is not None


@pytest.mark.parametrize("sentence", ["30万额度只用了40%左右。", "30万的授信里用掉了118,765.50元。"])
def test_the_line_is_told_before_how_much_of_it_is_used(why: Why, sentence: str) -> None:
    assert why(sentence, "account") is None


@pytest.mark.parametrize("sentence", ["您欠30万。", "30万额度只用了60%左右。"])
def test_the_line_is_no_debt(why: Why, sentence: str) -> None:
    assert why(sentence, "account") is not None


@pytest.mark.parametrize(
    "sentence",
    ["Delivery is free from 10 cases on.", "Shipping is on us.", "免运费。", "配送费我们出。", "包邮。"],
)
def test_nobody_is_told_of_free_carriage_that_no_result_has(why: Why, sentence: str) -> None:
    assert why(sentence, "order", language="en" if sentence.isascii() else "zh") is not None
