"""Currencies, what is enough, sides of thresholds, who was silent, what is free: told only as results have them."""

from dataclasses import replace

import pytest

from core.checks.checking import Checker
from core.checks.reading import Reader
from core.checks.view import view_of
from core.replies import Button, Buttons, Column, Figure, Reply, Shown, Table, Text
from tests.core.checks.conftest import ACCOUNT, REBATE, Why, amount
from tests.core.checks.results import QUOTE, cases

DRAFT = Reply(
    (
        Text("合计¥3,919.50（含税，90箱，另赠6箱），请确认："),
        Table(
            (Column("产品"), Column("数量×箱价", "end"), Column("金额", "end")),
            (("T-500 绿茶", "60箱 × ¥41.57", "¥2,494.20"), ("W-550 矿泉水", "30箱 × ¥47.51", "¥1,425.30")),
        ),
        Text("另送6箱 T-500 绿茶（绿茶 10 搭 1）"),
        Buttons((Button("confirm", "确认下单", proposal="p"),)),
    ),
    (
        amount("3919.50", "order total"), Figure("code", "T-500"), cases("60", "T-500"), amount("41.57", "T-500 case"),
        amount("2494.20", "T-500"), Figure("code", "W-550"), cases("30", "W-550"), amount("47.51", "W-550 case"),
        amount("1425.30", "W-550"), cases("6", "T-500 free"), cases("90", "order"),
    ),
    (Shown("product", "T-500"), Shown("product", "W-550"), Shown("dealer", "D001")),
)  # fmt: skip
SHIPPED = Reply(
    (Text("SO-20261118-003：已接单，¥8,000.00，346箱（含赠品6箱）"),),
    (Figure("code", "SO-20261118-003"), amount("8000", "order total"), cases("346", "order"), cases("6", "free")),
    (Shown("order", "SO-20261118-003"), Shown("dealer", "D001")),
)
BEHIND = replace(
    REBATE,
    blocks=(
        Text(
            "2026年第4季度预估返利¥12,345.67（截至2026年11月20日，以结算单为准）\n¥617,283.45 × 2.0% = ¥12,345.67\n"
            "已达第2档（满¥600,000.00，2.0%），按全部计入金额计算。\n再进¥382,716.55到第3档（满¥1,000,000.00，2.5%）。"
        ),
    ),
    figures=(
        amount("12345.67", "rebate 2026Q4"), amount("617283.45", "purchases that count 2026Q4"),
        amount("600000", "threshold of tier 2"), amount("1000000", "threshold of tier 3"),
        amount("382716.55", "to the next tier"),
    ),
)  # fmt: skip
DOLLARS = replace(
    ACCOUNT, figures=tuple(replace(one, unit="USD") if one.kind == "money" else one for one in ACCOUNT.figures)
)
PALLETS = replace(QUOTE, figures=(*QUOTE.figures, Figure("quantity", "900", "bottle", "pallet")))
RESULTS = {"pallets": PALLETS, "draft": DRAFT, "shipped": SHIPPED, "behind": BEHIND, "dollars": DOLLARS}


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("account", "可用授信还剩181,234.50美元。"),
        ("account", "可用授信还剩US$181,234.50。"),
        ("account", "可用授信还剩€181,234.50。"),
        ("account", "可用授信還剩181,234.50港幣。"),
        ("account_en", "You have $181,234.50 of credit left."),
        ("account_en", "You have 181,234.50 dollars of credit left."),
        ("account_en", "You have JP¥181,234.50 of credit left."),
    ],
)
def test_yuan_are_no_other_money(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is not None


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("account", "可用授信还剩181,234.50元。"),
        ("account", "可用授信还剩人民币181,234.50元。"),
        ("account_en", "You have RMB 181,234.50 of credit left."),
        ("account_en", "You have ¥181,234.50 of credit left."),
    ],
)
def test_yuan_go_by_all_their_names(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is None


def test_where_results_count_in_dollars_those_are_told(reader: Reader) -> None:
    assert _wrong(reader, "dollars", "可用授信还剩181,234.50美元。") is None
    assert _wrong(reader, "dollars", "可用授信还剩181,234.50人民币。") is not None


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("draft", "赠的6箱已经算在60箱绿茶里。"),
        ("draft", "60箱绿茶（含赠品6箱）加30箱矿泉水。"),
        ("draft", "贈送的6箱已經算在90箱裡。"),
        ("draft", "The 6 free cases are already counted in the 90 cases."),
        ("draft", "合计¥3,919.50，一共收到90箱。"),
        ("shipped", "共346箱，另外还有6箱赠品。"),
        ("shipped", "共346箱，此外还有6箱赠品。"),
        ("shipped", "346箱之外，另有6箱赠品。"),
        ("shipped", "There are 6 free cases on top of the 346 cases."),
    ],
)
def test_free_cases_are_in_a_count_or_on_top_as_results_say(reader: Reader, about: str, sentence: str) -> None:
    assert _wrong(reader, about, sentence) is not None


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("draft", "合计¥3,919.50，赠的6箱不算在90箱里。"),
        ("draft", "66箱绿茶里有6箱是送的。"),
        ("shipped", "6箱赠品已经算在346箱里。"),
        ("shipped", "346 cases, 6 of them free."),
    ],
)
def test_free_cases_where_they_are(reader: Reader, about: str, sentence: str) -> None:
    assert _wrong(reader, about, sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "再进38.27万就够升第3档了。",
        "再订38万2千7，刚好到第3档。",
        "再進38.27万就足以到第3档。",
        "CN¥382.7k more is exactly enough for tier 3.",
        "Another CN¥382.7k will be enough for tier 3.",
    ],
)
def test_less_than_what_is_lacking_is_not_enough(reader: Reader, sentence: str) -> None:
    assert _wrong(reader, "behind", sentence) is not None


@pytest.mark.parametrize(
    "sentence", ["再进约38.3万到第3档。", "再进38.3万就够第3档了。", "再进382,716.55元正好到第3档。"]
)
def test_what_is_lacking_is_enough(reader: Reader, sentence: str) -> None:
    assert _wrong(reader, "behind", sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "离60万门槛还差17,283.45元。",
        "还缺17,283.45元才到60万。",
        "计入617,283.45元，还没到60万的门槛。",
        "You are CN¥17,283.45 short of the CN¥600,000 threshold.",
        "You missed it by CN¥17,283.45.",
        "超过第3档门槛382,716.55元。",
        "You are CN¥382,716.55 over the CN¥1,000,000 threshold.",
        "计入617,283.45元，已超过100万。",
    ],
)
def test_what_is_over_a_threshold_is_not_short_of_it(reader: Reader, sentence: str) -> None:
    assert _wrong(reader, "behind", sentence) is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "计入617,283.45元，超过60万门槛17,283.45元。",
        "离第3档100万还差382,716.55元。",
        "CN¥617,283.45 counts, CN¥17,283.45 over the CN¥600,000 threshold.",
        "计入617,283.45元，还没到100万，差382,716.55元。",
    ],
)
def test_the_right_side_of_a_threshold(reader: Reader, sentence: str) -> None:
    assert _wrong(reader, "behind", sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "这个月有28家经销商没下单。",
        "没下单的经销商有28家。",
        "本月有28家還沒有訂貨。",
        "28 dealers placed no order.",
        "Dealers without an order: 28.",
    ],
)
def test_all_dealers_are_not_silent_where_one_is(why: Why, sentence: str) -> None:
    assert why(sentence, "silent", language="en" if sentence.isascii() else "zh") is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "28家里只有1家没下单。",
        "28家经销商里没下单的仅一家。",
        "1 of 28 dealers placed no order.",
        "Without an order: 1 of 28.",
    ],
)
def test_one_of_all_is_silent(why: Why, sentence: str) -> None:
    assert why(sentence, "silent", language="en" if sentence.isascii() else "zh") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "每付10箱送1箱任意饮料。",
        "每付10箱送1箱，口味任选。",
        "买10箱绿茶，随便哪款饮料送您一箱。",
        "每付10箱绿茶，可自选1箱产品免费。",
        "Pay for 10 and you get 1 case of any drink you like free.",
        "Pay for 10 and get one case of your choice free.",
        "Pay for 10 cases and any product comes free.",
    ],
)
def test_what_is_free_is_no_product_of_ones_choice(why: Why, sentence: str) -> None:
    assert why(sentence, "quote", language="en" if sentence.isascii() else "zh") is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "每付10箱绿茶送1箱绿茶。",
        "赠品不能任选，只送绿茶。",
        "Pay for 10 cases and get one free; I can order it if you like.",
    ],
)
def test_what_is_free_by_its_name(why: Why, sentence: str) -> None:
    assert why(sentence, "quote", language="en" if sentence.isascii() else "zh") is None


def test_the_next_day_is_no_later_one(why: Why) -> None:
    assert why("下次到期是2026年12月5日。", "account") is None
    assert why("The next due date is 12/5/2026.", "account_en") is None
    assert why("The next due date is 12/5/2027.", "account_en") is not None


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("account", "您的授信已经用完了。"),
        ("account", "目前没有可用额度了，暂时不能下单。"),
        ("account", "您的授信额度為0。"),
        ("account", "您目前没有欠款。"),
        ("account", "您什么都不欠。"),
        ("account_en", "You have no credit left."),
        ("account_en", "Your credit is fully used up."),
        ("account_en", "You owe nothing at the moment."),
    ],
)
def test_something_is_not_nothing(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is not None


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("account", "没有逾期，也没有临时额度。"),
        ("account", "付清以后就没有欠款了。"),
        ("account_en", "About 40% of your credit limit is used up."),
        ("account_en", "Nothing is overdue."),
    ],
)
def test_nothing_of_another_kind(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is None


def test_a_balance_that_an_order_lessens_does_not_grow(why: Why) -> None:
    assert why("可用授信从210,921.60元变为211,414.55元。", "order") is not None
    assert why("可用授信从211,414.55元变为210,921.60元。", "order") is None


def test_bottles_of_one_case_are_no_cases_of_a_pallet(reader: Reader) -> None:
    assert _wrong(reader, "pallets", "15瓶一箱，60箱一托，也就是一托900瓶。") is None
    assert _wrong(reader, "pallets", "60箱正好是两托。") is not None


def test_free_goods_are_so_many_cases(reader: Reader) -> None:
    assert _wrong(reader, "shipped", "The free goods are 6 cases.") is None


def _wrong(reader: Reader, about: str, sentence: str) -> object:
    language = "en" if sentence.isascii() or "CN¥" in sentence or "–" in sentence else "zh"
    return Checker(reader, language).check(sentence, view_of([RESULTS[about]], [], reader))
