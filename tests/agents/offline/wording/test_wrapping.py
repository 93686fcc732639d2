"""Politeness and spaces around the words that matter."""

import pytest

from agents.offline.wording.wrapping import closed_up, unwrapped


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("您好,麻烦您了,绿茶多少钱,谢谢啦", "绿茶多少钱"),
        ("hi there, where is my order? thanks a lot!", "where is my order?"),
        ("对了 乱价第一次罚多少", "乱价第一次罚多少"),
        ("谢谢", "谢谢"),
        ("你好", "你好"),
        ("好的,谢谢", "好的,谢谢"),
        ("thanks", "thanks"),
    ],
)
def test_what_is_left_is_the_message(said: str, left: str) -> None:
    assert unwrapped(said) == left


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("矿 泉水 来 十箱", "矿泉水来十箱"),
        ("绿茶50 矿泉水100", "绿茶50 矿泉水100"),
        ("额度还剩多少 能订500箱水不", "额度还剩多少 能订500箱水不"),
        ("跟上次一样再来一单 水减20件", "跟上次一样再来一单 水减20件"),
    ],
)
def test_spaces_between_single_characters_are_no_breaks(said: str, read: str) -> None:
    assert closed_up(said) == read
