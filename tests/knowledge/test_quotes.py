import pytest

from knowledge.quotes import Quote, answer_sentences

REBATE = "返利按季度结算。季度结束后 25 个工作日内兑付。桶装水不计入基数。"
ORDER = "每张订单不少于 30 箱。货物出库以前可以取消。"


def test_the_sentence_that_shares_most_is_quoted_first_in_reading_order() -> None:
    quotes = answer_sentences("返利多久兑付", [REBATE, ORDER])
    assert quotes == [Quote(0, "返利按季度结算。"), Quote(0, "季度结束后 25 个工作日内兑付。")]


def test_a_better_passage_weighs_more() -> None:
    passages = ["订单可以取消。", "取消的订单不收费用。"]
    assert answer_sentences("订单取消", passages, [1.0, 0.1], count=1) == [Quote(0, "订单可以取消。")]
    assert answer_sentences("订单取消", passages[::-1], [1.0, 0.1], count=1) == [Quote(0, "取消的订单不收费用。")]


def test_a_question_after_a_number_prefers_one() -> None:
    passages = ["起订量按订单计算。起订量是 30 箱。"]
    assert answer_sentences("起订量是多少", passages, count=1) == [Quote(0, "起订量是 30 箱。")]


def test_a_row_is_quoted_with_the_names_of_its_columns() -> None:
    table = "表 1 坎级\n档 | 门槛 | 比例\n金卡 | 满 30 万 | 2%\n银卡 | 满 15 万 | 1%"
    assert answer_sentences("银卡的比例", [table], count=1) == [Quote(0, "档：银卡；门槛：满 15 万；比例：1%")]


def test_the_heading_may_be_the_question() -> None:
    passages = ["答 可以留作预存款，也可以退回原账户。", "货款从对公账户汇入。"]
    quotes = answer_sentences(
        "多付的货款能退吗", passages, [1.0, 0.3], headings=["问 12 多付的货款能退吗？", ""], count=1
    )
    assert quotes == [Quote(0, "答 可以留作预存款，也可以退回原账户。")]


def test_where_nothing_is_shared_the_best_passage_begins() -> None:
    assert answer_sentences("what is it", [REBATE, ORDER]) == [Quote(0, "返利按季度结算。")]


@pytest.mark.parametrize("passages", [[], [""], ["\n \n"]])
def test_nothing_gives_no_quote(passages: list[str]) -> None:
    assert answer_sentences("返利", passages) == []


def test_no_more_than_asked_for() -> None:
    assert len(answer_sentences("订单 返利 箱", [REBATE, ORDER], count=1)) == 1
    assert len(answer_sentences("订单 返利 箱", [REBATE, ORDER], count=9)) == 2
