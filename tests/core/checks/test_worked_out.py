"""Shares, offers, prices by the case, places and times: what may be worked out of a result, and what not."""

import pytest

from tests.core.checks.conftest import Why

HONEST = [
    # shares: of what a name is a part of, beside the amount, as a fraction, of counts
    ("account", "授信用了39.6%，还剩60.4%。"),
    ("account", "可用授信¥181,234.50，约占六成。"),
    ("account", "已用¥118,765.50（39.6%）。"),
    ("account", "额度用了近四成。"),
    ("silent", "下单率约96%，只差D026。"),
    ("dealers", "金陵泉占了一成多。"),
    ("dealers", "前两家占比23.0%。"),
    # offers so many times, both together, what they make a case cost
    ("quote", "买20箱送2箱，买30箱送3箱。"),
    ("quote", "付10箱的钱拿11箱。"),
    ("quote", "算上10送1，每箱折合37.79元。"),
    # by the case
    ("quote", "一托60箱，整托2,494.20元。"),
    ("quote", "300箱一共12,222元，每箱40.74元。"),
    ("quote", "10箱415.70元。"),
    ("quote", "120箱共1,800瓶。"),
    # rows without their names
    ("orders", "最大的一单60,513.35元，最小的14,155.20元。"),
    ("orders", "列出的五张分别是60,513.35、14,155.20、14,155.20、35,489.20和31,129.70元。"),
    ("orders", "超过3万元的有3张。"),
    ("orders", "除1张被拒外其余4张都已签收。"),
    ("dealers", "第一名比第二名多70,760.90元。"),
    # sums, ratios and fractions of numbers in words
    ("order", "285.10 + 207.85 = 492.95"),
    ("dealers", "金陵泉是申嘉的1.5倍。"),
    ("account", "额度30万，用了十一万九。"),
    ("silent", "1/28没下单。"),
    # sizes, documents, what is to come
    ("products", "J-250是250ml×24。"),
    ("rebate", "根据《2026年季度全量返利》，返利12,345.60元。"),
    ("rebate", "还想看第三季度的吗？"),
    ("account_en", "A little over 60% of the limit is free."),
]  # fmt: skip
LIES = [
    ("account", "授信用了60.4%，还剩39.6%。"),
    ("account", "可用授信¥181,234.50，约占七成。"),
    ("account", "已用¥118,765.50（49.6%）。"),
    ("account", "额度用了一半多。"),
    ("account", "您有逾期货款。"),
    ("silent", "下单率约86%，只差D026。"),
    ("dealers", "金陵泉占了两成多。"),
    ("dealers", "前两家占比33.0%。"),
    ("quote", "买20箱送4箱。"),
    ("quote", "付10箱的钱拿12箱。"),
    ("quote", "算上10送1，每箱折合35.79元。"),
    ("quote", "一托60箱，整托2,394.20元。"),
    ("quote", "300箱一共12,471元。"),
    ("quote", "120箱共2,880瓶。"),
    ("orders", "最大的一单35,489.20元。"),
    ("orders", "最大的一单是10月19日的60,513.35元。"),
    ("orders", "列出的五张分别是14,155.20、60,513.35、14,155.20、35,489.20和31,129.70元。"),
    ("orders", "超过3万元的有4张。"),
    ("orders", "10月23日那张被拒绝了。"),
    ("dealers", "第一名比第二名多80,760.90元。"),
    ("dealers", "10月1日至20日进货额1,535,701.22元。"),
    ("dealers", "同比下降19.2%。"),
    ("dealers", "逾期的都在广西。"),
    ("order", "285.10 + 207.85 = 482.95"),
    ("dealers", "金陵泉是申嘉的2.5倍。"),
    ("silent", "2/28没下单。"),
    ("products", "J-250是250ml×12。"),
    ("rebate", "根据《2026年度返利》，返利12,345.60元。"),
    ("rebate", "截至11月30日，返利12,345.60元。"),
    ("account_en", "A little over 40% of the limit is free."),
]  # fmt: skip


@pytest.mark.parametrize(("about", "sentence"), HONEST)
def test_what_is_worked_out_rightly_may_be_said(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is None


@pytest.mark.parametrize(("about", "sentence"), LIES)
def test_what_is_worked_out_wrongly_may_not(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is not None
