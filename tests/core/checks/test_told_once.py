"""Years, units and quarters that are told once, months in which goods were made, leaders, labels of two years."""

import pytest

from core.checks.checking import Checker
from core.checks.reading import Reader
from core.checks.view import view_of
from core.checks.written import written_out
from core.replies import Column, Figure, Reply, Shown, Table, Text
from tests.core.checks.conftest import Why, amount

LOT = Reply(
    (Text("W-550 矿泉水：¥28.51/箱（含税）\n将发批号0550-261102-03，生产日期2026年11月2日，到期2028年10月22日"),),
    (
        Figure("code", "W-550"),
        amount("28.51", "W-550 case"),
        Figure("date", "2026-11-02"),
        Figure("date", "2028-10-22"),
    ),
    (Shown("product", "W-550"),),
)
SPAN = Reply(
    (
        Text(
"Sell-in CN¥900,000.00, +12.5% vs last year\n"
"East China, Nov 1 – 20, 2026; Nov 1 – 20, 2025: CN¥800,000.00"),
        Table(
            (Column("Dealer"), Column("Sell-in", "end"), Column("vs last year", "end")),
            (
                ("D001 Pujiang", "CN¥500,000.00", "+15.0%"), ("D002 Xinyuan", "CN¥300,000.00", "-3.0%"),
                ("D003 Jinling", "CN¥100,000.00", "+2.0%"),
            ),
        ),
    ),
    (
        amount("900000", "total"), amount("800000", "compared total 2025-11-01/2025-11-20"),
        Figure("percent", "12.5", "%", "change"), Figure("date", "2026-11-01", label="from"),
        Figure("date", "2026-11-20", label="to"), amount("500000", "D001"), amount("300000", "D002"),
        amount("100000", "D003"),
    ),
    tuple(Shown("dealer", code) for code in ("D001", "D002", "D003")),
)  # fmt: skip
RESULTS = {"lot": LOT, "span": SPAN}


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("as of 11/20/2026.", "as of 2026-11-20."),
        ("as of 20/11/2026", "as of 2026-11-20"),
        ("2026-11-01 ~ 11-20", "2026-11-01 ~ 2026-11-20"),
        ("2026/11/01-11/20", "2026-11-01 ~ 2026-11-20"),
        ("其中19.77万11月底到期", "其中19.77万 11月底到期"),
        ("前三名(万元):甲21.2、乙14.1", "前三名(万元):甲21.2万、乙14.1万"),
        ("单位:万元:甲21.2,乙14.1", "单位:万元:甲21.2万,乙14.1万"),
        ("top two (in thousands of yuan): a 212.2, b 141.4", "top two ( ): a 212.2k, b 141.4k"),
        ("第三季度返利:这一季计入", "第三季度返利:该季计入"),
        ("第三、四季度:这一季计入", "第三、四季度:该季计入"),
        ("这一季计入", "这一季计入"),
        ("41.57万元一箱", "41.57万元一箱"),
    ],
)
def test_what_is_told_once_is_written_out(told: str, read: str) -> None:
    assert written_out(told) == read


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("lot", "发的货是11月初生产的，保到2028年10月。"),
        ("lot", "这批货2026年11月生产，2028年10月到期。"),
        ("lot", "The lot was made on 11/2/2026 and is best before 10/22/2028."),
        ("span", "Time: 2026-11-01 ~ 11-20, sell-in CN¥900,000.00."),
        ("span", "- This year (Nov 1–20): CN¥900,000.00"),
        ("span", "- Last year (Nov 1–20): CN¥800,000.00"),
        ("span", "Two of the three dealers shown are up on last year."),
        ("span", "The two largest are D001 and D002."),
        ("span", "最大的两家是D001和D002。"),
        ("span", "The first two hold more than 88% together."),
        ("span", "前两家合计占了88%以上。"),
    ],
)
def test_what_is_so_is_shown(reader: Reader, about: str, sentence: str) -> None:
    assert _wrong(reader, about, sentence) is None


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("lot", "这批货2026年10月生产。"),
        ("lot", "发的货是10月初生产的。"),
        ("lot", "这批货11月底生产的。"),
        ("lot", "这批货2028年10月生产，2026年11月到期。"),
        ("lot", "The lot is best before 11/02/2026."),
        ("span", "Time: 2026-11-01 ~ 11-25, sell-in CN¥900,000.00."),
        ("span", "- This year (Nov 1–20): CN¥800,000.00"),
        ("span", "- Last year (Nov 1–20): CN¥900,000.00"),
        ("span", "- This year (Oct 1–20): CN¥900,000.00"),
        ("span", "Three of the three dealers shown are up on last year."),
        ("span", "The two largest are D001 and D003."),
        ("span", "最大的两家是D002和D003。"),
    ],
)
def test_what_is_otherwise_is_not_shown(reader: Reader, about: str, sentence: str) -> None:
    assert _wrong(reader, about, sentence) is not None


def test_the_settlement_statement_settles_nothing_yet(why: Why) -> None:
    assert why("以上都以结算单为准。", "rebate") is None
    assert why("以上都已经结算。", "rebate") is not None


def test_all_but_the_one_that_was_rejected(why: Why) -> None:
    assert why("除了SO-20261022-001被拒，列出来的都签收了。", "orders") is None
    assert why("除了SO-20261023-005，列出来的都签收了。", "orders") is not None


def test_what_an_order_leaves_of_the_credit(why: Why) -> None:
    assert why("下单后可用授信会从211,414.55元变为210,921.60元。", "order") is None
    assert why("下单后可用授信会从210,921.60元变为210,428.65元。", "order") is not None


def test_a_limit_of_which_a_part_is_taken(why: Why) -> None:
    assert why("30万的额度用了不到四成。", "account") is None
    assert why("30万的额度用了不到三成。", "account") is not None
    assert why("CN¥118,765.50 of your CN¥300,000 limit is taken.", "account_en") is None
    assert why("CN¥181,234.50 of your CN¥300,000 limit is taken.", "account_en") is not None
    assert why("You have CN¥181,234.50 of credit left, out of CN¥300,000.", "account_en") is None


def _wrong(reader: Reader, about: str, sentence: str) -> object:
    language = "en" if sentence.isascii() or "CN¥" in sentence or "–" in sentence else "zh"
    return Checker(reader, language).check(sentence, view_of([RESULTS[about]], [], reader))
