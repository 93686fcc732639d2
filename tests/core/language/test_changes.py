"""What a message supposes to change, and by how much."""

from decimal import Decimal

import pytest

from core.language.changes import Change, find_change, find_deal


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("要是涨价5%呢", 5),
        ("涨5个点销量会掉多少", 5),
        ("如果价格降10%", -10),
        ("便宜百分之三", -3),
        ("打九折的话", -10),
        ("八五折能卖多少", -15),
        ("下调5%", -5),
        ("what if prices go up 5 percent", 5),
        ("with a 10% discount", -10),
        ("5% off", -5),
        ("if we cut the price by 8%", -8),
    ],
)
def test_a_price_that_changes_by_a_share(text: str, percent: int) -> None:
    assert find_change(text, "price") == Change("price", Decimal(percent))
    assert find_change(text, "demand") is None


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("绿茶降1块能多卖多少", "-1"),
        ("便宜5毛呢", "-0.5"),
        ("每箱涨两块五", "2.5"),
        ("要是贵3元", "3"),
        ("1 yuan cheaper", "-1"),
        ("if the price goes up by ¥2", "2"),
    ],
)
def test_a_price_that_changes_by_an_amount(text: str, money: str) -> None:
    assert find_change(text, "price") == Change("price", Decimal(money), money=True)


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("假如需求涨两成", 20),
        ("要是销量多15%", 15),
        ("需求降10%呢", -10),
        ("多两成呢", 20),
        ("夏天特别热 多卖三成", 30),
        ("suppose demand is 20 percent higher", 20),
        ("if sales drop by 10%", -10),
        ("20% more", 20),
    ],
)
def test_demand_that_changes(text: str, percent: int) -> None:
    assert find_change(text, "demand") == Change("demand", Decimal(percent))
    assert find_change(text, "price") is None


@pytest.mark.parametrize(
    "text", ["下个月绿茶要备多少货", "要10箱矿泉水", "税率13%", "未来三个月", "how accurate were you", "3块一瓶"]
)
def test_what_changes_nothing(text: str) -> None:
    assert find_change(text, "price") is None
    assert find_change(text, "demand") is None


@pytest.mark.parametrize(
    ("text", "deal"),
    [
        ("要是做10搭1能多卖多少", (10, 1)),
        ("买十送一的话", (10, 1)),
        ("20送2呢", (20, 2)),
        ("10+1", (10, 1)),
        ("搞个12搭1", (12, 1)),
        ("buy 10 get 1 free", (10, 1)),
        ("a buy ten get one", (10, 1)),
        ("with 10 plus 1", (10, 1)),
        ("10月送货", None),
        ("要10箱送到浦东店", None),
        ("送1箱", None),
        ("12月能卖多少", None),
    ],
)
def test_a_deal_of_free_goods(text: str, deal: tuple[int, int] | None) -> None:
    assert find_deal(text) == deal
