"""A question taken back in the same breath is dropped, and nothing else is."""

import pytest

from agents.offline.wording.withdrawn import without_withdrawn


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("还能报吗 算了我先给客服打电话 号码多少", "我先给客服打电话 号码多少"),
        ("额度还剩多少呢 算了 先来10箱可乐", "先来10箱可乐"),
        ("do you have oolong? never mind, give me 10 cola", "give me 10 cola"),
        ("还能改地址么？算了，还是送城南仓", "还是送城南仓"),
        ("can I still change it? forget it, just send it", "just send it"),
    ],
)
def test_what_comes_behind_it_is_meant(said: str, meant: str) -> None:
    assert without_withdrawn(said) == meant


@pytest.mark.parametrize("said", ["算了两个口味各20", "可乐10箱吧 算了 来20箱", "水就算了，先来10箱可乐", "never mind"])
def test_what_is_no_question_stays(said: str) -> None:
    assert without_withdrawn(said) == said
