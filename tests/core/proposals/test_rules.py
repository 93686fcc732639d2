"""Which words confirm, and how strong a confirmation an amount takes."""

from decimal import Decimal

import pytest

from core.proposals.rules import CANCELLING, CONFIRMING, cancels, cancels_it, confirms, strength

YES = """确认|确认。|确认！！|好|好的|好的，|好 的|行|行。|OK|ok|Ok!|ＯＫ|o k|可以|可以的|发吧
下单|下单吧|确认下单|没问题|同意|是的
👌|👌🏻|👌🏿👌|好👌|OK 👌🏼|confirm|Confirm.|CONFIRMED|yes|Yes!|yes please|go ahead|Go ahead.|“确认”|確認|發吧
沒問題|就這樣|好喔|這下可以了|这下可以了|这样就可以了|那就这样|那行|现在好了。|可以了|perfect, go ahead|Great, yes
"""
NO = """嗯|嗯嗯|收到|收到👌|👍|行，但是改成20箱|行，但…|好，不过换成绿茶|好的，再加5箱
不行|不可以|不好|别下单|先不下单|确认什么|确认？|确认?
好？|可以吗|OK?|可以…|行...|yes but 5 cases|yes, change it to 20|not ok|don't confirm|no|okay but later
确认一下价格|好贵|好多|行程
取消||   |。。。|👌?|ok 10|1|确认确认错了|好像不对|noted|got it|是吗|please confirm the price|下单吗
行了|好了|对了|这样|那|那好吗|这样可以吗|那不行|这样就可以了吗|perfect|great|good, but 5
"""


@pytest.mark.parametrize("text", [text for text in YES.replace("\n", "|").split("|") if text])
def test_a_plain_yes_confirms(text: str) -> None:
    assert confirms(text)
    assert not cancels(text)


@pytest.mark.parametrize("text", NO.replace("\n", "|").split("|"))
def test_anything_else_does_not(text: str) -> None:
    assert not confirms(text)


@pytest.mark.parametrize("text", ["取消", "取消。", "不要了", "算了", "Cancel", "cancel it", "never mind", "no"])
def test_a_plain_no_cancels(text: str) -> None:
    assert cancels(text)
    assert not confirms(text)


@pytest.mark.parametrize("text", ["取消？", "不要绿茶了", "取消第二行", "no more than 10", "确认", "", "不", "cancel?"])
def test_a_correction_does_not_cancel(text: str) -> None:
    assert not cancels(text)


def test_no_word_means_both() -> None:
    assert not CONFIRMING & CANCELLING


LIMITS = (Decimal(5_000), Decimal(200_000))


@pytest.mark.parametrize(
    ("amount", "needed"),
    [
        (None, "word"),
        (Decimal(0), "word"),
        (Decimal("4999.99"), "word"),
        (Decimal(5_000), "button"),
        (Decimal(200_000), "button"),
        (Decimal("200000.01"), "second_factor"),
    ],
)
def test_the_amount_decides_how_strong_a_confirmation_must_be(amount: Decimal | None, needed: str) -> None:
    assert strength(amount, *LIMITS, same_currency=True) == needed


def test_in_another_currency_a_word_is_never_enough() -> None:
    assert strength(Decimal(1), *LIMITS, same_currency=False) == "button"
    assert strength(Decimal(200_001), *LIMITS, same_currency=False) == "second_factor"


@pytest.mark.parametrize("said", ["好的下单", "嗯就这样", "好下单", "可以，确认下单吧", "嗯好"])
def test_words_of_the_list_count_written_together(said: str) -> None:
    assert confirms(said)


@pytest.mark.parametrize("said", ["好是好", "行是行", "可以是可以", "是下单", "不好的", "好的不", "嗯", "哦"])
def test_a_concession_is_no_yes(said: str) -> None:
    assert not confirms(said)


NAMING = """确认|行 就这样下 谢谢啦|好的 就这样下|行 刚才那单确认|哦行那刚才那单确认吧|行那就确认吧|确认这单
下单 谢谢老板
请确认下单|行了 下单|按这个下吧|唔该晒 落单|就咁落單啦|好嘅 落單|ok thanks. confirm the order
looks good, place the order
thanks, confirm|yes, place my order please|Please place the order.|yes confirm it|ok 落单唔该"""


@pytest.mark.parametrize("said", NAMING.replace("\n", "|").split("|"))
def test_a_yes_that_names_what_is_done_confirms_with_courtesies_around_it(said: str) -> None:
    assert confirms(said)


@pytest.mark.parametrize(
    "said", ["好的谢谢", "OK, thanks. Go ahead.", "go ahead please, thanks", "好吧", "行，就这样吧"]
)
def test_a_yes_that_names_nothing_confirms_too(said: str) -> None:
    assert confirms(said)


@pytest.mark.parametrize(
    "said",
    ["谢谢", "thanks", "great thanks", "please", "收到谢谢", "好的收到", "嗯谢谢", "order", "刚才那单", "确认收货",
     "下单多少起", "下单前问一下", "can you confirm", "ok then"],
)  # fmt: skip
def test_courtesies_alone_and_other_matters_confirm_nothing(said: str) -> None:
    assert not confirms(said)


def test_a_no_may_name_it_too() -> None:
    assert cancels_it("取消")
    assert cancels_it("cancel it")
    assert not cancels_it("算了")
