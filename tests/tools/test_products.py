"""find_products and quote, as they read."""

from datetime import date
from decimal import Decimal

import pytest

from core.db import Database
from core.errors import BadInput, NotFound
from core.replies import Reply
from tests.core.orders.market import Market, add_all, open_market, promotion
from tests.tools.calls import call, context_for, first_text
from tools.products import PACKAGE, find_products, list_promotions, quote


@pytest.fixture
async def market(database: Database) -> Market:
    return await open_market(database)


async def ask_quote(database: Database, who: str = "D001-buyer", language: str = "zh", **args: object) -> Reply:
    return await call(quote, await context_for(database, who, language), **args)


def test_prices_stay_out_of_groups() -> None:
    assert {spec.name: spec.private for spec in PACKAGE.tools} == {
        "find_products": False,
        "quote": True,
        "list_promotions": True,
    }


async def test_several_products_are_a_table_and_one_is_described(database: Database, market: Market) -> None:
    context = await context_for(database, "D001-buyer")
    several = await call(find_products, context, category="tea")
    assert [one.code for one in several.shown] == ["T-500", "T-500L"]
    assert "1×24" in several.plain()
    one = await call(find_products, context, query="W-550")
    assert "1箱 = 24瓶" in one.plain()
    assert "¥" not in one.plain()
    none = await call(find_products, context, query="拖拉机")
    assert "没有找到" in none.plain()


async def test_the_price_comes_first_with_its_source(database: Database, market: Market) -> None:
    reply = await ask_quote(database, sku="W-550", quantity=10)
    assert first_text(reply) == "W-550 产品W-550 550ml：10箱共¥180.00，¥18.00/箱（含税）"
    assert "可订库存600箱（截至09:30）" in reply.plain()
    assert "W-550-A" in reply.plain()
    assert {figure.value for figure in reply.figures if figure.kind == "money"} >= {"18.0000", "180.00"}
    english = await ask_quote(database, language="en", sku="W-550", quantity=1, unit="pallet")
    assert "1 pallet" in first_text(english)


async def test_free_cases_are_told_apart(database: Database, market: Market) -> None:
    await add_all(
        database,
        promotion(market, "P1", "free_units", "W-550", buy_cases=10, free_cases=1),
        promotion(market, "P2", "threshold", threshold=Decimal(100), discount=Decimal(5)),
        promotion(market, "P3", "special_price", "T-500", special_price=Decimal(39)),
    )
    reply = await ask_quote(database, sku="W-550", quantity=20)
    assert "付20箱，另送2箱 W-550" in reply.plain()
    assert "整单满¥100.00减¥5.00" in reply.plain()
    assert len([line for line in reply.plain().splitlines() if line]) <= 7
    assert "特价¥39.00/箱" in (await ask_quote(database, sku="T-500")).plain()


async def test_a_broken_case_names_whole_ones(database: Database, market: Market) -> None:
    assert "请改为1箱或2箱" in (await ask_quote(database, sku="W-550", quantity=1.5)).plain()
    assert "请改为1箱。" in (await ask_quote(database, sku="W-550", quantity=5, unit="bottle")).plain()


async def test_what_ran_out_says_when_there_is_more(database: Database, market: Market) -> None:
    assert "约3天补货" in (await ask_quote(database, "D040-buyer", sku="T-500")).plain()


async def test_a_rep_names_the_dealer_and_sees_only_their_own(database: Database, market: Market) -> None:
    assert (await ask_quote(database, "rep-east", sku="W-550", dealer="D002")).plain()
    with pytest.raises(BadInput):
        await ask_quote(database, "rep-east", sku="W-550")
    with pytest.raises(NotFound):
        await ask_quote(database, "rep-east", sku="W-550", dealer="D040")
    with pytest.raises(NotFound):
        await ask_quote(database, "D001-buyer", sku="W-550", dealer="D002")


async def test_a_promotion_is_told_in_its_own_currency_and_only_to_who_buys_in_it(
    database: Database, market: Market
) -> None:
    abroad = promotion(market, "P1", "threshold", threshold=Decimal(100), discount=Decimal(5), currency="USD")
    await add_all(database, abroad)
    assert "US$100.00减US$5.00" in (await call(list_promotions, await context_for(database, "rep-east"))).plain()
    assert "促销P1" not in (await call(list_promotions, await context_for(database, "D001-buyer"))).plain()


async def test_promotions_are_those_that_the_dealer_can_meet(database: Database, market: Market) -> None:
    south = market.dealers["D040"].region_id
    await add_all(
        database,
        promotion(market, "P1", "free_units", "W-550", buy_cases=10, free_cases=1, valid_to=date(2026, 12, 1)),
        promotion(market, "P2", "threshold", category="tea", threshold=Decimal(100), discount=Decimal(5)),
        promotion(market, "P3", "special_price", "T-500", special_price=Decimal(39), region_id=south),
        promotion(market, "P4", "special_price", "T-500L", special_price=Decimal(39), valid_to=date(2026, 1, 1)),
    )
    own = (await call(list_promotions, await context_for(database, "D001-buyer"))).plain()
    assert "每付10箱送1箱 W-550 产品W-550，至2026年11月30日" in own
    assert "茶饮料满¥100.00减¥5.00" in own
    assert "促销P3" not in own
    assert "促销P4" not in own
    tea = (await call(list_promotions, await context_for(database, "D001-buyer"), category="tea")).plain()
    assert "促销P1" not in tea
    assert "促销P2" in tea
    rep = await context_for(database, "rep-east")
    assert "（限" in (await call(list_promotions, rep)).plain()
    with pytest.raises(NotFound):
        await call(list_promotions, rep, dealer="D040")
    none = (await call(list_promotions, await context_for(database, "D001-buyer"), category="juice")).plain()
    assert "没有" in none
