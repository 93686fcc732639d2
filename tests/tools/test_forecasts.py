"""Forecasts, their reasons and errors, stock at risk and orders that follow, as people read them."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from langchain_core.tools import BaseTool
from sqlalchemy import func, select, update

from core.db import Database
from core.dealers.models import Dealer
from core.errors import BadInput, NotFound, Refused
from core.forecasts.running import refresh
from core.orders.models import Order
from core.products.models import Price, Product, Stock
from core.proposals.models import Proposal
from core.replies import Chart, Reply, Table, Text
from core.scope import visible
from core.words import Catalogues
from tests.core.forecasts.test_service import MANAGER
from tests.core.forecasts.trade import open_trade, plain
from tests.core.orders.market import LATER, Market, invoice, promotion
from tests.factories import NOW, TODAY
from tests.tools.calls import call, context_for, first_text
from tools.forecast_reasons import method_words
from tools.forecasts import explain_forecast, forecast_accuracy, forecast_demand
from tools.pricing import suggest_price
from tools.registry import Effect, Registry
from tools.replenishing import propose_replenishment
from tools.stock_risks import list_stock_risks

D = Decimal
READING = (forecast_demand, explain_forecast, forecast_accuracy, list_stock_risks)


@pytest.fixture
async def market(database: Database) -> Market:
    opened = await open_trade(database)
    await refresh(database, TODAY, NOW, engine=plain)
    return opened


async def ask(
    database: Database, market: Market, tool: BaseTool, who: str = "D001-buyer", language: str = "zh", **args: Any
) -> Reply:
    context = await context_for(database, who, language)
    return await call(tool, replace(context, conversation=market.conversations[who].id), **args)


def check(reply: Reply) -> None:
    """Short, narrow, and every cell in place."""
    for block in (*reply.blocks, *reply.more):
        match block:
            case Text():
                assert len(block.text.splitlines()) <= 6
            case Table():
                assert 1 <= len(block.columns) <= 3
                assert all(len(row) == len(block.columns) for row in block.rows)
            case Chart():
                lines = [series.values for series in block.series]
                lines += [side for band in block.bands for side in (band.lower, band.upper)]
                assert all(len(line) == len(block.labels) for line in lines)


def quantities(reply: Reply) -> set[str]:
    return {figure.value for figure in reply.figures if figure.kind == "quantity"}


async def proposals_in(database: Database) -> list[Proposal]:
    async with database.reads() as session:
        return list((await session.execute(select(Proposal))).scalars())


async def orders_in(database: Database, market: Market) -> int:
    async with database.reads() as session:
        mine = select(func.count()).select_from(Order).where(visible(market.actors["D001-owner"], Order))
        return await session.scalar(mine) or 0


async def test_the_amount_comes_first_with_its_interval_and_how_wrong_such_ones_were(
    database: Database, market: Market
) -> None:
    reply = await ask(database, market, forecast_demand, sku="W-550")
    check(reply)
    assert first_text(reply).startswith("预估2026年12月进货100箱")
    assert "80至120箱" in first_text(reply)
    assert "误差0%" in reply.plain()
    assert "截至2026年10月31日" in reply.plain()
    assert {"100", "80", "120"} <= quantities(reply)
    chart = next(block for block in reply.blocks if isinstance(block, Chart))
    assert chart.series[0].dashed_from == 18
    assert chart.bands[0].lower[-1] == 80
    assert [button.id for button in reply.buttons] == ["choose:1"]
    assert "W-550" in reply.buttons[0].says


async def test_several_months_come_as_a_table_and_a_region_with_its_dealers(database: Database, market: Market) -> None:
    reply = await ask(database, market, forecast_demand, who="rep-east", months=3)
    check(reply)
    assert "660箱" in first_text(reply)
    table = next(block for block in reply.blocks if isinstance(block, Table))
    assert [row[1] for row in table.rows] == ["220箱"] * 3
    dealers = next(block for block in reply.more if isinstance(block, Table))
    assert [row[0][:4] for row in dealers.rows] == ["D001", "D002"]
    assert "D040" not in reply.plain() + Reply(reply.more).plain()


async def test_what_if_says_what_was_assumed_and_what_history_cant_carry(database: Database, market: Market) -> None:
    hot = await ask(database, market, forecast_demand, sku="W-550", factor=10)
    assert "110箱" in first_text(hot)
    assert "需求+10%" in hot.plain()
    assert "100箱" in hot.plain()
    cheap = await ask(database, market, forecast_demand, sku="W-550", promotion="10+1")
    assert "100箱" in first_text(cheap)
    assert "影响没有算进去" in cheap.plain()
    with pytest.raises(BadInput):
        await ask(database, market, forecast_demand, sku="W-550", promotion="nothing at all")


async def test_a_price_may_be_said_to_differ_in_money(database: Database, market: Market) -> None:
    async with database.reads() as session:
        listed = await session.scalar(
            select(Price.amount)
            .join(Product, Product.id == Price.product_id)
            .where(Product.sku == "W-550", Price.tier.is_(None), Price.region_id.is_(None), Price.from_cases == 1)
        )
    assert listed
    cheaper = await ask(database, market, forecast_demand, sku="W-550", price_difference=float(-listed / 10))
    assert "价格-10%的影响没有算进去" in cheaper.plain()
    with pytest.raises(BadInput):
        await ask(database, market, forecast_demand, category="water", price_difference=-1)


async def test_a_forecast_is_explained_by_last_year_trend_and_season(database: Database, market: Market) -> None:
    reply = await ask(database, market, explain_forecast, sku="W-550")
    check(reply)
    assert "去年同月100箱" in reply.plain()
    assert "趋势：比一年前0%" in reply.plain()
    assert "12月通常是全年月均的100%" in reply.plain()
    assert "组合模型" in reply.plain()


async def test_accuracy_stands_beside_the_plain_methods_even_where_it_is_no_better(
    database: Database, market: Market
) -> None:
    reply = await ask(database, market, forecast_accuracy, sku="W-550")
    check(reply)
    assert "平均误差0%" in first_text(reply)
    assert "没有更准" in reply.plain()
    assert isinstance(reply.blocks[1], Table)


async def test_a_replenishment_is_an_order_that_one_press_places(database: Database, market: Market) -> None:
    reply = await ask(database, market, propose_replenishment, sku="W-550", period="2026-12")
    check(reply)
    assert first_text(reply).startswith("预估2026年12月W-550")
    assert "八成把握在80至120箱之间" in first_text(reply)
    assert "平均误差" in reply.plain()
    assert [button.id for button in reply.buttons] == ["confirm", "change", "cancel"]
    before = await orders_in(database, market)
    proposal = (await proposals_in(database))[0]
    assert proposal.kind == "order"
    (line,) = proposal.payload["lines"]
    assert line["sku"] == "W-550"
    outcome = await market.press(database, proposal)
    assert outcome.result is not None
    assert await orders_in(database, market) == before + 1
    repeated = await market.press(database, proposal, at=LATER)
    assert repeated.first is False
    assert await orders_in(database, market) == before + 1


async def test_stock_that_is_said_lowers_the_order_and_enough_orders_nothing(
    database: Database, market: Market
) -> None:
    await ask(database, market, propose_replenishment, sku="W-550", period="2026-12", stock=0)
    await ask(database, market, propose_replenishment, sku="W-550", period="2026-12", stock=50)
    found = sorted(line["cases"] for proposal in await proposals_in(database) for line in proposal.payload["lines"])
    assert found[1] - found[0] == 50
    enough = await ask(database, market, propose_replenishment, sku="W-550", stock=5000)
    check(enough)
    assert "暂时不用订" in enough.plain()
    assert enough.buttons == ()
    assert len(await proposals_in(database)) == 2


async def test_all_products_are_proposed_together_with_free_cases_counted(database: Database, market: Market) -> None:
    async with database.writes.begin() as session:
        session.add(promotion(market, "P1", "free_units", "W-550", buy_cases=10, free_cases=1))
    reply = await ask(database, market, propose_replenishment)
    check(reply)
    (proposal,) = await proposals_in(database)
    assert {line["sku"] for line in proposal.payload["lines"]} == {"W-550", "T-500"}
    paid = next(line["cases"] for line in proposal.payload["lines"] if line["sku"] == "W-550")
    assert proposal.payload["free"][0]["cases"] == paid // 10


async def test_what_the_warehouse_lacks_is_cut_and_said(database: Database, market: Market) -> None:
    async with database.writes.begin() as session:
        few = update(Stock).where(Stock.product_id == market.products["W-550"].id, Stock.warehouse == "WH-EAST")
        await session.execute(few.values(on_hand=24 * 15))
    reply = await ask(database, market, propose_replenishment)
    (proposal,) = await proposals_in(database)
    cases = {line["sku"]: line["cases"] for line in proposal.payload["lines"]}
    assert cases["W-550"] == 15
    assert "W-550仓库不够" in reply.plain()


async def test_a_short_credit_keeps_what_runs_out_first(database: Database, market: Market) -> None:
    async with database.writes.begin() as session:
        session.add(invoice(market.dealers["D001"], "8000", TODAY.replace(month=12)))
    reply = await ask(database, market, propose_replenishment, period="2026-12")
    (proposal,) = await proposals_in(database)
    assert proposal.amount is not None
    assert proposal.amount <= 2000
    assert "授信不够" in reply.plain()


async def test_a_dealer_on_hold_hears_the_number_and_why_nothing_can_be_ordered(
    database: Database, market: Market
) -> None:
    async with database.writes.begin() as session:
        stopped = update(Dealer).where(visible(MANAGER, Dealer), Dealer.code == "D001").values(stage="on_hold")
        await session.execute(stopped)
    reply = await ask(database, market, propose_replenishment, sku="W-550")
    assert "预估" in first_text(reply)
    assert "confirm" not in [button.id for button in reply.buttons]
    assert await proposals_in(database) == []


async def test_a_rep_drafts_for_a_dealer_of_theirs_who_presses(database: Database, market: Market) -> None:
    reply = await ask(database, market, propose_replenishment, who="rep-east", dealer="D001", sku="W-550")
    assert "confirm" not in [button.id for button in reply.buttons]
    assert (await proposals_in(database))[0].dealer_id == market.dealers["D001"].id
    with pytest.raises(BadInput):
        await ask(database, market, propose_replenishment, who="rep-east")
    with pytest.raises(NotFound):
        await ask(database, market, propose_replenishment, who="rep-east", dealer="D040")


@pytest.mark.parametrize("tool", [*READING, propose_replenishment])
async def test_another_dealer_looks_as_one_that_isnt_there(database: Database, market: Market, tool: BaseTool) -> None:
    with pytest.raises(NotFound):
        await ask(database, market, tool, dealer="D002")
    own = await ask(database, market, tool)
    assert "D002" not in own.plain() + Reply(own.more).plain() + str(own.as_json())


async def test_stock_at_risk_names_the_day_and_a_buyer_sees_no_other_dealer(database: Database, market: Market) -> None:
    reply = await ask(database, market, list_stock_risks)
    check(reply)
    assert "2处快断货" in reply.plain()
    assert "2026年11月20日" in reply.plain()
    rep = await ask(database, market, list_stock_risks, who="rep-east", risk="stock_out")
    assert "D002 · W-550" in rep.plain()
    none = await ask(database, market, list_stock_risks, risk="short_dated")
    assert "没有发现库存风险" in none.plain()


async def test_a_price_that_history_cant_carry_is_not_suggested(database: Database, market: Market) -> None:
    reply = await ask(database, market, suggest_price, who="rep-east", sku="T-500")
    check(reply)
    assert "不作建议" in first_text(reply)
    assert "只变过0次" in reply.plain()
    assert "¥40.00" in reply.plain()


async def test_tools_are_offered_by_role(database: Database, market: Market) -> None:
    registry = Registry.installed()
    names = {"forecast_demand", "explain_forecast", "forecast_accuracy", "list_stock_risks"}
    buyer = {spec.name for spec in registry.offered_to(market.actors["D001-buyer"], private=True)}
    rep = {spec.name for spec in registry.offered_to(market.actors["rep-east"], private=True)}
    assert names | {"propose_replenishment"} <= buyer
    assert "suggest_price" not in buyer
    assert names | {"propose_replenishment", "suggest_price"} <= rep
    operator = {spec.name for spec in registry.offered_to(market.actors["operator"], private=True)}
    in_a_group = {spec.name for spec in registry.offered_to(market.actors["D001-buyer"], private=False)}
    assert not names & (operator | in_a_group)
    assert registry.tools["propose_replenishment"].effect is Effect.PROPOSE


@pytest.mark.parametrize("language", ["zh", "zh_TW", "en"])
async def test_every_reply_reads_in_every_language(database: Database, market: Market, language: str) -> None:
    calls: list[tuple[BaseTool, str, dict[str, Any]]] = [
        (forecast_demand, "D001-buyer", {"months": 3, "factor": 5, "price_change": -2}),
        (explain_forecast, "D001-buyer", {"sku": "W-550"}),
        (forecast_accuracy, "rep-east", {}),
        (list_stock_risks, "rep-east", {}),
        (propose_replenishment, "D001-buyer", {}),
        (suggest_price, "rep-east", {"sku": "W-550"}),
    ]
    for tool, who, arguments in calls:
        reply = await ask(database, market, tool, who, language, **arguments)
        check(reply)
        assert "{" not in reply.plain()
        assert Reply.from_json(reply.as_json()) == reply
        if language == "en":
            assert not re.search(r"预估|进货|库存", reply.plain())


async def test_the_built_in_engine_answers_where_no_run_has_stored_anything(database: Database) -> None:
    market = await open_trade(database)
    reply = await ask(database, market, forecast_demand, sku="W-550")
    assert "100箱" in first_text(reply)
    order = await ask(database, market, propose_replenishment, sku="T-500")
    assert order.buttons
    with pytest.raises(Refused) as refusal:
        await ask(database, market, forecast_demand, sku="T-500L")
    assert "预估" in Catalogues().words("zh").error(refusal.value)


def test_a_network_is_named_in_words() -> None:
    words = Catalogues().words("en")
    assert method_words("regular+lstm: filled", words) == method_words("regular", words) + words(
        "forecast.with_network"
    ) + words("forecast.mended")
