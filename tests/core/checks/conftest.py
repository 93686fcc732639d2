"""Results as tools give them, and a checker that knows a few names."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest

from core.checks.checking import Checker
from core.checks.view import Reader, view_of
from core.checks.vocabulary import Vocabulary, load_vocabulary
from core.replies import Citation, Citations, Column, Figure, Reply, Shown, Table, Text, money_figure
from tests.core.checks.results import MORE

TODAY = date(2026, 11, 20)
NAMES = {"绿茶1l": "T-100", "矿泉水": "W-550", "mineral water": "W-550", "绿茶": "T-500", "green tea": "T-500"}
CODE = re.compile(r"(?<![a-z0-9])(?:d\d{3}|[wtj]-\d{3})(?!\d)")


def named(text: str) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
    for found in CODE.finditer(text):
        yield "dealer" if found.group()[0] == "d" else "product", (found.group().upper(),), *found.span()
    taken: list[tuple[int, int]] = []
    for name, code in NAMES.items():
        for found in re.finditer(name, text):
            if not any(found.start() < end and start < found.end() for start, end in taken):
                taken.append(found.span())
                yield "product", (code,), *found.span()


def amount(value: str, label: str) -> Figure:
    return money_figure(Decimal(value), "CNY", label)


ACCOUNT = Reply(
    (
        Text(
            "可用授信¥181,234.50（额度¥300,000.00，已用¥118,765.50）\n应付货款¥92,000.00，已确认未开票订单¥26,765.50\n"
            "没有逾期。\n下次到期：2026年12月5日前应付¥41,200.00（2张发票）\n账期：开票后30天"
        ),
    ),
    (
        amount("181234.50", "credit left"), amount("300000", "credit limit"), amount("118765.50", "credit used"),
        amount("92000", "balance"), amount("41200", "due next"), amount("26765.50", "orders not invoiced"),
        Figure("quantity", "2", "", "invoices due next"), Figure("quantity", "30", "day", "terms"),
    ),
    (Shown("dealer", "D001"),),
)  # fmt: skip
ACCOUNT_EN = Reply(
    (
        Text(
            "Credit left CN¥181,234.50 (limit CN¥300,000.00, used CN¥118,765.50)\nOwed CN¥92,000.00; confirmed orders "
            "not yet invoiced CN¥26,765.50\nNothing is overdue.\nNext due: CN¥41,200.00 by Dec 5, 2026 (2 invoices)\n"
            "Terms: 30 days from the invoice"
        ),
    ),
    ACCOUNT.figures,
    ACCOUNT.shown,
)
REBATE = Reply(
    (
        Text(
            "2026年第4季度预估返利¥12,345.60（截至2026年11月20日，以结算单为准）\n¥617,280.00 × 2.0% = ¥12,345.60\n"
            "已达第2档（满¥600,000.00，2.0%），按全部计入金额计算。\n再进¥382,720.00到第3档（2.5%），届时返利为¥25,000.00。"
        ),
        Citations((Citation("rebate-policy.pdf", 4, "2026 年季度全量返利"),)),
    ),
    (
        amount("12345.60", "rebate 2026Q4"), amount("617280", "purchases that count 2026Q4"),
        amount("600000", "threshold of tier 2"), Figure("percent", "2", "%", "rate of tier 2"),
        amount("382720", "to the next tier"), amount("25000", "rebate at the next tier"),
    ),
    (Shown("dealer", "D001"),),
)  # fmt: skip
SALES = Reply(
    (
        Text("进货额¥900,000.00，同比+12.5%\n华东，2026年10月"),
        Table(
            (Column("经销商"), Column("进货额", "end"), Column("占比", "end")),
            (("D001 浦江源", "¥600,000.00", "66.7%"), ("D002 鑫源", "¥300,000.00", "33.3%")),
        ),
    ),
    (
        amount("900000", "total"), Figure("percent", "12.5", "%", "change"), amount("600000", "D001"),
        amount("300000", "D002"), Figure("percent", "66.7", "%", "D001 share"),
        Figure("percent", "33.3", "%", "D002 share"),
    ),
    (Shown("dealer", "D001"), Shown("dealer", "D002")),
)  # fmt: skip
ORDER = Reply(
    (
        Text("合计¥492.95（含税，15箱），请确认："),
        Table(
            (Column("产品"), Column("数量×箱价", "end"), Column("金额", "end")),
            (("W-550 矿泉水", "10箱 × ¥28.51", "¥285.10"), ("T-500 绿茶", "5箱 × ¥41.57", "¥207.85")),
        ),
        Text("送至城南仓（按惯例）\n下单后可用授信¥210,921.60"),
    ),
    (
        amount("492.95", "order total"), Figure("code", "W-550"), Figure("quantity", "10", "case", "W-550"),
        amount("28.51", "W-550 case"), amount("285.10", "W-550"), Figure("code", "T-500"),
        Figure("quantity", "5", "case", "T-500"), amount("41.57", "T-500 case"), amount("207.85", "T-500"),
        amount("210921.60", "credit left"),
    ),
    (Shown("product", "W-550"), Shown("product", "T-500"), Shown("dealer", "D001")),
)  # fmt: skip
STATUS = Reply(
    (Text("SO-20261118-003：已提交，¥492.95，15箱\n等待公司受理；出库前可修改或取消。"),),
    (Figure("code", "SO-20261118-003"), amount("492.95", "order total"), Figure("quantity", "15", "case", "order")),
    (Shown("order", "SO-20261118-003"), Shown("dealer", "D001")),
)
REPLIES = {
    "account": ACCOUNT, "account_en": ACCOUNT_EN, "rebate": REBATE, "sales": SALES, "order": ORDER, "status": STATUS,
    **MORE,
}  # fmt: skip
Why = Callable[..., str | None]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture
def reader(vocabulary: Vocabulary) -> Reader:
    return Reader(vocabulary, named, TODAY)


@pytest.fixture
def why(reader: Reader) -> Why:
    """Why a sentence about a reply is rejected; None where it may be said."""

    def ask(
        sentence: str, about: str, said: str = "", language: str = "", done: frozenset[str] = frozenset()
    ) -> str | None:
        view = view_of([REPLIES[about]], [said] if said else [], reader)
        wrong = Checker(reader, language or ("en" if about.endswith("_en") else "zh"), done).check(sentence, view)
        return wrong.why if wrong else None

    return ask
