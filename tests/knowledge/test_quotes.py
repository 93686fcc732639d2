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


def test_a_row_whose_own_cell_is_asked_for_beats_one_that_only_mentions_it() -> None:
    table = (
        "表 2 时间\n时间 | 事项 | 责任方\n第 20 个工作日 | 在返利兑付方式确认单中选择 | 经销商"
        "\n第 25 个工作日以前 | 兑付 | 财务部"
    )
    wanted = [Quote(0, "时间：第 25 个工作日以前；事项：兑付；责任方：财务部")]
    assert answer_sentences("季度返利最晚第几个工作日兑付", [table], count=1) == wanted


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


def test_an_item_of_a_list_is_quoted_whole() -> None:
    passage = "判定如下：\n（1）不足 10 箱的，书面提醒；累计三次的，按一级处理；\n（2）10 箱及以上的，构成窜货。"
    quotes = answer_sentences("累计三次怎么处理", [passage], count=1)
    assert quotes == [Quote(0, "（1）不足 10 箱的，书面提醒；累计三次的，按一级处理；")]


def test_the_row_of_the_number_asked_about_is_quoted() -> None:
    table = "档 | 门槛 | 比例\n1 | 满 150,000 元 | 1.0%\n2 | 满 300,000 元 | 2.0%\n3 | 满 600,000 元 | 3.0%"
    assert answer_sentences("季度做到四十万返几个点", [table], count=1) == [
        Quote(0, "档：2；门槛：满 300,000 元；比例：2.0%")
    ]


def test_the_sentence_that_holds_what_was_asked_for_completes_the_one_that_shares_most() -> None:
    passage = "A temporary credit line can be requested by form. It lasts at most 45 days."
    quotes = answer_sentences("for how long is a temporary credit line given", [passage, "Pay on time."])
    assert "It lasts at most 45 days." in [quote.text for quote in quotes]


def test_an_example_comes_with_its_rule() -> None:
    passage = "滞纳金按每日万分之三计收。例如逾期 50,000 元、逾期 20 天，滞纳金为 300 元。送货单一式三联。"
    quotes = answer_sentences("滞纳金逾期 20 天是多少元", [passage, "滞纳金另行通知。逾期 20 天。"])
    assert next(quote.text for quote in quotes if quote.passage == 0) == "滞纳金按每日万分之三计收。"
