"""A sanction that a side may use is no risk to that side."""

import pytest

from core.contracts import Severity, Side, review
from tests.core.contracts import making

LINES = [
    "经销合同",
    "甲方（供货方）：清源饮品有限公司",
    "乙方（经销商）：上海浦江源商贸有限公司",
    "第一条 甲方授权乙方在上海市经销甲方的产品。",
    (
        "第二条 乙方向经销区域以外销售产品的，甲方有权没收全部保证金并单方解除合同，"
        "乙方应当按涉及货物金额的三倍支付违约金，乙方不得提出异议。"
    ),
]


@pytest.mark.parametrize(("side", "raised"), [(Side.BRAND, False), (Side.DEALER, True)])
def test_what_the_brand_may_do_is_asked_to_be_softened_by_the_dealer_alone(side: Side, raised: bool) -> None:
    found = review(making.written(LINES), side=side)
    grave = [one for one in found.findings if one.severity is Severity.HIGH and "没收" in one.quote]
    assert bool(grave) is raised
