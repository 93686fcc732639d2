"""Who is a party, and who only somebody else of whom the contract speaks."""

import re

from core.contracts.parties import parties_of

FRAME = "甲方授权乙方经销甲方的产品。" + "甲方供货。乙方向甲方付款。" * 4


def test_customers_and_other_dealers_are_third_parties_where_it_is_said_who_is_who() -> None:
    parties = parties_of(FRAME + "乙方的客户退货的，甲方予以协助；其他经销商跨区的，由甲方处理。")
    assert re.fullmatch(parties.dealer, "乙方")
    assert not re.fullmatch(parties.dealer, "客户")
    assert not re.fullmatch(parties.dealer, "经销商")


def test_a_word_that_names_the_party_throughout_is_the_party() -> None:
    parties = parties_of("供应商授权经销商在本市销售。经销商应按月付款。供应商应及时发货。经销商的客户由其自行维护。")
    assert re.fullmatch(parties.dealer, "经销商")
    assert re.fullmatch(parties.brand, "供应商")
    assert not re.fullmatch(parties.dealer, "客户")


def test_a_buyer_who_comes_first_is_the_dealer() -> None:
    parties = parties_of("甲方（采购方）经营连锁超市，乙方（供应商）生产洗涤用品。甲方在门店销售，乙方按订单送货。" * 3)
    assert re.fullmatch(parties.dealer, "甲方")
    assert re.fullmatch(parties.brand, "乙方")


def test_a_defined_subject_is_no_party() -> None:
    parties = parties_of(
        "为考察合作可行性（下称“考察”），双方交换资料。考察期六个月，考察由双方进行，考察后返还。" + FRAME
    )
    assert not re.fullmatch(f"{parties.brand}|{parties.dealer}", "考察")


def test_the_other_side_of_a_dealer_is_the_brand_by_its_coined_name() -> None:
    parties = parties_of(
        "北辰贸易有限公司（下称“经销商”）与明岳电器有限公司（下称“明岳”）订立本协议。"
        "经销商接受明岳的委任。明岳应当供货，经销商应当付款，明岳提供售后。"
    )
    assert re.fullmatch(parties.brand, "明岳")
