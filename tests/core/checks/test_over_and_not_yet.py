"""What is over, what isn't reached, what each has, where something came from: told only as results have it."""

from dataclasses import replace

import pytest

from core.checks.checking import Checker
from core.checks.reading import Reader
from core.checks.view import view_of
from core.replies import Citation, Citations, Figure, Reply, Shown, Text
from tests.core.checks.conftest import ACCOUNT, REBATE, Why, amount

TIERS = replace(REBATE, figures=(*REBATE.figures, amount("1000000", "threshold of tier 3")))
PAST = Reply(
    (
        Text(
            "2026年第3季度返利¥12,345.60（以结算单为准）\n¥617,280.00 × 2.0% = ¥12,345.60\n"
            "已达第2档（满¥600,000.00，2.0%），按全部计入金额计算。\n"
            "离第3档（满¥1,000,000.00，2.5%）差¥382,720.00；达到的话返利为¥25,000.00。"
        ),
        Citations((Citation("rebate-policy.pdf", 4, "2026 年季度全量返利"),)),
    ),
    (
        amount("12345.60", "rebate 2026Q3"), amount("617280", "purchases that count 2026Q3"),
        amount("600000", "threshold of tier 2"), Figure("percent", "2", "%", "rate of tier 2"),
        amount("1000000", "threshold of tier 3"), amount("382720", "to the next tier"),
        amount("25000", "rebate at the next tier"), amount("12654.40", "gain at the next tier"),
    ),
    (Shown("dealer", "D001"),),
)  # fmt: skip
NO_TEMPORARY = replace(ACCOUNT, figures=(*ACCOUNT.figures, amount("0", "temporary credit")))
RESULTS = {"tiers": TIERS, "past": PAST, "account": NO_TEMPORARY}


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("tiers", "还没到第3档，所以按2%算。"),
        ("tiers", "第3档暂时没达到。"),
        ("past", "当季返利¥12,345.60，没够上第3档。"),
        ("past", "如果当时再进¥382,720.00就能到第3档，返利是¥25,000.00。"),
        ("past", "离最高档还差¥382,720.00。"),
        ("past", "到了第3档是¥25,000.00，两者相差¥12,654.40。"),
        ("past", "根据2026年季度返利政策，返利¥12,345.60。"),
        ("account", "30万里用了11.9万左右，还剩181,234.50元。"),
        ("account", "没有临时额度。"),
        ("account", "应付92,000元，加上未开票的26,765.50元，一共用了118,765.50元。"),
    ],
)
def test_what_is_so_in_other_words_is_shown(reader: Reader, about: str, sentence: str) -> None:
    assert _wrong(reader, about, sentence) is None


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("tiers", "还没到第2档。"),
        ("tiers", "第2档没达到。"),
        ("past", "三季度还差¥382,720.00到第3档，抓紧进货还来得及。"),
        ("past", "再进¥382,720.00就能到第3档，返利变成¥25,000.00。"),
        ("past", "您已达最高档。"),
        ("past", "根据2025年季度返利政策，返利¥12,345.60。"),
        ("account", "30万里用了18.1万左右。"),
        ("account", "可用授信¥181,234.50，其中包含临时额度。"),
        ("account", "2张发票，每张¥41,200.00。"),
        ("account", "应付92,000元，加上未开票的26,765.50元，一共用了128,765.50元。"),
    ],
)
def test_what_is_not_so_is_not_shown(reader: Reader, about: str, sentence: str) -> None:
    assert _wrong(reader, about, sentence) is not None


@pytest.mark.parametrize(
    ("about", "honest", "false"),
    [
        ("dealers", "进货额环比下降19.2%，降到1,535,701.22元。", "进货额环比下降19.2%，降到1,899,961.33元。"),
        ("dealers", "从1,899,961.33元降到1,535,701.22元。", "从1,535,701.22元降到1,899,961.33元。"),
        ("dealers", "进货额¥1,535,701.22，含税。", "进货额¥1,535,701.22，税后。"),
        ("dealers", "第二、三名只差1,211.35元。", "第二、三名只差12,113.50元。"),
        ("dealers", "第二、三名分别是上海申嘉和宁波甬江泉。", "第二、三名分别是宁波甬江泉和上海申嘉。"),
        ("orders", "共6张订单，其中1张被拒。", "共5张订单，其中1张被拒。"),
        ("orders", "已拒绝：1", "已拒绝：2"),
        ("silent", "D026自10月28日以来没有下过单。", "D026从来没下过单。"),
        ("quote", "按每10箱送1箱，系统自动带上赠品。", "满100箱自动升级为会员价。"),
    ],
)
def test_one_passes_and_the_other_does_not(why: Why, about: str, honest: str, false: str) -> None:
    assert why(honest, about) is None
    assert why(false, about) is not None


def _wrong(reader: Reader, about: str, sentence: str) -> str | None:
    wrong = Checker(reader, "zh").check(sentence, view_of([RESULTS[about]], [], reader))
    return wrong.why if wrong else None
