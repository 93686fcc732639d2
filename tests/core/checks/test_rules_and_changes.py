"""Rules, terms, what a sum holds, growth and what it is told against: told only as results have them."""

from decimal import Decimal

import pytest

from core.checks.checking import Checker
from core.checks.reading import Reader
from core.checks.view import view_of
from core.replies import Column, Figure, Reply, Shown, Table, Text, money_figure
from tests.core.checks.conftest import Why

HONEST = [
    ("rebate", "按全部计入金额算，不是只算超过的部分。"),
    ("rebate", "再进¥382,720.00就到第3档。"),
    ("quote", "要满100箱才能按¥41.16算。"),
    ("quote", "买满300箱，每箱¥40.74，这是最低的一档。"),
    ("quote", "如果买300箱以上，每箱能便宜0.83元。"),
    ("account", "没有滞纳金这一说，12月5日前付¥41,200.00即可。"),
    ("orders", "合计¥197,706.45，被拒的¥14,155.20不算在内。"),
    ("orders", "被拒的那张没有算进合计。"),
    ("dealers", "与10月1日至20日相比下降19.2%。"),
    ("silent", "28家里只有金华惠民没下单。"),
]
LIES = [
    # what tiers are added up over, and on what part a rate is paid
    ("rebate", "返利档位按全年进货额累计确定，目前¥12,345.60。"),
    ("rebate", "没用完的进货额可以结转，目前返利¥12,345.60。"),
    ("rebate", "2.0%只适用于¥600,000.00以上的部分。"),
    # conditions, limits, benefits and charges
    ("rebate", "返利¥12,345.60，须付清全部货款才能领取。"),
    ("quote", "绿茶¥41.57一箱，须一次满100箱才能享受10搭1。"),
    ("quote", "10搭1仅限首次下单的客户。"),
    ("quote", "绿茶¥41.57一箱，同一天下单满10箱才送1箱。"),
    ("account", "应付¥92,000.00，提前付款有折扣。"),
    ("account", "应付¥92,000.00，逾期要收滞纳金。"),
    ("account_en", "You owe CN¥92,000.00. If you pay before that date you get a discount."),
    ("account_en", "The CN¥181,234.50 is valid until Dec 5, 2026 as your credit limit."),
    # what a sum holds
    ("orders", "合计¥197,706.45，被拒的SO-20261022-001也算在这个合计里了。"),
    ("orders", "合计¥197,706.45里有被拒那张的¥14,155.20。"),
    # growth, causes, what it is told against
    ("dealers", "下滑主要来自南京金陵泉。"),
    ("dealers", "上海申嘉是这次下滑的主因。"),
    ("dealers", "进货额¥1,535,701.22，同比-19.2%。"),
    ("dealers", "进货额¥1,535,701.22，比上周下降19.2%。"),
    ("quote", "¥41.16已经到底价了。"),
]


@pytest.mark.parametrize(("about", "sentence"), HONEST)
def test_what_results_have_so_is_shown(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is None


@pytest.mark.parametrize(("about", "sentence"), LIES)
def test_what_no_result_has_is_not_shown(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is not None


def _grown(*rows: tuple[str, str, str, str, str]) -> Reply:
    """Dealers with what they took, what they took in the year before, and the per cent."""
    return Reply(
        (
            Text("Sell-in CN¥600,000.00, +1.3% vs last year\nNov 1 – 20, 2026; Nov 1 – 20, 2025: CN¥592,000.00"),
            Table(
                (Column("Dealer"), Column("Sell-in", "end"), Column("vs last year", "end")),
                tuple((f"{code} {name}", f"CN¥{now}", change) for code, name, now, _, change in rows),
            ),
        ),
        (
            money_figure(Decimal(600000), "CNY", "total"),
            money_figure(Decimal(592000), "CNY", "compared total 2025-11-01/2025-11-20"),
            Figure("percent", "1.3", "%", "change"),
            *(money_figure(Decimal(now.replace(",", "")), "CNY", code) for code, _, now, _, _ in rows),
            *(
                money_figure(Decimal(was.replace(",", "")), "CNY", f"{code} before 2025-11-01/2025-11-20")
                for code, _, _, was, _ in rows
            ),
        ),
        tuple(Shown("dealer", row[0]) for row in rows),
    )


GROWN = _grown(
    ("D012", "Jinlingquan", "212,166.85", "183,165.25", "+15.8%"),
    ("D021", "Yongjiangquan", "140,194.60", "116,988.40", "+19.8%"),
    ("D013", "Taihu Pearl", "118,255.15", "126,096.85", "-6.2%"),
    ("D001", "Pujiangyuan", "90,879.00", "97,491.55", "-6.8%"),
)


@pytest.mark.parametrize(
    ("sentence", "so"),
    [
        ("D021's 19.8% is the strongest growth among the top three.", True),
        ("D012's 15.8% is the strongest growth among the top three.", False),
        ("D001 had the steepest decline, 6.8%.", True),
        ("D013 had the steepest decline, 6.2%.", False),
        ("D021 grew faster than D012.", True),
        ("D012 grew faster than D021.", False),
        ("The growth comes mainly from D012.", True),
        ("The growth comes mainly from D013.", False),
        ("D001 is the only one of the top four that fell.", False),
        ("Sell-in is up 1.3% on the same period last year.", True),
        ("Sell-in is up 1.3% on the same period last month.", False),
        ("Sell-in is CN¥600,000.00, up 1.3% month on month.", False),
    ],
)
def test_growth_is_held_against_the_rows_own_changes(reader: Reader, sentence: str, so: bool) -> None:
    view = view_of([GROWN], [], reader)
    assert (Checker(reader, "en").check(sentence, view) is None) is so


LASTING = Reply(
    (
        Text(
            "T-500 绿茶：¥41.57/箱（含税）\n每箱阶梯价：1箱起¥41.57，100箱起¥41.16\n"
            "将发批号3019-261109-01，生产日期2026年11月9日，到期2027年11月4日"
        ),
    ),
    (
        Figure("code", "T-500"), money_figure(Decimal("41.57"), "CNY", "T-500 case"),
        money_figure(Decimal("41.57"), "CNY", "a case from 1"),
        money_figure(Decimal("41.16"), "CNY", "a case from 100"),
    ),
    (Shown("product", "T-500"),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "so"),
    [
        ("这批货2027年11月4日到期。", True),
        ("促销有效期至2027年11月4日。", False),
        ("¥41.57这个价格2027年11月4日到期。", False),
    ],
)
def test_a_day_is_of_the_matter_that_results_give_it_to(reader: Reader, sentence: str, so: bool) -> None:
    view = view_of([LASTING], [], reader)
    assert (Checker(reader, "zh").check(sentence, view) is None) is so


def test_a_sentence_that_points_back_is_held_against_the_one_before(reader: Reader) -> None:
    view = view_of([LASTING], [], reader)
    checker, before = Checker(reader, "zh"), "绿茶¥41.57一箱。"
    assert checker.check("这是阶梯里最低的一档。", view, before) is not None
    assert checker.check("这是阶梯里最高的一档。", view, before) is None
