"""Superlatives, wholes, comparisons, packs, free cases and policies: told only where a result has them so."""

from decimal import Decimal

import pytest

from core.checks.checking import Checker
from core.checks.reading import Reader
from core.checks.view import view_of
from core.replies import Column, Figure, Reply, Shown, Table, Text, money_figure
from tests.core.checks.conftest import Why

HONEST = [
    # the most, the least, in order
    ("dealers", "四家里南京金陵泉最多。"),
    ("dealers", "列出的四家中，太湖明珠最少。"),
    ("orders", "金额最大的是SO-20261026-005。"),
    ("dealers", "金陵泉第一，其次是申嘉。"),
    ("orders", "最近一张是SO-20261026-005。"),
    # wholes
    ("orders", "除了被拒的那张，其余都已签收。"),
    ("dealers", "华东进货额¥1,535,701.22。"),
    # packs, gifts
    ("quote", "一箱是3提，每提5瓶。"),
    ("quote", "每箱15瓶，付10箱送1箱。"),
    ("quote", "41.57 元是最高的一档，300箱起40.74元最低。"),
    # pictures end a clause; differences and shares of what is told
    ("account", "没有逾期👍 应付货款¥92,000.00。"),
    ("dealers", "申嘉¥141,405.95，比甬江泉的¥140,194.60多1,211.35元。"),
    ("dealers", "金陵泉领先第二名七万多。"),
    ("dealers", "四家合计61.2万，接近四成。"),
    ("dealers", "金陵泉¥212,166.85，占全区的将近14%。"),
    ("account", "货款¥92,000.00是已用额度¥118,765.50的大部分。"),
    # advice, and what is denied
    ("quote", "可以放心备货。"),
    ("quote", "库存充裕，不用担心缺货。"),
    # rebates
    ("rebate", "按全部计入金额算，不只是超出的部分。"),
    ("rebate", "返利从¥12,345.60到¥25,000.00。"),
    ("account_en", "Your terms are 30 days from the invoice."),
]
LIES = [
    ("dealers", "四家里宁波甬江泉最多。"),
    ("dealers", "列出的四家中，申嘉最少。"),
    ("orders", "金额最大的是SO-20261019-003。"),
    ("dealers", "金陵泉第一，其次是甬江泉。"),
    ("orders", "最近一张是SO-20261019-003。"),
    ("orders", "10月的订单全部已签收。"),
    ("products", "都是500ml的。"),
    ("quote", "一箱是4提。"),
    ("quote", "每箱12瓶，付10箱送1箱。"),
    ("quote", "付10箱送1瓶。"),
    ("quote", "41.57元是最低的价格。"),
    ("dealers", "申嘉¥141,405.95，比甬江泉的¥140,194.60少1,211.35元。"),
    ("dealers", "金陵泉领先第二名六万多。"),
    ("dealers", "金陵泉是申嘉的两倍多。"),
    ("dealers", "金陵泉比申嘉多13.8%。"),
    ("dealers", "金陵泉¥212,166.85，占全区的将近17%。"),
    ("dealers", "申嘉¥141,405.95比甬江泉¥140,194.60少。"),
    ("account", "已用¥118,765.50全部是应付货款。"),
    ("account", "已用¥118,765.50里大部分还没开票。"),
    ("quote", "这款卖得最好。"),
    ("quote", "促销到月底结束。"),
    ("rebate", "只有超过¥600,000.00的部分按2.0%算。"),
    ("rebate", "再进¥382,720.00，返利会多¥25,000.00。"),
    ("rebate", "各季度的金额会合并起来定档。"),
    ("silent", "28家里只有1家下单了。"),
    ("silent", "D026没下单，其他28家都下了。"),
    ("silent", "我已提醒D026补货。"),
]


@pytest.mark.parametrize(("about", "sentence"), HONEST)
def test_what_results_have_so_may_be_told(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is None


@pytest.mark.parametrize(("about", "sentence"), LIES)
def test_what_results_have_otherwise_may_not_be_told(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is not None


TAKEN = Reply(
    (
        Text("SO-20261119-002: accepted, CN¥11,108.20, 346 cases (6 cases of them free)"),
        Table(
            (Column("Product"), Column("Quantity × case price", "end"), Column("Amount", "end")),
            (
                ("W-550 Mineral water", "280 cases", "CN¥8,614.00"), ("T-500 Green tea", "60 cases", "CN¥2,494.20"),
                ("T-500 Green tea", "6 cases", "free"),
            ),
        ),
    ),
    (
        Figure("code", "SO-20261119-002"), money_figure(Decimal("11108.20"), "CNY", "order total"),
        Figure("quantity", "346", "case", "order"), Figure("quantity", "6", "case", "free"),
    ),
    (Shown("order", "SO-20261119-002"), Shown("dealer", "D001")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "so"),
    [
        ("346 cases, of which 6 are free.", True),
        ("340 cases plus 6 free ones.", True),
        ("346 cases plus 6 free ones.", False),
        ("352 cases in total, 346 paid and 6 free.", False),
        ("It covers two products.", True),
        ("It covers three products.", False),
        ("Mineral water is the largest line.", True),
        ("Green tea is the largest line.", False),
    ],
)
def test_free_cases_are_counted_in_as_the_result_says(reader: Reader, sentence: str, so: bool) -> None:
    view = view_of([TAKEN], [], reader)
    assert (Checker(reader, "en").check(sentence, view) is None) is so
