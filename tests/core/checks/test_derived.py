"""What may be said that stands in no result, and the lies that abuse it."""

import pytest

from tests.core.checks.conftest import Why

HONEST = [
    # differences, told the right way round
    ("dealers", "D012比D003多70,760.90元。"),
    ("dealers", "比上月同期减少约36万元。"),
    ("quote", "订100箱每箱省0.41元，订300箱每箱省8毛3。"),
    ("rebate", "计入金额比60万的门槛高出17,280元。"),
    # sums of rows that are named
    ("dealers", "前三家加起来493,767.40元。"),
    ("dealers", "金陵泉和申嘉合计占23.0%。"),
    ("orders", "已签收的四张合计141,287.45元。"),
    ("order", "285.10加207.85，一共492.95元。"),
    # counts
    ("orders", "两张单都是14,155.20元。"),
    ("orders", "列出的五张里四张已签收，一张被拒绝。"),
    ("silent", "28家里27家都订了，就差D026。"),
    ("silent", "D026三个多星期没下单了。"),
    ("products", "除了绿茶1L还有16个。"),
    ("quote", "120箱就是两托。"),
    # rough numbers
    ("dealers", "本月进货154万左右，比上期少了近两成。"),
    ("quote", "库存还有5.5万多箱，早上九点半看的。"),
    ("account", "可用授信18万多，额度30万。"),
    # conditions
    ("quote", "拿到300箱每箱40.74元，100箱以下41.57元。"),
    ("quote", "现在买10箱送1箱。"),
    ("quote", "依据是price-policy.pdf第5页。"),
    # ranks, rows one by one
    ("dealers", "金陵泉、申嘉，分别是212,166.85元和141,405.95元。"),
    ("dealers", "第二名是申嘉，第三名是甬江泉。"),
    ("orders", "SO-20261022-001被拒绝，SO-20261023-005已签收。"),
    ("products", "T-100是1×12，J-250是250毫升、1×24。"),
    # shares, a bottle's price, what is lacking, what it was before
    ("quote", "一瓶约2.77元。"),
    ("rebate", "返利从12,345.60元提高到25,000元。"),
    ("products", "T-100是1×12，其余是1×24和1×15。"),
    ("dealers", "少了364,260.11元，降幅19.2%。"),
    ("silent", "27家已下单，1家没有。"),
    # offers
    ("rebate", "需要我把第三季度的也查一下吗？"),
    ("account", "下一笔41,200元要在12月5日前付。"),
]  # fmt: skip
LIES = [
    ("dealers", "D003比D012多70,760.90元。"),
    ("dealers", "D012比D003多212,166.85元。"),
    ("dealers", "比上月同期增加约36万元。"),
    ("dealers", "申嘉比甬江泉多70,760.90元。"),
    ("quote", "订100箱每箱省8毛3。"),
    ("quote", "100箱比300箱每箱便宜0.42元。"),
    ("rebate", "计入金额比60万的门槛低17,280元。"),
    ("dealers", "前两家加起来493,767.40元。"),
    ("dealers", "前三家合计占40.1%。"),
    ("dealers", "金陵泉和申嘉合计占22.9%。"),
    ("dealers", "两项合计3,435,662.55元。"),
    ("orders", "被拒绝的合计141,287.45元。"),
    ("order", "285.10加207.85，一共482.95元。"),
    ("orders", "三张单都是14,155.20元。"),
    ("orders", "10月有四张单被拒绝。"),
    ("orders", "一共五张订单，合计197,706.45元。"),
    ("silent", "28家里27家没下单。"),
    ("silent", "27家里28家都订了。"),
    ("silent", "其余27家没有下单。"),
    ("silent", "D026四个多星期没下单了。"),
    ("products", "除了绿茶1L还有17个。"),
    ("quote", "120箱就是三托。"),
    ("quote", "1箱24瓶。"),
    ("dealers", "本月进货155万左右。"),
    ("dealers", "比上期少了不到19%。"),
    ("quote", "库存还有5.6万多箱。"),
    ("quote", "库存是下午九点半看的。"),
    ("account", "可用授信近18万。"),
    ("quote", "拿60箱每箱41.16元。"),
    ("quote", "100箱起40.74元，300箱起41.16元。"),
    ("quote", "拿到300箱每箱41.16元。"),
    ("quote", "60箱起每箱41.16元。"),
    ("quote", "现在买5箱送1箱。"),
    ("quote", "现在买1箱送10箱。"),
    ("quote", "绿茶每箱40.74元。"),
    ("quote", "绿茶41.57元一箱，不含税。"),
    ("quote", "依据是price-policy.pdf第6页。"),
    ("dealers", "金陵泉、申嘉，分别是141,405.95元和212,166.85元。"),
    ("dealers", "第二名是甬江泉。"),
    ("dealers", "申嘉排第一。"),
    ("dealers", "前两名依次是申嘉、金陵泉。"),
    ("dealers", "金陵泉1,535,701.22元。"),
    ("dealers", "212,166.85元。"),
    ("orders", "SO-20261023-005被拒绝，SO-20261022-001已签收。"),
    ("orders", "有一张被拒绝了，是SO-20261023-005；SO-20261022-001已签收。"),
    ("products", "T-100是1×24。"),
    ("products", "J-250是500ml的。"),
    ("products", "绿茶1L（J-250）是1×24。"),
    ("account", "已为您下单，需要我再查一下返利吗？"),
    ("account", "需要我把您欠的50万元查一下吗？"),
    ("account", "下一笔41,200元要在12月6日前付。"),
    ("account", "92,000元要在12月5日前付清。"),
    ("rebate", "返利12,345.60元已结算完毕。"),
    ("rebate", "您现在就是2.5%那档。"),
    ("rebate", "返利从25,000元变成12,345.60元。"),
    ("quote", "一瓶约2.97元。"),
    ("quote", "一箱约2.77元。"),
    ("dealers", "金陵泉占两成多。"),
    ("dealers", "进货额从1,535,701.22元变成1,899,961.33元。"),
    ("orders", "10月23日那单60,513.35元。"),
    ("silent", "D026已经给您下单了。"),
    ("silent", "26家已下单，1家没有。"),
    ("products", "T-100是1×12，其余也是1×12。"),
    ("dealers", "多了364,260.11元。"),
    ("account_en", "CN¥181,234.50 of your CN¥300,000.00 limit is in use."),
]  # fmt: skip


@pytest.mark.parametrize(("about", "sentence"), HONEST)
def test_what_follows_from_one_result_may_be_said(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is None


@pytest.mark.parametrize(("about", "sentence"), LIES)
def test_what_does_not_may_not(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is not None
