"""Lies don't pass, honest words do."""

import pytest

from tests.core.checks.conftest import Why

HONEST = [
    ("account", "您目前可用授信还有¥181,234.50。"),
    ("account", "授信额度共30万元，已经用了118,765.50元。"),
    ("account", "目前没有逾期，下次在12月5日前要付¥41,200，共2张发票。"),
    ("account", "您还能下单大约18.1万元的货。"),
    ("account", "额度还剩181,234.5元。"),
    ("account", "账期是开票后30天。"),
    ("account", "应付货款是9.2万元。"),
    ("account", "您的授信额度是三十万元。"),
    ("account", "还有¥26,765.50的订单没开票。"),
    ("account_en", "You have 181,234.50 yuan of credit left."),
    ("account_en", "Your limit is 300,000 yuan, of which 118,765.50 is in use."),
    ("account_en", "Nothing is overdue; the next payment is 41,200 yuan, due by December 5."),
    ("account_en", "You owe 92,000 yuan at the moment."),
    ("rebate", "您第四季度预估返利为¥12,345.60，以结算单为准。"),
    ("rebate", "本季度目前计入¥617,280.00，达到第2档，返利率2%。"),
    ("rebate", "再进¥382,720.00就到第3档，届时返利¥25,000.00。"),
    ("rebate", "还差38.27万元到第3档（2.5%）。"),
    ("rebate", "您现在是第2档，再进38.27万元就能升到第3档。"),
    ("rebate", "截至11月20日，已计入61.7万元。"),
    ("sales", "华东10月进货额90万元，同比增长12.5%。"),
    ("sales", "其中D001最多，60万元，占66.7%。"),
    ("order", "合计¥492.95，共15箱，请确认。"),
    ("order", "矿泉水10箱285.10元，绿茶5箱207.85元。"),
    ("order", "确认后就会为您下单，目前还没有下单。"),
    ("order", "核对无误后请点击“确认下单”。"),
    ("status", "SO-20261118-003已提交，共15箱，等待公司受理。"),
]  # fmt: skip
LIES = [
    ("account", "您目前可用授信还有¥300,000.00。"),
    ("account", "您目前可用授信还有¥181,324.50。"),
    ("account", "授信额度¥181,234.50。"),
    ("account", "逾期¥92,000.00。"),
    ("account", "您可用额度约19万元。"),
    ("account", "您的可用授信还有十九万元。"),
    ("account", "已为您下单。"),
    ("account", "D002的可用授信是¥181,234.50。"),
    ("account", "两笔合计¥133,200.00。"),
    ("account", "您已经用了¥181,234.50。"),
    ("account", "账期是开票后45天。"),
    ("account", "下次在12月15日前要付¥41,200。"),
    ("account", "详见https://qudao.example.com/a"),
    ("account", "请看 credit-rules.pdf。"),
    ("account", "根据《2026授信管理办法》，您可以提额。"),
    ("account", "Your credit left is fine today and you can order."),
    ("account", "目前有逾期，已暂停发货。"),
    ("account", "您的返利是¥92,000.00。"),
    ("account", "您的货款已结清。"),
    ("account", "您可以享受免运费。"),
    ("account", "下次到期要付¥92,000.00。"),
    ("account", "业务员电话是13812345678。"),
    ("account_en", "You have 300,000 yuan of credit left."),
    ("account_en", "Your credit limit is CN¥181,234.50."),
    ("account_en", "About one hundred and ninety thousand yuan is left."),
    ("account_en", "I have placed the order for you."),
    ("account_en", "Votre crédit disponible est suffisant pour cette commande aujourd'hui."),
    ("account_en", "Your payment has been received."),
    ("account_en", "According to the Dealer Credit Handbook you may go over it."),
    ("rebate", "本季度返利是¥25,000.00。"),
    ("rebate", "您第三季度预估返利为¥12,345.60。"),
    ("rebate", "已计入¥600,000.00。"),
    ("rebate", "返利率2.5%，返利¥12,345.60，已到第2档。"),
    ("rebate", "还差¥617,280.00到第3档。"),
    ("rebate", "门槛是¥617,280.00。"),
    ("rebate", "您的返利已经到账。"),
    ("rebate", "本季度返利¥12,354.60。"),
    ("rebate", "本月返利是¥12,345.60。"),
    ("rebate", "本季度返利约1.3万元。"),
    ("rebate", "您已达第3档。"),
    ("sales", "D002最多，60万元。"),
    ("sales", "D001占33.3%。"),
    ("sales", "华东9月进货额90万元。"),
    ("sales", "同比增长66.7%。"),
    ("order", "已为您下单，合计¥492.95。"),
    ("order", "您已确认，订单生效。"),
    ("order", "绿茶10箱285.10元。"),
    ("order", "矿泉水每箱¥41.57。"),
    ("order", "果汁J-300也一起加上了。"),
    ("order", "我这就为您下单。"),
    ("status", "SO-20261118-003已发货。"),
    ("status", "SO-20261118-004已提交。"),
    ("status", "订单已取消。"),
    ("status", "明天上午送到。"),
]  # fmt: skip


@pytest.mark.parametrize(("about", "sentence"), HONEST)
def test_honest_words_pass(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is None


@pytest.mark.parametrize(("about", "sentence"), LIES)
def test_lies_do_not(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is not None


class TestTheReadersOwnWords:
    def test_a_quantity_may_be_theirs(self, why: Why) -> None:
        assert why("您要的20箱可以。", "account", said="20箱行不行") is None

    def test_an_amount_may_not(self, why: Why) -> None:
        assert why("可以，授信有50万元。", "account", said="我有50万元授信吧") is not None


class TestOutcomes:
    def test_what_was_done_may_be_said(self, why: Why) -> None:
        assert why("订单已下单。", "status", done=frozenset({"ordered"})) is None

    def test_something_else_may_not(self, why: Why) -> None:
        assert why("订单已取消。", "status", done=frozenset({"ordered"})) is not None
