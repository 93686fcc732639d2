"""Slips are mended, and what is spelt right is left alone."""

import pytest

from agents.offline.wording.spelling import Names, Spelling

SAID = [
    *["来20箱绿茶", "绿茶多少钱一箱", "返利有多少", "下周送货", "订单到哪了", "看看库存", "多少钱"] * 4,
    *["please send 20 cases of green tea", "what is the price of water", "change the order"] * 4,
]
SPELLING = Spelling(SAID)
NAMES = Names(("绿茶", "矿泉水", "橙汁", "mineral water", "tianhe shop"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("20 csaes of geren tea", "20 cases of green tea"),
        ("minearl water", "mineral water"),
        ("录茶多少钱", "绿茶多少钱"),
        ("绿绿茶多少钱", "绿茶多少钱"),
        ("来20箱绿 茶", "来20箱绿茶"),
    ],
)
def test_a_slip_becomes_the_word_that_it_nearly_is(written: str, meant: str) -> None:
    assert SPELLING.mended(written, NAMES) == meant


@pytest.mark.parametrize("right", ["tianhe shop", "w-550 20 cases", "看看库存", "返利有多少 绿茶多少钱", "来二十箱"])
def test_what_is_spelt_right_stays(right: str) -> None:
    assert SPELLING.mended(right, NAMES) == right


@pytest.mark.parametrize("counted", ["来二二十箱", "来十十箱", "五十想绿茶"])
def test_no_number_and_no_unit_is_made_or_changed(counted: str) -> None:
    mended = SPELLING.mended(counted, NAMES)

    assert [char for char in mended if char in "二十五箱"] == [char for char in counted if char in "二十五箱"]
