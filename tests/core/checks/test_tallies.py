"""Counts of rows by what their clause says of them, over variants of words, figures and order of clauses."""

import pytest

from tests.core.checks.conftest import Why

SIZES = {"1L": 1, "250ml": 1, "500ml": 1}
BOUNDS = {"20万": 1, "15万": 1, "13万": 3, "10万": 4}
COUNTS = "零一两三四五六七八九"
SAID = ("{size}的有{count}款。", "{count}款是{size}的。", "规格{size}的共{count}个。")
PASSED = ("超过{bound}的有{count}家。", "{count}家经销商在{bound}以上。", "其中{count}家超过{bound}。")
STATES = {"签收": 4, "被拒": 1}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("form", SAID)
def test_products_of_a_size_are_as_many_as_their_rows(why: Why, form: str, size: str) -> None:
    right = [count for count in range(1, 5) if why(form.format(size=size, count=COUNTS[count]), "products") is None]
    assert right == [SIZES[size]]


@pytest.mark.parametrize("bound", BOUNDS)
@pytest.mark.parametrize("form", PASSED)
def test_dealers_above_an_amount_are_as_many_as_their_rows(why: Why, form: str, bound: str) -> None:
    right = {count for count in range(2, 9) if why(form.format(bound=bound, count=COUNTS[count]), "dealers") is None}
    assert right <= {BOUNDS[bound]}
    assert BOUNDS[bound] < 2 or right


@pytest.mark.parametrize("state", STATES)
def test_orders_in_a_state_are_as_many_as_their_rows(why: Why, state: str) -> None:
    right = [count for count in range(1, 6) if why(f"列出的订单里{count}张已经{state}。", "orders") is None]
    assert right == [STATES[state]] or state == "被拒"
    assert why("列出的五张里四张已签收，一张被拒绝。", "orders") is None
    assert why("列出的五张里三张已签收，两张被拒绝。", "orders") is not None


HONEST = [
    ("dealers", "第一名金陵泉212,166.85元，其余几家都不到20万。"),
    ("dealers", "太湖明珠最低，118,255.15元。"),
    ("products", "规格有1L、250ml和500ml三种。"),
    ("account", "离12月5日还有15天。"),
    ("account", "12月5日（周六）前应付41,200元。"),
    ("order", "送到城南仓，请确认后我再提交。"),
    ("quote", "因为满100箱，每箱是41.16元。"),
    ("account", "建议您跟业务员确认一下付款安排。"),
]
LIES = [
    ("dealers", "四家都比上月少。"),
    ("dealers", "太湖明珠最高，118,255.15元。"),
    ("dealers", "申嘉和甬江泉都超过15万。"),
    ("dealers", "排名第三的是申嘉，141,405.95元。"),
    ("products", "三款都是15瓶一箱。"),
    ("account", "12月5日（周三）前应付41,200元。"),
    ("account", "额度会自动提高。"),
    ("account", "因为上个月晚付，额度变少了。"),
    ("account", "财务已经在处理您的付款。"),
    ("account_en", "Your limit will be raised automatically after that."),
    ("account_en", "You have less left because a payment bounced."),
    ("orders", "SO-20261022-001是您自己取消的。"),
    ("orders", "因为超出额度，SO-20261022-001被拒绝。"),
    ("order", "三天内送到城南仓。"),
    ("order", "492.95元，运费另算。"),
    ("silent", "28家里有28家下过单。"),
]


@pytest.mark.parametrize(("about", "sentence"), HONEST)
def test_what_rows_and_days_say_may_be_said(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is None


@pytest.mark.parametrize(("about", "sentence"), LIES)
def test_counts_causes_agents_and_promises_need_a_result(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is not None
