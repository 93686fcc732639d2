"""How figures hang together without a name of their own: each form honest, and the same form with a falsehood."""

import pytest

from tests.core.checks.conftest import Why

HONEST = [
    ("dealers", "三家合计占全区约32%。"),
    ("dealers", "D012 is out in front by CN¥70,760.90."),
    ("dealers", "进货额¥1,535,701.22，平均每天约7.7万，上月同期每天约9.5万。"),
    ("dealers", "The sell-in is CN¥1,535,701.22, 19.2% less than in Oct 1–20."),
    ("dealers", "D012：212,166.85 → D003：141,405.95。"),
    ("dealers", "依次是212,166.85 → 141,405.95 → 140,194.60。"),
    ("dealers", "D012占13.8%居首，D003、D021 分别占9.2%和9.1%。"),
    ("orders", "列出来的四张已签收订单加起来¥141,287.45，合计¥197,706.45，没显示的那张是¥56,419.00。"),
    ("silent", "没下单的只有D026，占28家的约3.6%。"),
    ("dealers", "前三家分别占13.8%、9.2%和9.1%。"),
    ("quote", "不满100箱的话是41.57元/箱。"),
    ("quote", "The next price break (¥41.16) starts at 100 cases."),
    ("quote", "Pay for 10 cases and you're getting 1 more for free."),
    ("quote", "T-500 is CN¥41.57 a case, as per page 5 of the price policy."),
    ("products", "规格从250ml到1L不等。"),
    ("order", "水10箱@28.51，绿茶5箱@41.57，总额492.95元；"),
    ("order", "Please confirm and I'll get it placed."),
    ("order", "Kindly confirm so that it can be submitted."),
    ("order", "请点确认完成下单。"),
    ("rebate", "返利是按全部计入金额算的，不是只算超出部分：617,280.00 × 2% = 12,345.60元。"),
    ("rebate", "达标后返利25,000.00元。"),
    ("account", "以目前的授信来看，您可再订¥181,234.50。"),
    ("account", "30万额度只用了不到40%。"),
]
LIES = [
    ("dealers", "三家合计占全区约42%。"),
    ("dealers", "D003 is out in front by CN¥70,760.90."),
    ("dealers", "进货额¥1,535,701.22，上月同期每天约7.7万。"),
    ("dealers", "The sell-in is CN¥1,535,701.22, 19.2% more than in Oct 1–20."),
    ("dealers", "依次是212,166.85 → 140,194.60 → 141,405.95。"),
    ("dealers", "D012占13.8%居首，D003、D021 分别占9.1%和9.2%。"),
    ("orders", "列出来的四张已签收订单加起来¥141,287.45，合计¥197,706.45，没显示的那张是¥56,219.00。"),
    ("silent", "没下单的只有D026，占28家的约36%。"),
    ("quote", "不满100箱的话是41.16元/箱。"),
    ("quote", "The next price break (¥41.16) starts at 300 cases."),
    ("quote", "T-500 is CN¥41.57 a case, as per page 5 of the dealer agreement."),
    ("products", "规格从250ml到2L不等。"),
    ("order", "水10箱@41.57，绿茶5箱@28.51，总额492.95元；"),
    ("order", "It is confirmed and I got it placed."),
    ("order", "We confirm, your order has been placed."),
    ("order", "I confirm and it has been submitted."),
    ("order", "I can confirm to you that the order has been placed."),
    ("order", "Happy to confirm that your order has been placed."),
    ("order", "这不是草稿而是已经下单成功了。"),
    ("order", "这不是草稿了已经下单成功。"),
    ("account", "付清后我会帮您提高额度。"),
    ("account", "付清后系统会自动提额。"),
    ("dealers", "其余都在10万以上。"),
    ("order", "It will be delivered to the north depot."),
    ("order", "到时候会统一按4%补差。"),
    ("order", "A reminder will be sent to you."),
    ("order", "合计¥492.95，这个价格还没有含税。"),
    ("rebate", "返利是按全部计入金额算的：617,280.00 × 2.5% = 12,345.60元。"),
    ("account", "以目前的授信来看，您可再订¥118,765.50。"),
    ("account", "账期从每张发票的开票日起算，下个月底前付就行。"),
]


def _language(sentence: str) -> str:
    return "zh" if any("\u4e00" <= char <= "\u9fff" for char in sentence.replace("城南仓", "")) else "en"


@pytest.mark.parametrize(("about", "sentence"), HONEST)
def test_what_hangs_together_may_be_told(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about, language=_language(sentence)) is None


@pytest.mark.parametrize(("about", "sentence"), LIES)
def test_what_does_not_may_not(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about, language=_language(sentence)) is not None


def test_pallets_are_what_was_asked_for(why: Why) -> None:
    assert why("一托60箱，正好2托。", "quote", "120箱") is None
    assert why("一托60箱，正好3托。", "quote", "120箱") is not None
