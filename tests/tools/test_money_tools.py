"""show_account, explain_rebate and sales_summary as people of the demo read them."""

import re
from decimal import Decimal
from itertools import product

import pytest
from langchain_core.tools import BaseTool

from core.db import Database
from core.errors import BadInput, NotFound, QudaoError
from core.replies import Chart, Reply, Table, Text
from core.words import Catalogues
from tests.tools.calls import call, context_for, first_text
from tools.accounts import show_account
from tools.rebates import explain_rebate
from tools.registry import Registry
from tools.sales import sales_summary

MEASURES = ("sell_in", "collections", "overdue", "sell_through", "stock_days")
GROUPS = (None, "dealer", "region", "product", "category", "month")
AMOUNT = re.compile(r"-?¥[\d,]+\.\d\d")


def amounts(reply: Reply) -> set[Decimal]:
    """Every amount of money that stands in the reply or behind its button."""
    words = reply.plain() + Reply(reply.more).plain()
    return {Decimal(found.replace("¥", "").replace(",", "")) for found in AMOUNT.findall(words)}


def figures(reply: Reply) -> set[Decimal]:
    """The amounts that a model may repeat, as they are shown."""
    return {Decimal(one.value).quantize(Decimal("0.01")) for one in reply.figures if one.kind == "money"}


def check(reply: Reply) -> None:
    """What holds for every reply: short, narrow, and each amount a figure."""
    assert amounts(reply) <= {value * sign for value in figures(reply) for sign in (1, -1)}
    for block in (*reply.blocks, *reply.more):
        match block:
            case Table():
                assert 1 <= len(block.columns) <= 3
                assert block.rows
                assert all(len(row) == len(block.columns) for row in block.rows)
            case Chart():
                assert all(len(series.values) == len(block.labels) for series in block.series)
            case Text():
                assert len(block.text.splitlines()) <= 6
    assert sum(len(block.rows) for block in reply.blocks if isinstance(block, Table)) <= 10


async def test_the_account_says_what_is_left_before_anything_else(demo_database: Database) -> None:
    reply = await call(show_account, await context_for(demo_database, "D001-buyer"))
    check(reply)
    assert first_text(reply).startswith("可用授信¥")
    assert "月结30天" in reply.plain()
    assert "D001" not in first_text(reply)
    left = next(Decimal(one.value) for one in reply.figures if one.label == "credit left")
    limit = next(Decimal(one.value) for one in reply.figures if one.label == "credit limit")
    used = next(Decimal(one.value) for one in reply.figures if one.label == "credit used")
    assert left == limit - used


async def test_an_overdue_account_says_how_long_and_that_it_is_on_hold(demo_database: Database) -> None:
    context = await context_for(demo_database, "manager")
    overdue = await call(sales_summary, context, measure="overdue")
    late = next(one.code for one in overdue.shown)
    reply = await call(show_account, context, dealer=late)
    check(reply)
    assert first_text(reply).startswith(late)
    assert re.search(r"逾期¥[\d,.]+，最早一张已逾期\d+天", reply.plain())
    assert "暂停发货" in reply.plain()
    assert [one.code for one in reply.shown] == [late]


async def test_a_prepaid_dealer_has_no_credit_line_to_speak_of(demo_database: Database) -> None:
    reply = await call(show_account, await context_for(demo_database, "D009-owner", "en"))
    assert first_text(reply).startswith("Paid in advance")
    assert "payment before delivery" in reply.plain()


async def test_the_rebate_comes_with_its_arithmetic_and_its_page(demo_database: Database) -> None:
    reply = await call(explain_rebate, await context_for(demo_database, "D001-buyer"))
    check(reply)
    amount, arithmetic, *_ = reply.plain().splitlines()
    assert "预估" in amount
    assert "以结算单为准" in amount
    found = re.fullmatch(r"¥([\d,.]+) × ([\d.]+)% = ¥([\d,.]+)", arithmetic)
    assert found is not None
    base, rate, result = (Decimal(part.replace(",", "")) for part in found.groups())
    assert abs(base * rate / 100 - result) <= Decimal("0.005")
    assert f"¥{found[3]}" in amount
    assert "第2档" in reply.plain()
    assert [(one.source, one.page) for one in reply.citations] == [("rebate-policy.pdf", 4)]
    invoices = [block for block in reply.more if isinstance(block, Table) and "发票" in block.title]
    counted = sum(Decimal(row[2].replace("¥", "").replace(",", "")) for row in invoices[0].rows)
    assert counted == base


@pytest.mark.parametrize(
    ("period", "first", "also"),
    [
        ("2026-10", "2026年第4季度预估返利", "2026年10月属于2026年第4季度"),
        ("2026Q3", "2026年第3季度返利", "以结算单为准"),
        ("2026", "2026年预估返利合计", "按季度计算"),
        ("2026H1", "2026年1月至6月返利合计", "2026年第2季度"),
    ],
)
async def test_any_period_is_answered_by_the_quarters_that_hold_it(
    demo_database: Database, period: str, first: str, also: str
) -> None:
    reply = await call(explain_rebate, await context_for(demo_database, "D001-buyer"), period=period)
    check(reply)
    assert first_text(reply).startswith(first)
    assert also in reply.plain()


async def test_a_final_quarter_speaks_of_no_next_tier(demo_database: Database) -> None:
    reply = await call(explain_rebate, await context_for(demo_database, "D001-buyer", "en"), period="2026Q3")
    assert "Estimated" not in reply.plain()
    assert "more reaches tier" not in reply.plain()


@pytest.mark.parametrize(
    ("tool", "arguments", "error"),
    [
        (explain_rebate, {"period": "2027Q1"}, NotFound),
        (explain_rebate, {"period": "2019"}, NotFound),
        (explain_rebate, {"period": "soon"}, BadInput),
        (explain_rebate, {"dealer": "D002"}, NotFound),
        (show_account, {"dealer": "D002"}, NotFound),
    ],
)
async def test_what_cant_be_answered_is_refused_in_both_languages(
    demo_database: Database, tool: BaseTool, arguments: dict[str, str], error: type[QudaoError]
) -> None:
    with pytest.raises(error) as refusal:
        await call(tool, await context_for(demo_database, "D001-buyer"), **arguments)
    texts = {Catalogues().words(language).error(refusal.value) for language in ("zh", "en")}
    assert len(texts) == 2


@pytest.mark.parametrize("tool", [show_account, explain_rebate])
async def test_who_looks_after_several_dealers_must_name_one(demo_database: Database, tool: BaseTool) -> None:
    with pytest.raises(BadInput):
        await call(tool, await context_for(demo_database, "rep-east"))


@pytest.mark.parametrize(("measure", "by"), list(product(MEASURES, GROUPS)))
async def test_every_breakdown_reads_well_or_is_refused(demo_database: Database, measure: str, by: str | None) -> None:
    impossible = (by in {"product", "category"} and measure in {"collections", "overdue"}) or (
        by == "month" and measure in {"overdue", "stock_days"}
    )
    for who, language in (("rep-east", "zh"), ("manager", "en")):
        context = await context_for(demo_database, who, language)
        for compare in (None, "last_year"):
            asking = call(sales_summary, context, measure=measure, by=by, compare=compare)
            if impossible:
                with pytest.raises(BadInput) as refusal:
                    await asking
                assert context.words.error(refusal.value)
                continue
            reply = await asking
            check(reply)
            assert any(char.isdigit() for char in first_text(reply))
            charts = [block for block in reply.blocks if isinstance(block, Chart)]
            assert all(chart.kind == ("line" if by == "month" else "bar") for chart in charts)
            if compare and charts:
                assert [len(chart.series) for chart in charts] == [2]


async def test_a_ranking_shows_the_first_the_chart_the_rest_and_more_the_others(demo_database: Database) -> None:
    reply = await call(sales_summary, await context_for(demo_database, "manager"), by="dealer")
    table = next(block for block in reply.blocks if isinstance(block, Table))
    chart = next(block for block in reply.blocks if isinstance(block, Chart))
    [rest] = reply.more
    assert isinstance(rest, Table)
    assert (len(table.rows), len(chart.labels)) == (5, 10)
    assert len(table.rows) + len(rest.rows) == len(reply.shown)
    assert all("有限公司" not in label for label in chart.labels)
    assert chart.unit == "元"


async def test_the_limit_that_was_asked_is_kept(demo_database: Database) -> None:
    reply = await call(sales_summary, await context_for(demo_database, "rep-east"), by="dealer", limit=3, order="least")
    table = next(block for block in reply.blocks if isinstance(block, Table))
    chart = next(block for block in reply.blocks if isinstance(block, Chart))
    assert (len(table.rows), len(chart.labels)) == (3, 3)


async def test_who_hasnt_ordered_is_a_list_with_days(demo_database: Database) -> None:
    reply = await call(sales_summary, await context_for(demo_database, "manager"), filter="no_orders")
    check(reply)
    table = next(block for block in reply.blocks if isinstance(block, Table))
    assert f"{len(table.rows)}家没有下单" in first_text(reply)
    assert [row[0].split()[0] for row in table.rows] == [one.code for one in reply.shown]


@pytest.mark.parametrize("measure", ["sell_in", "collections", "sell_through"])
async def test_a_time_without_trade_says_so(demo_database: Database, measure: str) -> None:
    for language, words in (("zh", "还没有"), ("en", "no ")):
        context = await context_for(demo_database, "manager", language)
        reply = await call(sales_summary, context, measure=measure, period="2020")
        assert words in reply.plain()
        assert len(reply.blocks) == 1


async def test_a_rep_sees_nothing_of_other_regions(demo_database: Database) -> None:
    context = await context_for(demo_database, "rep-east")
    for arguments in ({"region": "SOUTH"}, {"dealer": "D030"}, {"region": "MOON"}):
        with pytest.raises(NotFound):
            await call(sales_summary, context, **arguments)
    reply = await call(sales_summary, context, by="dealer", order="least", limit=100)
    south = await call(sales_summary, await context_for(demo_database, "manager"), by="dealer", region="SOUTH")
    assert not {one.code for one in reply.shown} & {one.code for one in south.shown}


def test_the_three_tools_are_installed_private_and_read_only() -> None:
    registry = Registry.installed()
    for name in ("show_account", "explain_rebate", "sales_summary"):
        spec = registry.tools[name]
        assert spec.private
        assert spec.effect == "read"
