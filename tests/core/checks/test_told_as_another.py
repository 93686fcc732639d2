"""A tier, a debt, an offer, free cases, silence and pallets: told only as results have them."""

from dataclasses import replace

import pytest

from core.checks.checking import Checker
from core.checks.reading import Reader
from core.checks.view import view_of
from core.replies import Figure, Reply, Shown, Text
from tests.core.checks.conftest import ACCOUNT, REBATE, Why, amount
from tests.core.checks.results import cases

SETTLED = replace(
    ACCOUNT,
    blocks=(Text("可用授信¥208,000.00（额度¥300,000.00，已用¥92,000.00）\n应付货款¥92,000.00，已确认未开票订单¥0.00"),),
    figures=(
        amount("208000", "credit left"), amount("300000", "credit limit"), amount("92000", "credit used"),
        amount("92000", "balance"), amount("0", "orders not invoiced"), amount("73456.70", "opening"),
    ),
)  # fmt: skip
FREE = Reply(
    (Text("SO-20261118-003：已接单，¥8,000.00，346箱（含赠品6箱）"),),
    (Figure("code", "SO-20261118-003"), amount("8000", "order total"), cases("346", "order"), cases("6", "free")),
    (Shown("order", "SO-20261118-003"), Shown("dealer", "D001")),
)
TIERS = replace(REBATE, figures=(*REBATE.figures, amount("1000000", "threshold of tier 3")))
QUOTED = Reply(
    (Text("T-500 绿茶：120箱共¥4,939.20，¥41.16/箱（含税）\n1提 = 5瓶，1箱 = 15瓶，1托 = 60箱"),),
    (Figure("code", "T-500"), amount("41.16", "T-500 case"), cases("60", "pallet"), cases("120", "T-500"),
     amount("4939.20", "T-500")),
    (Shown("product", "T-500"),),
)  # fmt: skip
RESULTS = {"tiers": TIERS, "settled": SETTLED, "free": FREE, "quoted": QUOTED}


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("tiers", "您目前处于第2档，预估返利¥12,345.60。"),
        ("tiers", "再进¥382,720.00就到第3档。"),
        ("settled", "您欠货款¥92,000.00。"),
        ("settled", "没有已确认未开票的订单。"),
        ("free", "共346箱，含6箱赠品。"),
        ("quoted", "120箱正好是两托。"),
    ],
)
def test_what_results_have_so_is_shown(reader: Reader, about: str, sentence: str) -> None:
    assert _wrong(reader, about, sentence) is None


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("tiers", "您已经进入第3档。"),
        ("tiers", "第3档已经达成。"),
        ("settled", "您欠货款¥73,456.70。"),
        ("settled", "另外还有几张已确认的订单没开票。"),
        ("free", "共346箱，不含6箱赠品。"),
        ("quoted", "120箱正好是一托。"),
    ],
)
def test_what_is_told_as_another_is_not_shown(reader: Reader, about: str, sentence: str) -> None:
    assert _wrong(reader, about, sentence) is not None


def test_a_sentence_that_points_back_counts_the_pallets_of_the_one_before(reader: Reader) -> None:
    assert _wrong(reader, "quoted", "正好是两托。", "120箱共¥4,939.20。") is None
    assert _wrong(reader, "quoted", "正好是一托。", "120箱共¥4,939.20。") is not None


def test_an_offer_is_free_from_no_step_of_prices(why: Why) -> None:
    assert why("绿茶每付10箱送1箱，满100箱才能参加活动。", "quote") is not None
    assert why("要满100箱才能按¥41.16算，另外每付10箱送1箱。", "quote") is None


def test_who_was_silent_is_told_of_the_time_in_results(why: Why) -> None:
    assert why("D026金华惠民10月也没有下过单。", "silent") is not None
    assert why("D026金华惠民11月没有下单。", "silent") is None
    assert why("D026金华惠民自10月28日以来没有下过单。", "silent") is None


def _wrong(reader: Reader, about: str, sentence: str, before: str = "") -> str | None:
    wrong = Checker(reader, "zh").check(sentence, view_of([RESULTS[about]], [], reader), before)
    return wrong.why if wrong else None
