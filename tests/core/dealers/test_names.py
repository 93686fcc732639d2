"""What people call dealers."""

import pytest

from core.dealers.names import _only_one_there, _short


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("东莞莞城鸿运贸易有限公司", "鸿运"),
        ("天津海河源饮品有限公司", "海河源"),
        ("常州龙城汇通商贸有限公司", "汇通"),
        ("广州环贸国际食品有限公司", "环贸"),
    ],
)
def test_a_dealer_is_known_without_city_and_kind_of_company(name: str, called: str) -> None:
    assert called in _short(name)


def test_a_word_said_of_much_else_is_nobodys_name() -> None:
    assert "国际" not in _short("广州环贸国际食品有限公司")


def test_a_city_stands_for_its_dealer_only_where_it_has_one() -> None:
    assert _only_one_there(["上海", "上海", "杭州"]) == {"杭州"}
